// The dialog of the masters: official files and packs come in by drop or by choice; what is in use can be saved and removed.
import type { PackInfo } from "santei";
import { byId, el } from "./dom.ts";
import { chosen, dropped, type Found, isPack, TooMany } from "./files.ts";
import { messageOf, type OwnPack, type Packs } from "./packs.ts";
import { type Outcome, read, Stopped } from "./reading.ts";
import { details, summary } from "./report.ts";
import { FAULT, figure, MASTER } from "./words.ts";

const KEEPING = {
  kept: "このブラウザーに保存しました。次に開いたときも使えます。",
  "there already": "同じパックがもう入っています。",
  full: "いまは使えますが、このブラウザーの保存場所がいっぱいで、次に開いたときは残りません。不要なパックを取り除くか、「ファイルに保存」で手元に残してください。",
  "not kept":
    "いまは使えますが、このブラウザーには保存できず、次に開いたときは残りません（プライベートウィンドウなどでは保存できません）。「ファイルに保存」で手元に残してください。",
} as const;

/** The dialog. `changed` is called when the masters are others, with what to say. */
export function packDialog(packs: Packs, changed: (say: string) => void) {
  const dialog = byId("packs", HTMLDialogElement);
  const opener = byId("open-packs", HTMLButtonElement);
  const error = byId("pack-error", HTMLParagraphElement);
  const drop = byId("drop", HTMLDivElement);
  const report = byId("read-report", HTMLElement);
  const list = byId("pack-list", HTMLDivElement);
  let busy = false;

  function draw() {
    const { own } = packs;
    list.replaceChildren(...listed(packs, save, remove));
    opener.textContent = own.length > 0 ? `マスター（＋${own.length}）` : "マスター";
  }

  const open = () => {
    draw();
    if (!dialog.open) dialog.showModal();
  };

  /** Takes what came in: packs are added, everything else is read as official files. */
  async function take(finding: Promise<Found[]>) {
    error.textContent = "";
    open();
    if (busy) {
      error.textContent = "いま読み込んでいます。終わってから（または中止してから）、もう一度入れてください。";
      return;
    }
    busy = true;
    try {
      const found = await finding;
      if (found.length === 0) {
        error.textContent = "ファイルがありませんでした。ファイルかフォルダーを入れてください。";
        return;
      }
      report.hidden = true;
      const official: Found[] = [];
      for (const one of found) {
        if (one.file && (await isPack(one))) await addPack(one.name, 0, one.file);
        else official.push(one);
      }
      if (official.length > 0) settle(await read(official), official);
    } catch (thrown) {
      error.textContent = sentence(thrown);
    } finally {
      busy = false;
    }
  }

  /** Shows what reading found. A pack without faults is used at once; one with faults when people say so. */
  function settle(outcome: Outcome, files: Found[]) {
    const { pack } = outcome;
    const name = nameOf(files, outcome);
    const faults = outcome.report.fault_count;
    const head = el("h3", { tabIndex: -1, textContent: summary(outcome) });
    const note = el("p", { attrs: { role: "status" } });
    const close = () => {
      report.hidden = true;
      byId("pack-file", HTMLInputElement).focus();
    };
    const shut = button("この知らせを閉じる", close);
    const tools = el("div", { className: "tools" });
    const use = async (pack: Blob) => {
      note.textContent = await addPack(name, faults, pack);
      tools.replaceChildren(shut);
      // The button that was pressed is gone.
      head.focus();
    };
    report.className = faults > 0 || !pack ? "report wrong" : "report";
    report.replaceChildren(head, note, tools, ...details(outcome).filter((node) => node !== false));
    report.hidden = false;
    if (!pack) {
      note.textContent = "いままでのマスターはそのままです。";
      tools.append(shut);
    } else if (faults === 0) {
      void use(pack);
    } else {
      note.textContent = "除いた行のコードは「見つからない」ことになります。公式ファイルを取りなおすのが確実です。";
      tools.append(
        button("誤りのある行を除いて使う", () => use(pack)),
        button("使わない", close),
      );
    }
    head.focus();
  }

  /** Adds a pack. Returns what to tell of it; a refusal is shown as an error. */
  async function addPack(name: string, faults: number, pack: Blob): Promise<string> {
    try {
      const added = await packs.add(name, faults, pack);
      draw();
      const told = KEEPING[added];
      if (added !== "kept") error.textContent = `${name}: ${told}`;
      changed(added === "there already" ? `${name}: ${told}` : `${name} を読み込みました`);
      return added === "kept" ? told : "";
    } catch (thrown) {
      error.textContent = `${FAULT.pack}: ${name} — ${messageOf(thrown)}`;
      return "";
    }
  }

  async function save(own: OwnPack) {
    try {
      // Its bytes now: a file that is gone must not become an empty download.
      const bytes = new Blob([await own.pack.arrayBuffer()], { type: "application/octet-stream" });
      const link = el("a", { href: URL.createObjectURL(bytes), download: fileName(own.name) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (thrown) {
      error.textContent = `${own.name}: 保存してあるパックを読み出せません。ページを開きなおしてください。（${messageOf(thrown)}）`;
    }
  }

  async function remove(own: OwnPack) {
    error.textContent = "";
    try {
      await packs.remove(own);
      draw();
      list.querySelector<HTMLElement>("button, summary")?.focus();
      changed(`${own.name} を取り除きました`);
    } catch (thrown) {
      error.textContent = `${own.name}: 取り除けませんでした。ページを開きなおして、もう一度試してください。（${messageOf(thrown)}）`;
    }
  }

  opener.addEventListener("click", open);
  byId("close-packs", HTMLButtonElement).addEventListener("click", () => dialog.close());
  for (const id of ["pack-file", "folder-file"]) {
    const input = byId(id, HTMLInputElement);
    input.addEventListener("change", () => {
      // The list is the input's own and is emptied with it.
      const found = attempt(() => chosen(input.files));
      input.value = "";
      void take(found);
    });
  }

  // Anywhere on the page: a file that misses the frame must not replace the page.
  const dragging = (over: boolean) => {
    drop.classList.toggle("over", over);
    document.body.classList.toggle("dragging", over);
  };
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    if (event.dataTransfer?.types.includes("Files")) dragging(true);
  });
  document.addEventListener("dragleave", (event) => {
    // It leaves every element on its way; the page is left when it goes to none.
    if (event.relatedTarget === null) dragging(false);
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    dragging(false);
    if (event.dataTransfer) void take(dropped(event.dataTransfer));
  });

  draw();
  const refused = packs.own.filter(({ problem }) => problem !== undefined);
  if (refused.length > 0) {
    const names = refused.map(({ name }) => name).join("、");
    changed(`保存してあった ${names} は使えません。「マスター」を開いて確かめてください`);
  }
}

/** A promise of what may throw at once. */
async function attempt<T>(work: () => T): Promise<T> {
  return work();
}

/** Why nothing came of it, and what to do. */
function sentence(thrown: unknown): string {
  if (thrown instanceof Stopped) return "読み込みを中止しました。いままでのマスターはそのままです。";
  if (thrown instanceof TooMany) {
    return "ファイルが多すぎます（5,000 個まで）。公式ファイルの入ったフォルダーだけを入れてください。";
  }
  return `読み込みが途中で止まりました。いままでのマスターはそのままです。ファイルを分けて、もう一度試してください。（${messageOf(thrown)}）`;
}

/** What a pack of official files is called: after its folder or its first master. */
function nameOf([first]: Found[], { report }: Outcome): string {
  if (first?.root) return first.root;
  const [name, ...others] = report.files.filter(({ kind }) => kind !== null).map(({ file }) => file);
  return others.length > 0 ? `${name} ほか ${others.length} 個` : (name ?? "公式ファイル");
}

function fileName(name: string): string {
  const stem = name.replace(/\.pack$/iu, "").replaceAll(/[\\/:*?"<>|\s]+/gu, "_");
  return `${stem}.pack`;
}

type Act = (own: OwnPack) => void;

/** The packs, last added first; those that are not in use come first, the project's own two last. */
function listed(packs: Packs, save: Act, remove: Act): Node[] {
  const own = packs.inUse();
  const refused = packs.own.filter(({ problem }) => problem !== undefined);
  const infos = packs.masters.packs();
  const used = infos.map((info, index) => {
    const mine = own[index];
    if (mine) return section(mine.name, origin(mine, info), tools(mine, save, remove), sources(info));
    const rules = index === infos.length - 1 && infos.length - own.length > 1;
    const head = `Santei ${info.engine} に組み込み`;
    return section(rules ? "規則の表" : "標準のマスター", head, undefined, sources(info));
  });
  const unused = refused.map((mine) => {
    const why = el("p", { className: "problem" });
    why.textContent = `使えません: ${mine.problem}。取り除いて、公式ファイルから作りなおしてください。`;
    return section(mine.name, saved(mine), tools(mine, save, remove), why);
  });
  return [...unused, ...used];
}

function section(name: string, head: string, tools: Node | undefined, body: Node): HTMLElement {
  return el(
    "section",
    { className: "pack" },
    el("div", { className: "card-head" }, el("h3", { textContent: name }), tools),
    el("p", { className: "small-print", textContent: head }),
    body,
  );
}

function origin(own: OwnPack, { engine }: PackInfo): string {
  const left = own.faults > 0 ? `・誤りのあった ${figure(own.faults)} か所の行を除く` : "";
  return `${saved(own)}・Santei ${engine} が作成${left}`;
}

function saved({ added, pack, kept }: OwnPack): string {
  const day = new Date(added);
  const when = Number.isNaN(day.getTime()) ? "" : `${day.toLocaleDateString("ja-JP")} に追加・`;
  const size = pack.size < 1e5 ? `${Math.ceil(pack.size / 1e3)} kB` : `${(pack.size / 1e6).toFixed(1)} MB`;
  return `${when}${size}・${kept ? "このブラウザーに保存済み" : "保存されていません（閉じると消えます）"}`;
}

function tools(own: OwnPack, save: Act, remove: Act): HTMLElement {
  const { name } = own;
  return el(
    "div",
    { className: "tools" },
    button("ファイルに保存", () => save(own), `${name} をファイルに保存`),
    button("取り除く", () => remove(own), `${name} を取り除く`),
  );
}

function button(textContent: string, click: () => void, label = textContent): HTMLButtonElement {
  const made = el("button", { type: "button", className: "quiet small", textContent });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", click);
  return made;
}

/** The files that a pack was made from: which master, which file, of when, how many rows. */
function sources(info: PackInfo): HTMLElement {
  const rows = info.sources.map((source) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", textContent: MASTER[source.kind] ?? source.kind }),
      el("td", { textContent: source.file }),
      el("td", { textContent: source.edition ?? "" }),
      el("td", { className: "number", textContent: `${figure(source.rows)} 行` }),
      el("td", {}, el("code", { textContent: source.sha256.slice(0, 12), title: `SHA-256 ${source.sha256}` })),
    ),
  );
  const count = info.sources.reduce((sum, source) => sum + source.rows, 0);
  return el(
    "details",
    {},
    el("summary", { textContent: `もとのファイル ${info.sources.length} 個・${figure(count)} 行` }),
    el("div", { className: "scroll" }, el("table", {}, el("tbody", {}, ...rows))),
  );
}
