// Find a code as you type: an ARIA combobox with a list of options.
import type { Hit, Kind } from "santei";
import { el, freshId } from "./dom.ts";
import { KIND, priceOf } from "./words.ts";

const LIMIT = 40;

export interface SearchOptions {
  label: string;
  placeholder: string;
  /** Finds hits for a text. */
  find: (query: string, limit: number) => Hit[];
  /** Called with the hit that was chosen. */
  choose: (hit: Hit) => void;
  /** Kinds to choose among by buttons; none when the search has one kind only. */
  kinds?: Kind[];
  onKind?: (kind: Kind | undefined) => void;
  /** Called on Escape when nothing is open. */
  dismiss?: () => void;
}

export interface SearchBox {
  element: HTMLElement;
  input: HTMLInputElement;
  refresh: () => void;
}

function option(hit: Hit, id: string): HTMLLIElement {
  const code = hit.icd10 ? `${hit.code}・${hit.icd10}` : hit.code;
  return el(
    "li",
    { id, className: "option", attrs: { role: "option", "aria-selected": "false" } },
    el("span", { className: `kind ${hit.kind}`, textContent: KIND[hit.kind] }),
    el("span", { className: "option-name", textContent: hit.name }),
    el("span", { className: "option-code", textContent: code }),
    el("span", { className: "option-price", textContent: priceOf(hit) }),
  );
}

/** Buttons of which one is pressed: all kinds, or one. */
function kindFilter(kinds: Kind[], chosen: (kind: Kind | undefined) => void): HTMLElement {
  const buttons = [undefined, ...kinds].map((kind) => {
    const text = kind ? KIND[kind] : "すべて";
    const button = el("button", { type: "button", className: "chip", textContent: text });
    button.setAttribute("aria-pressed", String(kind === undefined));
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      chosen(kind);
    });
    return button;
  });
  return el("div", { className: "chips", attrs: { role: "group", "aria-label": "種類をしぼる" } }, ...buttons);
}

export function searchBox(options: SearchOptions): SearchBox {
  const listId = freshId("options");
  const list = el("ul", { id: listId, className: "options", hidden: true, attrs: { role: "listbox" } });
  list.setAttribute("aria-label", options.label);
  const said = el("p", { className: "unseen", attrs: { role: "status" } });
  const input = el("input", { type: "text", placeholder: options.placeholder, autocomplete: "off", spellcheck: false });
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-label": options.label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    autocapitalize: "off",
    enterkeyhint: "search",
  })) {
    input.setAttribute(name, value);
  }

  let hits: Hit[] = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index: number) {
    const items = list.querySelectorAll<HTMLElement>('[role="option"]');
    items[active]?.setAttribute("aria-selected", "false");
    active = index;
    const item = items[active];
    if (!item) return;
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  function search() {
    const query = input.value.trim();
    if (query === "") {
      said.textContent = "";
      close();
      return;
    }
    hits = options.find(query, LIMIT);
    const items = hits.map((hit, index) => option(hit, `${listId}-${index}`));
    if (items.length === 0) {
      const none = "見つかりません。診療日に有効なコードだけをさがしています。";
      list.replaceChildren(el("li", { className: "no-option", textContent: none }));
    } else {
      list.replaceChildren(...items);
    }
    list.hidden = false;
    list.scrollTop = 0;
    active = -1;
    input.setAttribute("aria-expanded", "true");
    said.textContent = items.length === LIMIT ? `${LIMIT}件以上` : `${items.length}件`;
    if (items.length > 0) mark(0);
  }

  function choose(index: number) {
    const hit = hits[index];
    if (!hit) return;
    input.value = "";
    said.textContent = `${hit.name} を追加しました`;
    close();
    options.choose(hit);
  }

  input.addEventListener("input", search);
  input.addEventListener("focus", () => {
    if (input.value.trim() !== "") search();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    // While an input method is composing, Enter and the arrows are its own.
    if (event.isComposing) return;
    const open = !list.hidden && hits.length > 0;
    if (event.key === "ArrowDown" && !open) search();
    else if (event.key === "ArrowDown") mark((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && open) mark((active + hits.length - 1) % hits.length);
    else if (event.key === "Enter" && open) choose(active);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Escape" && input.value !== "") input.value = "";
    else if (event.key === "Escape") options.dismiss?.();
    else return;
    event.preventDefault();
  });
  // Pressing must not take the focus away before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    if (item) choose([...list.children].indexOf(item));
  });

  const refresh = () => {
    if (document.activeElement === input) search();
  };
  const filter =
    options.kinds &&
    kindFilter(options.kinds, (kind) => {
      options.onKind?.(kind);
      input.focus();
      search();
    });
  const element = el(
    "div",
    { className: "search" },
    filter,
    el("div", { className: "search-field" }, input, list),
    said,
  );
  return { element, input, refresh };
}
