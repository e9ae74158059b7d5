// Measures how long the page takes in Chromium from a folder of official files that is chosen to the pack that is in use
// and kept, and what memory it takes: `node benches/browser/reader.mjs FOLDER [RUNS]`, after `cargo xtask build` and
// `npx vite build js-demo`. CHROME names another browser than /usr/bin/chromium.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchIn, serve } from "../../tests/browser/support.mjs";

const [folder, runs = "5"] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node benches/browser/reader.mjs FOLDER [RUNS]");
  process.exit(2);
}

/**
 * The most memory that the page's own process ever had, in MB, and the time that it was given by the processor, in
 * seconds: Linux tells. The latter says what an idle machine would need at most.
 */
async function used(context) {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  const pages = processInfo.filter(({ type }) => type === "renderer");
  const status = (id) => readFileSync(`/proc/${id}/status`, "utf8");
  const peaks = pages.map(({ id }) => Number(/VmHWM:\s+(\d+)/u.exec(status(id))?.[1] ?? 0) / 1000);
  return { memory: Math.max(0, ...peaks), processor: pages.reduce((sum, { cpuTime }) => sum + cpuTime, 0) };
}

function print({ time, processor, before, memory }) {
  const sizes = `${memory.toFixed(0)} MB at most, ${before.toFixed(0)} MB before`;
  console.log(`${time.toFixed(2)} s, of the processor ${processor.toFixed(2)} s; ${sizes}`);
}

const server = await serve();
const all = [];
for (let run = 0; run < Number(runs); run += 1) {
  const profile = mkdtempSync(join(tmpdir(), "santei-bench-"));
  const context = await launchIn(profile);
  const [page] = context.pages();
  await page.goto(server.address);
  await page.locator("#statement .line").first().waitFor();
  const before = await used(context);
  await page.locator("#open-packs").click();
  const begin = performance.now();
  await page.locator("#folder-file").setInputFiles(folder);
  await page.locator("#read-report [role=status]", { hasText: "保存しました" }).waitFor({ timeout: 120_000 });
  const time = (performance.now() - begin) / 1000;
  const after = await used(context);
  all.push({ time, processor: after.processor - before.processor, before: before.memory, memory: after.memory });
  print(all.at(-1));
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
await server.close();
const median = (name) => all.map((run) => run[name]).toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
console.log("median:");
print({ time: median("time"), processor: median("processor"), before: median("before"), memory: median("memory") });
