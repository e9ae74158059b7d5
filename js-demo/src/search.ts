// Find a code as you type: an ARIA combobox with a list of options.
import type { Found, Hit, Kind } from "santei";
import { el, freshId } from "./dom.ts";
import { COLUMN, KIND, priceOf } from "./words.ts";

const LIMIT = 40;

export interface SearchOptions {
  label: string;
  placeholder: string;
  /** Finds hits for a text. */
  find: (query: string, limit: number) => Found;
  /** Goes on getting ready, for less than a frame, and says whether searches are. */
  ready: () => boolean;
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

/** A text with the parts that match in <mark>. */
function marked(text: string, marks: readonly (readonly [start: number, end: number])[]): (string | HTMLElement)[] {
  const pieces: (string | HTMLElement)[] = [];
  let done = 0;
  for (const [start, end] of marks) {
    pieces.push(text.slice(done, start), el("mark", { textContent: text.slice(start, end) }));
    done = end;
  }
  return [...pieces, text.slice(done)];
}

/** Where a word was found that the name does not show: a reading, a code. */
function elsewhere(hit: Hit): HTMLElement[] {
  return (hit.elsewhere ?? []).map(({ column, text, marks }) =>
    el("span", { className: "option-where" }, `${COLUMN[column] ?? column} `, ...marked(text, marks)),
  );
}

/** What is said under the field of an answer that is not what one hoped for. */
const SAID: Partial<Record<NonNullable<Found["note"]>["reason"], string>> = {
  too_long: "長すぎます。名称の一部だけを入れてください。",
  too_many_words: "語が多すぎます。いくつか消してください。",
  other_days: "診療日には有効でないコードだけが一致します。",
  not_covered: "診療日のマスターがありません。",
  only_near: "一致するものがないため、一、二文字ちがいを示しています。",
};

function option(hit: Hit, id: string): HTMLLIElement {
  const code = hit.icd10 ? `${hit.code}・${hit.icd10}` : hit.code;
  return el(
    "li",
    { id, className: "option", attrs: { role: "option", "aria-selected": "false" } },
    el("span", { className: `kind ${hit.kind}`, textContent: KIND[hit.kind] }),
    el("span", { className: "option-name" }, el("span", {}, ...marked(hit.name, hit.marks)), ...elsewhere(hit)),
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
    if (!options.ready()) {
      // The words are looked for as soon as a frame or two have passed; what was typed meanwhile counts.
      said.textContent = "準備中です";
      requestAnimationFrame(search);
      return;
    }
    const found = options.find(query, LIMIT);
    hits = found.hits;
    const items = hits.map((hit, index) => option(hit, `${listId}-${index}`));
    const why = found.note && SAID[found.note.reason];
    if (items.length === 0) {
      const none = why ?? "見つかりません。診療日に有効なコードだけをさがしています。";
      list.replaceChildren(el("li", { className: "no-option", textContent: none }));
    } else if (why) {
      list.replaceChildren(
        el("li", { className: "no-option", attrs: { role: "presentation" }, textContent: why }),
        ...items,
      );
    } else {
      list.replaceChildren(...items);
    }
    list.hidden = false;
    list.scrollTop = 0;
    active = -1;
    input.setAttribute("aria-expanded", "true");
    const count = items.length === LIMIT ? `${LIMIT}件以上` : `${items.length}件`;
    said.textContent = why ? `${count}。${why}` : count;
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
    if (item) choose([...list.querySelectorAll('[role="option"]')].indexOf(item));
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
