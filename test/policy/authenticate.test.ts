import { describe, expect, it } from 'vitest';
import { checkPost } from '../../src/policy/check-post.ts';
import {
  ACCESS_KEY_ID,
  answerTo,
  CREDENTIAL,
  type FormPlan,
  REGION,
  refusal,
  signedForm,
} from './signed-form.ts';

/** "Bucket POST must contain a field named …", with S3's two spaces. */
function missing(name: string) {
  const message = `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`;
  return refusal(400, 'InvalidArgument', message, [
    ['ArgumentName', name],
    ['ArgumentValue', ''],
  ]);
}

type Fields = NonNullable<FormPlan['fields']>;

const UNSIGNED = {
  'X-Amz-Signature': undefined,
  'X-Amz-Algorithm': undefined,
  'X-Amz-Credential': undefined,
  'X-Amz-Date': undefined,
};

describe('the signature fields come all or none', () => {
  it.each<[string, Fields, string]>([
    ['the signature', { 'X-Amz-Signature': undefined }, 'X-Amz-Signature'],
    ['the algorithm', { 'X-Amz-Algorithm': undefined }, 'X-Amz-Algorithm'],
    ['the credential', { 'X-Amz-Credential': undefined }, 'X-Amz-Credential'],
    ['the date', { 'X-Amz-Date': undefined }, 'X-Amz-Date'],
    [
      'algorithm and credential',
      { 'X-Amz-Algorithm': undefined, 'X-Amz-Credential': undefined },
      'X-Amz-Algorithm',
    ],
    ['all but the date', { ...UNSIGNED, 'X-Amz-Date': '20260301T120000Z' }, 'X-Amz-Signature'],
    ['the policy', { Policy: undefined }, 'Policy'],
  ])('without %s S3 names the first that is missing', (_, fields, named) => {
    expect(answerTo({ fields })).toEqual(missing(named));
  });

  it.each<[string, Fields]>([
    ['with its policy', UNSIGNED],
    ['without a policy', { ...UNSIGNED, Policy: undefined }],
  ])('none of them, %s, is an anonymous upload', (_, fields) => {
    expect(answerTo({ fields })).toEqual(refusal(403, 'AccessDenied', 'Access Denied'));
  });
});

describe('Signature Version 2', () => {
  it.each<[string, Fields, string]>([
    ['no signature', { ...UNSIGNED, AWSAccessKeyId: ACCESS_KEY_ID }, 'Signature'],
    ['no access key', { ...UNSIGNED, signature: 'RavWzkygo6QX9caELEqKi9kDbU=' }, 'AWSAccessKeyId'],
  ])('with %s is refused for the missing field', (_, fields, named) => {
    expect(answerTo({ fields })).toEqual(missing(named));
  });

  it('is refused where it is complete', () => {
    const fields = { ...UNSIGNED, awsaccesskeyid: ACCESS_KEY_ID, signature: 'RavWzkygo6QX9caELE=' };
    expect(answerTo({ fields })).toMatchObject({
      ok: false,
      status: 400,
      s3Code: 'InvalidRequest',
    });
  });
});

describe('what the signature fields may hold', () => {
  it('refuses another algorithm', () => {
    const fields = { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' };
    expect(answerTo({ fields })).toMatchObject({
      status: 400,
      s3Code: 'InvalidArgument',
      message: 'Only AWS4-HMAC-SHA256 is supported',
      details: expect.arrayContaining([['ArgumentName', 'X-Amz-Algorithm']]),
    });
  });

  it.each([
    '2026-03-01T12:00:00Z',
    '20260301',
    '20260301T120000',
    '',
  ])('refuses the date "%s"', (date) => {
    expect(answerTo({ fields: { 'X-Amz-Date': date } })).toEqual(
      refusal(400, 'InvalidArgument', 'X-Amz-Date must be formated via ISO8601 Long format', [
        ['ArgumentName', 'X-Amz-Date'],
        ['ArgumentValue', date],
      ]),
    );
  });

  const MALFORMED =
    'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
  it.each([
    ['', MALFORMED],
    [ACCESS_KEY_ID, MALFORMED],
    [`${ACCESS_KEY_ID}/20260301/${REGION}`, MALFORMED],
    [`${ACCESS_KEY_ID}/20260301/${REGION}/s3`, MALFORMED],
    [
      `/20260301/${REGION}/s3/aws4_request`,
      'a non-empty Access Key (AKID) must be provided in the credential.',
    ],
    [
      `${ACCESS_KEY_ID}/2026-03-01/${REGION}/s3/aws4_request`,
      'incorrect date format "2026-03-01". This date in the credential must be in the format "yyyyMMdd".',
    ],
    [
      `${ACCESS_KEY_ID}/20260301/${REGION}/ec2/aws4_request`,
      'incorrect service "ec2". This endpoint belongs to "s3".',
    ],
    [
      `${ACCESS_KEY_ID}/20260301/${REGION}/s3/aws3_request`,
      'incorrect terminal "aws3_request". This endpoint uses "aws4_request".',
    ],
  ])('refuses the credential "%s"', (credential, message) => {
    expect(answerTo({ fields: { 'X-Amz-Credential': credential } })).toEqual(
      refusal(400, 'InvalidArgument', message, [
        ['ArgumentName', 'X-Amz-Credential'],
        ['ArgumentValue', credential],
      ]),
    );
  });

  it("refuses another region than the bucket's and names the right one", () => {
    const credential = `${ACCESS_KEY_ID}/20260301/us-east-1/s3/aws4_request`;
    expect(answerTo({ fields: { 'X-Amz-Credential': credential } })).toEqual(
      refusal(400, 'InvalidArgument', "the region 'us-east-1' is wrong; expecting 'eu-west-3'", [
        ['ArgumentName', 'X-Amz-Credential'],
        ['ArgumentValue', credential],
        ['Region', 'eu-west-3'],
      ]),
    );
  });

  it('refuses an unknown access key', () => {
    const fields = { 'X-Amz-Credential': CREDENTIAL.replace(ACCESS_KEY_ID, 'AKIDUNKNOWN') };
    expect(answerTo({ fields })).toEqual(
      refusal(
        403,
        'InvalidAccessKeyId',
        'The AWS Access Key Id you provided does not exist in our records.',
        [['AWSAccessKeyId', 'AKIDUNKNOWN']],
      ),
    );
  });
});

describe('the signature', () => {
  function mismatch(policy: string, signature: string) {
    const message =
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
    return refusal(403, 'SignatureDoesNotMatch', message, [
      ['AWSAccessKeyId', ACCESS_KEY_ID],
      ['StringToSign', policy],
      ['SignatureProvided', signature],
      ['StringToSignBytes', (Buffer.from(policy).toString('hex').match(/../g) ?? []).join(' ')],
    ]);
  }
  const { Policy = '', 'X-Amz-Signature': right = '' } = Object.fromEntries(signedForm().fields);

  it.each([
    ['another one', '0'.repeat(64)],
    ['a shorter one', right.slice(1)],
    ['a longer one', `${right}0`],
    ['an empty one', ''],
    ['letters of two bytes', 'é'.repeat(32)],
  ])('is compared: %s is refused', (_, signature) => {
    expect(answerTo({ fields: { 'X-Amz-Signature': signature } })).toEqual(
      mismatch(Policy, signature),
    );
  });

  it.each([
    ['a shorter text', Policy.slice(4)],
    ['a text that is not base64', '***'],
    ['no text', ''],
  ])('is checked before the policy is decoded: %s', (_, changed) => {
    expect(answerTo({ fields: { Policy: changed } })).toEqual(mismatch(changed, right));
  });

  it('prints the bytes as pairs with single blanks between', () => {
    const answer = answerTo({ fields: { Policy: 'e30=' } });
    expect(answer).toMatchObject({
      details: expect.arrayContaining([['StringToSignBytes', '65 33 30 3d']]),
    });
  });

  it('of another secret is refused', () => {
    const form = { ...signedForm(), secretAccessKeyFor: () => 'another secret' };
    expect(checkPost(form)).toEqual(mismatch(Policy, right));
  });

  it('is made with the secret of the access key that the form names', () => {
    const asked: string[] = [];
    const form = signedForm();
    checkPost({
      ...form,
      secretAccessKeyFor: (id) => {
        asked.push(id);
        return form.secretAccessKeyFor(id);
      },
    });
    expect(asked).toEqual([ACCESS_KEY_ID]);
  });
});
