// The visit that the page edits. It is an encounter with one visit, in the very shape that the engine takes.
import type { DrugAmount, DrugUse, Encounter, Hit, Masters, Order, Prescription, Rp, Visit } from "santei";
import sampleText from "../../examples/visit.json?raw";

/** The sample visit, as the project's examples have it. */
export const SAMPLE = sampleText;

/** Nothing done yet. */
export function blank(date: string): Encounter {
  return {
    facility: { kind: "clinic" },
    patient: { birth_date: "1980-04-01" },
    visits: [{ date, consultation: "revisit" }],
  };
}

/** The visit that the form shows. */
export function visitOf(encounter: Encounter): Visit {
  const [visit] = encounter.visits;
  if (visit) return visit;
  const fresh: Visit = { date: "2026-07-01", consultation: "revisit" };
  encounter.visits.push(fresh);
  return fresh;
}

/** Gives a field a value, or takes it out when the value is the one that it has when left out. */
export function set<T extends object, K extends keyof T>(target: T, key: K, value: T[K] | undefined, absent?: T[K]) {
  if (value === undefined || value === absent) delete target[key];
  else target[key] = value;
}

/** Takes an entry out of a list, and the list out of its owner when it was the last. */
export function remove<T extends object, K extends keyof T>(owner: T, key: K, index: number) {
  const list = owner[key];
  if (!Array.isArray(list)) return;
  list.splice(index, 1);
  if (list.length === 0) delete owner[key];
}

/** How a drug is used, by the first column of the master: 1 internal, 4 injection, 6 external. */
function formOf(masters: Masters, code: string): DrugUse | "injection" {
  const form = masters.show(code)?.versions.at(-1)?.columns.form;
  if (form === 4) return "injection";
  return form === 6 ? "external" : "internal";
}

function isInjection(order: Order): boolean {
  return order.procedure.startsWith("13");
}

/** Puts a drug where it most likely belongs. Returns what a person should know about it. */
function addDrug(masters: Masters, visit: Visit, code: string): string | undefined {
  const amount: DrugAmount = { drug: code, quantity: 1 };
  const use = formOf(masters, code);
  if (use === "injection") {
    const order = visit.orders?.findLast(isInjection);
    if (!order) return "注射薬です。先に注射の手技（皮内、皮下及び筋肉内注射 など）を追加してください。";
    order.drugs = [...(order.drugs ?? []), amount];
    return undefined;
  }
  visit.prescriptions ??= [];
  let prescription = visit.prescriptions.at(-1);
  if (!prescription) {
    prescription = { dispensing: "in_house", rps: [] } satisfies Prescription;
    visit.prescriptions.push(prescription);
  }
  const rp = prescription.rps.find((rp) => rp.use === use);
  if (rp) rp.drugs.push(amount);
  else prescription.rps.push(newRp(use, amount));
  return undefined;
}

/** A laboratory's code stands for the procedure that it is claimed as. */
function addLab(masters: Masters, visit: Visit, code: string): string | undefined {
  const procedure = Number(masters.show(code)?.versions.at(-1)?.columns.procedure_code ?? 0);
  if (procedure === 0) return "この検査項目に対応する行為のコードが、マスターにありません。";
  visit.orders = [...(visit.orders ?? []), { procedure: String(procedure) }];
  return undefined;
}

export function newRp(use: DrugUse, amount: DrugAmount): Rp {
  return use === "internal" ? { use, count: 7, drugs: [amount] } : { use, drugs: [amount] };
}

/** Adds what was found to the visit. Returns what a person should know about it, if anything. */
export function add(masters: Masters, visit: Visit, hit: Hit): string | undefined {
  switch (hit.kind) {
    case "disease": {
      visit.diagnoses ??= [];
      const main = visit.diagnoses.length === 0;
      visit.diagnoses.push(main ? { disease: hit.code, main } : { disease: hit.code });
      return undefined;
    }
    case "modifier": {
      const diagnosis = visit.diagnoses?.at(-1);
      if (!diagnosis) return "修飾語は病名に付きます。先に病名を追加してください。";
      diagnosis.modifiers = [...(diagnosis.modifiers ?? []), hit.code];
      return undefined;
    }
    case "drug":
      return addDrug(masters, visit, hit.code);
    case "procedure":
      visit.orders = [...(visit.orders ?? []), { procedure: hit.code }];
      return undefined;
    case "lab":
      return addLab(masters, visit, hit.code);
  }
}
