// Reads official files beside the page, so that the page stays alive. It ends with its work: its memory goes with it.
import { type ReadProgress, type ReadReport, readOfficial, SanteiError } from "santei/reader";
import type { Found } from "./files.ts";

/** What the worker says. */
export type Said =
  | { what: "progress"; progress: ReadProgress }
  | { what: "done"; pack: Uint8Array<ArrayBuffer> | null; report: ReadReport; ignored: string[] }
  | { what: "failed"; message: string };

const say = (said: Said, transfer: Transferable[] = []) => postMessage(said, { transfer });

addEventListener("message", async ({ data }: MessageEvent<Found[]>) => {
  const files = data.map(({ name, file, why }) => ({
    name,
    data:
      file ??
      (() => {
        throw new Error(why);
      }),
  }));
  try {
    const onProgress = (progress: ReadProgress) => say({ what: "progress", progress });
    // Rows with a fault are left out; the page asks before it uses such a pack.
    const { pack, report, ignored } = await readOfficial(files, { onProgress, keepGoing: true });
    say({ what: "done", pack, report, ignored }, pack ? [pack.buffer] : []);
  } catch (error) {
    const message =
      error instanceof SanteiError ? error.errors.map(({ message }) => message).join(" / ") : String(error);
    say({ what: "failed", message });
  }
});
