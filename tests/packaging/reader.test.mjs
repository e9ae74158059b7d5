// santei/reader: the same pack as `santei pack`, from the same files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { initSync, Masters, SanteiError } from "santei/node";
import { readOfficial } from "santei/reader";
import * as api from "../../pkg/api.mjs";
import { bindReader } from "../../pkg/reader-api.mjs";
import { cp932, genericNames, modifier, procedure, zip } from "../made/official.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "santei-reader-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** What `santei pack` makes of a folder, with the rows that have faults left out. */
function native(folder) {
  const pack = join(scratch, "native.pack");
  const run = ["run", "--quiet", "--bin", "santei", "--", "pack", folder, "-o", pack, "--keep-going"];
  execFileSync("cargo", run, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(pack);
}

/** The files of a folder, each loaded when its turn comes. */
function inFolder(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
  // Not in the order in which they are read: the reader sees to that.
  return names.reverse().map((name) => ({ name, data: () => readFile(join(folder, name)) }));
}

async function compared(folder) {
  const { pack, report, ignored } = await readOfficial(inFolder(folder), { keepGoing: true });
  assert.ok(pack);
  assert.equal(Buffer.compare(native(folder), pack), 0, "the bytes of the native pack");
  return { pack, report, ignored };
}

const wrong =
  procedure({ code: "18099X910", name: "コードの誤り" }) + procedure({ code: "180999810", name: "正しい行" });
const FILES = {
  "s_20260601.csv": cp932(procedure({ code: "180999910", name: "試験用の処置", points: "123.00" })),
  "old/s_20240601.csv": cp932(
    procedure({ code: "180999910", name: "試験用の処置", points: "120.00", from: "20240601" }),
  ),
  "old-2/s_20250601.csv": cp932(wrong),
  "z_utf8_20250601.txt": modifier("8998", "読めない名前"),
  "modifiers.zip": zip({ "z_20250601.txt": cp932(modifier("8999", "試しの")), "readme.exe": "no" }),
  "generic.xlsx": genericNames(),
  "photo.png": "no",
};

function madeFolder(files = FILES) {
  const folder = mkdtempSync(join(scratch, "made-"));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

test("small files: the bytes of the native pack, faults with their places, a code that only they have", async () => {
  const { pack, report, ignored } = await compared(madeFolder());
  assert.deepEqual(ignored, ["photo.png"]);
  const [fault] = report.faults;
  assert.deepEqual(
    [report.fault_count, fault.file, fault.line, fault.column[0], fault.kind, fault.got],
    [1, "old-2/s_20250601.csv", 1, 3, "number", "18099X910"],
  );
  assert.deepEqual(
    report.masters.map(({ table }) => table),
    ["procedure", "modifier", "generic_name"],
  );
  initSync();
  const masters = Masters.standard().addPack(pack);
  const visit = {
    facility: { kind: "clinic" },
    patient: { birth_date: "1980-04-01" },
    visits: [{ date: "2026-07-01", consultation: "none", orders: [{ procedure: "180999910" }] }],
  };
  assert.equal(masters.calculate(visit).statement.visits[0].lines[0].total, 123);
  assert.throws(() => Masters.standard().calculate(visit), SanteiError);
});

test("without keepGoing, faults give no pack", async () => {
  const { pack, report } = await readOfficial(inFolder(madeFolder()));
  assert.equal(pack, null);
  assert.equal(report.fault_count, 1);
});

test("the published files of a whole revision", async (context) => {
  const folder = join(root, "../shared/masters/r6");
  if (!existsSync(folder)) return context.skip(`there is no folder ${folder}`);
  const { report } = await compared(folder);
  assert.equal(report.fault_count, 0);
});

test("progress names each file, and the end", async () => {
  const steps = [];
  await readOfficial(inFolder(madeFolder()), { keepGoing: true, onProgress: (step) => steps.push(step) });
  assert.deepEqual(
    steps.filter(({ step }) => step === "reading").map(({ input, file, filesDone }) => [input, file, filesDone]),
    [
      ["generic.xlsx", "generic.xlsx", 0],
      ["modifiers.zip", "modifiers.zip/z_20250601.txt", 1],
      ["old/s_20240601.csv", "old/s_20240601.csv", 2],
      ["old-2/s_20250601.csv", "old-2/s_20250601.csv", 3],
      ["s_20260601.csv", "s_20260601.csv", 4],
      ["z_utf8_20250601.txt", "z_utf8_20250601.txt", 5],
    ],
  );
  assert.ok(steps.every(({ filesTotal }) => filesTotal === 6));
  assert.deepEqual(
    steps.slice(-4).map(({ step, input }) => [step, input]),
    [...["joining", "joining", "joining"].map((step) => [step, null]), ["writing", null]],
  );
});

test("what is no master is a fault of its file, never an exception", async () => {
  const bytes = (text) => new TextEncoder().encode(text);
  const files = [
    { name: "s_20240601.csv", data: new Uint8Array() },
    { name: "y_20240601.csv", data: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13) },
    { name: "cut.zip", data: FILES["modifiers.zip"].subarray(0, 60) },
    { name: "burst.zip", data: zip({ "s_20240601.csv": Buffer.alloc(5_000_000) }) },
    { name: "empty.zip", data: zip({}) },
    { name: "gone.csv", data: () => Promise.reject(new Error("it went away")) },
    { name: "b_20250601.txt", data: new Blob([FILES["s_20260601.csv"]]) },
    { name: "notes.txt", data: bytes("nothing official").buffer },
    { name: "folder\\._s_20240601.csv", data: bytes("beside a file of a Mac") },
  ];
  const { pack, report, ignored } = await readOfficial(files, { keepGoing: true });
  assert.equal(pack, null);
  assert.deepEqual(ignored, ["folder/._s_20240601.csv"]);
  const kinds = Object.fromEntries(report.faults.map(({ file, kind }) => [file, kind]));
  assert.deepEqual(kinds, {
    "b_20250601.txt": "unknown_layout",
    "burst.zip/s_20240601.csv": "unreadable",
    "cut.zip": "unreadable",
    "gone.csv": "unreadable",
    "notes.txt": "unknown_layout",
    "s_20240601.csv": "unknown_layout",
    "y_20240601.csv": "unknown_layout",
  });
  assert.match(report.faults.find(({ file }) => file === "gone.csv").got, /it went away/);
});

test("a file over the limit is refused before it is loaded", async () => {
  const large = { size: 600 * 2 ** 20, arrayBuffer: () => assert.fail("it was loaded") };
  Object.setPrototypeOf(large, Blob.prototype);
  const { report } = await readOfficial([{ name: "s_20240601.csv", data: large }]);
  assert.deepEqual([report.fault_count, report.faults[0].kind], [1, "unreadable"]);
});

test("wrong use, a listener that throws and a signal reject, and the next reading works", async () => {
  await assert.rejects(readOfficial([{ name: "s.csv" }]), SanteiError);
  const stop = () => {
    throw new RangeError("enough");
  };
  await assert.rejects(readOfficial(inFolder(madeFolder()), { onProgress: stop }), RangeError);
  const signal = AbortSignal.abort();
  await assert.rejects(readOfficial(inFolder(madeFolder()), { signal }), { name: "AbortError" });
  const { pack } = await readOfficial(inFolder(madeFolder()), { keepGoing: true });
  assert.ok(pack);
});

test("when WebAssembly stops for want of memory, the error says what to do", async () => {
  class Reader {
    static limit = () => 2 ** 29;
    add() {
      throw new WebAssembly.RuntimeError("unreachable");
    }
    free() {
      throw new Error("attempted to take ownership of Rust value while it was borrowed");
    }
  }
  const glue = { default: async () => {}, readingOrder: (names) => names.map((_, place) => place), Reader };
  const { readOfficial } = bindReader(glue, { fallback: () => new Uint8Array() }, api);
  await assert.rejects(readOfficial([{ name: "s_20240601.csv", data: new Uint8Array(1) }]), (error) => {
    assert.ok(error instanceof api.SanteiError);
    assert.match(error.errors[0].help, /fewer or smaller files/);
    return true;
  });
});
