// What a download weighs, raw and with brotli, in kB.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const require = createRequire(import.meta.url);
const dist = (name) => fileURLToPath(new URL(`../../pkg/dist/${name}`, import.meta.url));

/** Raw and brotli size of each thing that exists. */
export function sizes(folder) {
  const slim = weigh(dist("slim_bg.wasm"));
  const whole = weigh(dist("santei_bg.wasm"));
  const found = {
    "engine wasm": slim,
    "standard masters": { raw: whole.raw - slim.raw, brotli: whole.brotli - slim.brotli },
    "sql.js wasm": weigh(require.resolve("sql.js/dist/sql-wasm.wasm")),
    "zen-engine, native": weigh(native()),
  };
  for (const [name, file] of Object.entries({ "published pack": "masters.pack", "published CSV": "masters.csv" })) {
    if (existsSync(join(folder, file))) found[name] = weigh(join(folder, file));
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

function weigh(file) {
  if (!file) return undefined;
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { raw: bytes.length / 1000, brotli: brotliCompressSync(bytes, { params }).length / 1000 };
}
