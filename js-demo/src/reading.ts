// Reading official files in a worker, and how far it has come.
import type { ReadProgress, ReadReport } from "santei/reader";
import { byId, el } from "./dom.ts";
import type { Found } from "./files.ts";
import type { Said } from "./reader.worker.ts";
import { figure } from "./words.ts";

/** What reading gave. */
export interface Outcome {
  pack: Blob | undefined;
  report: ReadReport;
  ignored: string[];
}

/** Reading that was broken off. */
export class Stopped extends Error {}

/** Shares of the time that reading, joining and writing take. */
const READ = 70;
const JOIN = 5;
/** People who listen hear how far it is at most so often, in milliseconds. */
const PAUSE = 3000;

/**
 * Reads files and shows how far it has come. One reading at a time.
 *
 * @throws {Stopped} when somebody stopped it
 * @throws {Error} when the worker ended on its own, with its reason
 */
export async function read(files: Found[]): Promise<Outcome> {
  const worker = new Worker(new URL("./reader.worker.ts", import.meta.url), { type: "module", name: "santei-reader" });
  const view = show(files);
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      view.stop.onclick = () => reject(new Stopped());
      worker.onerror = (event) => reject(new Error(event.message || "worker"));
      worker.onmessageerror = () => reject(new Error("message"));
      worker.onmessage = ({ data }: MessageEvent<Said>) => {
        if (data.what === "progress") view.progress(data.progress);
        else if (data.what === "failed") reject(new Error(data.message));
        else {
          const { pack, report, ignored } = data;
          resolve({ report, ignored, pack: pack ? new Blob([pack], { type: "application/octet-stream" }) : undefined });
        }
      };
      worker.postMessage(files);
    });
  } finally {
    worker.terminate();
    view.end();
  }
}

/** The part of the dialog that shows a reading. */
function show(files: Found[]) {
  const section = byId("reading", HTMLElement);
  const bar = byId("reading-bar", HTMLProgressElement);
  const percent = byId("reading-percent", HTMLSpanElement);
  const said = byId("reading-said", HTMLParagraphElement);
  const list = byId("reading-files", HTMLUListElement);
  const stop = byId("reading-stop", HTMLButtonElement);

  const sizes = new Map(files.map(({ name, file }) => [name, file?.size ?? 0]));
  const total = Math.max(
    1,
    [...sizes.values()].reduce((sum, size) => sum + size, 0),
  );
  let done = 0;
  let current: ReturnType<typeof row> | undefined;
  let told = performance.now();

  const at = (share: number) => {
    bar.value = share;
    percent.textContent = `${Math.floor(share)}%`;
  };
  const tell = (text: string, now = false) => {
    if (!now && performance.now() - told < PAUSE) return;
    told = performance.now();
    said.textContent = text;
  };
  const close = () => {
    if (!current) return;
    current.finish();
    done += sizes.get(current.name) ?? 0;
    current = undefined;
  };

  list.replaceChildren();
  section.hidden = false;
  at(0);
  tell(`${files.length} 個のファイルを読み込んでいます`, true);
  section.scrollIntoView({ block: "nearest" });

  return {
    stop,
    progress(progress: ReadProgress) {
      const { input } = progress;
      if (input !== current?.name) {
        close();
        if (input !== null) {
          current = row(input);
          list.append(current.element);
          list.scrollTop = list.scrollHeight;
        }
      }
      if (progress.step === "reading") {
        tell(`${progress.filesTotal} 個のうち ${progress.filesDone + 1} 個目を読んでいます`);
      } else if (progress.step === "read") {
        current?.add(progress.report.rows, progress.report.faults);
      } else if (progress.step === "joining") {
        tell("版をまとめています");
        at(READ + JOIN);
        return;
      } else {
        tell("パックを作っています", true);
        at(READ + JOIN);
        return;
      }
      at((READ * done) / total);
    },
    end() {
      section.hidden = true;
      said.textContent = "";
    },
  };
}

/** One file of the list; an archive counts what is in it. */
function row(name: string) {
  const state = el("span", { className: "file-state", textContent: "読んでいます…" });
  const bar = el("progress", { attrs: { "aria-label": `${name} を読んでいます` } });
  const element = el("li", {}, el("span", { className: "file-name", textContent: name }), bar, state);
  let rows = 0;
  let faults = 0;
  return {
    name,
    element,
    add(more: number, wrong: number) {
      rows += more;
      faults += wrong;
      state.textContent = faults > 0 ? `${figure(rows)} 行・誤り ${figure(faults)}` : `${figure(rows)} 行`;
      state.classList.toggle("wrong", faults > 0);
    },
    finish() {
      bar.remove();
      // What is unreadable as a whole never comes to its rows.
      if (rows + faults === 0) state.textContent = "行なし";
    },
  };
}
