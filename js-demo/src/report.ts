// What reading official files found: faults by file, line and column, and files that were left aside.
import type { FileFault } from "santei/reader";
import { el } from "./dom.ts";
import { inJapanese } from "./japanese.ts";
import type { Outcome } from "./reading.ts";
import { FILE_FAULT, figure, SKIPPED } from "./words.ts";

const HEAD = ["ファイル", "行", "欄", "誤り"];

/** The sentence that says how it went. */
export function summary({ pack, report }: Outcome): string {
  const masters = report.files.filter(({ kind }) => kind !== null);
  const files = masters.length;
  const rows = figure(masters.reduce((sum, file) => sum + file.rows, 0));
  if (!pack && report.fault_count === 0) return "読み込めるマスターがありませんでした。";
  if (!pack) return `読み込めるマスターがありませんでした。誤りが ${figure(report.fault_count)} 件あります。`;
  if (report.fault_count === 0) return `${files} 個のファイルから ${rows} 行を読みました。誤りはありません。`;
  return `${files} 個のファイルから ${rows} 行を読みました。誤りが ${figure(report.fault_count)} 件あり、その行は除いてあります。`;
}

/** Everything that is to be told of the files besides that sentence. */
export function details({ report, ignored }: Outcome): (Node | false)[] {
  const { faults, fault_count, doubts, files } = report;
  const skipped = files.filter((file) => file.skipped !== null);
  return [
    faults.length > 0 && table(faults),
    fault_count > faults.length &&
      el("p", {
        className: "small-print",
        textContent: `ほかに ${figure(fault_count - faults.length)} 件。はじめの ${faults.length} 件を示しています。`,
      }),
    aside(
      `読まなかったファイル（${skipped.length + ignored.length}）`,
      skipped.map(({ file, title, skipped }) => `${file}　${title}　${SKIPPED[skipped ?? ""] ?? skipped}`),
      ignored.map((name) => `${name}　公式ファイルの種類（zip・csv・txt・tsv・xlsx・json）ではありません`),
    ),
    aside(
      `いつまで有効か決まらない行（${doubts.length}）`,
      doubts.map(({ kind, code, from, sure_to, why }) => `${kind} ${code}　${from} から ${sure_to} まで　${why}`),
    ),
  ];
}

function table(faults: FileFault[]): HTMLElement {
  // What to do is said once, with all that it mends.
  const mending = new Map<string, Set<string>>();
  for (const { kind } of faults) {
    const { word, help } = FILE_FAULT[kind];
    mending.set(help, (mending.get(help) ?? new Set()).add(word));
  }
  const lines = [...mending].map(([help, words]) => `${[...words].join("・")} → ${help}`);
  return el(
    "div",
    {},
    el("ul", { className: "mending" }, ...lines.map((textContent) => el("li", { textContent }))),
    el(
      "div",
      // What scrolls is reached by keyboard too.
      { className: "scroll faults-table", tabIndex: 0, attrs: { role: "region", "aria-label": "ファイルの誤り" } },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...HEAD.map((textContent) => el("th", { scope: "col", textContent })))),
        el("tbody", {}, ...faults.map(fault)),
      ),
    ),
  );
}

function fault({ file, line, column, kind, expected, got }: FileFault): HTMLElement {
  const place = column === null ? "—" : `${column[0]} ${column[1]}`;
  return el(
    "tr",
    {},
    el("td", { className: "file-name", textContent: file }),
    el("td", { className: "number", textContent: line === 0 ? "—" : figure(line) }),
    el("td", { textContent: place }),
    el("td", {}, el("strong", { textContent: FILE_FAULT[kind].word }), told("期待", expected), told("実際", got)),
  );
}

function told(what: string, sentence: string): HTMLElement {
  const { text, lang } = inJapanese(sentence === "" ? "（空）" : sentence);
  return el("p", { className: "found" }, `${what}: `, el("span", { textContent: text, lang }));
}

function aside(title: string, ...lists: string[][]): Node | false {
  const lines = lists.flat();
  if (lines.length === 0) return false;
  return el(
    "details",
    {},
    el("summary", { textContent: title }),
    el("ul", { className: "aside" }, ...lines.map((textContent) => el("li", { textContent }))),
  );
}
