// What one would write or take instead of the search.
import sqlite3InitModule from "@sqlite.org/sqlite-wasm";

export const FIRST = 20;

/** @typedef {[code: string, name: string, codes: string[], texts: string[]]} Row */

/** Ids of the rows whose texts contain the query: one `includes` after the other. */
export function includes(rows) {
  return (query) => {
    const found = [];
    for (let id = 0; id < rows.length && found.length < FIRST; id++) {
      if (rows[id][3].some((text) => text.includes(query))) found.push(id);
    }
    return found;
  };
}

/** The same over one long text, with where each row begins. */
export function bigString(rows) {
  const starts = new Uint32Array(rows.length);
  let blob = "";
  rows.forEach(([, , , texts], id) => {
    starts[id] = blob.length;
    blob += `\u0001${texts.join("\u0001")}`;
  });
  const rowAt = (place) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return (query) => {
    const found = [];
    let place = blob.indexOf(query);
    while (place >= 0 && found.length < FIRST) {
      const id = rowAt(place);
      found.push(id);
      if (id + 1 === starts.length) break;
      place = blob.indexOf(query, starts[id + 1]);
    }
    return found;
  };
}

/** Ids by every two characters that stand together; the rarest pair's rows are looked at. */
export function bigrams(rows) {
  const pairs = new Map();
  rows.forEach(([, , , texts], id) => {
    for (const text of texts) {
      for (let place = 0; place + 2 <= text.length; place++) {
        const pair = text.slice(place, place + 2);
        const ids = pairs.get(pair);
        if (!ids) pairs.set(pair, [id]);
        else if (ids.at(-1) !== id) ids.push(id);
      }
    }
  });
  return (query) => {
    let best;
    for (let place = 0; place + 2 <= query.length; place++) {
      const ids = pairs.get(query.slice(place, place + 2));
      if (!ids) return [];
      if (!best || ids.length < best.length) best = ids;
    }
    const found = [];
    for (const id of best ?? []) {
      if (rows[id][3].some((text) => text.includes(query))) found.push(id);
      if (found.length === FIRST) break;
    }
    return found;
  };
}

/** SQLite in WebAssembly, full text over pairs of characters; null when it does not start here. */
export async function sqlite(rows) {
  const sqlite3 = await sqlite3InitModule({ print: () => {}, printErr: () => {} });
  const db = new sqlite3.oo1.DB(":memory:");
  db.exec("CREATE TABLE code (code TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID");
  db.exec("CREATE VIRTUAL TABLE part USING fts5(pairs, content='', tokenize=\"unicode61 tokenchars '\u0001'\")");
  const pairsOf = (text) => Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => hex(text.slice(i, i + 2)));
  db.transaction(() => {
    const code = db.prepare("INSERT OR IGNORE INTO code VALUES (?, ?)");
    const part = db.prepare("INSERT INTO part(rowid, pairs) VALUES (?, ?)");
    rows.forEach((row, id) => {
      code.bind([row[0], id]).stepReset();
      part.bind([id + 1, row[3].map((text) => pairsOf(text).join(" ")).join(" . ")]).stepReset();
    });
    code.finalize();
    part.finalize();
  });
  const byCode = db.prepare("SELECT id FROM code WHERE code = ?");
  const byPart = db.prepare(`SELECT rowid FROM part WHERE part MATCH ? LIMIT ${FIRST}`);
  const all = (statement, value) => {
    const found = [];
    statement.bind([value]);
    while (statement.step()) found.push(statement.get(0));
    statement.reset();
    return found;
  };
  return {
    exact: (code) => all(byCode, code)[0],
    part: (query) => all(byPart, `"${pairsOf(query).join(" ")}"`).map((rowid) => rowid - 1),
  };
}

// Letters and digits only, so that the tokenizer leaves a pair whole.
const hex = (pair) => Array.from({ length: 2 }, (_, i) => pair.charCodeAt(i).toString(16).padStart(4, "0")).join("");
