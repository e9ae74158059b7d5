// The conditions of the visit: when, where, who.
import type { Context } from "./context.ts";
import { el } from "./dom.ts";
import { amount, choice, day, line, tick } from "./fields.ts";
import { set, visitOf } from "./model.ts";
import { CONSULTATION, FACILITY, HOSPITAL_FEE, INCOME, SEX, TIME_CLASS } from "./words.ts";

/** The fields, built anew. */
export function renderConditions(context: Context): Node[] {
  const { encounter } = context;
  const { facility, patient } = encounter;
  const visit = visitOf(encounter);
  const coverage = encounter.coverage ?? {};
  /** Redraws the lists too: names and units follow the day. */
  const changed = (redraw = false) => context.changed(redraw);
  const covered = () => {
    if (Object.keys(coverage).length === 0) delete encounter.coverage;
    else encounter.coverage = coverage;
    changed();
  };
  const hospital = facility.kind === "hospital";

  const nodes: (Node | false)[] = [
    day("診療日", visit.date, (value) => {
      visit.date = value;
      changed();
    }),
    choice("診察", CONSULTATION, visit.consultation, (value) => {
      visit.consultation = value ?? "none";
      changed();
    }),
    choice("時間区分", TIME_CLASS, visit.time_class ?? "in_hours", (value) => {
      set(visit, "time_class", value, "in_hours");
      changed();
    }),
    day("生年月日", patient.birth_date, (value) => {
      patient.birth_date = value;
      changed();
    }),
    choice(
      "性別",
      SEX,
      patient.sex ?? "",
      (value) => {
        set(patient, "sex", value);
        changed();
      },
      "指定しない",
    ),
    choice(
      "所得区分（70歳から）",
      INCOME,
      coverage.income_class ?? "",
      (value) => {
        set(coverage, "income_class", value);
        covered();
      },
      "指定しない",
    ),
    choice("施設", FACILITY, facility.kind, (value) => {
      facility.kind = value ?? "clinic";
      if (facility.kind === "clinic") {
        delete facility.general_beds;
        delete facility.permitted_beds;
        delete visit.hospital_fee;
      }
      changed(true);
    }),
    hospital &&
      beds("一般病床", facility.general_beds, (value) => {
        set(facility, "general_beds", value);
        changed();
      }),
    hospital &&
      beds("許可病床", facility.permitted_beds, (value) => {
        set(facility, "permitted_beds", value);
        changed();
      }),
    hospital &&
      choice(
        "初診料・外来診療料の区分",
        HOSPITAL_FEE,
        visit.hospital_fee ?? "",
        (value) => {
          set(visit, "hospital_fee", value);
          changed();
        },
        "指定しない",
      ),
    line(
      "施設基準の届出",
      (facility.registrations ?? []).join(" "),
      "コードを空白区切りで。空欄なら確認しない",
      (value) => {
        const codes = value
          .normalize("NFKC")
          .split(/[\s,、]+/u)
          .filter((code) => code !== "");
        // What is no number goes on as it is: the engine says what it expected.
        const read = codes.map((code) => (/^\d+$/u.test(code) ? Number(code) : code)) as number[];
        set(facility, "registrations", read.length > 0 ? read : undefined);
        changed();
      },
    ),
    el(
      "div",
      { className: "ticks" },
      tick("情報通信機器を用いた診療", visit.telemedicine ?? false, (value) => {
        set(visit, "telemedicine", value, false);
        changed();
      }),
      tick("同一日の2科目", visit.second_department ?? false, (value) => {
        set(visit, "second_department", value, false);
        changed();
      }),
      tick("外来管理加算の要件を満たす", visit.outpatient_management ?? true, (value) => {
        set(visit, "outpatient_management", value, true);
        changed();
      }),
      tick("障害認定による後期高齢者医療（65〜74歳）", coverage.late_elderly ?? false, (value) => {
        set(coverage, "late_elderly", value, false);
        covered();
      }),
    ),
  ];
  return nodes.filter((node) => node !== false);
}

function beds(label: string, value: number | undefined, change: (value: number | undefined) => void): HTMLElement {
  return el(
    "div",
    { className: "field" },
    el("span", { className: "label", textContent: label }),
    amount(label, value, "床", (typed) => change(typed as number | undefined)),
  );
}
