import type { Config } from './config.ts';
import { Failure } from './failure.ts';
import { setPath } from './paths.ts';

/** Files that were chosen, dropped or pasted. */
export interface Chosen {
  readonly files: readonly File[];
  /** What gave no file, by its path, each with the key of the sentence that says so. */
  readonly losses: readonly Loss[];
}

type Loss = readonly [why: 'emptyFolder' | 'folder' | 'unreadable', path: string];

/** Of whatever kind: somebody may have dropped a whole disk. */
const READ_AT_MOST = 10_000;

/**
 * Reads what was dropped or pasted, folders with all that is in them, until there are more good
 * files than the form takes.
 */
export async function filesOf(transfer: DataTransfer, config: Config): Promise<Chosen> {
  // The list is emptied as soon as the event is over.
  const dropped = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: File[] = [];
  const losses: Loss[] = [];
  let good = 0;
  const hasEnough = () => good > config.maxFiles;
  const hasReadMost = () => files.length >= READ_AT_MOST;

  const readFile = async (entry: FileSystemFileEntry): Promise<void> => {
    const file = await new Promise<File>((...done) => entry.file(...done));
    setPath(file, entry.fullPath.slice(1));
    files.push(file);
    await checkFile(file, config).then(
      () => good++,
      () => {},
    );
  };
  const readFolder = async (folder: FileSystemDirectoryEntry): Promise<void> => {
    const reader = folder.createReader();
    const readSome = () => new Promise<FileSystemEntry[]>((...done) => reader.readEntries(...done));
    // A reader gives 100 at a time.
    for (let entries = await readSome(); entries.length > 0; entries = await readSome()) {
      for (const entry of entries) {
        if (hasEnough() || hasReadMost()) return;
        // Such as .DS_Store, which nobody means to upload.
        if (!entry.name.startsWith('.')) await read(entry);
      }
    }
  };
  const read = (entry: FileSystemEntry): Promise<void> => {
    const reading = entry.isDirectory
      ? readFolder(entry as FileSystemDirectoryEntry)
      : readFile(entry as FileSystemFileEntry);
    return reading.catch(() => void losses.push(['unreadable', entry.fullPath.slice(1)]));
  };

  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) {
      const before = files.length + losses.length;
      await read(entry);
      if (hasEnough()) continue;
      if (hasReadMost()) losses.push(['folder', entry.name]);
      else if (files.length + losses.length === before) losses.push(['emptyFolder', entry.name]);
    } else if (file) files.push(file);
  }
  return { files, losses };
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
    .slice(-1)
    .arrayBuffer()
    .then(
      // Of a file that has become shorter, Firefox reads what there is.
      ({ byteLength }) => byteLength > 0 || !file.size,
      () => false,
    );
}
