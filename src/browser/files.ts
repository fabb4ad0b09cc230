import type { Config } from './config.ts';
import { Failure } from './failure.ts';

/** Files that were chosen, dropped or pasted. */
export interface Chosen {
  readonly files: readonly File[];
  /** Names of folders that hold no file. */
  readonly emptyFolders: readonly string[];
}

/**
 * Reads what was dropped or pasted, folders with all that is in them.
 *
 * @param most reading stops when there are more, however many a folder holds
 */
export async function filesOf(transfer: DataTransfer, most: number): Promise<Chosen> {
  // The list is emptied as soon as the event is over.
  const dropped = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: File[] = [];
  const emptyFolders: string[] = [];
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) {
      const before = files.length;
      await readFolder(entry as FileSystemDirectoryEntry, files, most);
      if (files.length === before && before <= most) emptyFolders.push(entry.name);
    } else if (file) files.push(file);
  }
  return { files, emptyFolders };
}

async function readFolder(
  folder: FileSystemDirectoryEntry,
  files: File[],
  most: number,
): Promise<void> {
  const reader = folder.createReader();
  const readSome = () => new Promise<FileSystemEntry[]>((...done) => reader.readEntries(...done));
  // A reader gives 100 at a time.
  for (let entries = await readSome(); entries.length > 0; entries = await readSome()) {
    for (const entry of entries) {
      if (files.length > most) return;
      // Such as .DS_Store, which nobody means to upload.
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory) await readFolder(entry as FileSystemDirectoryEntry, files, most);
      else files.push(await new Promise((...done) => (entry as FileSystemFileEntry).file(...done)));
    }
  }
}

/**
 * Judges a file by its type, name and size, before anything is sent.
 *
 * @throws {Failure}
 */
export async function checkFile(file: File, config: Config): Promise<void> {
  const { size } = file;
  // Browsers that do not tell folders from files give no type, and can't read them.
  if (file.type === '' && !(await isReadable(file))) throw new Failure('folder');
  if (!isAccepted(file, config.accept)) {
    throw new Failure('wrongType');
  }
  if (size === 0 && config.minFileSize > 0) throw new Failure('empty');
  if (size > config.maxFileSize) throw new Failure('tooLarge');
  if (size < config.minFileSize) throw new Failure('tooSmall');
}

/** By type or extension. Where the browser knows no type, the app, which knows more, has to say. */
function isAccepted({ name, type }: File, accept: readonly string[]): boolean {
  if (accept.length === 0) return true;
  return accept.some((allowed) => {
    if (allowed.startsWith('.')) return name.toLowerCase().endsWith(allowed);
    if (type === '') return true;
    return allowed.endsWith('/*') ? type.startsWith(allowed.slice(0, -1)) : type === allowed;
  });
}

/** Whether a file is still there as it was when it was chosen; a folder never is. */
export async function isReadable(file: File): Promise<boolean> {
  return file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
}
