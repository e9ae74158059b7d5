// What every entry of the package shares. `types.d.ts` (the shape of a visit and of a result) is written from the Rust
// types.
import type {
  Calculation,
  ClaimMonth,
  ClaimSummary,
  CopayMonth,
  Encounter,
  Hit,
  Household,
  HouseholdCopay,
  InputError,
  InputErrorKind,
  LeftOut,
  Month,
  Recomputed,
  Shown,
} from "./types.js";

export type * from "./types.js";

/** What an engine can be loaded from. */
export type WasmInput =
  | BufferSource
  | WebAssembly.Module
  | URL
  | string
  | Response
  | Promise<BufferSource | WebAssembly.Module | Response>;

/** A kind of code. */
export type Kind = "procedure" | "drug" | "disease" | "modifier" | "lab";

/** How to calculate. */
export interface CalculateOptions {
  /** Take this day (`YYYY-MM-DD`) as the day of service; for an encounter with one visit. */
  date?: string;
  /** Add the tree of every step to the result. Off by default, and free when off. */
  trace?: boolean;
  /**
   * Calculate by the rules of this revision (`r8`, or its name) whatever the day of service. The result says so in
   * `as_of_revision`; it is hypothetical.
   */
  asOfRevision?: string;
}

/** How to search. */
export interface FindOptions {
  /** Only codes of this kind. */
  kind?: Kind;
  /** Only codes in force on this day, `YYYY-MM-DD`; left out, the newest row of each code. */
  date?: string;
  /** At most so many hits; 50 when left out. */
  limit?: number;
}

/** What a pack says of itself. */
export interface PackInfo {
  /** Version of the engine that wrote the pack. */
  engine: string;
  /** The files that its rows were read from. */
  sources: PackSource[];
}

/** A claim file (UKE): its bytes in Shift_JIS or UTF-8, or its text. */
export type ClaimFile = string | BufferSource;

/** A paper that a page shows: the claim's form (診療報酬明細書), 領収証, 診療明細書. */
export type Paper = "form" | "receipt" | "statement";

/** One finding of the check of a claim file. */
export interface ClaimFinding {
  /** The rule, by its stable name: `sum.points`, `points.revision` … */
  id: string;
  severity: "info" | "warning" | "error";
  /** What the rule finds. */
  about: string;
  /** What the rule rests on. */
  basis: string;
  /** Number of the line. */
  line: number;
  /** レセプト番号. */
  claim?: number;
  /** Record identification; empty for the file as a whole. */
  record: string;
  /** Number of the field, from 1 on. */
  field?: number;
  /** Name of the field. */
  field_name?: string;
  found: string;
  expected: string;
  /** The article or the row of a table behind this finding. */
  row?: string;
}

/** What the check of a claim file finds. */
export interface CheckedClaims {
  findings: ClaimFinding[];
  claims: number;
  errors: number;
  warnings: number;
}

/** A claim file that was written. */
export interface WrittenClaims {
  /** Its text; to be sent it is encoded in Shift_JIS. */
  file: string;
  /** 総件数. */
  count: number;
  /** 総合計点数. */
  points: number;
  /** Patients without a claim in the file, and why. */
  left_out: LeftOut[];
}

/** One file that went into a pack. */
export interface PackSource {
  /** File name. */
  file: string;
  /** Which master: `procedure`, `drug`, `disease` … */
  kind: string;
  /** Date of the edition, `YYYY-MM-DD`, where the file has one. */
  edition: string | null;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  sha256: string;
  /** Rows in the file. */
  rows: number;
}

/** One fault: of the input ({@link InputError}), of a pack, or of how the package is used. */
export type Fault = Omit<InputError, "kind"> & { kind: InputErrorKind | "pack" | "not_ready" | "internal" };

/**
 * Thrown when a visit, a search or a pack is refused. Nothing is calculated by halves: an input with one fault gives no
 * figures at all.
 *
 * @example
 * try {
 *   masters.calculate(visit);
 * } catch (error) {
 *   if (!(error instanceof SanteiError)) throw error;
 *   for (const { path, message, help } of error.errors) console.error(path, message, help ?? "");
 * }
 */
export declare class SanteiError extends Error {
  readonly name: "SanteiError";
  /** Every fault: its place in the input as a JSON path, what is wrong, and what to do. */
  readonly errors: readonly Fault[];
  constructor(errors: readonly Fault[]);
}

/** Version of the engine. Needs a loaded engine. */
export declare function version(): string;

/**
 * Everything a calculation looks things up in: the standard masters and the packs that were added. Immutable but for
 * {@link Masters.addPack}; one object serves any number of calculations.
 *
 * Points are whole points (点), amounts whole yen (円), prices yen as decimal texts, dates `YYYY-MM-DD`.
 *
 * @example
 * await init();
 * const masters = Masters.standard();
 * const result = masters.calculate({
 *   facility: { kind: "clinic" },
 *   patient: { birth_date: "1980-04-01" },
 *   visits: [{ date: "2026-07-01", consultation: "first" }],
 * });
 * console.log(result.statement.total_points, "点", result.copay[0].amount, "円");
 */
export declare class Masters {
  private constructor();

  /**
   * The standard masters that come with the package.
   *
   * @throws {SanteiError} before `init()`, and in the slim build, which has none
   */
  static standard(): Masters;

  /**
   * No masters but the rules that the engine itself needs; add packs with {@link Masters.addPack}.
   *
   * @throws {SanteiError} before `init()`
   */
  static empty(): Masters;

  /**
   * Adds a pack (`santei pack` writes one). Its rows come before those of the packs that are there.
   *
   * @throws {SanteiError} when the bytes are no whole pack of a known version; the masters stay as they were
   */
  addPack(bytes: BufferSource): this;

  /** The packs, last added first, each with the files it was made from. */
  packs(): PackInfo[];

  /**
   * Points of each line with its reasons, and what the patient pays.
   *
   * @param encounter what happened; an object, or its JSON as a text
   * @throws {SanteiError} when the input cannot be calculated; `errors` says where and why
   */
  calculate(encounter: Encounter | string, options?: CalculateOptions): Calculation;

  /** The same as JSON: the very bytes that the command line and a native program give. */
  calculateJson(encounter: Encounter | string, options?: CalculateOptions): string;

  /**
   * What a patient pays in a month at one facility: every visit, the claims, and each step with its article.
   *
   * @param month an object, or its JSON as a text
   * @throws {SanteiError} when the input cannot be worked out; `errors` says where and why
   */
  copay(month: Month | string): CopayMonth;

  /** The same as JSON: the very bytes that the command line and a native program give. */
  copayJson(month: Month | string): string;

  /**
   * What a household pays in a month: its ceiling, and what is paid back.
   *
   * @param household an object, or its JSON as a text
   * @throws {SanteiError} when the input cannot be worked out; `errors` says where and why
   */
  household(household: Household | string): HouseholdCopay;

  /** The claims of a file at a glance. */
  readClaims(file: ClaimFile): ClaimSummary[];

  /** Checks a claim file: structure, numbers, codes, sums, points. `history` are files of earlier months. */
  checkClaims(file: ClaimFile, options?: { name?: string; history?: ClaimFile[] }): CheckedClaims;

  /** Recomputes every claim of a file, unit by unit: by the tables, and by the rules of the fee schedule. */
  recomputeClaims(file: ClaimFile, options?: { history?: ClaimFile[] }): Recomputed[];

  /**
   * Claims as a page in HTML that is read and printed. `lines` are those of the claims' `RE` records; left out, all claims.
   * Texts of the file are never markup, and the page loads nothing.
   */
  showClaims(file: ClaimFile, options?: { lines?: number[]; papers?: Paper[] }): string;

  /**
   * Writes the claim file of a month from its visits and coverage.
   *
   * @throws {SanteiError} when what holds for the whole file is wrong
   */
  writeClaims(month: ClaimMonth | string): WrittenClaims;

  /**
   * 領収証 and 診療明細書 of an encounter as a page in HTML.
   *
   * @throws {SanteiError} when the input cannot be calculated
   */
  receipt(
    encounter: Encounter | string,
    options?: { facility?: string; patient?: string; papers?: ("receipt" | "statement")[] },
  ): string;

  /**
   * Finds codes by a part of the name or its reading, in any width and either kana, or by the code itself or the code of
   * another system; the best hit first.
   *
   * @throws {SanteiError} when `kind` or `date` is none
   */
  find(query: string, options?: FindOptions): Hit[];

  /** Every row of a code, each pack from the oldest to the newest; `null` when no master has the code. */
  show(code: string): Shown | null;

  /** Gives the memory back. The object cannot be used afterwards. */
  free(): void;
}
