import type { Credentials } from './credentials.ts';
import { SIGNATURE_FIELDS } from './fields.ts';
import { invalidArgument, missingField, Refusal, type RefusedPost } from './refusal.ts';
import { ALGORITHM, deriveSigningKey, isSameSignature, sign } from './signature.ts';

/**
 * The secret of an access key, `undefined` where there is no such key. With the secret alone any
 * session token is taken; with the whole of it the token has to be the same.
 */
export type SecretLookup = (
  accessKeyId: string,
) => string | Omit<Credentials, 'accessKeyId'> | undefined;

/**
 * Checks who signed a form, and gives the policy's text that was signed. S3 compares the signature
 * before it decodes anything.
 *
 * @throws {Refusal}
 */
export function authenticate(
  values: ReadonlyMap<string, string>,
  region: string,
  secretAccessKeyFor: SecretLookup,
): string {
  const { policy, credential, algorithm, date, signature } = SIGNATURE_FIELDS;
  const required = [signature, algorithm, credential, date];
  const missing = required.filter((name) => !values.has(name.toLowerCase()));
  if (missing.length === required.length) {
    refuseSignatureVersion2(values);
    throw new Refusal(
      403,
      'AccessDenied',
      'Access Denied',
      'The form is not signed and the bucket takes no anonymous uploads: render the signature fields.',
    );
  }
  if (missing[0] !== undefined) throw missingField(missing[0]);
  const policyText = values.get('policy');
  if (policyText === undefined) throw missingField(policy);

  const [credentialValue, dateValue, sent] = [credential, date, signature].map(
    (name) => values.get(name.toLowerCase()) ?? '',
  ) as [string, string, string];
  const algorithmValue = values.get(algorithm.toLowerCase()) ?? '';
  if (algorithmValue !== ALGORITHM) {
    throw invalidArgument(
      `Only ${ALGORITHM} is supported`,
      algorithm,
      algorithmValue,
      `Send ${ALGORITHM}.`,
    );
  }
  if (!/^\d{8}T\d{6}Z$/.test(dateValue)) {
    throw invalidArgument(
      // The misspelling is S3's.
      'X-Amz-Date must be formated via ISO8601 Long format',
      date,
      dateValue,
      'Write the date like 20151229T000000Z.',
    );
  }
  const scope = checkScope(credentialValue, region);
  const held = secretAccessKeyFor(scope.accessKeyId);
  if (held === undefined) {
    throw new Refusal(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      'Check `credentials.accessKeyId`, and that it belongs to this store.',
      [['AWSAccessKeyId', scope.accessKeyId]],
    );
  }
  const { secretAccessKey, sessionToken } =
    typeof held === 'string' ? { secretAccessKey: held } : held;
  if (typeof held !== 'string') checkToken(values, sessionToken);
  const expected = sign(
    policyText,
    deriveSigningKey({ secretAccessKey, date: scope.date, region }),
  );
  if (isSameSignature(expected, sent)) return policyText;
  throw new Refusal(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    'Either `credentials.secretAccessKey` is wrong or the policy was changed after it was signed.',
    [
      ['AWSAccessKeyId', scope.accessKeyId],
      ['StringToSign', policyText],
      ['SignatureProvided', sent],
      [
        'StringToSignBytes',
        Buffer.from(policyText)
          .toString('hex')
          .replace(/..(?!$)/g, '$& '),
      ],
    ],
  );
}

function checkToken(values: ReadonlyMap<string, string>, expected: string | undefined): void {
  const sent = values.get(SIGNATURE_FIELDS.securityToken.toLowerCase());
  if (sent === expected) return;
  throw new Refusal(
    400,
    'InvalidToken',
    'The provided token is malformed or otherwise invalid.',
    expected === undefined
      ? 'Remove `credentials.sessionToken`: the access key has none.'
      : 'Give the `credentials.sessionToken` that came with the access key.',
    sent === undefined ? [] : [['Token-0', sent]],
  );
}

function refuseSignatureVersion2(values: ReadonlyMap<string, string>): void {
  const missing = ['Signature', 'AWSAccessKeyId'].filter((name) => !values.has(name.toLowerCase()));
  if (missing.length === 2) return;
  if (missing[0] !== undefined) throw missingField(missing[0]);
  throw new Refusal(
    400,
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    'The form is signed with Signature Version 2: sign it with Version 4.',
  );
}

function checkScope(credential: string, region: string): { accessKeyId: string; date: string } {
  const refuse = (message: string, hint: string, details: RefusedPost['details'] = []) =>
    new Refusal(400, 'InvalidArgument', message, hint, [
      ['ArgumentName', SIGNATURE_FIELDS.credential],
      ['ArgumentValue', credential],
      ...details,
    ]);
  const parts = credential.split('/');
  const [date, scopeRegion, service, terminal] = parts.splice(-4);
  // An access key may itself have slashes.
  const accessKeyId = parts.join('/');
  if (parts.length === 0 || date === undefined) {
    throw refuse(
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      'Do not touch the field that createPresignedPost gives.',
    );
  }
  if (accessKeyId === '') {
    throw refuse(
      'a non-empty Access Key (AKID) must be provided in the credential.',
      'Set `credentials.accessKeyId`.',
    );
  }
  if (!/^\d{8}$/.test(date)) {
    throw refuse(
      `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`,
      'Write the day like 20151229.',
    );
  }
  if (scopeRegion !== region) {
    throw refuse(
      `the region '${scopeRegion}' is wrong; expecting '${region}'`,
      `Set \`region\` to "${region}".`,
      [['Region', region]],
    );
  }
  if (service !== 's3') {
    throw refuse(
      `incorrect service "${service}". This endpoint belongs to "s3".`,
      'Sign for "s3".',
    );
  }
  if (terminal !== 'aws4_request') {
    throw refuse(
      `incorrect terminal "${terminal}". This endpoint uses "aws4_request".`,
      'End the credential with "aws4_request".',
    );
  }
  return { accessKeyId, date };
}
