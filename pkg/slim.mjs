// What a page that calculates visits and searches needs, and no masters. The caller hands in the .wasm (santei/slim.wasm) and a pack.
import { bind } from "./api.mjs";
import * as glue from "./dist/slim.js";

export const { init, initSync, version, Masters, SanteiError } = bind(glue);
