import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { FORM_FIELDS, SIGNATURE_FIELDS } from '../../src/policy/fields.ts';
import { EXPIRATION, type FormPlan, SECRET_ACCESS_KEY, signedForm } from './signed-form.ts';

/** Milliseconds after which a check has hung: all forms together take a second or two. */
const DEADLINE = 30_000;

/** What backtracks, or is looked through again and again, where there is much of it. */
const UNITS = [
  ...['a', 'A', '0', ' ', '\t', '\n', '-', '/', '\\', '.', ',', ';', ':', '=', '"', "'", '&', '<'],
  ...['>', '$', '$$', '${', '${filename}', '%2', '<a ', '<a b="" ', '<!--', '<?', '&#', '&#0;'],
  ...['[', '{', '"a":', '["content-length-range",', '0.', '1e', '😀', '\ud83d', ', ', '<a><'],
];

const NAMES = [
  ...Object.values(FORM_FIELDS).flatMap(({ fields }) => fields),
  ...Object.values(SIGNATURE_FIELDS),
  ...['bucket', 'x-ignore-a', 'signature', 'AWSAccessKeyId'],
];

const plans = UNITS.flatMap((unit) => {
  const much = (bytes: number) => unit.repeat(bytes / Buffer.byteLength(unit));
  const [long, signed] = [much(18_000), much(7000)];
  const json = (members: string) => `{"expiration": "${EXPIRATION}", "conditions": [${members}]}`;
  const places: [string, FormPlan][] = [
    ...NAMES.map((name): [string, FormPlan] => [
      name,
      { fields: { [name]: long }, conditions: [['starts-with', `$${name}`, '']] },
    ]),
    ...NAMES.map((name): [string, FormPlan] => [`signed ${name}`, { exact: { [name]: signed } }]),
    ['the name of a field', { fields: { [long]: '' } }],
    ['the name of the file', { fields: { key: 'user/${filename}' }, filename: much(1_000_000) }],
    ['the expiration', { expiration: signed }],
    ['an operator', { conditions: [[signed, '$key', 'a']] }],
    ['the name in a condition', { conditions: [['eq', `$${signed}`, 'a']] }],
    ['a text in a condition', { conditions: [['starts-with', signed, '']] }],
    ['a bound', { conditions: [['content-length-range', signed, signed]] }],
    ['the policy', { policy: signed }],
    ['the end of a policy', { policy: json(signed) }],
    ['the policy before it is decoded', { policyField: long }],
  ];
  return places.map(([place, plan]) => [`${JSON.stringify(unit)} in ${place}`, plan] as const);
});

it(
  'no form holds checkPost up, however often one thing stands in it',
  async () => {
    const forms = plans.map(([, plan]) => {
      // Functions do not go from one thread to another.
      const { secretAccessKeyFor, ...form } = signedForm(plan);
      return form;
    });
    const worker = new Worker(new URL('check-post-worker.js', import.meta.url), {
      workerData: { forms, secretAccessKey: SECRET_ACCESS_KEY },
    });
    let reached = 0;
    worker.on('message', (index: number) => {
      reached = index;
    });
    const deadline = setTimeout(() => worker.terminate(), DEADLINE);
    await once(worker, 'exit');
    clearTimeout(deadline);
    expect(plans[reached]?.[0]).toBeUndefined();
    expect(reached).toBe(plans.length);
  },
  2 * DEADLINE,
);
