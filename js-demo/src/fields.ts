// Fields of a form, each with its label.
import { el, freshId } from "./dom.ts";

/** A choice among named values. */
export function choice<T extends string>(
  label: string,
  words: Record<T, string>,
  value: T | "",
  change: (value: T | undefined) => void,
  absent?: string,
): HTMLElement {
  const id = freshId("field");
  const select = el("select", { id });
  if (absent !== undefined) select.append(new Option(absent, "", false, value === ""));
  for (const [key, word] of Object.entries<string>(words)) {
    select.append(new Option(word, key, false, key === value));
  }
  select.addEventListener("change", () => change(select.value === "" ? undefined : (select.value as T)));
  return el("div", { className: "field" }, el("label", { htmlFor: id, textContent: label }), select);
}

/** Yes or no. */
export function tick(label: string, value: boolean, change: (value: boolean) => void): HTMLElement {
  const id = freshId("field");
  const box = el("input", { id, type: "checkbox", checked: value });
  box.addEventListener("change", () => change(box.checked));
  return el("div", { className: "field tick" }, box, el("label", { htmlFor: id, textContent: label }));
}

/** A day. */
export function day(label: string, value: string, change: (value: string) => void): HTMLElement {
  const id = freshId("field");
  const input = el("input", { id, type: "date", value, min: "1868-01-01", max: "2999-12-31", required: true });
  input.addEventListener("input", () => change(input.value));
  return el("div", { className: "field" }, el("label", { htmlFor: id, textContent: label }), input);
}

/** A text of one line. */
export function line(label: string, value: string, hint: string, change: (value: string) => void): HTMLElement {
  const id = freshId("field");
  const input = el("input", { id, type: "text", value, placeholder: hint, autocomplete: "off" });
  input.addEventListener("input", () => change(input.value));
  return el("div", { className: "field" }, el("label", { htmlFor: id, textContent: label }), input);
}

/**
 * A number as it is typed. What is no number goes on as a text: the engine judges it, and says what it expected.
 */
export function amount(
  label: string,
  value: number | string | undefined,
  unit: string,
  change: (value: number | string | undefined) => void,
): HTMLElement {
  const input = el("input", { type: "text", className: "amount", value: value === undefined ? "" : String(value) });
  input.inputMode = "decimal";
  input.autocomplete = "off";
  input.setAttribute("aria-label", label);
  input.addEventListener("input", () => {
    // Full-width digits are what a Japanese keyboard gives.
    const typed = input.value.trim().normalize("NFKC");
    if (typed === "") change(undefined);
    else change(String(Number(typed)) === typed ? Number(typed) : typed);
  });
  return el("span", { className: "amount-field" }, input, el("span", { className: "unit", textContent: unit }));
}

/** A button that takes something away. */
export function removal(what: string, click: () => void): HTMLButtonElement {
  const button = el("button", { type: "button", className: "remove", textContent: "×", title: "取り消す" });
  button.setAttribute("aria-label", `${what} を取り消す`);
  button.addEventListener("click", click);
  return button;
}
