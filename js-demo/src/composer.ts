// Names of diseases: read as they are typed, and put together of modifiers and a base name.
import { type ComposedDisease, type Decomposed, type DiseaseReading, SanteiError } from "santei";
import { type Context, findOn, prepareFor } from "./context.ts";
import { el, freshId } from "./dom.ts";
import { tick } from "./fields.ts";
import { visitOf } from "./model.ts";
import { searchBox } from "./search.ts";
import { faultList } from "./words-of-codes.ts";

/** Two codes of one disease: the cause, and what shows in an organ. */
const ICD10_MARK: Record<string, string> = { etiology: "†", manifestation: "*" };
const READINGS = 5;

interface Chosen {
  disease: string;
  modifiers: string[];
  suspected: boolean;
  main: boolean;
}

/** The composer. What it holds is its own until it is added to the visit. */
export function composer(context: Context): HTMLElement {
  let chosen: Chosen | undefined;
  const readings = el("ul", { className: "name-readings" });
  const result = el("div", { className: "composed-disease", attrs: { "aria-live": "polite" } });
  const said = el("p", { className: "small-print", attrs: { role: "status" } });
  const date = () => context.encounter.visits[0]?.date;

  function choose(next: Chosen | undefined) {
    chosen = next;
    draw();
  }

  function read(name: string) {
    readings.replaceChildren();
    said.textContent = "";
    if (name.trim() === "") return choose(undefined);
    const found = decomposed(context, name, date());
    if (typeof found === "string") {
      said.textContent = found;
      return choose(undefined);
    }
    const [first] = found.readings;
    if (!found.whole) said.textContent = first ? "全部は読みとれません。" : "この名前の病名は見つかりません。";
    readings.replaceChildren(...found.readings.map((one) => row(one, () => choose(chosenOf(one)))));
    choose(first && chosenOf(first));
  }

  function draw() {
    result.replaceChildren();
    if (!chosen) return;
    const current = chosen;
    const day = date();
    let composed: ComposedDisease;
    try {
      composed = context.masters.composeDisease({ ...current, ...(day && { date: day }) });
    } catch (thrown) {
      if (!(thrown instanceof SanteiError)) throw thrown;
      result.append(faultList(thrown.errors));
      return;
    }
    const modifiers = composed.modifiers.map((part) => {
      const button = el("button", { type: "button", className: "chip", textContent: `${part.name} ✕` });
      button.setAttribute("aria-label", `修飾語 ${part.name} を外す`);
      button.addEventListener("click", () => {
        const rest = current.modifiers.filter((code) => code !== part.code);
        choose({ ...current, modifiers: rest, suspected: current.suspected && part.code !== "8002" });
      });
      return button;
    });
    const icd10 = composed.icd10.map((part) => part.shown + (ICD10_MARK[part.role] ?? "")).join(" ");
    const add = el("button", { type: "button", className: "quiet", textContent: "受診に追加" });
    add.disabled = !composed.valid;
    add.addEventListener("click", () => {
      const visit = visitOf(context.encounter);
      const codes = composed.modifiers.map((part) => part.code);
      visit.diagnoses = [
        ...(visit.diagnoses ?? []),
        {
          disease: composed.base?.code ?? current.disease,
          ...(codes.length > 0 && { modifiers: codes }),
          ...(current.main && { main: true }),
        },
      ];
      context.changed(true);
      context.say(`${composed.name} を追加しました`);
    });
    result.append(
      el("p", { className: "composed-name", textContent: composed.name }),
      el("p", {
        className: "option-code",
        textContent: `傷病名コード ${composed.base?.code ?? "—"}　修飾語コード ${composed.modifier_codes || "—"}　ICD-10 ${icd10 || "—"}`,
      }),
      el("div", { className: "chips" }, ...modifiers),
      el(
        "div",
        { className: "fields" },
        tick("疑い", composed.suspected, (suspected) => {
          const rest = current.modifiers.filter((code) => code !== "8002");
          choose({ ...current, modifiers: rest, suspected });
        }),
        tick("主傷病", current.main, (main) => choose({ ...current, main })),
      ),
      faultList(composed.faults),
      add,
    );
  }

  const id = freshId("disease-name");
  const input = el("input", { id, type: "text", placeholder: "例: 右変形性膝関節症の疑い", autocomplete: "off" });
  input.addEventListener("input", (event) => {
    // What an input method is still composing is no name yet.
    if (event instanceof InputEvent && event.isComposing) return;
    read(input.value);
  });
  input.addEventListener("compositionend", () => read(input.value));
  const modifiers = searchBox({
    label: "修飾語を付ける",
    placeholder: "修飾語を付ける（例: 急性、右、術後）",
    find: (query, limit) => findOn(context, query, limit, "modifier"),
    ready: () => prepareFor(8, context.masters, "modifier"),
    choose: (hit) => {
      if (!chosen) {
        said.textContent = "先に病名を入力してください。";
        return;
      }
      // Recorded in the order in which they are printed: in front, then behind.
      const suffix = Number(hit.code) >= 8000;
      const front = chosen.modifiers.filter((code) => Number(code) < 8000);
      const behind = chosen.modifiers.filter((code) => Number(code) >= 8000 && code !== "8002");
      const suspected = chosen.suspected || chosen.modifiers.includes("8002") || hit.code === "8002";
      if (hit.code !== "8002") (suffix ? behind : front).push(hit.code);
      choose({ ...chosen, modifiers: [...front, ...behind], suspected });
    },
  });
  return el(
    "div",
    { className: "composer" },
    el("div", { className: "field" }, el("label", { htmlFor: id, textContent: "病名" }), input),
    said,
    readings,
    result,
    modifiers.element,
  );
}

function decomposed(context: Context, name: string, date: string | undefined): Decomposed | string {
  try {
    return context.masters.decomposeDisease(name, { limit: READINGS, ...(date && { date }) });
  } catch (thrown) {
    if (!(thrown instanceof SanteiError)) throw thrown;
    return "この名前は読めません。一つの病名を500文字までで入力してください。";
  }
}

function chosenOf(reading: DiseaseReading): Chosen {
  return { disease: reading.disease, modifiers: reading.modifiers, suspected: false, main: false };
}

/** One reading as a button: the codes and what is left over. */
function row(reading: DiseaseReading, choose: () => void): HTMLElement {
  const base = reading.composed.base?.name ?? reading.disease;
  const named = (suffix: boolean) =>
    reading.composed.modifiers.filter((part) => (part.position === "suffix") === suffix).map((part) => part.name);
  const over = reading.uncovered.map((part) => part.text).join("、");
  const button = el(
    "button",
    { type: "button", className: "name-reading" },
    el("span", { className: "option-name", textContent: [...named(false), base, ...named(true)].join("・") }),
    el("span", { className: "option-code", textContent: `${reading.disease} ${reading.composed.modifier_codes}` }),
    over !== "" && el("span", { className: "option-code", textContent: `残り: ${over}` }),
  );
  button.addEventListener("click", choose);
  return el("li", {}, button);
}
