// What every entry of the package shares: errors, loading, and the class Masters over the generated glue.
// `api.d.ts` documents it for users.

/** A calculation, a look-up or a pack that was refused. `errors` says where and why. */
export class SanteiError extends Error {
  /** @param {readonly import("./types.js").InputError[]} errors */
  constructor(errors) {
    const [first] = errors;
    const place = first?.path ? `${first.path}: ` : "";
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
    super(`${place}${first?.message ?? "refused"}${more}`);
    this.name = "SanteiError";
    this.errors = errors;
  }
}

/** @param {string} kind @param {string} message @param {string} [help] */
export function refusal(kind, message, help) {
  return new SanteiError([{ path: "", kind, message, ...(help && { help }) }]);
}

const DEFECT = "this is a defect of Santei; please report it";

/**
 * Runs a call into the engine and turns what it throws into a `SanteiError`.
 *
 * @template T
 * @param {() => T} call
 * @param {string} [help] what to do when WebAssembly itself stops
 * @returns {T}
 */
export function guarded(call, help = DEFECT) {
  try {
    return call();
  } catch (thrown) {
    if (thrown instanceof Error && "errors" in thrown && Array.isArray(thrown.errors)) {
      throw new SanteiError(thrown.errors);
    }
    if (thrown instanceof WebAssembly.RuntimeError) {
      throw refusal("internal", `the engine stopped: ${thrown.message}`, help);
    }
    throw thrown;
  }
}

/**
 * The text of an input. Texts pass untouched, so that the engine sees the caller's own bytes.
 *
 * @param {unknown} encounter
 */
function textOf(encounter) {
  return typeof encounter === "string" ? encounter : (JSON.stringify(encounter) ?? "null");
}

/** @param {string | BufferSource} file */
function bytesOf(file) {
  if (typeof file === "string") return new TextEncoder().encode(file);
  return ArrayBuffer.isView(file)
    ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
    : new Uint8Array(file);
}

/**
 * A claim file in UTF-8. The engine has no table of Shift_JIS; the platform has one.
 *
 * @param {string | BufferSource} file
 */
function utf8(file) {
  const bytes = bytesOf(file);
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return bytes;
  } catch {
    return new TextEncoder().encode(new TextDecoder("shift_jis").decode(bytes));
  }
}

/** @param {{ history?: (string | BufferSource)[] }} options */
function earlier({ history = [] }) {
  return history.map(utf8);
}

/** What is looked for: a text. @param {unknown} query */
function textToFind(query) {
  if (typeof query !== "string") throw refusal("schema", `\`query\`: expected a text, got \`${query}\``);
  return query;
}

/** A code of digits as a number, which crosses the border for nothing; -1 for any other text. @param {string} code */
function digitsOf(code) {
  const { length } = code;
  if (length === 0 || length > 9) return -1;
  let number = 0;
  for (let at = 0; at < length; at++) {
    const digit = code.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/**
 * Reads what `src/wasm/hits.rs` writes: numbers as letters, and the texts between them.
 *
 * @param {string} words the names of kinds, ranks and certainties
 */
function hitReader(words) {
  const [kinds, ranks, certainties] = words.split("\n").map((line) => line.split(","));
  /** The same few days stand in most hits. @type {Map<number, string>} */
  const days = new Map();
  let text = "";
  let at = 0;

  function number() {
    let letter = text.charCodeAt(at++);
    if (letter < 0x4000) return letter;
    let value = 0;
    for (let scale = 1; ; scale *= 0x4000) {
      value += (letter & 0x3fff) * scale;
      if (letter < 0x4000) return value;
      letter = text.charCodeAt(at++);
    }
  }

  function piece(length) {
    const start = at;
    at += length;
    return text.slice(start, at);
  }

  function some() {
    const length = number();
    return length === 0 ? undefined : piece(length - 1);
  }

  function day() {
    const packed = number() * 10_000 + number();
    if (packed === 0) return null;
    let known = days.get(packed);
    if (known === undefined) {
      known = String(packed).replace(/(..)(..)$/, "-$1-$2");
      days.set(packed, known);
    }
    return known;
  }

  function marks() {
    const list = [];
    for (let left = number(); left > 0; left--) list.push([number(), number()]);
    return list;
  }

  function hit() {
    const hit = {
      kind: kinds[number()],
      code: piece(number()),
      name: piece(number()),
      rank: ranks[number()],
      from: day(),
      last_day: day(),
      certainty: certainties[number()],
    };
    const points = some();
    if (points !== undefined) hit.points = points;
    const pointKind = number();
    if (pointKind > 0) hit.point_kind = pointKind - 1;
    const price = some();
    if (price !== undefined) hit.price = price;
    const unit = some();
    if (unit !== undefined) hit.unit = unit;
    const icd10 = some();
    if (icd10 !== undefined) hit.icd10 = icd10;
    hit.marks = marks();
    const others = number();
    if (others > 0) {
      hit.elsewhere = Array.from({ length: others }, () => ({
        column: piece(number()),
        text: piece(number()),
        marks: marks(),
      }));
    }
    return hit;
  }

  return (written) => {
    text = written;
    at = 0;
    const note = piece(number());
    const hits = [];
    for (let left = number(); left > 0; left--) hits.push(hit());
    text = "";
    return note === "" ? { hits } : { hits, note: JSON.parse(note) };
  };
}

const NO_OPTIONS = Object.freeze({});

/** In place of the number of a row that is none. */
const NO_ROW = 0xffffffff;

/**
 * Loads one build of the engine.
 *
 * @param {object} glue what wasm-bindgen generated: its `default` and `initSync`
 * @param {{ fallback?: () => unknown, fallbackSync?: () => unknown }} own where the package's own .wasm comes from when
 *   the caller names none
 */
export function loader(glue, own) {
  /** @type {Promise<void> | undefined} */
  let loading;
  let ready = false;

  const missing = "pass the bytes, module, URL or response of the .wasm, such as santei/slim.wasm, to init()";

  function init(input) {
    if (ready) return Promise.resolve();
    loading ??= (async () => {
      try {
        const source = input ?? (await own.fallback?.());
        if (source === undefined) throw refusal("not_ready", "the slim build was given no .wasm", missing);
        await glue.default({ module_or_path: source });
        ready = true;
      } finally {
        // A failed attempt, such as one without a network, may be repeated.
        loading = undefined;
      }
    })();
    return loading;
  }

  function initSync(input) {
    if (ready) return;
    const source = input ?? own.fallbackSync?.();
    if (source === undefined) throw refusal("not_ready", "initSync() was given no .wasm", missing);
    glue.initSync({ module: source });
    ready = true;
  }

  function engine() {
    if (!ready) throw refusal("not_ready", "the engine is not loaded", "call `await init()` first");
    return glue;
  }

  return { init, initSync, engine };
}

/** The methods that only the whole engine has. */
const WHOLE = [
  "copay",
  "copayJson",
  "household",
  "readClaims",
  "checkClaims",
  "recomputeClaims",
  "showClaims",
  "writeClaims",
  "receipt",
  "composeDisease",
  "decomposeDisease",
  "diseaseSuccessor",
  "drug",
  "lab",
  "labsOfProcedure",
  "feeItem",
  "comments",
  "comment",
  "composeComment",
  "validate",
  "fhir",
];

/**
 * Binds the API to one build of the engine.
 *
 * @param {object} glue what wasm-bindgen generated: its `default` and `initSync`, `version` and `Masters`
 * @param {{ fallback?: () => unknown, fallbackSync?: () => unknown }} [own] as for `loader`
 */
export function bind(glue, own = {}) {
  const { init, initSync, engine } = loader(glue, own);
  /** @type {ReturnType<typeof hitReader> | undefined} */
  let readHits;

  class Masters {
    #inner;
    #options;

    /** Use `Masters.standard()` or `Masters.empty()`. */
    constructor(inner) {
      if (!(inner instanceof engine().Masters)) throw new TypeError("use Masters.standard() or Masters.empty()");
      this.#inner = inner;
    }

    static standard() {
      const { Masters: Inner } = engine();
      if (!Inner.standard) {
        throw refusal("not_ready", "the slim build has no standard masters", "use Masters.empty() and addPack()");
      }
      return new Masters(guarded(() => Inner.standard()));
    }

    static empty() {
      const { Masters: Inner } = engine();
      return new Masters(guarded(() => Inner.empty()));
    }

    addPack(bytes) {
      const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
      guarded(() => this.#inner.addPack(view));
      return this;
    }

    packs() {
      return guarded(() => this.#inner.packs());
    }

    calculate(encounter, options) {
      return JSON.parse(this.calculateJson(encounter, options));
    }

    calculateJson(encounter, options = {}) {
      const { date, trace = false, asOfRevision } = options;
      return guarded(() => this.#inner.calculate(textOf(encounter), date, trace, asOfRevision));
    }

    copay(month) {
      return JSON.parse(this.copayJson(month));
    }

    copayJson(month) {
      return guarded(() => this.#inner.copay(textOf(month)));
    }

    household(household) {
      return JSON.parse(guarded(() => this.#inner.household(textOf(household))));
    }

    readClaims(file) {
      return JSON.parse(guarded(() => this.#inner.readClaims(utf8(file))));
    }

    checkClaims(file, options = {}) {
      return JSON.parse(guarded(() => this.#inner.checkClaims(bytesOf(file), options.name, earlier(options))));
    }

    recomputeClaims(file, options = {}) {
      return JSON.parse(guarded(() => this.#inner.recomputeClaims(utf8(file), earlier(options))));
    }

    showClaims(file, options = {}) {
      const { lines = [], papers = ["form"] } = options;
      return guarded(() => this.#inner.showClaims(utf8(file), Uint32Array.from(lines), papers));
    }

    writeClaims(month) {
      return JSON.parse(guarded(() => this.#inner.writeClaims(textOf(month))));
    }

    receipt(encounter, options = {}) {
      const { facility = "", patient = "", papers = ["receipt", "statement"] } = options;
      return guarded(() => this.#inner.receipt(textOf(encounter), facility, patient, papers));
    }

    find(query, options) {
      return this.search(query, options).hits;
    }

    search(query, options = {}) {
      const written = guarded(() => this.#inner.findHits(textToFind(query), this.#how(options)));
      readHits ??= hitReader(engine().hitWords());
      return readHits(written);
    }

    findRows(query, options = {}) {
      return guarded(() => this.#inner.findRows(textToFind(query), this.#how(options)));
    }

    rowNames(rows) {
      // One text crosses the border quicker than an object for each row.
      const numbers = Uint32Array.from(rows);
      const lines = guarded(() => this.#inner.rowNames(numbers)).split("\n");
      return Array.from(numbers, (_, index) => {
        const [kind, code, name] = lines[index].split("\t");
        return name === undefined ? null : { kind, code, name };
      });
    }

    rowOf(code, options = NO_OPTIONS) {
      const number = digitsOf(textToFind(code));
      const row = guarded(() => {
        const how = this.#how(options);
        const found = number < 0 ? NO_ROW : this.#inner.rowOfDigits(code.length, number, how);
        return found === NO_ROW ? this.#inner.rowOf(code, how) : found;
      });
      return row === NO_ROW ? null : row;
    }

    rowName(row) {
      return guarded(() => this.#inner.rowName(row)) ?? null;
    }

    prepareSearch(options = {}) {
      const { rows = 1000, ...rest } = options;
      return guarded(() => this.#inner.prepare(this.#how(rest), rows));
    }

    /** The options in the engine. They are kept: while somebody types, only the query changes. */
    #how({ kind, date, section, setting, limit = 50 }) {
      const kinds = Array.isArray(kind) ? kind.join(",") : (kind ?? "");
      const known = this.#options;
      const same =
        known?.kinds === kinds &&
        known.date === date &&
        known.section === section &&
        known.setting === setting &&
        known.limit === limit;
      if (!same) {
        if (!(Number.isInteger(limit) && limit >= 0)) {
          throw refusal("schema", `\`limit\`: expected a whole number from 0, got \`${limit}\``);
        }
        const most = Math.min(limit, 0xffffffff);
        const inner = new (engine().FindOptions)(kinds, date, section, setting, most);
        known?.inner.free();
        this.#options = { kinds, date, section, setting, limit, inner };
      }
      return this.#options.inner;
    }

    show(code) {
      return guarded(() => this.#inner.show(code));
    }

    composeDisease(input) {
      return JSON.parse(guarded(() => this.#inner.composeDisease(textOf(input))));
    }

    decomposeDisease(name, options = {}) {
      return JSON.parse(guarded(() => this.#inner.decomposeDisease(name, options.date, options.limit)));
    }

    diseaseSuccessor(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.diseaseSuccessor(code, options.date)));
    }

    drug(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.drug(code, options.date)));
    }

    lab(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.lab(code, options.date)));
    }

    labsOfProcedure(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.labsOfProcedure(code, options.date)));
    }

    feeItem(item, options = {}) {
      return JSON.parse(guarded(() => this.#inner.feeItem(item, options.date)));
    }

    comments(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.comments(code, options.date)));
    }

    comment(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.comment(code, options.date)));
    }

    composeComment(code, value, options = {}) {
      return JSON.parse(guarded(() => this.#inner.composeComment(code, value, options.date)));
    }

    validate(code, options = {}) {
      return JSON.parse(guarded(() => this.#inner.validate(code, options.system, options.date)));
    }

    fhir(operation, parameters) {
      return JSON.parse(guarded(() => this.#inner.fhir(operation, textOf(parameters))));
    }

    free() {
      this.#options?.inner.free();
      this.#options = undefined;
      this.#inner.free();
    }

    [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
      this.free();
    }
  }

  // Who calls in JavaScript what the declarations of the slim build do not have is told where it is.
  const whole = "copay" in glue.Masters.prototype;
  for (const name of whole ? [] : WHOLE) {
    Masters.prototype[name] = () => {
      throw refusal("not_ready", `the slim build has no \`${name}\``, "import `santei` instead of `santei/slim`");
    };
  }

  return { init, initSync, version: () => engine().version(), Masters, SanteiError };
}
