// Prints what a download weighs: the two builds of the engine, and the masters as their difference.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

/** Raw and brotli size of a file of the package, in bytes. */
function weigh(file) {
  const bytes = readFileSync(new URL(`../../pkg/dist/${file}`, import.meta.url));
  return { raw: bytes.length, brotli: brotliCompressSync(bytes).length };
}

export function sizes() {
  const slim = weigh("slim_bg.wasm");
  const full = weigh("santei_bg.wasm");
  const masters = { raw: full.raw - slim.raw, brotli: full.brotli - slim.brotli };
  return { slim, full, masters };
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { slim, full, masters } = sizes();
  for (const [name, { raw, brotli }] of Object.entries({
    "slim engine": slim,
    "standard masters": masters,
    together: full,
  })) {
    console.log(`size: ${name} ${kilobytes(raw)}, ${kilobytes(brotli)} with brotli`);
  }
}
