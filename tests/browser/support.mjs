// The demo page on a server of its own, in a Chromium that stays quiet.
import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { preview } from "vite";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const LAUNCH = {
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
};
const LIKE_A_USER = { viewport: { width: 1280, height: 900 }, locale: "ja-JP" };

/** Serves a built page. */
export async function serve(folder = join(root, "js-demo")) {
  const server = await preview({ root: folder, preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  return { address: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
}

export const launch = () => chromium.launch(LAUNCH);

/** A browser with a folder of its own, in which what a page keeps stays when the browser ends. */
export const launchIn = (folder, options = {}) =>
  chromium.launchPersistentContext(folder, { ...LAUNCH, ...LIKE_A_USER, ...options });

export const newContext = (browser, options = {}) => browser.newContext({ ...LIKE_A_USER, ...options });

/** Opens the page, runs a test on it, and sees to it that nothing went wrong or went out meanwhile. */
export async function onPage(context, address, body) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && hostname !== "127.0.0.1") wrong.push(request.url());
    if (request.method() !== "GET") wrong.push(`${request.method()} ${request.url()}`);
  });
  try {
    await page.goto(address);
    await page.locator("#statement .line").first().waitFor();
    await body(page, context);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}
