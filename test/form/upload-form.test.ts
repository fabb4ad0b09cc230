import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/form/language.ts';
import { parseInputs, type UploadFormParts, uploadFormView } from '../../src/form/upload-form.ts';
import type { Condition } from '../../src/policy/conditions.ts';
import { createPresignedPost } from '../../src/policy/presigned-post.ts';

describe('inputs', () => {
  it('are a key or metadata', () => {
    const inputs = [
      { name: 'key', label: 'Key', startsWith: 'docs/' },
      { name: 'x-amz-meta-title', label: 'Title', required: true },
    ];
    expect(parseInputs(inputs)).toEqual(inputs);
    expect(parseInputs(undefined)).toEqual([]);
  });

  it.each([
    [[{ name: 'acl', label: 'ACL' }], 'inputs[0].name', 'invalid_option'],
    [[{ name: 'x-amz-meta-Title', label: 'Title' }], 'inputs[0].name', 'invalid_option'],
    [[{ name: 'key' }], 'inputs[0].label', 'missing_option'],
    [[{ label: 'Key' }], 'inputs[0].name', 'missing_option'],
    [[{ name: 'key', label: 'Key', starts: '' }], 'inputs[0].starts', 'unknown_option'],
    // The store would compare what has the file's name in its place.
    [
      [{ name: 'x-amz-meta-a', label: 'A', startsWith: 'of ${filename}' }],
      'inputs[0].startsWith',
      'invalid_option',
    ],
    [
      [
        { name: 'key', label: 'Key' },
        { name: 'key', label: 'Again' },
      ],
      'inputs[1].name',
      'invalid_option',
    ],
  ])('refuses %j for its %s', (inputs, option, code) => {
    expect(() => parseInputs(inputs)).toThrow(expect.objectContaining({ option, code }));
  });

  it.each([{}, 'key', ['key'], [null]])('wants an array of objects, not %j', (inputs) => {
    expect(() => parseInputs(inputs)).toThrow(TypeError);
  });
});

const parts: UploadFormParts = {
  id: '0c1e2a3b',
  post: postOf('uploads/${filename}', []),
  inputs: [],
  accept: [],
  minFileSize: 1,
  maxFileSize: 1000,
  expiresIn: 3600,
  language: languageOf('en', {}, true),
  script: { params: '/upload/s3/params', maxFiles: 1 },
  contextToken: undefined,
};

function postOf(key: string, conditions: readonly Condition[], metadata = {}) {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const place = { bucket: 'photos', region: 'eu-west-3', credentials };
  return createPresignedPost({ ...place, key, metadata, conditions });
}

/** How the view shows the one input whose field the policy has these conditions on. */
function inputOf(conditions: readonly Condition[], { name = 'x-amz-meta-title', tag = 'en' } = {}) {
  const first = conditions.find((one) => Array.isArray(one))?.[2] ?? '';
  const post = postOf(name === 'key' ? `${first}\${filename}` : 'a', conditions, { title: first });
  const language = languageOf(tag, {}, true);
  const [input] = uploadFormView({
    ...parts,
    ...{ post, language, inputs: [{ name, label: 'Title' }] },
  }).inputs;
  return input;
}

/** As browsers hold a pattern against a text: by the flag `v`, the older of them by `u`. */
const holds = (pattern: string, value: string) => {
  const answers = ['v', 'u'].map((flag) => new RegExp(`^(?:${pattern})$`, flag).test(value));
  expect(answers[0]).toBe(answers[1]);
  return answers[0];
};

describe('what is typed', () => {
  const printable = String.fromCharCode(...Array.from({ length: 95 }, (_, n) => 32 + n));

  it.each([
    'docs/',
    '2025.(draft)',
    '[a-z]+|x?',
    '^\\d{2}$',
    '&&!!##%%,,::;;<<==>>@@``~~--/',
    'été 👑',
    printable,
    printable.split('').reverse().join(''),
  ])('has to begin with what the policy asks for, taken by the letter: %s', (prefix) => {
    const input = inputOf([['starts-with', '$x-amz-meta-title', prefix]]);
    expect(input).toMatchObject({
      value: prefix,
      required: true,
      hint: `Start with “${prefix}”.`,
    });
    const { pattern = '' } = input ?? {};
    for (const end of ['', 'and more', '👑', '\\']) expect(holds(pattern, prefix + end)).toBe(true);
    const others = ['', `x${prefix}`, prefix.slice(1), prefix.slice(0, -1), prefix.toUpperCase()];
    for (const other of others.filter((other) => !other.startsWith(prefix))) {
      expect(holds(pattern, other), other).toBe(false);
    }
    for (const [index, one] of [...prefix].entries()) {
      const instead = one === 'a' ? 'b' : 'a';
      const wrong = [...prefix].with(index, instead).join('');
      expect(holds(pattern, wrong), `${one} at ${index}`).toBe(false);
    }
  });

  it('may be anything where the policy takes anything', () => {
    const input = inputOf([['starts-with', '$x-amz-meta-title', '']]);
    expect(input).toMatchObject({ required: false, pattern: undefined, hint: undefined });
  });

  it('has to begin with the longest of several prefixes, in whatever case the field is written', () => {
    const input = inputOf([
      ['starts-with', '$X-Amz-Meta-Title', 'Vol. 1'],
      ['starts-with', '$x-amz-meta-title', 'Vol.'],
      ['starts-with', '$x-amz-meta-title', ''],
      ['starts-with', '$key', 'a'],
    ]);
    expect(input?.hint).toBe('Start with “Vol. 1”.');
    expect(holds(input?.pattern ?? '', 'Vol. 12')).toBe(true);
    expect(holds(input?.pattern ?? '', 'Vol. 2')).toBe(false);
  });

  it("may have the file's name in a key, behind its prefix", () => {
    const input = inputOf([['starts-with', '$key', 'a+b/']], { name: 'key' });
    expect(input).toMatchObject({ value: 'a+b/${filename}', hint: 'Start with “a+b/”.' });
    for (const key of ['a+b/${filename}', 'a+b/c/${filename}.png', 'a+b/c']) {
      expect(holds(input?.pattern ?? '', key), key).toBe(true);
    }
    for (const key of ['${filename}', 'aab/c', 'a+b', '/a+b/c']) {
      expect(holds(input?.pattern ?? '', key), key).toBe(false);
    }
  });

  it('is explained in the language of the form', () => {
    const input = inputOf([['starts-with', '$x-amz-meta-title', 'a']], { tag: 'fr-CA' });
    expect(input?.hint).toBe('Commencez par «\u202fa\u202f».');
  });
});

describe('what the script is told', () => {
  const configOf = (more: Partial<UploadFormParts>) =>
    JSON.parse(uploadFormView({ ...parts, ...more }).script ?? '');

  it('has the extensions of the types that are accepted, and the types in words', () => {
    const accept = ['application/zip', 'text/csv', 'image/*'];
    expect(configOf({ accept })).toMatchObject({
      accept: ['application/zip', 'text/csv', 'image/*', '.zip', '.csv'],
      types: 'ZIP, CSV, or images',
    });
    // Some file dialogues know fewer extensions than types, and hide files for one that they don't.
    expect(uploadFormView({ ...parts, accept }).accept).toBe('application/zip,text/csv,image/*');
  });

  it('is nothing in a form without it', () => {
    expect(uploadFormView({ ...parts, script: false }).script).toBeUndefined();
  });
});
