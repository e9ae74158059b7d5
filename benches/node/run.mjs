// Measures the built package beside what one would use instead: `cargo xtask bench` runs this after the native
// benchmarks, which leave the rows. Writes node.json into the folder that is named.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { init, Masters } from "../../pkg/node.mjs";
import { bigrams, bigString, FIRST, includes, sqlite } from "./peers.mjs";
import { ANSWER, rules, VISIT } from "./rules.mjs";
import { sizes } from "./sizes.mjs";
import { starts } from "./start.mjs";
import { each, one, together } from "./timing.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node benches/node/run.mjs FOLDER; `cargo xtask bench` makes the folder");
  process.exit(2);
}

/** @type {import("./peers.mjs").Row[]} */
const rows = JSON.parse(readFileSync(join(folder, "rows.json"), "utf8"));
const day = readFileSync(join(folder, "day"), "utf8");
const pack = read("masters.pack");
const results = {};
/** The masters whose rows the peers have. */
const KINDS = ["procedure", "drug", "disease", "modifier"];

function read(name) {
  try {
    return readFileSync(join(folder, name));
  } catch {
    console.log(`skipped: what needs ${name}, which the native benchmarks write where the published masters are`);
    return undefined;
  }
}

function note(group, peer, times) {
  results[group] ??= {};
  results[group][peer] = times;
  const shown = Object.entries(times).map(([name, value]) => `${name} ${Number(value).toFixed(3)}`);
  console.log(`${group.padEnd(10)} ${peer.padEnd(22)} ${shown.join("  ")}`);
}

// The same numbers in every run.
let state = 0x2545f491;
function below(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}
const pick = (list) => list[below(list.length)];

await init();
const masters = pack ? Masters.empty().addPack(pack) : Masters.standard();

exact();
prefix();
await part();
visit();
await toy();
for (const [name, value] of Object.entries(starts(folder, Boolean(pack)))) note("start", name, value);
for (const [name, value] of Object.entries(await sizes(folder))) note("size", name, value);
writeFileSync(join(folder, "node.json"), JSON.stringify(results, null, 2));

function exact() {
  const map = new Map(rows.map((row) => [row[0], row]));
  const codes = Array.from({ length: 1000 }, () => pick(rows)[0]);
  // Strings that nothing has hashed before, as they come from a request.
  const fresh = () => codes.map((code) => Buffer.from(code).toString("latin1"));
  for (const code of codes) if (masters.show(code)?.code !== code) throw new Error(`no row for ${code}`);
  note(
    "exact",
    "Map.get",
    together(fresh, (code) => map.get(code)),
  );
  note(
    "exact",
    "santei",
    together(fresh, (code) => masters.show(code)),
  );
}

function prefix() {
  const codes = rows.map((row) => row[0]).sort();
  const list = (query) => {
    let [low, high] = [0, codes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (codes[middle] < query) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (found.length < FIRST && codes[low]?.startsWith(query)) found.push(codes[low++]);
    return found;
  };
  const questions = Array.from({ length: 100 }, () => pick(codes).slice(0, 4 + below(4)));
  note("prefix", "sorted array", each(questions, list));
  note(
    "prefix",
    "santei",
    each(questions, (query) => masters.findRows(query, { kind: KINDS, date: day, limit: FIRST })),
  );
}

async function part() {
  const questions = [];
  while (questions.length < 100) {
    const text = pick(rows)[3][0] ?? "";
    const length = 2 + below(3);
    if (text.length <= length) continue;
    const start = below(text.length - length);
    const query = text.slice(start, start + length);
    if (query.trim().length === length) questions.push(query);
  }
  const peers = { includes: includes(rows), "one big string": bigString(rows), "JS bigram map": bigrams(rows) };
  for (const [name, find] of Object.entries(peers)) {
    for (const query of questions) {
      if (find(query).length === 0) throw new Error(`${name} finds nothing for ${query}`);
    }
    note("part", name, each(questions, find));
  }
  const db = await sqlite(rows).catch((error) => console.log(`skipped: sqlite-wasm: ${error.message}`));
  if (db) {
    note(
      "exact",
      "sqlite-wasm",
      together(() => rows.slice(0, 300).map((row) => row[0]), db.exact),
    );
    note("part", "sqlite-wasm FTS5", each(questions, db.part));
  }
  for (const query of questions) {
    if (masters.find(query, { date: day }).length === 0) throw new Error(`nothing found for ${query}`);
  }
  const how = { kind: KINDS, date: day, limit: FIRST };
  const ways = {
    santei: (query) => masters.findRows(query, how),
    "santei, names": (query) => masters.rowNames(masters.findRows(query, how)),
    "santei, hits": (query) => masters.find(query, how),
  };
  for (const [name, find] of Object.entries(ways)) note("part", name, each(questions, find));
}

function visit() {
  const standard = Masters.standard();
  const text = JSON.stringify(JSON.parse(readFileSync(new URL("../visit.json", import.meta.url), "utf8")));
  const lines = JSON.parse(standard.calculateJson(text)).statement.visits[0].lines.length;
  if (lines !== 12) throw new Error(`the visit has ${lines} lines`);
  note(
    "visit",
    "santei JSON",
    one(() => standard.calculateJson(text)),
  );
  const object = JSON.parse(text);
  note(
    "visit",
    "santei object",
    one(() => standard.calculate(object)),
  );
  note(
    "visit",
    "JSON.parse alone",
    one(() => JSON.parse(text)),
  );
}

/** The same eight tests in a general rule engine and here. */
async function toy() {
  const standard = Masters.standard();
  const { statement, copay } = standard.calculate(VISIT);
  const same = statement.total_points === ANSWER.points && copay[0].amount === ANSWER.copay;
  if (!same) throw new Error(`the visit has ${statement.total_points} points and costs ${copay[0].amount} yen`);
  note(
    "toy",
    "santei JSON",
    one(() => standard.calculateJson(VISIT)),
  );
  // Asked in a promise, as its interface has it; each answer is awaited before the next question.
  const ask = await rules();
  const times = [];
  for (let index = -400; index < 400; index++) {
    const start = process.hrtime.bigint();
    await ask();
    if (index >= 0) times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  times.sort((a, b) => a - b);
  note("toy", "zen-engine, ten rules", { p50: times[200], p99: times[396] });
}
