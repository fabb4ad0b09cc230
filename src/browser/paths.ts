/** Files from a dropped folder do not know which. */
const paths = new WeakMap<File, string>();

/** Notes where a file lies in a dropped folder. */
export function setPath(file: File, path: string): void {
  paths.set(file, path);
}

/** A file's name, after those of the folders it came in. */
export function pathOf(file: File): string {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}
