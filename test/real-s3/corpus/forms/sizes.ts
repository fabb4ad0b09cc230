import { type Change, type CorpusForm, field, type Part, writePart } from '../form.ts';

/** A range of sizes, and a file of so many bytes. */
function range(min: unknown, max: unknown, bytes: number): Change {
  return { conditions: [['content-length-range', min, max]], content: 'x'.repeat(bytes) };
}

/** How large the file may be. */
export const RANGES: readonly CorpusForm[] = [
  ['range-inside', 'a file within the range', range(1, 10, 5)],
  ['range-least', 'a file of the least size', range(5, 10, 5)],
  ['range-most', 'a file of the largest size', range(5, 10, 10)],
  ['range-too-small', 'a file one byte too small', range(5, 10, 4)],
  ['range-too-large', 'a file one byte too large', range(5, 10, 11)],
  ['range-much-too-large', 'a file of 300 kB where 10 bytes are allowed', range(0, 10, 300_000)],
  ['range-large', 'a file of 300 kB within the range', range(0, 300_000, 300_000)],
  ['range-exact', 'a range of one size', range(7, 7, 7)],
  ['range-empty-file', 'an empty file where that is allowed', range(0, 10, 0)],
  ['range-empty-file-small', 'an empty file where one byte is needed', range(1, 10, 0)],
  ['range-zero', 'a range of nothing but the empty file, which it is', range(0, 0, 0)],
  ['range-zero-full', 'a range of nothing but the empty file, which it is not', range(0, 0, 1)],
  ['range-none-empty', 'an empty file without a range', { content: '' }],
  ['range-texts', 'bounds as texts', range('5', '10', 5)],
  ['range-texts-too-large', 'a file too large for bounds as texts', range('5', '10', 11)],
  ['range-mixed', 'one bound as a text, one as a number', range('5', 10, 7)],
  ['range-text-zeros', 'a bound as a text with zeros before it', range('007', '010', 8)],
  ['range-text-blank', 'a bound as a text with a blank', range(' 5', '10', 7)],
  ['range-text-empty', 'an empty text for a bound', range('', '10', 7)],
  ['range-text-negative', 'a negative bound as a text', range('-5', '10', 7)],
  ['range-not-numeric', 'a bound that is no number', range('test', '10', 7)],
  [
    'range-float',
    'a bound with a fraction of zero',
    {
      ...range(512, 1024, 600),
      policy: (text) => text.replace('512', '512.0'),
    },
  ],
  ['range-fraction', 'a bound with a fraction', range(0.5, 10, 7)],
  [
    'range-exponent',
    'a bound with an exponent',
    {
      ...range(0, 777, 600),
      policy: (text) => text.replace('777', '1e3'),
    },
  ],
  ['range-negative', 'a negative lower bound', range(-1, 10, 7)],
  ['range-both-negative', 'two negative bounds', range(-10, -1, 7)],
  ['range-negative-to-zero', 'a range from minus one to zero, the file not empty', range(-1, 0, 3)],
  ['range-inverted', 'a range whose lower bound is the higher, the file between', range(10, 1, 5)],
  [
    'range-inverted-below',
    'a range whose lower bound is the higher, the file below',
    range(10, 5, 1),
  ],
  [
    'range-inverted-above',
    'a range whose lower bound is the higher, the file above',
    range(10, 5, 20),
  ],
  ['range-null', 'null for a bound', range(0, null, 7)],
  ['range-boolean', 'a truth value for a bound', range(0, true, 7)],
  ['range-list', 'a list for a bound', range(0, [10], 7)],
  ['range-one-bound', 'a range with one bound', { conditions: [['content-length-range', 1]] }],
  [
    'range-three-bounds',
    'a range with three bounds',
    { conditions: [['content-length-range', 1, 5, 10]] },
  ],
  [
    'range-capitals',
    'the range’s operator in capitals',
    {
      conditions: [['Content-Length-Range', 1, 10]],
    },
  ],
  [
    'range-two-narrow-last',
    'two ranges, the last too narrow for the file',
    {
      conditions: [
        ['content-length-range', 1, 10],
        ['content-length-range', 1, 5],
      ],
    },
  ],
  [
    'range-two-narrow-first',
    'two ranges, the first too narrow for the file',
    {
      conditions: [
        ['content-length-range', 1, 5],
        ['content-length-range', 1, 10],
      ],
    },
  ],
  [
    'range-two-apart',
    'two ranges that have no size in common',
    {
      conditions: [
        ['content-length-range', 1, 5],
        ['content-length-range', 7, 10],
      ],
    },
  ],
  ['range-huge', 'a range up to 2^53', range(0, 2 ** 53, 7)],
  [
    'range-beyond',
    'a range up to 2^64',
    {
      ...range(0, 777, 7),
      policy: (text) => text.replace('777', '18446744073709551616'),
    },
  ],
  [
    'range-and-condition',
    'a file too large in a form whose condition fails too',
    {
      conditions: [
        ['content-length-range', 1, 2],
        ['eq', '$acl', 'private'],
      ],
    },
  ],
  [
    'range-and-coverage',
    'a file too large in a form with a field too many',
    {
      ...range(1, 2, 7),
      fields: { 'x-amz-meta-a': 'b' },
    },
  ],
];

/** A form with so many bytes before the content of its file. */
function bytesBefore(bytes: number): Change {
  const padded = (parts: readonly Part[]): readonly Part[] => {
    const padding = (length: number) => field('x-ignore-padding', 'x'.repeat(length));
    const fields = parts.slice(0, -1);
    const file = parts.at(-1) as Part;
    const [withoutContent] = [{ ...file, content: '' }];
    const least = [...fields, padding(0), withoutContent]
      .map((part) => writePart(part).length)
      .reduce((sum, length) => sum + length, -2);
    return [...fields, padding(bytes - least), file];
  };
  return { parts: padded };
}

/** What comes before the file. */
export const FORM_LIMITS: readonly CorpusForm[] = [
  ['before-just-below', '20,479 bytes before the file', bytesBefore(20_479)],
  ['before-at', '20,480 bytes before the file', bytesBefore(20_480)],
  ['before-just-above', '20,481 bytes before the file', bytesBefore(20_481)],
  ['before-far-above', '100,000 bytes before the file', bytesBefore(100_000)],
  [
    'before-many-fields',
    'a hundred ignored fields before the file',
    {
      repeated: Array.from({ length: 100 }, (_, index) => [`x-ignore-${index}`, 'x'] as const),
    },
  ],
  [
    'before-large-policy',
    'a policy of 12,000 bytes',
    {
      policy: (text) => text.replace('{', `{${' '.repeat(12_000)}`),
    },
  ],
  [
    'before-long-name',
    'a field whose name has 2,000 characters',
    {
      fields: { [`x-ignore-${'n'.repeat(2_000)}`]: 'x' },
    },
  ],
];
