import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A file that pages link to, under a name that changes with its content. */
export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  /** The same, for browsers that take it, because Express compresses nothing by itself. */
  readonly gzipped: Buffer;
}

/** Where the build puts what browsers get. */
const BUILT = fileURLToPath(new URL('../../dist/browser/', import.meta.url));

/** The style sheet of the form. */
export const loadStyle = onceForAll((): Asset => {
  const content = read('upload-form.css');
  return asset(versioned(content, 'css'), 'text/css; charset=utf-8', content);
});

/** The script of the form, and the map that leads a debugger to its source. */
export const loadScript = onceForAll((): { readonly script: Asset; readonly sourceMap: Asset } => {
  const code = read('upload-form.js');
  const name = versioned(code, 'js');
  const content = Buffer.concat([code, Buffer.from(`//# sourceMappingURL=${name}.map\n`)]);
  return {
    script: asset(name, 'text/javascript; charset=utf-8', content),
    sourceMap: asset(`${name}.map`, 'application/json; charset=utf-8', read('upload-form.js.map')),
  };
});

/** What is built is the same for every router of the process, of which there may be many. */
function onceForAll<Loaded extends object>(load: () => Loaded): () => Loaded {
  let loaded: Loaded | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

function asset(name: string, type: string, content: Buffer): Asset {
  return { name, type, content, gzipped: gzipSync(content, { level: 9 }) };
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
