// What decides who pays beside the visit itself: the ceiling class, public payers, a local subsidy, the month so far.
import type { CeilingClass, Encounter, Month, MonthPayer, Statement } from "santei";
import localRows from "../../masters/local-subsidies.csv?raw";
import nationalRows from "../../masters/payer-rules.csv?raw";
import { el, freshId } from "./dom.ts";
import { amount, choice, removal, tick } from "./fields.ts";
import { set } from "./model.ts";

/** What the page knows of the payment. Everything else of a month comes from the encounter. */
export interface Payment {
  ceiling_class?: CeilingClass;
  frequent?: boolean;
  long_term_illness?: number;
  /** Points of the month before this visit, at this facility. */
  earlier?: number;
  payers: MonthPayer[];
}

export const noPayment = (): Payment => ({ payers: [] });

/** Most public payers of a claim. */
const MOST = 4;

const CLASSES = Object.fromEntries(
  [..."アイウエオ", ...["現役並みⅢ", "現役並みⅡ", "現役並みⅠ", "一般", "一般Ⅱ", "一般Ⅰ", "低所得Ⅱ", "低所得Ⅰ"]].map(
    (name) => [name, name],
  ),
) as Record<CeilingClass, string>;

/** Code and name of the rows of a table; its first four columns are code, from, last_day and name. */
function named(rows: string): [code: string, name: string][] {
  const lines = rows.trim().split("\n").slice(1);
  return lines.map((line) => line.split(",")).map(([code = "", , , name = ""]) => [code, name]);
}

const NATIONAL = Object.fromEntries(
  named(nationalRows)
    .filter(([code]) => !code.includes("."))
    .map(([code, name]) => [`law:${code}`, `${code} ${name}`]),
);

/** One entry a programme: its last row names it as it is now. */
const LOCAL = Object.fromEntries(
  named(localRows)
    .filter(([code]) => /\/(outpatient|dental)$/u.test(code))
    .map(([code, name]) => [`rule:${code.replace(/\/.*$/u, "")}`, name]),
);

/** The fields, built anew. `changed` says whether the fields themselves change. */
export function renderPayers(payment: Payment, changed: (redraw: boolean) => void): Node[] {
  const number = (value: number | string | undefined) => value as number | undefined;
  return [
    el(
      "div",
      { className: "fields" },
      choice(
        "適用区分（限度額）",
        CLASSES,
        payment.ceiling_class ?? "",
        (value) => {
          set(payment, "ceiling_class", value);
          changed(false);
        },
        "わからない・なし",
      ),
      choice(
        "特定疾病（マル長）",
        { "10000": "10,000円", "20000": "20,000円" },
        payment.long_term_illness === undefined ? "" : payment.long_term_illness === 20000 ? "20000" : "10000",
        (value) => {
          set(payment, "long_term_illness", value === undefined ? undefined : Number(value));
          changed(false);
        },
        "なし",
      ),
      field("今月これまでの点数", payment.earlier, "点", (value) => {
        set(payment, "earlier", number(value));
        changed(false);
      }),
      tick("多数回該当", payment.frequent ?? false, (value) => {
        set(payment, "frequent", value, false);
        changed(false);
      }),
    ),
    el(
      "ul",
      { className: "payer-list" },
      ...payment.payers.map((payer, index) =>
        payerItem(
          payer,
          () => changed(false),
          () => {
            payment.payers.splice(index, 1);
            changed(true);
          },
        ),
      ),
    ),
    payment.payers.length < MOST
      ? adding((payer) => {
          payment.payers.push(payer);
          changed(true);
        })
      : el("p", { className: "hint", textContent: "公費は4つまでです。" }),
  ];
}

function field(
  label: string,
  value: number | undefined,
  unit: string,
  change: (value: number | string | undefined) => void,
): HTMLElement {
  return el(
    "div",
    { className: "field" },
    el("span", { className: "label", textContent: label }),
    amount(label, value, unit, change),
  );
}

/** What a payer is called. */
export function nameOf(payer: MonthPayer): string {
  if (payer.rule !== undefined) return LOCAL[`rule:${payer.rule}`] ?? payer.rule;
  return NATIONAL[`law:${payer.law}`] ?? payer.law ?? payer.number ?? "公費";
}

function payerItem(payer: MonthPayer, changed: () => void, gone: () => void): HTMLElement {
  const name = nameOf(payer);
  const yen = (key: "cap" | "paid_elsewhere", label: string) =>
    el(
      "span",
      { className: "payer-field" },
      el("span", { className: "label", textContent: label }),
      amount(`${name} ${label}`, payer[key], "円", (value) => {
        set(payer, key, value as number | undefined);
        changed();
      }),
    );
  return el(
    "li",
    {},
    el("span", { className: "payer-name", textContent: name }),
    payer.rule === undefined && yen("cap", "月額上限"),
    yen("paid_elsewhere", "他で支払った額"),
    removal(name, gone),
  );
}

function adding(add: (payer: MonthPayer) => void): HTMLElement {
  const id = freshId("field");
  const select = el("select", { id }, new Option("選ぶと加わります", ""));
  for (const [label, words] of [
    ["国の公費（法別番号）", NATIONAL],
    ["地方単独の助成", LOCAL],
  ] as const) {
    const group = el("optgroup", { label });
    for (const [key, word] of Object.entries(words)) group.append(new Option(word, key));
    select.append(group);
  }
  select.addEventListener("change", () => {
    const [kind, code = ""] = select.value.split(/:(.*)/u);
    if (code !== "") add(kind === "law" ? { law: code } : { rule: code });
  });
  return el(
    "div",
    { className: "field" },
    el("label", { htmlFor: id, textContent: "公費・助成を加える（この月のすべての点数に使う）" }),
    select,
  );
}

/** The day before, in the same month; the first stays. */
function dayBefore(date: string): string {
  const [, month = "", day = ""] = /^(.*-)(\d+)$/u.exec(date) ?? [];
  return day === "01" ? date : `${month}${String(Number(day) - 1).padStart(2, "0")}`;
}

/** The month of the visits; none while their points are not settled. */
export function monthOf(encounter: Encounter, statement: Statement, payment: Payment): Month | undefined {
  const payers = payment.payers.map((_, index) => index);
  const segments = (points: number) => [{ points, ...(payers.length > 0 && { payers }) }];
  if (statement.visits.some((visit) => !visit.settled)) return undefined;
  const visits = statement.visits.map((visit) => ({
    date: visit.date,
    first_visit: encounter.visits[visit.visit]?.consultation === "first",
    segments: segments(visit.total_points),
  }));
  const [first] = visits;
  if (!first) return undefined;
  const { ceiling_class, frequent, long_term_illness } = payment;
  const earlier =
    payment.earlier === undefined ? [] : [{ date: dayBefore(first.date), segments: segments(payment.earlier) }];
  return {
    birth_date: encounter.patient.birth_date,
    coverage: {
      ...(ceiling_class && { ceiling_class }),
      ...(frequent && { frequent }),
      ...(long_term_illness !== undefined && { long_term_illness }),
      ...(encounter.coverage?.income_class && { income_class: encounter.coverage.income_class }),
      ...(encounter.coverage?.late_elderly && { late_elderly: true }),
    },
    ...(payers.length > 0 && { payers: payment.payers }),
    visits: [...earlier, ...visits],
  };
}
