// Browsers, workers and bundlers: the readers of the published files. The .wasm lies next to the glue.
import * as api from "./api.mjs";
import * as glue from "./dist/reader.js";
import { bindReader } from "./reader-api.mjs";

const own = { fallback: () => new URL("./dist/reader_bg.wasm", import.meta.url) };

export const { init, initSync, version, readOfficial, SanteiError } = bindReader(glue, own, api);
