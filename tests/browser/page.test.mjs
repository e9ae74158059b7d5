// The demo page in a real browser, as somebody who tries it uses it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { initSync, Masters } from "santei/node";
import { build } from "vite";
import { launch, newContext, onPage as open, root, serve } from "./support.mjs";

const scratch = mkdtempSync(join(tmpdir(), "santei-browser-"));
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

const onPage = async (options, body) => open(await newContext(browser, options), server.address, body);
const total = (page) => page.locator("#statement .summary").first().innerText();

test("find by reading, add and calculate with the keyboard alone", () =>
  onPage({}, async (page) => {
    const before = await total(page);
    await page.keyboard.press("/");
    await page.keyboard.type("しょうえんちんつう");
    const options = page.getByRole("listbox").getByRole("option");
    await options.nth(1).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForFunction((old) => document.querySelector("#statement .summary")?.innerText !== old, before);
    // A treatment on the day takes 外来管理加算 away, and the statement says why.
    assert.match(await page.locator("#statement .line", { hasText: "外来管理加算" }).innerText(), /算定不可|不可/u);
  }));

test("diseases, drugs and procedures are found in any kana", () =>
  onPage({}, async (page) => {
    const search = page.getByRole("combobox", { name: /さがす/ }).first();
    for (const [query, name] of [
      ["こうけつあつ", "高血圧症"],
      ["ｱﾑﾛｼﾞ", "アムロジン"],
      ["160008010", "末梢血液一般検査"],
    ]) {
      await search.fill(query);
      await page
        .getByRole("option", { name: new RegExp(name, "u") })
        .first()
        .waitFor();
      // What matches is marked: in the name, or in the reading or code that is shown under it.
      assert.ok((await page.locator(".option mark").count()) > 0, query);
    }
    await search.fill("どこにもない名前");
    assert.match(await page.getByRole("listbox").innerText(), /見つかりません/);
  }));

test("a disease is composed as it is typed, and added to the visit", () =>
  onPage({}, async (page) => {
    await page.getByText("病名を組み立てる").click();
    await page.getByLabel("病名", { exact: true }).fill("右変形性膝関節症の疑い");
    const composed = page.locator("#composer .composed-name");
    assert.equal(await composed.innerText(), "右変形性膝関節症の疑い");
    await page.locator("#composer").getByRole("button", { name: "修飾語 右 を外す" }).click();
    assert.equal(await composed.innerText(), "変形性膝関節症の疑い");
    await page.getByRole("combobox", { name: "修飾語を付ける" }).fill("急性");
    await page.keyboard.press("Enter");
    assert.equal(await composed.innerText(), "急性変形性膝関節症の疑い");
    await page.locator("#composer").getByRole("button", { name: "受診に追加" }).click();
    const { visits } = JSON.parse(await page.locator("#json-input").inputValue());
    assert.deepEqual(visits[0].diagnoses.at(-1).disease, "7153018");
    assert.equal(visits[0].diagnoses.at(-1).modifiers.at(-1), "8002");
  }));

test("a drug's code card from a code of any system", () =>
  onPage({}, async (page) => {
    await page.getByText("医薬品のコードカード").click();
    const search = page.getByRole("combobox", { name: "医薬品のコードカードを見る" });
    await search.fill("2149039F2038");
    await page.locator("#drug-card").getByText("長期収載品").first().waitFor();
    assert.match(await page.locator("#drug-card").innerText(), /円安い/u);
    await search.fill("2149039F2036");
    await page.locator("#drug-card .fault").waitFor();
    assert.match(await page.locator("#drug-card .fault").innerText(), /チェックデジット.*2149039F2038/u);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`a phone's width, ${colorScheme}`, () =>
    onPage({ viewport: { width: 360, height: 780 }, colorScheme }, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(wide <= 0, `${wide} pixels too wide`);
      const shades = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body);
        return [color, backgroundColor];
      });
      assert.notEqual(shades[0], shades[1]);
    }));
}

test("the same bytes as Node and the command line", () =>
  onPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.locator("#json > summary").click();
    await page.locator('[data-copy="output"]').click();
    const shown = await page.evaluate(() => navigator.clipboard.readText());
    const input = await page.locator("#json-input").inputValue();
    initSync();
    assert.equal(shown, Masters.standard().calculateJson(input));
    const file = join(scratch, "visit.json");
    writeFileSync(file, input);
    const native = execFileSync("cargo", ["run", "--quiet", "--bin", "santei", "--", "calc", file, "--json"], {
      cwd: root,
      encoding: "utf8",
    });
    assert.equal(`${shown}\n`, native);
  }));

test("who pays how much: a bar with its words, for public payers, a ceiling and a local subsidy", () =>
  onPage({ viewport: { width: 360, height: 780 } }, async (page) => {
    const bar = page.locator("#breakdown").getByRole("img");
    const yen = async () => {
      const [, cost, inside] = (await bar.getAttribute("aria-label")).match(/^医療費 ([\d,]+)円の内訳: (.*)$/u);
      const number = (text) => Number(text.replaceAll(",", ""));
      const parts = [...inside.matchAll(/([^、]+) (-?[\d,]+)円/gu)].map(([, name, amount]) => [name, number(amount)]);
      assert.equal(
        parts.reduce((sum, [, amount]) => sum + amount, 0),
        number(cost),
      );
      return { cost: number(cost), ...Object.fromEntries(parts) };
    };
    const alone = await yen();
    assert.equal(alone.保険者 + alone.患者, alone.cost);
    assert.equal(alone.患者 * 10, alone.cost * 3);
    // 難病, with a cap, after a month of 100,000 points: the class's own ceiling, then the payer, then the patient.
    await page.getByLabel("適用区分（限度額）").selectOption("ウ");
    await page.getByLabel("今月これまでの点数").fill("１０００００");
    await page.getByLabel("公費・助成を加える").selectOption({ label: "54 難病 特定医療" });
    await page.getByLabel("54 難病 特定医療 月額上限").fill("10000");
    const ill = await yen();
    assert.equal(ill.患者, 10_000);
    assert.equal(ill.cost, alone.cost + 1_000_000);
    assert.equal(ill["難病 特定医療（法別54）"], 80_100 + Math.round((ill.cost - 267_000) / 100) - 10_000);
    assert.match(await page.locator("#breakdown .steps").innerText(), /80,100円＋[\s\S]*月額上限 10,000円/u);
    assert.match(await page.locator("#breakdown .at-window").innerText(), /0 円/u);
    // A child with a local subsidy pays 200 yen.
    await page.locator("#clear").click();
    await page.getByLabel("生年月日").fill("2019-06-01");
    await page.getByLabel("公費・助成を加える").selectOption({ label: "松戸市 子ども医療" });
    assert.equal((await yen()).患者, 200);
    assert.match(await page.locator("#statement .summary").innerText(), /200/u);
    // What cannot be is said, and no figure shown.
    await page.getByLabel("適用区分（限度額）").selectOption("一般");
    await page.locator("#breakdown .notice").waitFor();
    assert.equal(await bar.count(), 0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
  }));

test("a hospital has its beds and the class of its fee", () =>
  onPage({}, async (page) => {
    await page.getByLabel("施設", { exact: true }).selectOption("病院");
    await page.getByLabel("一般病床").fill("４００");
    await page.getByLabel("許可病床").fill("420");
    await page.getByLabel("初診料・外来診療料の区分").selectOption("紹介なしなど（低い紹介率）");
    const written = async () => JSON.parse(await page.locator("#json-input").inputValue());
    const { facility, visits } = await written();
    assert.deepEqual(facility, { kind: "hospital", general_beds: 400, permitted_beds: 420 });
    assert.equal(visits[0].hospital_fee, "without_referral");
    await page.getByLabel("施設", { exact: true }).selectOption("診療所");
    const clinic = await written();
    assert.deepEqual([clinic.facility, clinic.visits[0].hospital_fee], [{ kind: "clinic" }, undefined]);
  }));

test("a pack of one's own, and one that is none", () =>
  onPage({}, async (page) => {
    await page.locator("#open-packs").click();
    await page.locator("#pack-file").setInputFiles(join(root, "tests/fixtures/pack-v1.pack"));
    await page.locator("#pack-list h3", { hasText: "pack-v1.pack" }).waitFor();
    const broken = join(scratch, "broken.pack");
    const bytes = readFileSync(join(root, "tests/fixtures/pack-v1.pack"));
    writeFileSync(broken, bytes.subarray(0, bytes.length - 1));
    await page.locator("#pack-file").setInputFiles(broken);
    await page.locator("#pack-error", { hasText: "broken.pack" }).waitFor();
    await page.locator("#close-packs").click();
    assert.match(await total(page), /点/);
  }));

test("nonsense is an error with its place, and mending it brings the figures back", () =>
  onPage({}, async (page) => {
    await page.locator("#json > summary").click();
    const right = await page.locator("#json-input").inputValue();
    for (const [wrong, said] of [
      ["{", /EOF|JSON/u],
      ["これは受診ではない", /expected/u],
      [right.replace('"consultation"', '"konsultation"'), /konsultation/u],
      [right.replace(/"procedure": "\d+"/u, '"procedure": "199999999"'), /199999999/u],
    ]) {
      await page.locator("#json-input").fill(wrong);
      await page.locator("#errors", { hasText: said }).waitFor();
      assert.equal(await page.locator("#statement .line").count(), 0);
    }
    await page.locator("#json-input").fill(right);
    await page.locator("#statement .line").first().waitFor();
    assert.equal(await page.locator("#errors").innerText(), "");
  }));

test("the README's example for the browser", async () => {
  const text = readFileSync(join(root, "README.md"), "utf8");
  const [, example] = text.match(/```html\n([\s\S]*?)```/u);
  const folder = join(root, "js-demo/.example");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, "index.html"), `<!doctype html><meta charset="utf-8"><body>${example}`);
  await build({ root: folder, logLevel: "warn" });
  const own = await serve(folder);
  const page = await browser.newPage();
  try {
    await page.goto(own.address);
    await page.getByText("8833421 高血圧症").waitFor();
  } finally {
    await page.close();
    await own.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test(
  "pictures",
  { skip: process.env.UPDATE_SCREENSHOT ? false : "set UPDATE_SCREENSHOT=1 to take docs/demo.png anew" },
  () =>
    onPage({}, async (page) => {
      await page.screenshot({
        path: join(root, "docs/demo.png"),
        clip: { x: 0, y: 0, width: 1280, height: 1000 },
        fullPage: true,
      });
    }),
);
