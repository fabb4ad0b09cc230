import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUR_VIEWS } from '../form/renderer.ts';

/** A file that pages link to, under a name that changes with its content. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** The style sheet of the form. */
export function loadStyle(): Asset {
  const content = readFileSync(join(OUR_VIEWS, 'upload-form.css'));
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { name: `upload-form-${version}.css`, type: 'text/css; charset=utf-8', content };
}
