// What a download weighs, raw and with brotli, in kB.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { dist, standardPack } from "../../tests/packaging/sizes.mjs";

const require = createRequire(import.meta.url);

/** Raw and brotli size of each thing that exists. */
export async function sizes(folder) {
  const found = {
    "engine wasm": weigh(dist("slim_bg.wasm")),
    "whole engine with masters": weigh(dist("santei_bg.wasm")),
    "standard masters": weigh(await standardPack()),
    "sql.js wasm": read(require.resolve("sql.js/dist/sql-wasm.wasm")),
    "zen-engine, native": read(native()),
  };
  for (const [name, file] of Object.entries({ "published pack": "masters.pack", "published CSV": "masters.csv" })) {
    if (existsSync(join(folder, file))) found[name] = read(join(folder, file));
  }
  return Object.fromEntries(Object.entries(found).filter(([, size]) => size));
}

function native() {
  const name = `@gorules/zen-engine-${process.platform}-${process.arch}`;
  for (const suffix of ["", "-gnu", "-msvc"]) {
    try {
      return require.resolve(`${name}${suffix}`);
    } catch {
      // The next name.
    }
  }
  return undefined;
}

const read = (file) => file && weigh(readFileSync(file));

function weigh(bytes) {
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { raw: bytes.length / 1000, brotli: brotliCompressSync(bytes, { params }).length / 1000 };
}
