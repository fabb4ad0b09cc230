import type { Request } from 'express';
import { S3FormError } from '../policy/errors.ts';
import { isAbsoluteHttpUrl } from '../policy/options.ts';
import type { Settings } from './options.ts';
import type { Upload } from './upload.ts';

/**
 * Runs the app's own hook, whose mistakes are told apart from all others.
 *
 * @returns where the hook sends the person, if it does
 * @throws {S3FormError} `on_uploaded_failed`; its cause is what the hook threw
 */
export async function reportUpload(
  { onUploaded }: Settings,
  upload: Upload,
  req: Request,
  baseUrl: string,
): Promise<string | undefined> {
  try {
    return redirectOf(await onUploaded?.(upload as never, req), baseUrl);
  } catch (cause) {
    throw new S3FormError('on_uploaded_failed', 'The app could not take the upload over.', {
      cause,
    });
  }
}

/** Apps may return other things from the hook, which are theirs alone. */
function redirectOf(answer: unknown, baseUrl: string): string | undefined {
  const { redirect } = (answer ?? {}) as { redirect?: unknown };
  const isUrl = redirect instanceof URL;
  if ((!isUrl && typeof redirect !== 'string') || redirect === '') return undefined;
  const address = String(redirect);
  // Any other is relative to the return address, and would lead below it or to itself again.
  const isAnchored = /^(https?:\/)?\//i.test(address) && URL.canParse(address, baseUrl);
  if (isAnchored && isAbsoluteHttpUrl(new URL(address, baseUrl).href)) return address;
  throw new TypeError(
    'The `redirect` of onUploaded must be a path that begins with "/", or an http or https URL.',
  );
}
