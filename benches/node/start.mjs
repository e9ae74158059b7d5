// From nothing to the first answer, and the memory that it takes: each in a process of its own.
import { spawnSync } from "node:child_process";
import { median } from "./timing.mjs";

const pkg = new URL("../../pkg/node.mjs", import.meta.url).href;
const visit = JSON.stringify(new URL("../visit.json", import.meta.url).pathname);

/** Time in ms and memory in MB of each way to a first answer. */
export function starts(folder, full) {
  const rows = JSON.stringify(`${folder}/rows.json`);
  const pack = JSON.stringify(`${folder}/masters.pack`);
  const open = full ? `Masters.empty().addPack(readFileSync(${pack}))` : "Masters.standard()";
  const santei = `const { init, Masters } = await import(${JSON.stringify(pkg)}); await init();`;
  const ways = {
    "bare Node": "answer = 1;",
    "JSON.parse of the rows": `answer = JSON.parse(readFileSync(${rows}, "utf8")).find((row) => row[3][0].includes("高血圧"));`,
    // The least: the file as one string, the place found in it.
    "one JS string": `answer = readFileSync(${rows}, "utf8").indexOf("高血圧") + 1;`,
    "santei find": `${santei} answer = ${open}.find("高血圧")[0];`,
    "santei show": `${santei} answer = ${open}.show("160000310");`,
    "santei calculate": `${santei} answer = Masters.standard().calculateJson(readFileSync(${visit}, "utf8"));`,
  };
  return Object.fromEntries(Object.entries(ways).map(([name, code]) => [name, measure(code)]));
}

function measure(code) {
  const program = `
    import { existsSync, readFileSync } from "node:fs";
    // What getrusage gives may be the parent's; Linux tells the process's own highest mark.
    const status = "/proc/self/status";
    const own = () => Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync(status, "utf8"))[1]);
    let answer;
    const start = process.hrtime.bigint();
    ${code}
    if (!answer) throw new Error("no answer");
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    console.log(JSON.stringify({ ms, mb: (existsSync(status) ? own() : process.resourceUsage().maxRSS) / 1000 }));`;
  const runs = Array.from({ length: 7 }, () => {
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    if (child.status !== 0) throw new Error(child.stderr);
    return JSON.parse(child.stdout);
  });
  return { ms: median(runs.map((run) => run.ms)), mb: median(runs.map((run) => run.mb)) };
}
