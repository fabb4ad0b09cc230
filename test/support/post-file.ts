import type { PresignedPost } from '../../src/index.ts';
import { type FormEntry, postForm } from '../../src/testing/submit-form.ts';

/** Posts a file with the fields of a policy, as a script does. */
export function postFile(
  { url, fields }: Pick<PresignedPost, 'url' | 'fields'>,
  file: File,
): Promise<Response> {
  const entries = Object.entries(fields) as FormEntry[];
  return postForm({ action: url, entries: [...entries, ['file', file]] });
}
