// Claim files: dropped on the page, read, checked, recomputed and shown. They never leave the browser.
import type { CheckedClaims, ClaimSummary, Masters, Paper, Recomputed, UnitVerdict } from "santei";
import { byId, el } from "./dom.ts";
import { inJapanese } from "./japanese.ts";
import { messageOf, type Packs } from "./packs.ts";
import { figure } from "./words.ts";

/** More than any facility's month has. */
const MOST = 64 * 1024 * 1024;
/** Rows that a list shows at first. */
const ROWS = 300;

const PAPERS: [Paper, string][] = [
  ["form", "診療報酬明細書"],
  ["receipt", "領収証"],
  ["statement", "診療明細書"],
];
const SEVERITY = { error: "誤り", warning: "注意", info: "参考" };
const FAULTY: UnitVerdict[] = ["differs", "not_charged", "otherwise"];

/** A file with what was made of it. */
interface Opened {
  name: string;
  bytes: Uint8Array;
  claims: ClaimSummary[];
  checked: CheckedClaims;
  recomputed: Recomputed[];
}

/** Makes the dialog for claim files work. */
export function claimsDialog(packs: Packs, say: (text: string) => void) {
  const dialog = byId("claims", HTMLDialogElement);
  const error = byId("claims-error", HTMLParagraphElement);
  const result = byId("claims-result", HTMLDivElement);
  const chooser = byId("claims-file", HTMLInputElement);

  async function open(file: File | undefined) {
    if (!file) return;
    if (!dialog.open) dialog.showModal();
    error.textContent = "";
    result.replaceChildren(el("p", { textContent: `${file.name} を読んでいます…` }));
    // The words are drawn before the engine begins.
    await new Promise((done) => setTimeout(done, 30));
    try {
      if (file.size > MOST) throw new Error("64 MB をこえるファイルは、コマンドの santei check で見てください");
      const opened = read(packs.masters, file.name, new Uint8Array(await file.arrayBuffer()));
      result.replaceChildren(...overview(packs.masters, opened));
      say(`${opened.claims.length} 件の明細書を読みました`);
    } catch (thrown) {
      result.replaceChildren();
      error.textContent = messageOf(thrown);
    }
  }

  byId("open-claims", HTMLButtonElement).addEventListener("click", () => dialog.showModal());
  byId("close-claims", HTMLButtonElement).addEventListener("click", () => dialog.close());
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files ?? [];
    await open(file);
    // The same file may be chosen again.
    chooser.value = "";
  });
  // A claim file may be dropped anywhere. What is none goes its own way, to the masters.
  document.addEventListener(
    "drop",
    (event) => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!file || !(/\.uke$/i.test(file.name) || dialog.open)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      document.body.classList.remove("dragging");
      void open(file);
    },
    { capture: true },
  );
}

function read(masters: Masters, name: string, bytes: Uint8Array): Opened {
  return {
    name,
    bytes,
    claims: masters.readClaims(bytes as BufferSource),
    checked: masters.checkClaims(bytes as BufferSource, { name }),
    recomputed: masters.recomputeClaims(bytes as BufferSource),
  };
}

function overview(masters: Masters, opened: Opened): Node[] {
  const { name, claims, checked } = opened;
  const points = claims.reduce((sum, claim) => sum + (claim.points ?? 0), 0);
  const paper = el("div", { className: "claim-paper" });
  return [
    el("h3", { textContent: name }),
    el("p", {
      textContent: `${figure(claims.length)} 件　${figure(points)} 点　誤り ${figure(checked.errors)}　注意 ${figure(checked.warnings)}`,
    }),
    findings(checked),
    list(opened, (claim) => show(masters, opened, claim, paper)),
    paper,
  ];
}

function table(label: string, head: string[], rows: HTMLElement[]): HTMLElement {
  return el(
    "div",
    { className: "scroll claims-table", tabIndex: 0, attrs: { role: "region", "aria-label": label } },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...head.map((textContent) => el("th", { scope: "col", textContent })))),
      el("tbody", {}, ...rows),
    ),
  );
}

function findings({ findings }: CheckedClaims): HTMLElement {
  const told = findings.filter(({ severity }) => severity !== "info");
  const rows = told.slice(0, ROWS).map((finding) => {
    const place = `${finding.record} ${finding.field ?? ""} ${finding.field_name}`.trim();
    const expected = inJapanese(finding.expected);
    return el(
      "tr",
      {},
      el("td", { className: "number", textContent: finding.line === 0 ? "—" : figure(finding.line) }),
      el("td", { textContent: SEVERITY[finding.severity] }),
      el("td", { textContent: place }),
      el("td", { textContent: finding.found }),
      el("td", { textContent: expected.text, lang: expected.lang }),
      el("td", { textContent: finding.row || finding.basis, title: finding.about }),
    );
  });
  const more = told.length > ROWS ? `（はじめの ${ROWS} 件）` : "";
  return el(
    "details",
    { open: told.some(({ severity }) => severity === "error") },
    el("summary", { textContent: `点検の結果 ${figure(told.length)} 件${more}` }),
    rows.length > 0 && table("点検の結果", ["行", "重さ", "箇所", "記録", "あるべき値", "根拠"], rows),
  );
}

function list({ claims, recomputed }: Opened, choose: (claim: ClaimSummary) => void): HTMLElement {
  const outcomes = new Map(recomputed.map((one) => [one.line, one]));
  const rows = claims.slice(0, ROWS).map((claim) => {
    const outcome = outcomes.get(claim.line);
    const open = el("button", { type: "button", className: "quiet small", textContent: "見る" });
    open.setAttribute("aria-label", `明細書 ${claim.number ?? "？"} を見る`);
    open.addEventListener("click", () => choose(claim));
    return el(
      "tr",
      {},
      el("td", { className: "number", textContent: String(claim.number ?? "？") }),
      el("td", { textContent: claim.month ?? "" }),
      el("td", { textContent: claim.name }),
      el("td", { className: "number", textContent: figure(claim.points ?? 0) }),
      el("td", { textContent: verdict(outcome) }),
      el("td", {}, open),
    );
  });
  const more = claims.length > ROWS ? `（はじめの ${ROWS} 件）` : "";
  const head = ["番号", "診療年月", "氏名", "点数", "再計算", ""];
  return el("div", {}, el("h3", { textContent: `明細書${more}` }), table("明細書", head, rows));
}

function verdict(outcome: Recomputed | undefined): string {
  if (!outcome) return "計算できません";
  const count = (verdicts: UnitVerdict[]) => outcome.units.filter((unit) => verdicts.includes(unit.verdict)).length;
  const [faults, open, unknown] = [count(FAULTY), count(["needs_review"]), count(["not_priced"])];
  if (faults + open + unknown === 0) return "一致";
  const parts = [faults && `相違 ${faults}`, open && `要確認 ${open}`, unknown && `点数不明 ${unknown}`];
  return parts.filter(Boolean).join("　");
}

/** A claim on its paper, in a frame of its own: nothing in it runs. */
function show(masters: Masters, opened: Opened, claim: ClaimSummary, paper: HTMLElement) {
  const frame = el("iframe", { className: "claim-frame", title: `明細書 ${claim.number ?? ""}` });
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");
  const buttons = PAPERS.map(([which, name]) => {
    const button = el("button", { type: "button", className: "quiet small", textContent: name });
    button.addEventListener("click", () => draw(which));
    return button;
  });
  const print = el("button", { type: "button", className: "quiet small", textContent: "印刷" });
  print.addEventListener("click", () => frame.contentWindow?.print());
  function draw(which: Paper) {
    frame.srcdoc = masters.showClaims(opened.bytes as BufferSource, { lines: [claim.line], papers: [which] });
    buttons.forEach((button, place) => {
      button.setAttribute("aria-pressed", String(PAPERS[place]?.[0] === which));
    });
  }
  draw("form");
  paper.replaceChildren(el("div", { className: "tools" }, ...buttons, print), frame);
  paper.scrollIntoView({ block: "start" });
}
