// The package as its users get it: from a tarball, in projects of their own.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { modifier } from "../made/official.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bin = (name) => join(root, "node_modules/.bin", name);
const folders = [];
let tarball;

/** Runs a program and gives what it prints; what it says on failure is part of the error. */
function run(program, args, cwd) {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
  }
}

/** A new project with these files and the package installed. */
function project(files, type = "module") {
  const folder = mkdtempSync(join(tmpdir(), "santei-"));
  folders.push(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], folder);
  return folder;
}

/** The code of a language in the README. */
function readme(language) {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const block = text.match(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``));
  assert.ok(block, `README.md has an example in ${language}`);
  return block[1];
}

before(() => {
  const folder = mkdtempSync(join(tmpdir(), "santei-pack-"));
  folders.push(folder);
  const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder], join(root, "pkg")));
  const names = packed.files.map((file) => file.path);
  for (const name of [
    "dist/santei_bg.wasm",
    "dist/slim_bg.wasm",
    "dist/reader_bg.wasm",
    "types.d.ts",
    "node.cjs",
    "README.md",
  ]) {
    assert.ok(names.includes(name), `${name} is in the tarball`);
  }
  tarball = join(folder, packed.filename);
});

after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const VISIT = `{
  facility: { kind: "clinic" },
  patient: { birth_date: "1980-04-01" },
  visits: [{ date: "2026-07-01", consultation: "first" }],
}`;

test("the README's example for Node", () => {
  const folder = project({ "main.mjs": readme("js") });
  assert.equal(run("node", ["main.mjs"], folder), "293 880\n初診料\n");
});

test("what a patient pays in a month", () => {
  const main = `import { initSync, Masters } from "santei/node";
initSync();
const masters = Masters.standard();
const month = masters.copay({
  birth_date: "1980-04-01",
  coverage: { ceiling_class: "ウ" },
  visits: [
    { date: "2026-08-03", segments: [{ points: 20000 }] },
    { date: "2026-08-10", segments: [{ points: 15000 }] },
  ],
});
console.log(month.visits.map((visit) => visit.due).join(" "), month.claims[0].patient);
const household = masters.household({
  on: "2026-07-01",
  ceiling_class: "ウ",
  members: [{ person: "a", age_class: "under_70", setting: "inpatient", cost_yen: 1000000, copay_rate: 3 }],
});
console.log(household.limit, household.refund, household.self);
try { masters.copay({ birth_date: "1980-04-01", visits: [] }); } catch (error) { console.log(error.errors[0].path); }`;
  assert.equal(
    run("node", ["main.mjs"], project({ "main.mjs": main })),
    "60000 26440 86440\n87430 212570 87430\nvisits\n",
  );
});

test("codes put together, taken apart and led to others", () => {
  const main = `
    import { init, Masters, SanteiError } from "santei";
    import assert from "node:assert/strict";
    await init();
    const masters = Masters.standard();
    const composed = masters.composeDisease({ disease: "7153018", modifiers: ["2056"], suspected: true });
    assert.deepEqual([composed.name, composed.valid, composed.modifier_codes], ["右変形性膝関節症の疑い", true, "20568002"]);
    const { whole, readings } = masters.decomposeDisease("右変形性膝関節症の疑い", { date: "2026-07-01", limit: 3 });
    assert.ok(whole && readings.length === 3);
    assert.equal(readings[0].disease, "7153018");
    assert.equal(masters.diseaseSuccessor("7153018").current, "7153018");
    const card = masters.drug("2149039F2ZZZ", { date: "2026-07-01" });
    assert.ok(card.products.length > 1 && card.group.members.some((member) => member.cheaper));
    assert.equal(masters.lab("3D046000001906202").procedures[0].procedure, "160010010");
    assert.ok(masters.labsOfProcedure("160010010").length > 0);
    assert.ok(masters.feeItem("A000", { date: "2026-07-01" }).procedures.length > 0);
    assert.equal(masters.comments("111000110").relations_loaded, false);
    assert.equal(masters.comment("820000002", { date: "2026-05-01" }).form.pattern, 20);
    assert.equal(masters.composeComment("820000002", undefined, { date: "2026-05-01" }).text, "自費から");
    const bad = [
      () => masters.drug("4987107609220"),
      () => masters.drug("\\ud800"),
      () => masters.lab(""),
      () => masters.composeDisease({ disease: "1" }),
      () => masters.decomposeDisease("あ".repeat(10_000)),
      () => masters.feeItem("D007", { date: "2026-02-30" }),
    ];
    for (const call of bad) assert.throws(call, SanteiError);
  `;
  run("node", ["main.mjs"], project({ "main.mjs": main }));
});

test("by the rules of another revision", () => {
  const main = `import { init, Masters } from "santei";
await init();
const { statement, copay } = Masters.standard().calculate(${VISIT}, { asOfRevision: "r6" });
console.log(statement.as_of_revision, statement.total_points, copay[0].as_of_revision);
try { Masters.standard().calculate(${VISIT}, { asOfRevision: "r7" }); } catch (error) { console.log(error.errors[0].kind); }`;
  assert.equal(run("node", ["main.mjs"], project({ "main.mjs": main })), "r6 291 r6\nunknown_revision\n");
});

test("require", () => {
  const main = `const { initSync, Masters } = require("santei");
initSync();
console.log(Masters.standard().calculate(${VISIT}).statement.total_points);`;
  assert.equal(run("node", ["main.cjs"], project({ "main.cjs": main }, "commonjs")), "293\n");
});

test("one instance for import and require, init as often as one likes", () => {
  const main = `import { createRequire } from "node:module";
import { init, initSync, Masters, SanteiError } from "santei";
import * as node from "santei/node";
const required = createRequire(import.meta.url)("santei");
await Promise.all([init(), init(), node.init()]);
initSync();
console.log(required.SanteiError === SanteiError, node.Masters === Masters);
console.log(required.Masters.standard() instanceof Masters);`;
  assert.equal(run("node", ["main.mjs"], project({ "main.mjs": main })), "true true\ntrue\n");
});

test("the slim build works on a pack alone", () => {
  const main = `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init, Masters } from "santei/slim";
const wasm = createRequire(import.meta.url).resolve("santei/slim.wasm");
await init(readFileSync(wasm));
const masters = Masters.empty().addPack(readFileSync("pack-v1.pack"));
console.log(masters.packs().flatMap((pack) => pack.sources.map((source) => source.file)).includes("procedures.csv"));
console.log(masters.find("初診", { date: "2024-06-01" })[0].code);
for (const absent of [() => Masters.standard(), () => masters.drug("610406047"), () => masters.readClaims("")]) {
  try { absent(); } catch (error) { console.log(error.name, error.errors[0].kind, error.errors[0].message); }
}`;
  const folder = project({ "main.mjs": main });
  writeFileSync(join(folder, "pack-v1.pack"), readFileSync(join(root, "tests/fixtures/pack-v1.pack")));
  assert.equal(
    run("node", ["main.mjs"], folder),
    [
      "true",
      "111000110",
      "SanteiError not_ready the slim build has no standard masters",
      "SanteiError not_ready the slim build has no `drug`",
      "SanteiError not_ready the slim build has no `readClaims`",
      "",
    ].join("\n"),
  );
});

test("the reader: import and require give one instance, and the errors are the engine's", () => {
  const main = `import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initSync, Masters, SanteiError } from "santei";
import * as reader from "santei/reader";
const required = createRequire(import.meta.url)("santei/reader");
console.log(required.readOfficial === reader.readOfficial, required.SanteiError === SanteiError);
const { pack, report } = await reader.readOfficial([{ name: "z_20250601.txt", data: readFileSync("z_20250601.txt") }]);
initSync();
const [own] = Masters.empty().addPack(pack).packs();
console.log(report.fault_count, own.engine === reader.version(), own.sources[0].kind, own.sources[0].edition);`;
  const folder = project({ "main.mjs": main });
  writeFileSync(join(folder, "z_20250601.txt"), modifier("8999", "試しの"));
  assert.equal(run("node", ["main.mjs"], folder), "true true\n0 true modifier 2025-06-01\n");
});

test("the reader in a worker, built by Vite: one .wasm, and the page itself loads none", () => {
  const page = `<!doctype html><meta charset="utf-8"><script type="module" src="./main.js"></script>`;
  const folder = project({
    "index.html": page,
    "main.js": `new Worker(new URL("./worker.js", import.meta.url), { type: "module" });`,
    "worker.js": `import { readOfficial } from "santei/reader";
addEventListener("message", async ({ data }) => postMessage(await readOfficial(data)));`,
    "vite.config.js": `export default { worker: { format: "es" } };`,
  });
  run(bin("vite"), ["build", "--logLevel", "warn"], folder);
  const assets = readdirSync(join(folder, "dist/assets"));
  assert.deepEqual(
    assets.filter((name) => name.endsWith(".wasm")).map((name) => name.split("-")[0]),
    ["reader_bg"],
    assets.join(" "),
  );
});

test("errors carry their path", () => {
  const main = `import { initSync, Masters, SanteiError } from "santei/node";
initSync();
const masters = Masters.standard();
for (const wrong of [() => masters.calculate("{"), () => masters.calculate({ ...${VISIT}, colour: 1 }),
    () => masters.calculate({ ...${VISIT}, visits: [{ date: "2026-07-01", consultation: "first", orders: [{ procedure: "199999999" }] }] }),
    () => Masters.empty().addPack(new Uint8Array([1, 2, 3])), () => masters.find("x", { date: "tomorrow" })]) {
  try { wrong(); console.log("no error"); } catch (error) {
    console.log(error instanceof SanteiError, error.errors[0].kind, error.errors[0].path);
  }
}`;
  const lines = run("node", ["main.mjs"], project({ "main.mjs": main }))
    .trim()
    .split("\n");
  assert.equal(lines.length, 5);
  assert.ok(
    lines.every((line) => line.startsWith("true ")),
    lines.join("\n"),
  );
  assert.equal(lines[1], "true schema colour");
  assert.equal(lines[2], "true unknown_code visits[0].orders[0].procedure");
});

test("types, strictly", () => {
  const main = `import { init, Masters, SanteiError, type Calculation, type CopayMonth, type Encounter, type Month } from "santei";
import { readOfficial, type ReadProgress } from "santei/reader";
import { Masters as Slim } from "santei/slim";
await init();
const visit: Encounter = ${VISIT};
const result: Calculation = Masters.standard().calculate(visit, { trace: true });
const points: number = result.statement.total_points;
const amount: number | null = result.copay[0]?.amount ?? null;
const verdicts: ("charged" | "bundled" | "excluded" | "limited" | "needs_review")[] =
  result.statement.visits.flatMap((visit) => visit.lines.map((line) => line.verdict));
const steps: ReadProgress["step"][] = [];
const read = await readOfficial([new File([], "s_20240601.csv"), { name: "a.csv", data: () => new Uint8Array() }], {
  onProgress: ({ step, filesDone }) => filesDone >= 0 && steps.push(step),
});
const bytes: Uint8Array | null = read.pack;
const place: number | undefined = read.report.faults[0]?.line;
// @ts-expect-error no data
await readOfficial([{ name: "a.csv" }]);
// @ts-expect-error an unknown consultation
const wrong: Encounter = { ...visit, visits: [{ date: "2026-07-01", consultation: "maybe" }] };
const month: Month = { birth_date: "1980-04-01", visits: [{ date: "2026-07-01", segments: [{ points: 100 }] }] };
const copay: CopayMonth = Masters.standard().copay(month);
const due: number = copay.due;
const slim: Slim = Slim.empty().addPack(new Uint8Array());
const points2: number = slim.calculate(visit).statement.total_points;
// @ts-expect-error only the whole engine reads claims
slim.readClaims("");
export { amount, bytes, due, place, points, points2, verdicts, wrong, Slim, SanteiError };
`;
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
    },
    files: ["main.ts"],
  };
  const folder = project({ "main.ts": main, "tsconfig.json": JSON.stringify(config) });
  run(bin("tsc"), ["--project", folder], folder);
});

test("Vite builds the README's page with a single .wasm", () => {
  const folder = project({ "index.html": `<!doctype html><meta charset="utf-8"><body>${readme("html")}` });
  run(bin("vite"), ["build", "--logLevel", "warn"], folder);
  const assets = readdirSync(join(folder, "dist/assets"));
  assert.equal(assets.filter((name) => name.endsWith(".wasm")).length, 1, assets.join(" "));
});

test("publint and attw find nothing", () => {
  run(bin("publint"), ["run", tarball, "--strict"], root);
  run(
    bin("attw"),
    [
      tarball,
      "--ignore-rules",
      "cjs-resolves-to-esm",
      "--exclude-entrypoints",
      "santei.wasm",
      "slim.wasm",
      "reader.wasm",
    ],
    root,
  );
});
