import { createHash } from 'node:crypto';
import type { Values } from './check-form.ts';
import { ENCRYPTION_METHODS, SSE } from './field-values.ts';
import { invalidArgument, type Refusal, unrecordedRefusal } from './refusal.ts';

export function checkEncryption(values: Values): void {
  const method = values.get(SSE);
  if (method !== undefined && !ENCRYPTION_METHODS.some((known) => known === method)) {
    throw invalid(
      values,
      'The encryption method specified is not supported',
      SSE,
      `Set \`serverSideEncryption\` to one of ${ENCRYPTION_METHODS.join(', ')}.`,
    );
  }
  if (values.has(`${SSE}-aws-kms-key-id`) && !method?.startsWith('aws:kms')) {
    throw invalid(
      values,
      `Server Side Encryption with AWS KMS managed key requires HTTP header ${SSE} : aws:kms`,
      SSE,
      "Set `serverSideEncryption.algorithm` to 'aws:kms' or 'aws:kms:dsse'.",
    );
  }
  const context = values.get(`${SSE}-context`);
  if (context !== undefined && !isContext(context)) {
    throw invalid(
      values,
      `The header '${SSE}-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map`,
      `${SSE}-context`,
      'Give `serverSideEncryption.context` as an object, which writes the field.',
    );
  }
  checkCustomerKey(values);
}

function invalid(values: Values, message: string, name: string, hint: string): Refusal {
  const value = values.get(name) ?? 'null';
  return invalidArgument({ message, name, value, hint, certain: false });
}

function isContext(base64: string): boolean {
  try {
    const context: unknown = JSON.parse(Buffer.from(base64, 'base64').toString());
    return (
      typeof context === 'object' &&
      context !== null &&
      !Array.isArray(context) &&
      Object.values(context).every((value) => typeof value === 'string')
    );
  } catch {
    return false;
  }
}

function checkCustomerKey(values: Values): void {
  const names = ['algorithm', 'key', 'key-md5'].map((name) => `${SSE}-customer-${name}`);
  const [algorithm, key, md5] = names.map((name) => values.get(name));
  const [algorithmField, keyField, md5Field] = names as [string, string, string];
  if (algorithm === undefined && key === undefined && md5 === undefined) return;
  const hint = 'Give `serverSideEncryption.customerKey` 32 bytes, which writes all three fields.';
  const missing =
    'Requests specifying Server Side Encryption with Customer provided keys must provide';
  if (values.has(SSE)) {
    throw invalid(
      values,
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      SSE,
      'Set `serverSideEncryption` to a method or to { customerKey }, not to both.',
    );
  }
  if (algorithm === undefined) {
    throw invalid(values, `${missing} a valid encryption algorithm.`, algorithmField, hint);
  }
  if (algorithm !== 'AES256') {
    throw unrecordedRefusal({
      s3Code: 'InvalidEncryptionAlgorithmError',
      message: 'The encryption request that you specified is not valid. The valid value is AES256.',
      hint,
    });
  }
  if (key === undefined)
    throw invalid(values, `${missing} an appropriate secret key.`, keyField, hint);
  if (md5 === undefined) {
    throw invalid(
      values,
      `${missing} the client calculated MD5 of the secret key.`,
      md5Field,
      hint,
    );
  }
  const bytes = Buffer.from(key, 'base64');
  // The key itself is not repeated in an answer.
  const wrongKey = (message: string) =>
    invalidArgument({ message, name: SSE, value: 'null', hint, certain: false });
  if (createHash('md5').update(bytes).digest('base64') !== md5) {
    throw wrongKey('The calculated MD5 hash of the key did not match the hash that was provided.');
  }
  if (bytes.length !== 32) {
    throw wrongKey('The secret key was invalid for the specified algorithm.');
  }
}
