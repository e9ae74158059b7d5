// What was dropped or chosen, as files with the folders that they stood in.

/** A file by the name under which it is read, or why it cannot be had. */
export interface Found {
  name: string;
  file: File | undefined;
  /** The folder that was given alone, which is no part of the name. */
  root?: string;
  /** Why there is no file. */
  why?: string;
}

/** More than any set of masters has; a whole disk that was dropped by mistake has more. */
const MOST = 5000;
/** The reader looks four folders deep; one more for the folder that was dropped. */
const DEPTH = 6;

/** Too many files: somebody dropped something else. */
export class TooMany extends Error {}

/**
 * The files of a drop, folders and all. It must be called in the event itself, which forgets its files afterwards.
 *
 * @throws {TooMany}
 */
export async function dropped(transfer: DataTransfer): Promise<Found[]> {
  const entries = Array.from(transfer.items, (item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  const plain = chosen(transfer.files);
  const known = entries.filter((entry) => entry !== null);
  // Where there are no entries, as with files that a script drops, the list has the files at least.
  if (known.length === 0) return plain;
  const found: Found[] = [];
  for (const entry of known) await walk(entry, "", 0, found);
  const [only] = known;
  return known.length === 1 && only?.isDirectory ? found.map(withoutRoot) : found;
}

/**
 * The files of a file chooser.
 *
 * @throws {TooMany}
 */
export function chosen(list: FileList | null): Found[] {
  const found = Array.from(list ?? [], (file) => ({ name: file.webkitRelativePath || file.name, file }));
  if (found.length > MOST) throw new TooMany();
  // A chooser of folders gives one folder: its own name is no part of theirs.
  return found.map((entry) => (entry.file.webkitRelativePath ? withoutRoot(entry) : entry));
}

/** The masters of a folder that was dropped alone have the names that `santei pack FOLDER` gives them. */
function withoutRoot(found: Found): Found {
  const [root = "", ...rest] = found.name.split("/");
  return { ...found, root, name: rest.join("/") };
}

async function walk(entry: FileSystemEntry, folder: string, depth: number, found: Found[]): Promise<void> {
  const name = folder + entry.name;
  if (found.length >= MOST) throw new TooMany();
  if (isFile(entry)) {
    try {
      found.push({ name, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
    } catch (error) {
      found.push({ name, file: undefined, why: error instanceof Error ? error.message : String(error) });
    }
  } else if (isFolder(entry) && depth < DEPTH) {
    for (const inner of await contents(entry)) await walk(inner, `${name}/`, depth + 1, found);
  }
}

async function contents(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // It gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
    if (all.length > MOST) throw new TooMany();
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** Whether a file is a pack: its first bytes say so, whatever its name. */
export async function isPack({ name, file }: Found): Promise<boolean> {
  if (!file) return false;
  try {
    return (await file.slice(0, 8).text()) === "SANTEIPK" || name.toLowerCase().endsWith(".pack");
  } catch {
    // The reader says what is wrong with it.
    return false;
  }
}
