// Official files on the page: dropped, read, told of, kept, used, saved, removed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { cp932, genericNames, modifier, procedure, zip } from "../made/official.mjs";
import { launch, launchIn, newContext, onPage, root, serve } from "./support.mjs";

const scratch = mkdtempSync(join(tmpdir(), "santei-masters-"));
let server;
let browser;

before(async () => {
  server = await serve();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** A page in a browser of its own, which forgets everything. */
const fresh = async (body, options) => onPage(await newContext(browser, options), server.address, body);

/** A code that no standard master has. */
const OWN = "180999910";
const MASTER = { "s_20260601.csv": cp932(procedure({ code: OWN, name: "試験用の処置", points: "123.00" })) };

/** Drops files of these names and contents on the page, as a hand does. */
async function drop(page, files) {
  const list = Object.entries(files).map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes).toString("base64") }));
  const transfer = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of list) {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], name));
    }
    return transfer;
  }, list);
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

const report = (page) => page.locator("#read-report h3");
const problem = (page, text) => page.locator("#pack-error", { hasText: text }).waitFor();
const kept = (page, name) => page.locator("#pack-list .pack", { has: page.locator("h3", { hasText: name }) });

/** Writes a visit with one order into the JSON, and gives the statement. */
async function order(page, code) {
  const visit = {
    facility: { kind: "clinic" },
    patient: { birth_date: "1980-04-01" },
    visits: [{ date: "2026-07-01", consultation: "none", orders: [{ procedure: code }] }],
  };
  if (!(await page.locator("#json").evaluate(({ open }) => open))) await page.locator("#json > summary").click();
  await page.locator("#json-input").fill(JSON.stringify(visit));
}

/** Whether the page knows the code. */
async function knows(page, code) {
  await order(page, code);
  await page.locator("#statement .line, #errors .faults").first().waitFor();
  return (await page.locator("#statement .line").count()) > 0;
}

test("drop, read, used, there at the next start of the browser, saved, removed", async () => {
  const profile = join(scratch, "profile");
  await onPage(await launchIn(profile), server.address, async (page) => {
    assert.equal(await knows(page, OWN), false);
    await drop(page, MASTER);
    await report(page).filter({ hasText: "1 個のファイルから 1 行を読みました。誤りはありません。" }).waitFor();
    await page.locator("#read-report", { hasText: "次に開いたときも使えます" }).waitFor();
    await page.locator("#close-packs").click();
    assert.match(await page.locator("#statement .line").first().innerText(), /試験用の処置[\s\S]*123 点/u);
  });
  // Another process, the same profile.
  await onPage(await launchIn(profile, { acceptDownloads: true }), server.address, async (page) => {
    assert.equal(await knows(page, OWN), true);
    await page.locator("#open-packs", { hasText: "＋1" }).click();
    const pack = kept(page, "s_20260601.csv");
    await pack.locator("summary").click();
    assert.match(await pack.locator("tr").innerText(), /医科診療行為\s+s_20260601\.csv\s+2026-06-01\s+1 行/u);

    const download = page.waitForEvent("download");
    await pack.getByRole("button", { name: "ファイルに保存" }).click();
    const saved = join(scratch, "saved.pack");
    await (await download).saveAs(saved);
    assert.match((await download).suggestedFilename(), /^s_20260601\.csv\.pack$/);
    assert.equal(Buffer.compare(readFileSync(saved), nativePack(MASTER)), 0, "the pack of `santei pack`");

    await pack.getByRole("button", { name: "取り除く" }).click();
    await pack.waitFor({ state: "detached" });
    await page.locator("#close-packs").click();
    assert.equal(await knows(page, OWN), false);
    await page.reload();
    await page.locator("#statement .line").first().waitFor();
    assert.equal(await knows(page, OWN), false);

    // The pack that was saved comes back, and is kept too.
    await page.locator("#pack-file").setInputFiles(saved);
    await kept(page, "saved.pack").filter({ hasText: "このブラウザーに保存済み" }).waitFor();
    await page.reload();
    await page.locator("#open-packs", { hasText: "＋1" }).waitFor();
    assert.equal(await knows(page, OWN), true);
  });
});

/** What the command line makes of these files. */
function nativePack(files) {
  const folder = mkdtempSync(join(scratch, "native-"));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  const pack = `${folder}.pack`;
  const run = ["run", "--quiet", "--bin", "santei", "--", "pack", folder, "-o", pack];
  execFileSync("cargo", run, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  return readFileSync(pack);
}

test("a folder, through the chooser: the names within it, the pack of `santei pack`", () =>
  fresh(
    async (page) => {
      const files = { ...MASTER, "inner/z.zip": zip({ "z_20250601.txt": cp932(modifier("8999", "試しの")) }) };
      const folder = join(scratch, "令和8年度");
      for (const [name, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      await page.locator("#folder-file").setInputFiles(folder);
      const pack = kept(page, "令和8年度");
      await pack.waitFor();
      const download = page.waitForEvent("download");
      await pack.getByRole("button", { name: "ファイルに保存" }).click();
      const saved = join(scratch, "folder.pack");
      await (await download).saveAs(saved);
      assert.equal(Buffer.compare(readFileSync(saved), nativePack(files)), 0);
    },
    { acceptDownloads: true },
  ));

test("a folder, dropped by hand: what is in it is read under the folder's name", () =>
  fresh(async (page, context) => {
    const folder = join(scratch, "dropped", "令和6年度");
    mkdirSync(join(folder, "inner"), { recursive: true });
    writeFileSync(join(folder, "表紙.png"), "no master");
    writeFileSync(join(folder, "inner/s_20260601.csv"), MASTER["s_20260601.csv"]);
    const session = await context.newCDPSession(page);
    const data = { items: [], files: [folder], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await session.send("Input.dispatchDragEvent", { type, x: 100, y: 300, data });
    }
    await kept(page, "令和6年度").locator("summary").click();
    await kept(page, "令和6年度").filter({ hasText: "inner/s_20260601.csv" }).waitFor();
    await page.locator("#read-report summary", { hasText: "読まなかったファイル（1）" }).waitFor();
  }));

test("faults stand by file, line and column, and their rows are used around only when one says so", () =>
  fresh(async (page) => {
    const rows = [
      procedure({ code: OWN, name: "試験用の処置", points: "123.00" }),
      procedure({ code: "18099X910", name: "コードの誤り" }),
      procedure({ code: "180999810", name: "日付の誤り", from: "20260631" }),
    ];
    await drop(page, { "s_20260601.csv": cp932(rows.join("")), "list.png": "a picture" });
    await report(page).filter({ hasText: "誤りが 2 件" }).waitFor();
    const told = page.locator("#read-report tbody tr");
    assert.match(await told.nth(0).innerText(), /s_20260601\.csv\s+2\s+3 診療行為コード\s[\s\S]*18099X910/u);
    assert.match(await told.nth(1).innerText(), /s_20260601\.csv\s+3\s+87 変更年月日\s[\s\S]*20260631/u);
    assert.equal(await page.locator("#open-packs").innerText(), "マスター");
    // By keyboard: the report has the focus, the choice comes next.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await kept(page, "s_20260601.csv").filter({ hasText: "誤りのあった 2 か所の行を除く" }).waitFor();
    await page.locator("#read-report summary", { hasText: "読まなかったファイル（1）" }).click();
    await page.locator("#read-report", { hasText: "list.png" }).waitFor();
    await page.locator("#close-packs").click();
    assert.equal(await knows(page, OWN), true);
    assert.equal(await knows(page, "180999810"), false);
  }));

test("every bad file is a sentence, and the good ones beside it are read", () =>
  fresh(async (page) => {
    await drop(page, {
      "s_20240601.csv": "",
      "y_20240601.csv": Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
      "burst.zip": zip({ "s_20240601.csv": Buffer.alloc(5_000_000) }),
      "cut.zip": zip(MASTER).subarray(0, 80),
      "formulas.xlsx": genericNames(),
    });
    await report(page).filter({ hasText: "1 個のファイルから 1 行を読みました。誤りが 4 件" }).waitFor();
    const told = await page.locator("#read-report tbody").innerText();
    for (const name of ["s_20240601.csv", "y_20240601.csv", "burst.zip/s_20240601.csv", "cut.zip"]) {
      assert.ok(told.includes(name), `${name} in ${told}`);
    }
    assert.equal(await page.locator("#read-report .mending li").count(), 2);
    await page.getByRole("button", { name: "使わない" }).click();
    assert.equal(await page.locator("#pack-list .pack").count(), 2);

    await drop(page, { "memo.docx": "nothing official" });
    await report(page).filter({ hasText: "読み込めるマスターがありませんでした" }).waitFor();
    await drop(page, {});
    await problem(page, "ファイルがありませんでした");
    await drop(page, { "nonsense.pack": "this is no pack" });
    await problem(page, "nonsense.pack");
    await page.locator("#close-packs").click();
    assert.match(await page.locator("#statement .summary").first().innerText(), /点/);
  }));

/** A master that takes a while. */
function long() {
  const row = cp932(procedure({ code: OWN, name: "試験用の処置" })).toString("latin1");
  const rows = Array.from({ length: 30_000 }, (_, index) => row.replace(OWN, String(180_000_000 + index)));
  return Buffer.from(rows.join(""), "latin1");
}

test("dropping while reading is refused in words, stopping leaves everything as it was", () =>
  fresh(async (page) => {
    const file = join(scratch, "s_20260601.csv");
    writeFileSync(file, long());
    await page.locator("#open-packs").click();
    await page.locator("#pack-file").setInputFiles(file);
    await page.locator("#reading").waitFor();
    await drop(page, MASTER);
    await problem(page, "いま読み込んでいます");
    await page.locator("#reading-stop").click();
    await problem(page, "中止しました");
    assert.equal(await page.locator("#reading").isVisible(), false);
    // And the next one goes through.
    await drop(page, MASTER);
    await kept(page, "s_20260601.csv").waitFor();
    assert.equal(await page.locator("#pack-error").innerText(), "");
  }));

test("no room, and no store at all: used for now, and said so; a store without files is made up for", async () => {
  await fresh(async (page, context) => {
    const session = await context.newCDPSession(page);
    const origin = new URL(server.address).origin;
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
    await drop(page, MASTER);
    await problem(page, "保存場所がいっぱい");
    await kept(page, "s_20260601.csv").filter({ hasText: "保存されていません" }).waitFor();
    await page.locator("#close-packs").click();
    assert.equal(await knows(page, OWN), true);
  });
  const denied = () => {
    const refuse = () => Promise.reject(new DOMException("denied", "SecurityError"));
    Object.defineProperty(StorageManager.prototype, "getDirectory", { value: refuse });
  };
  const closed = () => {
    const refuse = () => {
      throw new DOMException("denied", "SecurityError");
    };
    Object.defineProperty(IDBFactory.prototype, "open", { value: refuse });
  };
  const context = async (...scripts) => {
    const made = await newContext(browser);
    for (const script of scripts) await made.addInitScript(script);
    return made;
  };
  await onPage(await context(denied, closed), server.address, async (page) => {
    await drop(page, MASTER);
    await problem(page, "保存できず");
    await page.locator("#close-packs").click();
    assert.equal(await knows(page, OWN), true);
    await page.locator("#open-packs").click();
    await kept(page, "s_20260601.csv").getByRole("button", { name: "取り除く" }).click();
    await page.locator("#close-packs").click();
    assert.equal(await knows(page, OWN), false);
  });
  // IndexedDB alone keeps it as well.
  await onPage(await context(denied), server.address, async (page) => {
    await drop(page, MASTER);
    await kept(page, "s_20260601.csv").filter({ hasText: "このブラウザーに保存済み" }).waitFor();
    await page.reload();
    await page.locator("#open-packs", { hasText: "＋1" }).click();
    await kept(page, "s_20260601.csv").getByRole("button", { name: "取り除く" }).click();
    await page.locator("#open-packs", { hasText: /^マスター$/u }).waitFor();
    await page.reload();
    await page.locator("#statement .line").first().waitFor();
    assert.equal(await page.locator("#open-packs").innerText(), "マスター");
  });
});

test("a kept pack that is damaged does not hold up the page, and can be removed", () =>
  fresh(async (page) => {
    await drop(page, MASTER);
    await kept(page, "s_20260601.csv").filter({ hasText: "保存済み" }).waitFor();
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("santei-packs");
      for await (const handle of folder.values()) {
        const out = await handle.createWritable({ keepExistingData: true });
        await out.write({ type: "write", position: 400, data: "damaged" });
        await out.close();
      }
    });
    await page.reload();
    await page.locator("#status", { hasText: "使えません" }).waitFor();
    assert.equal(await knows(page, OWN), false);
    await page.locator("#open-packs").click();
    const broken = kept(page, "s_20260601.csv").filter({ hasText: "作りなおしてください" });
    await broken.getByRole("button", { name: "取り除く" }).click();
    await broken.waitFor({ state: "detached" });
  }));

test("a reader that cannot start is a sentence, and the next attempt works", () =>
  fresh(async (page) => {
    const wasm = "**/reader_bg*.wasm";
    await page.context().route(wasm, (route) => route.fulfill({ contentType: "application/wasm", body: "nonsense" }));
    await drop(page, MASTER);
    await problem(page, "読み込みが途中で止まりました");
    assert.equal(await page.locator("#reading").isVisible(), false);
    await page.context().unroute(wasm);
    await drop(page, MASTER);
    await kept(page, "s_20260601.csv").waitFor();
  }));

test("a phone's width, while reading and after", () =>
  fresh(
    async (page) => {
      const wide = () =>
        page.evaluate(() => {
          const dialog = document.querySelector("#packs");
          return Math.max(dialog.scrollWidth - dialog.clientWidth, document.documentElement.scrollWidth - innerWidth);
        });
      await drop(page, { "s_20260601.csv": cp932(procedure({ code: "18099X910", name: "コードの誤り" })) });
      await report(page).waitFor();
      assert.ok((await wide()) <= 0, `${await wide()} pixels too wide`);
    },
    { viewport: { width: 360, height: 780 } },
  ));

const published = join(root, "../shared/masters/r6");

test(
  "the published files of a whole revision within the time that people wait",
  { skip: existsSync(published) ? false : `there is no folder ${published}` },
  () =>
    fresh(async (page) => {
      await page.locator("#open-packs").click();
      const begin = performance.now();
      await page.locator("#folder-file").setInputFiles(published);
      await report(page).filter({ hasText: "誤りはありません" }).waitFor({ timeout: 60_000 });
      const seconds = (performance.now() - begin) / 1000;
      console.log(`read, checked, packed: ${seconds.toFixed(1)} s`);
      // A machine is not always idle; the goal is 12 s on one core.
      assert.ok(seconds < 30, `${seconds} s`);
    }),
);

test(
  "picture",
  {
    skip:
      process.env.UPDATE_SCREENSHOT && existsSync(published)
        ? false
        : "set UPDATE_SCREENSHOT=1 to take docs/masters.png",
  },
  () =>
    fresh(async (page) => {
      await page.locator("#open-packs").click();
      await page.locator("#folder-file").setInputFiles(published);
      await kept(page, "r6").locator("summary").click();
      await page.locator("#status.said").waitFor({ state: "hidden" });
      await page.locator("#packs").screenshot({ path: join(root, "docs/masters.png") });
    }),
);
