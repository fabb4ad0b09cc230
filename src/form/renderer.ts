import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';

/** The templates of this package. */
export const OUR_VIEWS: string = fileURLToPath(new URL('../../views', import.meta.url));

/** Renders the templates of this package, or those of the same name in the app's own directory. */
export class Renderer {
  readonly #eta: Eta;

  /** @param views the app's own directory, whose templates win over ours */
  constructor(views?: string) {
    const directories = views === undefined ? [OUR_VIEWS] : [views, OUR_VIEWS];
    // Our templates never change; the app's do while somebody works on them.
    const cache = views === undefined || process.env['NODE_ENV'] === 'production';
    this.#eta = new Eta({ views: OUR_VIEWS, cache });
    const found = new Map<string, string>();
    // Eta searches one directory. Pages, includes and layouts are all found through this method.
    this.#eta.resolvePath = (template, options) => {
      const name = `${template} from ${options?.filepath}`;
      const path = found.get(name) ?? findTemplate(directories, template, options?.filepath);
      if (cache) found.set(name, path);
      return path;
    };
  }

  render(template: string, data: object): string {
    return this.#eta.render(template, data);
  }
}

function findTemplate(directories: readonly string[], template: string, from?: string): string {
  const name = template.endsWith('.eta') ? template : `${template}.eta`;
  // A relative name counts from the template that includes it, whichever directory that is in.
  const home = from && directories.find((directory) => isInside(directory, from));
  const path = home && from ? join(relative(home, dirname(from)), name) : name;
  for (const directory of directories) {
    const file = join(directory, path);
    if (isInside(directory, file) && existsSync(file)) return file;
  }
  throw new Error(`There is no template ${path} in ${directories.join(' or ')}.`);
}

function isInside(directory: string, file: string): boolean {
  const path = relative(directory, file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}
