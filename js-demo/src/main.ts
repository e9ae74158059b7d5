// The page people try first: a visit on the left, what it comes to on the right. Nothing leaves the browser.
import { type Calculation, type Encounter, init, type Kind, SanteiError, version } from "santei";
import { renderBreakdown, renderRefused } from "./breakdown.ts";
import { drugCard } from "./card.ts";
import { claimsDialog } from "./claims.ts";
import { composer } from "./composer.ts";
import { renderConditions } from "./conditions.ts";
import { type Context, findOn, prepareFor, prepareWhenIdle, SEARCHES } from "./context.ts";
import { monthOf, noPayment, renderPayers } from "./coverage.ts";
import { packDialog } from "./dialog.ts";
import { byId } from "./dom.ts";
import { renderItems } from "./items.ts";
import { add, blank, SAMPLE, visitOf } from "./model.ts";
import { Packs } from "./packs.ts";
import { renderErrors, renderResult } from "./result.ts";
import { searchBox } from "./search.ts";
import { figure } from "./words.ts";

const items = byId("items", HTMLDivElement);
const conditions = byId("conditions", HTMLFormElement);
const errors = byId("errors", HTMLDivElement);
const statement = byId("statement", HTMLDivElement);
const breakdown = byId("breakdown", HTMLDivElement);
const payersForm = byId("payers", HTMLFormElement);
const bar = byId("bar", HTMLAnchorElement);
const jsonInput = byId("json-input", HTMLTextAreaElement);
const jsonOutput = byId("json-output", HTMLTextAreaElement);
const status = byId("status", HTMLParagraphElement);

/** The result as the engine gave it: what the copy button copies, byte for byte. */
let resultText = "";

function start(packs: Packs) {
  const context: Context = {
    get masters() {
      return packs.masters;
    },
    encounter: JSON.parse(SAMPLE),
    changed: (redraw) => {
      if (redraw) draw();
      const text = JSON.stringify(context.encounter, undefined, 2);
      jsonInput.value = text;
      calculate(text);
    },
    say,
  };

  let payment = noPayment();

  /** Builds the form of the payers anew. */
  function drawPayers() {
    const changed = (redraw: boolean) => {
      if (redraw) {
        drawPayers();
        payersForm.querySelector<HTMLElement>(".field:last-of-type select, select")?.focus();
      }
      calculate(jsonInput.value);
    };
    payersForm.replaceChildren(...renderPayers(payment, changed));
  }

  /** Shows who pays what has been calculated. Gives what each visit comes to at the window, where that is known. */
  function share(result: Calculation, text: string): (visit: number) => number | undefined {
    const month = monthOf(JSON.parse(text) as Encounter, result.statement, payment);
    if (!month) {
      breakdown.replaceChildren();
      return () => undefined;
    }
    try {
      const settled = packs.masters.copay(month);
      const before = month.visits.length - result.statement.visits.length;
      breakdown.replaceChildren(...renderBreakdown(settled, before));
      return (visit) => settled.visits.find((one) => one.visit === visit + before)?.due;
    } catch (thrown) {
      if (!(thrown instanceof SanteiError)) throw thrown;
      breakdown.replaceChildren(...renderRefused(thrown.errors));
      return () => undefined;
    }
  }

  /** Builds the lists and the form anew and gives the focus back to where it was. */
  function draw() {
    const label = document.activeElement?.getAttribute("aria-label");
    const inside = items.contains(document.activeElement);
    items.replaceChildren(...renderItems(context));
    conditions.replaceChildren(...renderConditions(context));
    if (!inside) return;
    const same = label && items.querySelector<HTMLElement>(`[aria-label="${CSS.escape(label)}"]`);
    if (same) same.focus();
    else search.input.focus();
  }

  function calculate(text: string) {
    try {
      resultText = packs.masters.calculateJson(text);
      const result = JSON.parse(resultText);
      errors.replaceChildren();
      const due = share(result, text);
      statement.replaceChildren(...renderResult(result, due));
      jsonOutput.value = JSON.stringify(result, undefined, 2);
      showBar(result.statement.total_points, due(0) ?? result.copay[0]?.amount ?? null);
    } catch (thrown) {
      if (!(thrown instanceof SanteiError)) throw thrown;
      // No figures at all: an old one would be taken for the answer.
      resultText = JSON.stringify({ errors: thrown.errors });
      errors.replaceChildren(...renderErrors(thrown.errors, goTo));
      statement.replaceChildren();
      breakdown.replaceChildren();
      jsonOutput.value = JSON.stringify({ errors: thrown.errors }, undefined, 2);
      bar.textContent = "計算できません";
    }
    markFaults();
  }

  function show(text: string) {
    context.encounter = JSON.parse(text) as Encounter;
    jsonInput.value = text;
    draw();
    calculate(text);
  }

  let kind: Kind | undefined;
  const search = searchBox({
    label: "診療行為・医薬品・傷病名をさがす",
    placeholder: "例: こうけつあつ、血液検査、ロキソニン、160008010",
    find: (query, limit) => findOn(context, query, limit, kind),
    ready: () => prepareFor(8, packs.masters, kind),
    kinds: SEARCHES,
    onKind: (chosen) => {
      kind = chosen;
    },
    choose: (hit) => {
      const remark = add(packs.masters, visitOf(context.encounter), hit);
      context.changed(true);
      say(remark ?? `${hit.name} を追加しました`);
    },
  });
  byId("search", HTMLDivElement).replaceChildren(search.element);
  byId("composer", HTMLDetailsElement).append(composer(context));
  byId("drug-card", HTMLDetailsElement).append(drugCard(context));
  prepareWhenIdle(() => packs.masters);

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    search.input.focus();
  });
  for (const form of [conditions, payersForm]) form.addEventListener("submit", (event) => event.preventDefault());
  /** The payers belong to the patient: another visit begins without them. */
  function forgetPayers() {
    payment = noPayment();
    drawPayers();
  }
  byId("sample", HTMLButtonElement).addEventListener("click", () => {
    forgetPayers();
    show(SAMPLE);
    say("例にもどしました");
  });
  byId("clear", HTMLButtonElement).addEventListener("click", () => {
    forgetPayers();
    show(JSON.stringify(blank(visitOf(context.encounter).date), undefined, 2));
    search.input.focus();
  });
  jsonInput.addEventListener("input", () => {
    // What the engine takes, the form can show; all else stays a text until it is right.
    calculate(jsonInput.value);
    if (errors.childElementCount > 0) return;
    context.encounter = JSON.parse(jsonInput.value) as Encounter;
    draw();
  });
  drawPayers();
  show(SAMPLE);
  claimsDialog(packs, say);
  packDialog(packs, (text) => {
    prepareWhenIdle(() => packs.masters);
    draw();
    calculate(jsonInput.value);
    say(text);
  });
}

/** The line at the foot of a narrow screen. */
function showBar(points: number, amount: number | null) {
  bar.hidden = false;
  bar.textContent = `${figure(points)} 点　患者負担 ${amount === null ? "—" : `${figure(amount)} 円`}`;
}

/** The part of the visit that a path of the engine names, or the nearest around it. */
function partOf(path: string): HTMLElement | undefined {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-path]")];
  const around = parts.filter((part) => path.startsWith(part.dataset.path ?? "-"));
  return around.sort((a, b) => (b.dataset.path ?? "").length - (a.dataset.path ?? "").length)[0];
}

function goTo(path: string): boolean {
  const part = partOf(path);
  part?.scrollIntoView({ block: "center" });
  part?.querySelector<HTMLElement>("input, select, button")?.focus();
  return part !== undefined;
}

/** Marks the parts of the visit that the errors name. */
function markFaults() {
  for (const old of document.querySelectorAll(".faulty")) old.classList.remove("faulty");
  for (const path of errors.querySelectorAll(".path")) partOf(path.textContent ?? "")?.classList.add("faulty");
}

let saying: ReturnType<typeof setTimeout> | undefined;

/** Says something for some seconds, also to screen readers. */
function say(text: string) {
  status.textContent = text;
  status.classList.add("said");
  clearTimeout(saying);
  saying = setTimeout(() => status.classList.remove("said"), 4000);
}

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy === "input" ? jsonInput.value : resultText);
    say("コピーしました");
  });
}

try {
  await init();
  byId("version", HTMLParagraphElement).textContent = `Santei ${version()}`;
  start(await Packs.restored());
  byId("loading", HTMLParagraphElement).remove();
} catch (error) {
  byId("loading", HTMLParagraphElement).textContent = `計算エンジンを読み込めませんでした: ${String(error)}`;
  throw error;
}
