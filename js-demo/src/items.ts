// What was found, done and prescribed: the lists of the visit.
import type { Diagnosis, DrugAmount, Hit, Kind, Order, Prescription, Rp } from "santei";
import { type Context, describe, findOn, prepareFor } from "./context.ts";
import { el } from "./dom.ts";
import { amount, choice, removal, tick } from "./fields.ts";
import { newRp, remove, set, visitOf } from "./model.ts";
import { searchBox } from "./search.ts";
import { DISPENSING, DRUG_USE, KIND, SPECIMEN } from "./words.ts";

const VISIT = "visits[0]";

/** The lists of the visit, built anew. */
export function renderItems(context: Context): Node[] {
  const visit = visitOf(context.encounter);
  const { diagnoses = [], orders = [], prescriptions = [] } = visit;
  if (diagnoses.length + orders.length + prescriptions.length === 0) {
    const text =
      "まだ何もありません。上の欄でさがして、病名・行為・薬を追加してください。診察料などは自動で加わります。";
    return [el("p", { className: "empty", textContent: text })];
  }
  const group = (title: string, items: HTMLElement[]) =>
    items.length > 0 && el("div", { className: "group" }, el("h3", { textContent: title }), el("ul", {}, ...items));
  return [
    group(
      "病名",
      diagnoses.map((diagnosis, index) => diagnosisItem(context, diagnosis, index)),
    ),
    group(
      "行為",
      orders.map((order, index) => orderItem(context, order, index)),
    ),
    ...prescriptions.map((prescription, index) => prescriptionGroup(context, prescription, index)),
  ].filter((node) => node !== false);
}

function title(kind: Kind, name: string, code: string): HTMLElement {
  return el(
    "span",
    { className: "item-title" },
    el("span", { className: `kind ${kind}`, textContent: KIND[kind] }),
    el("span", { className: "item-name", textContent: name }),
    el("span", { className: "item-code", textContent: code }),
  );
}

function diagnosisItem(context: Context, diagnosis: Diagnosis, index: number): HTMLElement {
  const visit = visitOf(context.encounter);
  const { name } = describe(context, diagnosis.disease);
  // 接頭語 come before the name, 接尾語 (8000 and above) after it.
  const modifiers = diagnosis.modifiers ?? [];
  const words = (after: boolean) =>
    modifiers.filter((code) => code.startsWith("8") === after).map((code) => describe(context, code).name);
  const full = [...words(false), name, ...words(true)].join("");
  return el(
    "li",
    { className: "item", attrs: { "data-path": `${VISIT}.diagnoses[${index}]` } },
    title("disease", full, [diagnosis.disease, ...modifiers].join(" ")),
    el(
      "span",
      { className: "item-fields" },
      tick("主病", diagnosis.main ?? false, (main) => {
        set(diagnosis, "main", main, false);
        context.changed(false);
      }),
      modifiers.length > 0 &&
        removal(`${full} の修飾語`, () => change(context, () => remove(diagnosis, "modifiers", modifiers.length - 1))),
      removal(full, () => change(context, () => remove(visit, "diagnoses", index))),
    ),
  );
}

function orderItem(context: Context, order: Order, index: number): HTMLElement {
  const visit = visitOf(context.encounter);
  const path = `${VISIT}.orders[${index}]`;
  const { name, unit } = describe(context, order.procedure);
  const additions = (order.additions ?? []).map((addition, place) => {
    const described = describe(context, addition.procedure);
    return el(
      "li",
      { className: "item sub", attrs: { "data-path": `${path}.additions[${place}]` } },
      title("procedure", `＋${described.name}`, addition.procedure),
      el(
        "span",
        { className: "item-fields" },
        described.unit !== "" &&
          amount(`${described.name} の数量`, addition.quantity, described.unit, (value) => {
            set(addition, "quantity", value);
            context.changed(false);
          }),
        removal(described.name, () => change(context, () => remove(order, "additions", place))),
      ),
    );
  });
  const isTest = order.procedure.startsWith("16");
  return el(
    "li",
    { className: "item", attrs: { "data-path": path } },
    title("procedure", name, order.procedure),
    el(
      "span",
      { className: "item-fields" },
      isTest &&
        choice(
          "検体",
          SPECIMEN,
          order.specimen ?? "",
          (value) => {
            set(order, "specimen", value);
            context.changed(false);
          },
          "検体: 通常",
        ),
      unit !== "" &&
        amount(`${name} の数量`, order.quantity, unit, (value) => {
          set(order, "quantity", value);
          context.changed(false);
        }),
      amount(`${name} の回数`, order.count ?? 1, "回", (value) => {
        set(order, "count", value as number | undefined, 1);
        context.changed(false);
      }),
      adder(context, "＋加算", `${name} に付ける加算`, "procedure", (hit) => {
        order.additions = [...(order.additions ?? []), { procedure: hit.code }];
      }),
      !isTest &&
        adder(context, "＋薬剤", `${name} に使う薬剤`, "drug", (hit) => {
          order.drugs = [...(order.drugs ?? []), { drug: hit.code, quantity: 1 }];
        }),
      removal(name, () => change(context, () => remove(visit, "orders", index))),
    ),
    (additions.length > 0 || order.drugs !== undefined) &&
      el(
        "ul",
        {},
        ...additions,
        ...drugItems(context, order.drugs ?? [], path, "1回量", (place) => remove(order, "drugs", place)),
      ),
  );
}

/** The drugs of an order or of a 剤. */
function drugItems(
  context: Context,
  drugs: DrugAmount[],
  path: string,
  what: string,
  takeOut: (place: number) => void,
): HTMLElement[] {
  return drugs.map((drug, place) => {
    const { name, unit } = describe(context, drug.drug);
    return el(
      "li",
      { className: "item sub", attrs: { "data-path": `${path}.drugs[${place}]` } },
      title("drug", name, drug.drug),
      el(
        "span",
        { className: "item-fields" },
        el("span", { className: "what", textContent: what }),
        amount(`${name} の${what}`, drug.quantity, unit, (value) => {
          drug.quantity = value ?? "";
          context.changed(false);
        }),
        removal(name, () => change(context, () => takeOut(place))),
      ),
    );
  });
}

function prescriptionGroup(context: Context, prescription: Prescription, index: number): HTMLElement {
  const visit = visitOf(context.encounter);
  const path = `${VISIT}.prescriptions[${index}]`;
  const outside = prescription.dispensing === "pharmacy";
  return el(
    "div",
    { className: "group", attrs: { "data-path": path } },
    el(
      "div",
      { className: "group-head" },
      el("h3", { textContent: "処方" }),
      choice("だれが調剤するか", DISPENSING, prescription.dispensing, (value) => {
        prescription.dispensing = value ?? "in_house";
        if (prescription.dispensing === "in_house") delete prescription.refill;
        context.changed(true);
      }),
      outside &&
        tick("リフィル", prescription.refill ?? false, (refill) => {
          set(prescription, "refill", refill, false);
          context.changed(false);
        }),
      adder(context, "＋薬剤", "別の剤として加える薬", "drug", (hit) => {
        prescription.rps.push(newRp("internal", { drug: hit.code, quantity: 1 }));
      }),
      removal("この処方", () => change(context, () => remove(visit, "prescriptions", index))),
    ),
    el("ul", {}, ...prescription.rps.map((rp, place) => rpItem(context, prescription, rp, place, path))),
  );
}

function rpItem(context: Context, prescription: Prescription, rp: Rp, place: number, parent: string): HTMLElement {
  const path = `${parent}.rps[${place}]`;
  const words = Object.fromEntries(Object.entries(DRUG_USE).map(([use, { word }]) => [use, word]));
  const what = { internal: "1日量", as_needed: "1回量", external: "全量" }[rp.use];
  const takeOut = (at: number) => {
    const visit = visitOf(context.encounter);
    rp.drugs.splice(at, 1);
    if (rp.drugs.length === 0) prescription.rps.splice(place, 1);
    if (prescription.rps.length === 0)
      remove(visit, "prescriptions", (visit.prescriptions ?? []).indexOf(prescription));
  };
  return el(
    "li",
    { className: "item rp", attrs: { "data-path": path } },
    el(
      "span",
      { className: "item-fields rp-head" },
      el("span", { className: "rp-number", textContent: `Rp${place + 1}` }),
      choice("使い方", words as Record<Rp["use"], string>, rp.use, (use) => {
        rp.use = use ?? "internal";
        if (rp.use === "external") delete rp.count;
        context.changed(true);
      }),
      rp.use !== "external" &&
        amount(`Rp${place + 1} の${DRUG_USE[rp.use].count}`, rp.count ?? 1, DRUG_USE[rp.use].count, (value) => {
          set(rp, "count", value as number | undefined, 1);
          context.changed(false);
        }),
      adder(context, "＋薬剤", `Rp${place + 1} に加える薬`, "drug", (hit) => {
        rp.drugs.push({ drug: hit.code, quantity: 1 });
      }),
    ),
    el("ul", {}, ...drugItems(context, rp.drugs, path, what, takeOut)),
  );
}

/** Changes the visit and draws it anew. */
function change(context: Context, work: () => void) {
  work();
  context.changed(true);
}

/** A button that opens a search of its own for one kind. */
function adder(context: Context, word: string, label: string, kind: Kind, choose: (hit: Hit) => void): HTMLElement {
  const button = el("button", { type: "button", className: "quiet small", textContent: word });
  button.setAttribute("aria-label", label);
  const holder = el("span", { className: "adder" }, button);
  button.addEventListener("click", () => {
    const shut = () => {
      holder.replaceChildren(button);
      button.focus();
    };
    const box = searchBox({
      label,
      placeholder: `${label}…`,
      find: (query, limit) => findOn(context, query, limit, kind),
      ready: () => prepareFor(8, context.masters, kind),
      choose: (hit) => change(context, () => choose(hit)),
      dismiss: shut,
    });
    box.input.addEventListener("blur", () => {
      if (box.input.value === "" && holder.contains(box.element)) holder.replaceChildren(button);
    });
    holder.replaceChildren(box.element);
    box.input.focus();
  });
  return holder;
}
