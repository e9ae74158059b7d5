// santei/reader: reads the master files that 支払基金, 厚生労働省, MEDIS and the societies publish, and packs them.
import type { ReadReport, ReadStep, WasmInput } from "./api.js";

export type { Doubt, Fault, FileFault, FileFaultKind, FileReport, JoinedMaster, ReadReport, ReadStep } from "./api.js";
export { SanteiError } from "./api.js";

/** What a file's bytes come from. */
export type FileData = BufferSource | Blob;

/**
 * A file as published: CSV, TXT, TSV, XLSX, JSON or ZIP. A `File` of the browser is one. Its name tells which master it is
 * and its date, so keep the published name, with the folder that the file stood in (`tensuhyo/02包括テーブル.csv`).
 *
 * Give `data` as a function where you can: each file is then loaded only when its turn comes.
 */
export type OfficialFile = File | { name: string; data: FileData | (() => FileData | Promise<FileData>) };

/** How far reading has come. */
export type ReadProgress = (ReadStep | { step: "writing" }) & {
  /** The file that is being read, as it was given; `null` once the masters are joined and the pack is written. */
  input: string | null;
  /** Files that are done. */
  filesDone: number;
  /** Files that are read at all. */
  filesTotal: number;
};

/** How to read. */
export interface ReadOptions {
  /** Called at every step. When it throws, reading stops and the promise is rejected with what was thrown. */
  onProgress?: (progress: ReadProgress) => void;
  /** Give a pack even when files have faults; rows with a fault are left out. Off by default. */
  keepGoing?: boolean;
  /** Stops reading before the next file. */
  signal?: AbortSignal;
}

/** What reading gives. */
export interface ReadResult {
  /**
   * The pack, the very bytes that `santei pack` writes from the same files: for `masters.addPack()`, or to be kept. `null`
   * when no file gave a row, and when there are faults without `keepGoing`.
   */
  pack: Uint8Array<ArrayBuffer> | null;
  /** Each file, each fault with its line and column, and how many rows there are of each master. */
  report: ReadReport;
  /** Files that were not looked at: their names end like none of a published file. */
  ignored: string[];
}

/**
 * Reads published files, checks them, joins their editions and packs them. A ZIP archive gives the files in it.
 *
 * It takes a few seconds for all masters of a revision and does not give way meanwhile, except between files: call it in
 * a worker where a page should stay alive. Nothing is sent anywhere.
 *
 * @example
 * import { readdir, readFile } from "node:fs/promises";
 * const names = await readdir("masters", { recursive: true });
 * const files = names.map((name) => ({ name, data: () => readFile(`masters/${name}`) }));
 * const { pack, report } = await readOfficial(files, { onProgress: ({ step, input }) => console.log(step, input) });
 * for (const { file, line, expected, got } of report.faults) console.error(`${file}:${line}: ${expected}, not ${got}`);
 * if (pack) masters.addPack(pack);
 *
 * @param files `File` objects, or names with their bytes
 * @throws {SanteiError} when something is no file, or when WebAssembly itself stops, as for want of memory; faults of
 *   files are in the report and throw nothing
 */
export declare function readOfficial(files: Iterable<OfficialFile>, options?: ReadOptions): Promise<ReadResult>;

/**
 * Loads the reader; {@link readOfficial} does so by itself. Call it to load the `.wasm` (`santei/reader.wasm`) from
 * elsewhere, or early.
 */
export declare function init(wasm?: WasmInput): Promise<void>;

/** Loads the reader from bytes or a compiled module that are at hand; in Node, by default from the package's own file. */
export declare function initSync(wasm?: BufferSource | WebAssembly.Module): void;

/** Version of the reader. Needs a loaded one. */
export declare function version(): string;
