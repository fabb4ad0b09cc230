import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A file that pages link to, under a name that changes with its content. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Where the build puts what browsers get. */
const BUILT = fileURLToPath(new URL('../../dist/browser/', import.meta.url));

/** The style sheet of the form. */
export function loadStyle(): Asset {
  const content = read('upload-form.css');
  return { name: versioned(content, 'css'), type: 'text/css; charset=utf-8', content };
}

/** The script of the form, and the map that leads a debugger to its source. */
export function loadScript(): { readonly script: Asset; readonly sourceMap: Asset } {
  const code = read('upload-form.js');
  const name = versioned(code, 'js');
  const sourceMap = {
    name: `${name}.map`,
    type: 'application/json; charset=utf-8',
    content: read('upload-form.js.map'),
  };
  const content = Buffer.concat([code, Buffer.from(`//# sourceMappingURL=${sourceMap.name}\n`)]);
  return { script: { name, type: 'text/javascript; charset=utf-8', content }, sourceMap };
}

function read(file: string): Buffer {
  try {
    return readFileSync(BUILT + file);
  } catch (cause) {
    throw new Error(`dist/browser/${file} is not built. Run "npm run build".`, { cause });
  }
}

function versioned(content: Buffer, extension: string): string {
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return `upload-form-${version}.${extension}`;
}
