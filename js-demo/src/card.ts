// A drug's code card: every code of it, its prices and packages, and what costs less under the same generic name.
import { type DrugCard, type DrugGroup, type DrugProduct, SanteiError } from "santei";
import { type Context, findOn, prepareFor } from "./context.ts";
import { el } from "./dom.ts";
import { searchBox } from "./search.ts";
import { faultList } from "./words-of-codes.ts";

const ROLE: Record<DrugProduct["role"], string> = {
  generic: "後発品",
  long_listed: "長期収載品（選定療養の対象）",
  patient_choice: "長期収載品（患者の希望）",
  other: "",
};
const MEMBERS = 12;

/** A field for a code or a name, and the card below it. */
export function drugCard(context: Context): HTMLElement {
  const card = el("div", { className: "drug-card", attrs: { "aria-live": "polite" } });

  function show(code: string) {
    const date = context.encounter.visits[0]?.date;
    try {
      card.replaceChildren(...render(context.masters.drug(code, date ? { date } : {})));
    } catch (thrown) {
      if (!(thrown instanceof SanteiError)) throw thrown;
      card.replaceChildren(faultList(thrown.errors));
    }
  }

  const search = searchBox({
    label: "医薬品のコードカードを見る",
    placeholder: "名称、または YJ・薬価基準・HOT・JAN・一般名コード",
    find: (query, limit) => findOn(context, query, limit, "drug"),
    ready: () => prepareFor(8, context.masters, "drug"),
    choose: (hit) => show(hit.code),
  });
  // A whole code of any system needs no list to choose from.
  search.input.addEventListener("input", () => {
    const code = search.input.value.trim();
    if (/^[0-9A-Za-z０-９Ａ-Ｚａ-ｚ()]{7,20}$/u.test(code) && /[0-9０-９]{6}/u.test(code)) show(code);
  });
  return el("div", {}, search.element, card);
}

function render(found: DrugCard): HTMLElement[] {
  const products = found.products.slice(0, 1).map(product);
  const more = found.products.length - 1;
  return [
    ...products,
    ...(more > 0 ? [el("p", { className: "small-print", textContent: `ほか ${more} 品目` })] : []),
    ...(found.group ? [group(found.group)] : []),
    faultList(found.faults),
  ];
}

function product(one: DrugProduct): HTMLElement {
  const codes: [string, string][] = [
    ["レセプト電算", one.code],
    ["薬価基準", one.price_code],
    ["YJ", one.yj.join(" ")],
    ["HOT9", one.hot9.join(" ")],
    ["一般名コード", one.generic_name_code ?? ""],
    ["一般名", one.generic_name ?? ""],
    ["選定療養の対", one.elective_pair ?? ""],
  ];
  const rows = codes
    .filter(([, value]) => value !== "")
    .flatMap(([name, value]) => [el("dt", { textContent: name }), el("dd", { textContent: value })]);
  const prices = one.prices.map(({ from, last_day, price }) =>
    el("li", { textContent: `${from}～${last_day ?? ""}　${price} 円` }),
  );
  const packages = one.packages.map((box) => {
    const parts = [box.form, box.contents, box.total, box.jan && `JAN ${box.jan}`];
    return el("li", { textContent: `${box.hot13}　${parts.filter(Boolean).join("　")}` });
  });
  return el(
    "div",
    {},
    el("p", { className: "composed-name", textContent: one.name }),
    el(
      "p",
      {},
      el("strong", { textContent: `${one.price} 円` }),
      el("span", { className: "unit", textContent: ` / ${one.unit}　${ROLE[one.role]}` }),
      !one.in_force && el("span", { className: "unit", textContent: "　この日は使えません" }),
    ),
    el("dl", { className: "codes" }, ...rows),
    el("details", {}, el("summary", { textContent: "薬価の履歴" }), el("ul", {}, ...prices)),
    packages.length > 0 && el("details", {}, el("summary", { textContent: "包装" }), el("ul", {}, ...packages)),
  );
}

function group(found: DrugGroup): HTMLElement {
  const rows = found.members.slice(0, MEMBERS).map((member) =>
    el(
      "tr",
      { className: member.code === found.compared_with ? "own" : "" },
      el("th", { scope: "row", textContent: member.name }),
      el("td", { className: "number", textContent: `${member.price} 円` }),
      el("td", {
        textContent: [member.cheaper ? `${member.saves} 円安い` : "", ROLE[member.role]].filter(Boolean).join("・"),
      }),
    ),
  );
  const title = found.name ?? "同じ成分・剤形・規格の品目";
  const rest = found.members.length - rows.length;
  return el(
    "div",
    { className: "same-generic" },
    el("table", {}, el("caption", { textContent: title }), el("tbody", {}, ...rows)),
    rest > 0 && el("p", { className: "small-print", textContent: `ほか ${rest} 品目` }),
  );
}
