// Measures the search in Chromium over the built package: the first answers, the worst ones, typing errors, look-ups of
// codes: `node benches/browser/search.mjs PACK [QUERIES]`, after `cargo xtask build`. PACK is what `santei pack FOLDER -o PACK` writes
// of the official files. CHROME names another browser than /usr/bin/chromium.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [pack, queries = "1000"] = process.argv.slice(2);
if (!pack) {
  console.error("usage: node benches/browser/search.mjs PACK [QUERIES]");
  process.exit(2);
}

const root = fileURLToPath(new URL("../../pkg", import.meta.url));
const types = { "": "text/html", ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm" };
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  // Isolated from other sites, a page has a clock of five microseconds.
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-embedder-policy", "require-corp");
  response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
  if (path === "/") response.end("<!doctype html><title>search</title>");
  else {
    const file = path === "/pack" ? pack : join(root, path);
    createReadStream(file)
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();

const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error));
await page.goto(`http://127.0.0.1:${port}/`);
const lines = await page.evaluate(measure, { count: Number(queries), origin: `http://127.0.0.1:${port}` });
for (const line of lines) console.log(line);
await browser.close();
server.close();

/** Runs in the page. */
async function measure({ count, origin }) {
  const lines = [];
  const begin = performance.now();
  const { init, Masters } = await import(`${origin}/index.mjs`);
  await init();
  const bytes = new Uint8Array(await (await fetch(`${origin}/pack`)).arrayBuffer());
  const opened = performance.now();
  const masters = Masters.standard().addPack(bytes);
  const added = performance.now();
  masters.find("初診");
  const ready = performance.now();
  const spent = [opened - begin, added - opened, ready - added].map((time) => time.toFixed(0));
  lines.push(`start ${spent[0]} ms, pack ${spent[1]} ms more, index and first answer ${spent[2]} ms more`);

  // The index in pieces, as a page makes it between frames: of each piece the best of several times.
  const pieces = [];
  for (let pass = 0; pass < 5; pass++) {
    const fresh = Masters.standard().addPack(bytes);
    for (let at = 0, whole = false; !whole; at++) {
      const start = performance.now();
      whole = fresh.prepareSearch({ rows: 150 });
      pieces[at] = Math.min(pieces[at] ?? Number.POSITIVE_INFINITY, performance.now() - start);
    }
    fresh.free();
  }
  const all = pieces.reduce((sum, piece) => sum + piece, 0).toFixed(0);
  lines.push(`index in pieces: ${pieces.length}, the longest ${Math.max(...pieces).toFixed(2)} ms, together ${all} ms`);

  let state = 0x2545f491;
  const below = (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  // Names to draw from: what short common words find.
  const hits = ["ア", "リ", "ン", "炎", "錠", "料", "検査", "性", "術"].flatMap((query) =>
    masters.find(query, { limit: 4000 }),
  );
  const names = hits.flatMap(({ name, elsewhere = [] }) => [name, ...elsewhere.map(({ text }) => text)]);
  const codes = [...new Set(hits.map(({ code }) => code))].filter((code) => /^\d{9}$/.test(code));
  const parts = (least, span) =>
    Array.from({ length: count }, () => {
      for (;;) {
        const letters = Array.from(names[below(names.length)]);
        const length = least + below(span);
        if (letters.length < length) continue;
        const start = below(letters.length - length + 1);
        return letters.slice(start, start + length).join("");
      }
    });
  const wrong = (query, letter) => {
    const letters = Array.from(query);
    letters[below(letters.length)] = letter;
    return letters.join("");
  };
  // What waits for pages of its own is no search: the best of several passes of each query counts.
  const each = (label, questions, ask, passes = 5) => {
    const best = questions.map(() => Number.POSITIVE_INFINITY);
    let total = Number.POSITIVE_INFINITY;
    for (let pass = 0; pass < passes; pass++) {
      const all = performance.now();
      questions.forEach((question, at) => {
        const start = performance.now();
        ask(question);
        best[at] = Math.min(best[at], performance.now() - start);
      });
      total = Math.min(total, performance.now() - all);
    }
    // The slowest are asked again: what a busy machine took from them is no search either.
    const slowest = best.map((time, at) => [time, at]).sort(([a], [b]) => b - a);
    for (const [, at] of slowest.slice(0, 20)) {
      for (let again = 0; again < 25; again++) {
        const start = performance.now();
        ask(questions[at]);
        best[at] = Math.min(best[at], performance.now() - start);
      }
    }
    const worst = questions[best.indexOf(Math.max(...best))];
    best.sort((a, b) => a - b);
    const at = (share) => `${(best[Math.min(best.length - 1, Math.floor(best.length * share))] * 1000).toFixed(0)} µs`;
    const mean = `${((total * 1000) / questions.length).toFixed(1)} µs`;
    lines.push(
      `${label.padEnd(36)} mean ${mean}, p50 ${at(0.5)}, p99 ${at(0.99)}, worst ${at(1)} (${String(worst).slice(0, 40)})`,
    );
  };
  const rows = (query) => masters.findRows(query, { limit: 20 });
  const find = (query) => masters.find(query, { limit: 20 });
  const words = parts(2, 4);
  each("findRows, 2 to 5 letters", words, rows);
  each("find, the same", words, find);
  each("find, one letter", parts(1, 1), find);
  each("find, 5 to 12 letters", parts(5, 8), find);
  each(
    "find, two words",
    parts(1, 3).map((word, at) => `${word} ${words[at]}`),
    find,
  );
  each(
    "find, sixteen letters as words",
    parts(16, 1).map((word) => Array.from(word).join(" ")),
    find,
  );
  each(
    "find, typing errors, 4 to 7 letters",
    parts(4, 4).map((word) => wrong(word, "ン")),
    find,
    3,
  );
  each(
    "find, typing errors, 8 to 12",
    parts(8, 5).map((word) => wrong(word, "ン")),
    find,
    3,
  );
  each(
    "find, typing errors, 20 to 60",
    parts(20, 41).map((word) => wrong(word, "鱻")),
    find,
    3,
  );
  each(
    "find, typing errors, two letters",
    parts(8, 8).map((word) => wrong(wrong(word, "ウ"), "シ")),
    find,
    3,
  );
  const kana = names.filter((name) => /^[ｦ-ﾟァ-ヶー]{12,}/.test(name));
  each(
    "find, kana, with typing errors",
    Array.from({ length: count }, () => {
      const name = kana[below(kana.length)] ?? "";
      const start = below(Math.max(1, name.length - 12));
      return wrong(name.slice(start, start + 4 + below(9)), "ウ");
    }),
    find,
    3,
  );
  each("find, 400 and 10,000 letters", ["シ".repeat(400), "ショウ".repeat(133), "あ".repeat(10_000)], find);
  const short = parts(4, 1).map((word) => wrong(word, "ン"));
  const four = parts(4, 5).map((word, at) => `${word} ${words[at]} ${short[at]} ン`);
  each("find, typing errors, four words", four, find, 3);
  each(
    "code prefix, 4 to 7 digits",
    parts(1, 1).map(() => codes[below(codes.length)].slice(0, 4 + below(4))),
    rows,
  );

  const map = new Map(codes.map((code, at) => [code, at]));
  const fresh = () => codes.map((code) => `${code}x`.slice(0, 9));
  let sum = 0;
  // In handfuls, of each the best of several times: one look-up is shorter than the clock's step, all of them longer than a
  // busy machine leaves alone.
  const together = (label, ask) => {
    const handful = 250;
    const best = [];
    for (let pass = 0; pass < 15; pass++) {
      const questions = fresh();
      for (let at = 0; at * handful < questions.length; at++) {
        const some = questions.slice(at * handful, (at + 1) * handful);
        const start = performance.now();
        for (const question of some) sum += ask(question) ?? 0;
        const each = (performance.now() - start) / some.length;
        best[at] = Math.min(best[at] ?? Number.POSITIVE_INFINITY, each);
      }
    }
    best.sort((a, b) => a - b);
    lines.push(`${label.padEnd(36)} ${(best[Math.floor(best.length / 2)] * 1e6).toFixed(0)} ns`);
  };
  together("rowOf, codes not seen before", (code) => masters.rowOf(code));
  together("rowOf on a day", (code) => masters.rowOf(code, { date: "2025-12-01" }));
  together("Map.get, beside it", (code) => map.get(code));
  const memory = performance.memory?.usedJSHeapSize;
  if (memory) lines.push(`JavaScript's own heap ${(memory / 1e6).toFixed(0)} MB, ${sum > 0 ? codes.length : 0} codes`);
  return lines;
}
