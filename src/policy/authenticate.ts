import type { Credentials } from './credentials.ts';
import { SIGNATURE_FIELDS } from './fields.ts';
import { invalidArgument, missingField, Refusal, type RefusedPost } from './refusal.ts';
import { ALGORITHM, deriveSigningKey, isSameSignature, parseAmzDate, sign } from './signature.ts';

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
  // Whatever else is there, these two fields tell Version 4 from 2.
  if (missing.includes(signature) && missing.includes(algorithm)) refuseSignatureVersion2(values);
  if (missing.length === required.length) {
    throw new Refusal({
      status: 403,
      s3Code: 'AccessDenied',
      message: 'Access Denied',
      hint: 'The form is not signed and the bucket takes no anonymous uploads: render all `fields` that createPresignedPost gives.',
    });
  }
  const recorded: readonly string[] = [signature, algorithm];
  if (missing[0] !== undefined) throw missingField(missing[0], recorded.includes(missing[0]));
  const policyText = values.get('policy');
  if (policyText === undefined) throw missingField(policy, false);

  const [credentialValue, dateValue, sent] = [credential, date, signature].map(
    (name) => values.get(name.toLowerCase()) ?? '',
  ) as [string, string, string];
  const algorithmValue = values.get(algorithm.toLowerCase()) ?? '';
  if (algorithmValue !== ALGORITHM) {
    throw invalidArgument({
      message: `Only ${ALGORITHM} is supported`,
      name: algorithm,
      value: algorithmValue,
      hint: `Leave the field ${algorithm} as createPresignedPost gives it, ${ALGORITHM}.`,
      certain: false,
    });
  }
  if (parseAmzDate(dateValue) === undefined) {
    throw invalidArgument({
      // The misspelling is S3's.
      message: 'X-Amz-Date must be formated via ISO8601 Long format',
      name: date,
      value: dateValue,
      hint: `Leave the field ${date} as createPresignedPost gives it, like 20151229T000000Z.`,
      // Whether S3 minds a thirteenth month, or takes an empty field for none, is not known.
      certain: dateValue !== '' && !/^\d{8}T\d{6}Z$/.test(dateValue),
    });
  }
  const scope = checkScope(credentialValue, region);
  const held = secretAccessKeyFor(scope.accessKeyId);
  if (held === undefined) {
    throw new Refusal({
      status: 403,
      s3Code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
      hint: 'Check `credentials.accessKeyId`, and that it belongs to this store.',
      details: [['AWSAccessKeyId', scope.accessKeyId]],
    });
  }
  const { secretAccessKey, sessionToken } =
    typeof held === 'string' ? { secretAccessKey: held } : held;
  if (typeof held !== 'string') checkToken(values, sessionToken);
  const expected = sign(
    policyText,
    deriveSigningKey({ secretAccessKey, date: scope.date, region }),
  );
  if (isSameSignature(expected, sent)) return policyText;
  throw new Refusal({
    status: 403,
    s3Code: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    hint: 'Give the right `credentials.secretAccessKey`, and send the policy as it was signed.',
    details: [
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
    // Whether S3 takes an empty field for none is not known.
    certain: policyText !== '' && sent !== '',
  });
}

function checkToken(values: ReadonlyMap<string, string>, expected: string | undefined): void {
  const sent = values.get(SIGNATURE_FIELDS.securityToken.toLowerCase());
  if (sent === expected) return;
  throw new Refusal({
    status: 400,
    s3Code: 'InvalidToken',
    message: 'The provided token is malformed or otherwise invalid.',
    hint:
      expected === undefined
        ? 'Remove `credentials.sessionToken`: the access key has none.'
        : 'Give the `credentials.sessionToken` that came with the access key.',
    details: sent === undefined ? [] : [['Token-0', sent]],
    certain: false,
  });
}

const SIGN_WITH_VERSION_4 =
  'The form is signed with Signature Version 2, which S3 takes in its oldest regions only: sign it with createPresignedPost, which speaks Version 4.';

const VERSION_2_FIELDS = ['Signature', 'AWSAccessKeyId'];

/** Whether a form has fields of both versions of the signature: nobody knows which one counts. */
export function hasBothVersions(values: ReadonlyMap<string, string>): boolean {
  const { credential, algorithm, date, signature } = SIGNATURE_FIELDS;
  const isThere = (name: string) => values.has(name.toLowerCase());
  return VERSION_2_FIELDS.some(isThere) && [credential, algorithm, date, signature].some(isThere);
}

function refuseSignatureVersion2(values: ReadonlyMap<string, string>): void {
  const missing = VERSION_2_FIELDS.filter((name) => !values.has(name.toLowerCase()));
  if (missing.length === VERSION_2_FIELDS.length) return;
  if (missing[0] !== undefined) throw missingField(missing[0], true, SIGN_WITH_VERSION_4);
  throw new Refusal({
    status: 400,
    s3Code: 'InvalidRequest',
    message:
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    hint: SIGN_WITH_VERSION_4,
    certain: false,
  });
}

function checkScope(credential: string, region: string): { accessKeyId: string; date: string } {
  const refuse = (refused: Pick<RefusedPost, 'message' | 'hint' | 'certain'>, expected?: string) =>
    new Refusal({
      status: 400,
      s3Code: 'InvalidArgument',
      ...refused,
      details: [
        ['ArgumentName', SIGNATURE_FIELDS.credential],
        ['ArgumentValue', credential],
        ...(expected === undefined ? [] : [['Region', expected] as const]),
      ],
    });
  const untouched = `Leave the field ${SIGNATURE_FIELDS.credential} as createPresignedPost gives it`;
  const parts = credential.split('/');
  const [date, scopeRegion, service, terminal] = parts.splice(-4);
  // An access key may itself have slashes.
  const accessKeyId = parts.join('/');
  if (parts.length === 0 || date === undefined) {
    throw refuse({
      message:
        'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      hint: `${untouched}.`,
      certain: false,
    });
  }
  if (accessKeyId === '') {
    throw refuse({
      message: 'a non-empty Access Key (AKID) must be provided in the credential.',
      hint: 'Set `credentials.accessKeyId`.',
      certain: true,
    });
  }
  if (!/^\d{8}$/.test(date)) {
    throw refuse({
      message: `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`,
      hint: `${untouched}, its day like 20151229.`,
      certain: false,
    });
  }
  if (scopeRegion !== region) {
    throw refuse(
      {
        message: `the region '${scopeRegion}' is wrong; expecting '${region}'`,
        hint: `Set \`region\` to "${region}".`,
        certain: true,
      },
      region,
    );
  }
  if (service !== 's3') {
    throw refuse({
      message: `incorrect service "${service}". This endpoint belongs to "s3".`,
      hint: `${untouched}, signed for "s3".`,
      certain: false,
    });
  }
  if (terminal !== 'aws4_request') {
    throw refuse({
      message: `incorrect terminal "${terminal}". This endpoint uses "aws4_request".`,
      hint: `${untouched}, with "aws4_request" at its end.`,
      certain: false,
    });
  }
  return { accessKeyId, date };
}
