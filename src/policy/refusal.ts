import { madeBy } from './fields.ts';

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
  /** What to change and in which option, in one sentence. */
  readonly hint: string;
  /**
   * Whether S3 is known to give this very answer. Where it is `false` nobody has recorded what S3
   * says to such a form, and the answer is the likeliest.
   */
  readonly certain: boolean;
  /** Where fields have no condition: all of them, in the form's order. S3 itself names one. */
  readonly uncoveredFields?: readonly string[];
}

/** How a check says no. */
export class Refusal extends Error {
  readonly verdict: RefusedPost;

  constructor(
    refused: Omit<RefusedPost, 'ok' | 'details' | 'certain'> &
      Partial<Pick<RefusedPost, 'details' | 'certain'>>,
  ) {
    super(refused.message);
    this.verdict = { ok: false, details: [], certain: true, ...refused };
  }
}

/** A field is not there, or only after the file. */
export function missingField(
  name: string,
  certain = true,
  hint = `Send the field ${name}, ${madeBy(name)}, before the file: S3 ignores what comes after it.`,
): Refusal {
  return invalidArgument({
    // The two spaces are S3's.
    message: `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    name,
    value: '',
    hint,
    certain,
  });
}

/** An `InvalidArgument`, which names a field and repeats its value. */
export function invalidArgument({
  name,
  value,
  ...refused
}: Pick<RefusedPost, 'message' | 'hint'> & {
  readonly name: string;
  readonly value: string;
  readonly certain?: boolean;
}): Refusal {
  const details: RefusedPost['details'] = [
    ['ArgumentName', name],
    ['ArgumentValue', value],
  ];
  return new Refusal({ status: 400, s3Code: 'InvalidArgument', details, ...refused });
}

/**
 * A refusal whose words are documented, most often as those of PUT, but which nobody has recorded as
 * an answer to a form.
 */
export function unrecordedRefusal(
  refused: Pick<RefusedPost, 's3Code' | 'message' | 'hint'> & Partial<RefusedPost>,
): Refusal {
  return new Refusal({ status: 400, certain: false, ...refused });
}
