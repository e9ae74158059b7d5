// Where packs stay from one visit of the page to the next: the browser's own file system (OPFS) or, where that cannot be
// written, IndexedDB. Both belong to this page alone; nothing is sent anywhere.

/** What is written beside a pack. */
export interface Note {
  /** What people call it. */
  name: string;
  /** When it was added, as an ISO instant. */
  added: string;
  /** Faults in its files; their rows are not in it. */
  faults: number;
}

/** A pack that was kept. */
export interface Kept extends Note {
  /** Names the entry; later ones sort behind earlier ones. */
  id: string;
  /** The pack. It is loaded when it is asked for its bytes. */
  pack: Blob;
  remove: () => Promise<void>;
}

interface Shelf {
  list: () => Promise<Kept[]>;
  put: (id: string, note: Note, pack: Blob) => Promise<void>;
}

const FOLDER = "santei-packs";
/** A store that does not answer must not hold up the page. */
const PATIENCE = 10_000;

/** One file an entry, so that it is there whole or not at all: the note as a line of JSON, then the pack. */
const files: Shelf = {
  async list() {
    const folder = await openFolder();
    const kept: Kept[] = [];
    for await (const handle of folder.values()) {
      if (handle.kind !== "file") continue;
      const file = await handle.getFile();
      const head = new Uint8Array(await file.slice(0, 65_536).arrayBuffer());
      const end = head.indexOf(10);
      const note = noteOf(end < 0 ? "" : new TextDecoder().decode(head.subarray(0, end)));
      const remove = () => folder.removeEntry(handle.name);
      kept.push({ ...note, id: handle.name, pack: file.slice(end + 1), remove });
    }
    return kept;
  },
  async put(id, note, pack) {
    const folder = await openFolder();
    const handle = await folder.getFileHandle(id, { create: true });
    try {
      // The browser writes beside the file and puts it in place on close().
      const out = await handle.createWritable();
      try {
        await out.write(new Blob([JSON.stringify(note), "\n", pack]));
        await out.close();
      } catch (error) {
        await out.abort().catch(() => undefined);
        throw error;
      }
    } catch (error) {
      await folder.removeEntry(id).catch(() => undefined);
      throw error;
    }
  },
};

async function openFolder() {
  if (!navigator.storage?.getDirectory) throw new DOMException("no file system of its own", "NotSupportedError");
  return (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
}

const TABLE = "packs";

const database: Shelf = {
  async list() {
    const rows: (Note & { id: string; pack: Blob })[] = await inTable("readonly", (table) => table.getAll());
    const remove = (id: string) => inTable("readwrite", (table) => table.delete(id)).then(() => undefined);
    return rows.map((row) => ({ ...row, remove: () => remove(row.id) }));
  },
  async put(id, note, pack) {
    await inTable("readwrite", (table) => table.put({ ...note, id, pack }));
  },
};

/** Does one thing in the table, and waits until it is written. */
async function inTable<T>(mode: IDBTransactionMode, work: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opened = indexedDB.open(FOLDER, 1);
  const base = await new Promise<IDBDatabase>((resolve, reject) => {
    opened.onupgradeneeded = () => opened.result.createObjectStore(TABLE, { keyPath: "id" });
    opened.onsuccess = () => resolve(opened.result);
    opened.onerror = () => reject(opened.error);
    opened.onblocked = () => reject(new DOMException("another page holds the database", "InvalidStateError"));
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = base.transaction(TABLE, mode);
      const request = work(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    base.close();
  }
}

/** The note of an entry; one that cannot be read names at least what it is. */
function noteOf(text: string): Note {
  try {
    const { name, added, faults } = JSON.parse(text) as Partial<Note>;
    return { name: String(name ?? ""), added: String(added ?? ""), faults: Number(faults ?? 0) };
  } catch {
    return { name: "名前の分からないパック", added: "", faults: 0 };
  }
}

/** Everything that was kept, the oldest first. A store that cannot be read has kept nothing. */
export async function listKept(): Promise<Kept[]> {
  const lists = await Promise.all([files, database].map((shelf) => soon(shelf.list()).catch((): Kept[] => [])));
  return lists.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Keeps a pack for the next visit.
 *
 * @throws what the last store said: a `QuotaExceededError` when there is no room
 */
export async function keep(note: Note, pack: Blob): Promise<Kept> {
  // The instant sorts the entries; the rest tells two of one instant apart.
  const id = `${note.added.replaceAll(":", "-")}-${Math.random().toString(36).slice(2, 8)}`;
  let last: unknown;
  for (const shelf of [files, database]) {
    try {
      await soon(shelf.put(id, note, pack));
      const kept = (await soon(shelf.list())).find((entry) => entry.id === id);
      // Asks the browser not to clear it when space runs short. Its answer changes nothing here.
      navigator.storage?.persist?.().catch(() => false);
      if (kept) return kept;
    } catch (error) {
      last = error;
      // Both stores share one quota.
      if (isFull(error)) break;
    }
  }
  throw last ?? new DOMException("the pack is not there after it was written", "NotFoundError");
}

/** Whether an error says that there is no room. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

function soon<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new DOMException("the store does not answer", "TimeoutError")), PATIENCE);
  });
  return Promise.race([work, late]);
}
