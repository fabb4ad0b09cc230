/** S3 would refuse. */
export interface RefusedPost {
  readonly ok: false;
  readonly status: number;
  /** The `Code` of S3's error. */
  readonly s3Code: string;
  /** The `Message` of S3's error. */
  readonly message: string;
  /** The further elements of S3's error, in its order. */
  readonly details: readonly (readonly [element: string, text: string])[];
  /** What to change, in one sentence. */
  readonly hint: string;
}

/** How a check says no. */
export class Refusal extends Error {
  readonly verdict: RefusedPost;

  constructor(
    status: number,
    s3Code: string,
    message: string,
    hint: string,
    details: RefusedPost['details'] = [],
  ) {
    super(message);
    this.verdict = { ok: false, status, s3Code, message, details, hint };
  }
}

/** A field is not there, or only after the file. */
export function missingField(name: string): Refusal {
  return new Refusal(
    400,
    'InvalidArgument',
    // The two spaces are S3's.
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    `Add the field ${name} before the file: S3 ignores what comes after it.`,
    [
      ['ArgumentName', name],
      ['ArgumentValue', ''],
    ],
  );
}

export function invalidArgument(
  message: string,
  name: string,
  value: string,
  hint: string,
): Refusal {
  return new Refusal(400, 'InvalidArgument', message, hint, [
    ['ArgumentName', name],
    ['ArgumentValue', value],
  ]);
}
