// Browsers and bundlers: the engine with the standard masters. The .wasm lies next to the glue, where a bundler finds it.
import { bind } from "./api.mjs";
import * as glue from "./dist/santei.js";

export const { init, initSync, version, Masters, SanteiError } = bind(glue, {
  fallback: () => new URL("./dist/santei_bg.wasm", import.meta.url),
});
