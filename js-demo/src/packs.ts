// The masters that are loaded, and a pack of one's own.
import { type Masters, type PackInfo, SanteiError } from "santei";
import { byId, el } from "./dom.ts";
import { FAULT } from "./words.ts";

const MASTER: Record<string, string> = {
  procedure: "診療行為",
  drug: "医薬品",
  disease: "傷病名",
  modifier: "修飾語",
  lab: "臨床検査項目",
};

/** The dialog; `changed` is called when a pack was added. */
export function packDialog(masters: Masters, changed: (file: string) => void) {
  const dialog = byId("packs", HTMLDialogElement);
  const error = byId("pack-error", HTMLParagraphElement);
  const input = byId("pack-file", HTMLInputElement);
  const drop = byId("drop", HTMLLabelElement);
  const names: string[] = [];

  const draw = () => byId("pack-list", HTMLDivElement).replaceChildren(...list(masters.packs(), names));

  async function load(file: File) {
    error.textContent = "";
    try {
      masters.addPack(await file.arrayBuffer());
    } catch (thrown) {
      if (!(thrown instanceof SanteiError)) throw thrown;
      error.textContent = `${FAULT.pack}: ${file.name} — ${thrown.message}`;
      return;
    }
    names.unshift(file.name);
    draw();
    changed(file.name);
  }

  byId("open-packs", HTMLButtonElement).addEventListener("click", () => {
    draw();
    dialog.showModal();
  });
  byId("close-packs", HTMLButtonElement).addEventListener("click", () => dialog.close());
  input.addEventListener("change", async () => {
    const [file] = input.files ?? [];
    if (file) await load(file);
    input.value = "";
  });

  // Anywhere on the page: a file that misses the frame must not replace the page.
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    draw();
    if (!dialog.open) dialog.showModal();
    await load(file);
  });
}

/** The packs, last added first; the project's own two come last. */
function list(packs: PackInfo[], names: string[]): Node[] {
  const own = packs.length - names.length;
  return packs.map((pack, index) => {
    const title = names[index] ?? (index === packs.length - 1 && own > 1 ? "規則の表" : "標準のマスター");
    const rows = pack.sources.map((source) =>
      el(
        "tr",
        {},
        el("th", { scope: "row", textContent: MASTER[source.kind] ?? source.kind }),
        el("td", { textContent: source.file }),
        el("td", { textContent: source.edition ?? "" }),
        el("td", { className: "number", textContent: `${source.rows.toLocaleString("ja-JP")} 行` }),
        el("td", {}, el("code", { textContent: source.sha256.slice(0, 12), title: `SHA-256 ${source.sha256}` })),
      ),
    );
    return el(
      "section",
      { className: "pack" },
      el("h3", { textContent: title }),
      el("p", { className: "small-print", textContent: `Santei ${pack.engine} が作成` }),
      el("div", { className: "scroll" }, el("table", {}, el("tbody", {}, ...rows))),
    );
  });
}
