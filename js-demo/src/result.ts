// What the engine says: points by section, what the patient pays, and why each line is there.
import type { Calculation, Copay, Fault, Line, Reason, VisitStatement } from "santei";
import { el } from "./dom.ts";
import { CERTAINTY, FAULT, figure, NOT_CHECKED, NOT_CONSIDERED, VERDICT } from "./words.ts";

/** The statement of every visit. `due` is what a visit comes to at the window when the month is worked out. */
export function renderResult({ statement, copay }: Calculation, due: (visit: number) => number | undefined): Node[] {
  const many = statement.visits.length > 1;
  const visits = statement.visits.flatMap((visit, index) => [
    many && el("h3", { textContent: `${index + 1}回目の受診 ${visit.date}` }),
    ...renderVisit(visit, copay[index], due(visit.visit)),
  ]);
  const unchecked = statement.not_checked.map((name) => NOT_CHECKED[name]).join("、");
  return [
    ...visits,
    unchecked !== "" &&
      el("p", {
        className: "small-print",
        textContent: `マスターに表の行が揃わず、一部の行で確かめていないこと: ${unchecked}`,
      }),
  ].filter((node) => node !== false);
}

function renderVisit(visit: VisitStatement, copay: Copay | undefined, due: number | undefined): Node[] {
  return [
    summary(visit, copay, due),
    ...(visit.settled ? [] : [notice()]),
    sections(visit),
    el("h3", { textContent: "明細と理由" }),
    lines(visit),
    ...(copay && due === undefined ? [payment(copay)] : []),
  ];
}

function big(label: string, value: string, unit: string, detail: string): HTMLElement {
  return el(
    "div",
    { className: "big" },
    el("dt", { textContent: label }),
    el("dd", {}, el("strong", { textContent: value }), el("span", { textContent: unit })),
    el("dd", { className: "detail", textContent: detail }),
  );
}

function summary(visit: VisitStatement, copay: Copay | undefined, due: number | undefined): HTMLElement {
  const revision = `令和${visit.revision.replace(/\D/gu, "")}年度の点数表`;
  const rate = copay?.rate_tenths === null || copay === undefined ? "割合が決まりません" : `${copay.rate_tenths}割負担`;
  const amount = due ?? copay?.amount ?? null;
  return el(
    "dl",
    { className: "summary" },
    big("合計点数", figure(visit.total_points), "点", revision),
    amount === null ? big("患者負担", "—", "", rate) : big("患者負担", figure(amount), "円", rate),
    big("総額", figure(copay?.cost ?? visit.total_points * 10), "円", "1点 10円"),
  );
}

function notice(): HTMLElement {
  const text = "「要確認」の行があります。合計にその行は入っていません。";
  return el("p", { className: "notice", textContent: text });
}

/** Points of each section, with a bar for its share. */
function sections(visit: VisitStatement): HTMLElement {
  const most = Math.max(1, ...visit.sections.map((section) => section.points));
  const rows = visit.sections.map(({ section, name, points }) => {
    const bar = el("span", { className: "bar-fill" });
    bar.style.inlineSize = `${Math.max(0, (100 * points) / most)}%`;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, el("span", { className: "section-code", textContent: section }), name),
      el("td", { className: "bar-cell", attrs: { "aria-hidden": "true" } }, bar),
      el("td", { className: "number", textContent: `${figure(points)} 点` }),
    );
  });
  return el(
    "table",
    { className: "sections" },
    el("caption", { className: "unseen", textContent: "診療識別ごとの点数" }),
    el("tbody", {}, ...rows),
  );
}

function lines(visit: VisitStatement): HTMLElement {
  return el("ul", { className: "lines" }, ...visit.lines.map(line));
}

function line(row: Line): HTMLElement {
  const verdict = VERDICT[row.verdict];
  const times = row.count > 1 ? ` × ${row.count}` : "";
  const points = row.points === null ? "？" : `${figure(row.points)}${times}`;
  const total = row.total === null ? "？" : figure(row.total);
  const sum = row.yen === undefined ? `${total} 点` : `${figure(row.yen)} 円`;
  const quantity = row.quantity === null ? "" : `${row.quantity}${row.unit ?? ""}`;
  const doubtful = row.certainty !== "official" && row.certainty !== "confirmed";
  return el(
    "li",
    { className: `line ${row.verdict}${row.addition ? " addition" : ""}` },
    el(
      "details",
      {},
      el(
        "summary",
        {},
        el("span", { className: `badge ${row.verdict}`, textContent: verdict.word }),
        el(
          "span",
          { className: "line-name" },
          `${row.addition ? "＋" : ""}${row.name} `,
          quantity !== "" && el("span", { className: "quantity", textContent: `${quantity} ` }),
          row.origin === "derived" && el("span", { className: "mark-auto", textContent: "自動" }),
          doubtful &&
            el("span", { className: `mark-doubt ${row.certainty}`, textContent: CERTAINTY[row.certainty].word }),
        ),
        el("span", { className: "line-each", textContent: row.verdict === "charged" && times === "" ? "" : points }),
        el("span", { className: "line-total", textContent: row.verdict === "charged" ? sum : `${total}` }),
      ),
      why(row),
    ),
  );
}

/** Everything that is known about a line. */
function why(row: Line): HTMLElement {
  const certainty = CERTAINTY[row.certainty];
  const origin = row.origin === "derived" ? "規則により自動で加わった行です" : `入力 ${row.path ?? ""} の行です`;
  const drugs = (row.drugs ?? []).map((drug) =>
    el(
      "li",
      {},
      `${drug.name}　${drug.quantity}${drug.unit}　薬価 ${drug.price}円 `,
      el("span", { className: "item-code", textContent: drug.code }),
      el("span", { className: `mark-doubt ${drug.certainty}`, textContent: CERTAINTY[drug.certainty].word }),
    ),
  );
  return el(
    "div",
    { className: "why" },
    el("p", { textContent: VERDICT[row.verdict].meaning }),
    reasons(row.reasons),
    drugs.length > 0 && el("ul", { className: "drugs" }, ...drugs),
    el(
      "dl",
      { className: "facts" },
      ...fact("コード", row.code ?? "なし"),
      ...fact("由来", origin),
      ...fact("確かさ", `${certainty.word} — ${certainty.meaning}`),
      ...fact("出典", row.source || "—"),
    ),
  );
}

function fact(name: string, value: string): Node[] {
  return [el("dt", { textContent: name }), el("dd", { textContent: value })];
}

function reasons(list: Reason[]): HTMLElement | undefined {
  if (list.length === 0) return undefined;
  const items = list.map(({ rule, basis, text }) =>
    el(
      "li",
      {},
      text,
      el("span", { className: "basis", textContent: basis }),
      el("code", { className: "rule", textContent: rule }),
    ),
  );
  return el("ul", { className: "reasons" }, ...items);
}

function payment(copay: Copay): HTMLElement {
  const left = copay.not_considered.map((name) => NOT_CONSIDERED[name]).join("、");
  return el(
    "div",
    { className: "payment" },
    el("h3", { textContent: "患者負担の理由" }),
    reasons(copay.reasons),
    left !== "" && el("p", { className: "small-print", textContent: `この金額で考えていないこと: ${left}` }),
  );
}

/** Every fault, with its place and what to do. `show` takes one to the place. */
export function renderErrors(errors: readonly Fault[], show: (path: string) => boolean): Node[] {
  const items = errors.map((fault) => {
    const place = el("button", { type: "button", className: "path", textContent: fault.path });
    place.addEventListener("click", () => show(fault.path));
    const found = fault.expected !== undefined && `期待: ${fault.expected}　実際: ${fault.got ?? "—"}`;
    return el(
      "li",
      {},
      el("strong", { textContent: FAULT[fault.kind] ?? fault.kind }),
      fault.path !== "" && place,
      el("p", { textContent: fault.message, lang: "en" }),
      found && el("p", { className: "found", textContent: found }),
      fault.help !== undefined && el("p", { className: "help", textContent: `→ ${fault.help}` }),
    );
  });
  const head = "この入力は計算できません。数字は出しません。";
  return [el("p", { className: "error-head", textContent: head }), el("ul", { className: "faults" }, ...items)];
}
