// What every entry of the package shares. `types.d.ts` (the shape of a visit and of a result) is written from the Rust
// types.
import type {
  Calculation,
  ClaimMonth,
  ClaimSummary,
  CodeFault,
  CommentCard,
  Comments,
  ComposedComment,
  ComposedDisease,
  CopayMonth,
  Decomposed,
  DiseaseInput,
  DrugCard,
  Encounter,
  FeeItem,
  Found,
  Hit,
  Household,
  HouseholdCopay,
  InputError,
  InputErrorKind,
  LabCard,
  LabOfProcedure,
  LeftOut,
  Month,
  Recomputed,
  Shown,
  Succession,
  Validation,
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

/** A kind of code: a master that is searched. */
export type Kind = Hit["kind"];

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
  /** Only codes of this kind, or of these. */
  kind?: Kind | readonly Kind[];
  /** Only codes in force on this day, `YYYY-MM-DD`; left out, the newest row of each code. */
  date?: string;
  /**
   * Only what stands here in the fee schedule: the beginning of a 区分番号 (`"D"`, `"D00"`, `"B001-2"`), or digits of a
   * 診療識別 (`"60"`). Tables without either have no such rows.
   */
  section?: string;
  /** Only what may be charged to outpatients, or to inpatients (入外適用区分). */
  setting?: "outpatient" | "inpatient";
  /** At most so many hits; 50 when left out. */
  limit?: number;
}

/** Which day counts. */
export interface DateOptions {
  /** The day, `YYYY-MM-DD`; left out, the newest rows count. */
  date?: string;
}

/** A code system. */
export type System =
  | "procedure"
  | "drug"
  | "material"
  | "comment"
  | "disease"
  | "modifier"
  | "yj"
  | "price_code"
  | "hot7"
  | "hot9"
  | "hot11"
  | "hot13"
  | "gtin"
  | "generic_name"
  | "disease_management"
  | "disease_exchange"
  | "modifier_management"
  | "modifier_exchange"
  | "icd10"
  | "jlac10"
  | "jlac11"
  | "health_check"
  | "facility_standard"
  | "ward"
  | "dental"
  | "dispensing"
  | "visiting_nursing"
  | "insurer"
  | "public_payer"
  | "recipient"
  | "institution";

/** How to validate a code. */
export interface ValidateOptions {
  /** The system that it is of; left out, the likeliest. */
  system?: System;
  /** Whether it is in force on this day, `YYYY-MM-DD`; left out, whether it ever was. */
  date?: string;
}

/** A terminology operation of FHIR. */
export type FhirOperation = "lookup" | "validate-code" | "translate" | "expand";

/** A question: a resource `Parameters`, or plain values by name as a query string has them. */
export type FhirQuestion =
  | { resourceType: "Parameters"; parameter?: readonly { name: string; [value: string]: unknown }[] }
  | { resourceType?: undefined; [name: string]: unknown };

/** A FHIR resource as JSON. */
export interface FhirResource {
  resourceType: "Parameters" | "ValueSet" | "OperationOutcome";
  // biome-ignore lint/suspicious/noExplicitAny: the shapes are those of FHIR R4; typings such as @types/fhir have them.
  [element: string]: any;
}

/** A row that was found: its number, good until a pack is added. */
export type RowNumber = number;

/** What a list shows of a row. */
export interface NamedRow {
  kind: Kind;
  code: string;
  name: string;
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
  claim: number | null;
  /** Record identification; empty for the file as a whole. */
  record: string;
  /** Number of the field, from 1 on. */
  field: number | null;
  /** Name of the field; empty where there is none. */
  field_name: string;
  found: string;
  expected: string;
  /** The article or the row of a table behind this finding; empty where there is none beside `basis`. */
  row: string;
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
export type Fault =
  | CodeFault
  | (Omit<InputError, "kind"> & { kind: InputErrorKind | "pack" | "not_ready" | "internal" });

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

/** What the masters of every build answer: points and payment of visits, and searches. */
export interface EngineMasters {
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
   * Finds codes by a part of the name or its reading, in any width, either kana and any common spelling, or by the code
   * itself or the code of another system; several words, in any order, must all match. The best hit first
   * (`docs/search.md` has the whole order). `marks` are UTF-16 ranges of the name, as `slice` takes them.
   *
   * An empty list says nothing of its reason: {@link Masters.search} does.
   *
   * @example
   * for (const { name, marks } of masters.find("けつあつ 高", { kind: "disease" })) {
   *   const marked = marks.map(([start, end]) => name.slice(start, end));
   * }
   * @throws {SanteiError} when `kind`, `date`, `setting` or `limit` is none, or the query is no text
   */
  find(query: string, options?: FindOptions): Hit[];

  /**
   * The same with a note that says why there are no hits (`empty`, `too_long`, `nothing_found`, `other_days` …), or that they are
   * only near ones (`only_near`).
   *
   * @throws {SanteiError} as for {@link Masters.find}
   */
  search(query: string, options?: FindOptions): Found;

  /**
   * The row numbers of the same hits, for lists that show a few of many. A number stays good until a pack is added.
   *
   * @throws {SanteiError} as for {@link Masters.find}
   */
  findRows(query: string, options?: FindOptions): Uint32Array;

  /** Kind, code and name of rows; `null` for a number that is none. */
  rowNames(rows: Iterable<RowNumber>): (NamedRow | null)[];

  /**
   * The row of a code: that of `date`, or without a date the newest; `null` when no searched master has the code. Codes that are
   * numbers are looked for before codes that are texts. Quicker than {@link Masters.show}, and without the search's index;
   * `section`, `setting` and `limit` mean nothing here.
   *
   * @example
   * const row = masters.rowOf("111000110", { date: "2026-07-01" });
   * if (row !== null) masters.rowName(row); // 初診料
   * @throws {SanteiError} when `kind` or `date` is none, or the code is no text
   */
  rowOf(code: string, options?: FindOptions): RowNumber | null;

  /** The name of a row; `null` for a number that is none. */
  rowName(row: RowNumber): string | null;

  /**
   * Builds a part of what a search of these kinds needs (none: of all), about so many rows of it, and says whether
   * everything is ready. The first search builds the rest by itself; a page that calls this while it is idle never waits.
   *
   * @example
   * const idle = () => masters.prepareSearch({ rows: 500 }) || requestIdleCallback(idle);
   * requestIdleCallback(idle);
   */
  prepareSearch(options?: { kind?: Kind | readonly Kind[]; rows?: number }): boolean;

  /** Every row of a code, each pack from the oldest to the newest; `null` when no master has the code. */
  show(code: string): Shown | null;

  /** Gives the memory back. The object cannot be used afterwards. */
  free(): void;
}

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
   * @throws {SanteiError} before `init()`
   */
  static standard(): Masters;

  /**
   * No masters but the rules that the engine itself needs; add packs with {@link Masters.addPack}.
   *
   * @throws {SanteiError} before `init()`
   */
  static empty(): Masters;

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
   * Composes a disease's name of a base and modifiers, with its ICD-10, and says what a claim would object to: `valid` is
   * `false` where one of the `faults` is an error.
   *
   * @throws {SanteiError} when the input is malformed
   * @example
   * masters.composeDisease({ disease: "7153018", modifiers: ["2056"], suspected: true }).name; // 右変形性膝関節症の疑い
   */
  composeDisease(input: DiseaseInput | string): ComposedDisease;

  /**
   * Reads a typed name of a disease as codes, the best reading first.
   *
   * @throws {SanteiError} when there is no name, or when it is longer than any
   */
  decomposeDisease(name: string, options?: DateOptions & { /** 10 when left out. */ limit?: number }): Decomposed;

  /** Follows a disease's code that was given up to the one in its place, over as many steps as it takes. */
  diseaseSuccessor(code: string, options?: DateOptions): Succession;

  /**
   * A drug by its receipt code, YJ, price list code, HOT7/9/11/13, JAN or GTIN, or the code of its generic name: its other
   * codes, packages, prices, and what costs less under the same generic name.
   *
   * @throws {SanteiError} when the code is none, its check digit is wrong, or no master has it
   */
  drug(code: string, options?: DateOptions): DrugCard;

  /**
   * A laboratory item by its JLAC10 or JLAC11 code: the axes with their names, the codes of the other system, and the
   * procedures by which it is charged.
   *
   * @throws {SanteiError} when the code is neither
   */
  lab(code: string, options?: DateOptions): LabCard;

  /** The laboratory items that a procedure stands for. */
  labsOfProcedure(code: string, options?: DateOptions): LabOfProcedure[];

  /**
   * The procedures of an item of the fee schedule (区分番号): `A001`, `D007-2`, or `D007 1` with 項番.
   *
   * @throws {SanteiError} when it is no such item, or when no master has a procedure of it
   */
  feeItem(item: string, options?: DateOptions): FeeItem;

  /** The comments that a procedure or a drug asks for; `relations_loaded` says whether the masters know them. */
  comments(code: string, options?: DateOptions): Comments;

  /**
   * A comment and what has to be given with it.
   *
   * @throws {SanteiError} when no master has it
   */
  comment(code: string, options?: DateOptions): CommentCard;

  /**
   * Checks a comment's value by the comment's pattern and puts the text together.
   *
   * @throws {SanteiError} when no master has the comment
   */
  composeComment(code: string, value?: string, options?: DateOptions): ComposedComment;

  /**
   * Whether a text is a code of a system on a day: well formed, with its check digit right, known and in force; if not, why, and
   * what may be meant. Without a system the answer is about the likeliest one, and names the others.
   *
   * @throws {SanteiError} when `system` or `date` is none, or `date` is before 1985 or after 2100
   */
  validate(code: string, options?: ValidateOptions): Validation;

  /**
   * A terminology operation of FHIR R4: `$lookup`, `$validate-code`, `$translate` or `$expand` over the masters, with the URIs of
   * JP Core. The answer is a resource `Parameters`, of `expand` a `ValueSet`; of a question that has no answer it is an
   * `OperationOutcome`.
   *
   * @param parameters a resource `Parameters`, or an object of plain values; an object, or its JSON as a text
   * @throws {SanteiError} when there is no such operation
   */
  fhir(operation: FhirOperation, parameters: FhirQuestion | string): FhirResource;
}

export interface Masters extends EngineMasters {}
