// Who pays how much: one bar from the whole cost to insurer, every public payer and patient, and the sentence of each step.
import type { ClaimCopay, CopayMonth, Fault, Step } from "santei";
import { el } from "./dom.ts";
import { CERTAINTY, FAULT, figure, ROUNDING } from "./words.ts";

interface Part {
  name: string;
  /** Its colour and pattern. */
  kind: string;
  yen: number;
}

/** The parts of a claim, in the order in which they come: they make up the cost to the yen. */
function parts(claim: ClaimCopay): Part[] {
  const payers = claim.payers.map((payer, index) => ({
    name: payer.law === "" ? `${payer.name}（助成）` : `${payer.name}（法別${payer.law}）`,
    kind: payer.law === "" ? "local" : `public-${(index % 3) + 1}`,
    yen: payer.pays,
  }));
  return [
    { name: "保険者", kind: "insurer", yen: claim.insurer },
    ...payers,
    { name: "患者", kind: "patient", yen: claim.patient },
  ];
}

function percent(yen: number, cost: number): string {
  return cost === 0 ? "0%" : `${((100 * yen) / cost).toFixed(1).replace(/\.0$/u, "")}%`;
}

/** The bar, with its words for whoever does not see it, and the same figures as a list. */
function bar(claim: ClaimCopay): Node[] {
  const list = parts(claim);
  const said = list.map((part) => `${part.name} ${figure(part.yen)}円（${percent(part.yen, claim.cost)}）`).join("、");
  const pieces = list
    .filter((part) => part.yen > 0)
    .map((part) => {
      const piece = el("span", { className: `piece ${part.kind}`, title: `${part.name} ${figure(part.yen)}円` });
      piece.style.flexGrow = String(part.yen);
      return piece;
    });
  const rows = list.map((part) =>
    el(
      "li",
      {},
      el("span", { className: `swatch ${part.kind}`, attrs: { "aria-hidden": "true" } }),
      el("span", { className: "part-name", textContent: part.name }),
      el("span", { className: "number", textContent: `${figure(part.yen)} 円` }),
      el("span", { className: "number share", textContent: percent(part.yen, claim.cost) }),
    ),
  );
  return [
    el(
      "div",
      { className: "stack", attrs: { role: "img", "aria-label": `医療費 ${figure(claim.cost)}円の内訳: ${said}` } },
      ...pieces,
    ),
    el("ul", { className: "parts" }, ...rows),
  ];
}

function step(row: Step): HTMLElement {
  const doubtful = row.certainty === "single" || row.certainty === "unverified";
  return el(
    "li",
    {},
    // Amounts as people write them.
    row.text.replaceAll(/\d{4,}(?=円)/gu, (yen) => figure(Number(yen))),
    row.rounding !== undefined && el("span", { className: "rounding", textContent: ROUNDING[row.rounding] }),
    doubtful && el("span", { className: `mark-doubt ${row.certainty}`, textContent: CERTAINTY[row.certainty].word }),
    el("span", { className: "basis", textContent: row.basis }),
    el("code", { className: "rule", textContent: row.rule }),
  );
}

/** The whole breakdown of a month; `place` is the visit that the page shows. */
export function renderBreakdown(month: CopayMonth, place: number): Node[] {
  const [claim] = month.claims;
  const visit = month.visits.find((one) => one.visit === place);
  if (!claim || !visit) return [];
  const notes = [
    ...month.unverified.map((text) => `未検証: ${text}`),
    ...month.warnings.map((text) => `注意: ${text}`),
    ...(month.yearly_ceiling === undefined
      ? []
      : [`年間上限（参考。期間の後に申請して払い戻される） ${figure(month.yearly_ceiling)}円`]),
  ];
  const many = month.visits.length > 1 ? `（この月の${month.visits.length}回の会計の計）` : "";
  return [
    el("h3", { textContent: `誰がいくら支払うか${many}` }),
    el("p", { className: "whole", textContent: `医療費 ${figure(claim.cost)} 円` }),
    ...bar(claim),
    el(
      "p",
      { className: "at-window" },
      "この会計の窓口での支払い ",
      el("strong", { textContent: `${figure(visit.due)} 円` }),
    ),
    el("h3", { textContent: "そうなる理由" }),
    el("ol", { className: "reasons steps" }, ...claim.steps.map(step), ...visit.steps.map(step)),
    ...notes.map((text) => el("p", { className: "small-print", textContent: text })),
  ];
}

/** Why there is no breakdown. */
export function renderRefused(errors: readonly Fault[]): Node[] {
  const items = errors.map((fault) =>
    el(
      "li",
      {},
      el("strong", { textContent: FAULT[fault.kind] ?? fault.kind }),
      ` ${fault.path}`,
      el("p", { textContent: fault.message, lang: /[ぁ-ん]/u.test(fault.message) ? "ja" : "en" }),
      fault.expected !== undefined &&
        el("p", { className: "found", textContent: `期待: ${fault.expected}　実際: ${fault.got ?? "—"}` }),
    ),
  );
  const head = "この条件では支払いの内訳を計算できません。数字は出しません。";
  return [
    el("h3", { textContent: "誰がいくら支払うか" }),
    el("p", { className: "notice", textContent: head }),
    el("ul", { className: "faults" }, ...items),
  ];
}
