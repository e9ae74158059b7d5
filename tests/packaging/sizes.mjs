// Prints what a download weighs: the two builds of the engine, the masters as their difference, and
// the readers.
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
  const reader = weigh("reader_bg.wasm");
  return { slim, full, masters, reader };
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { slim, full, masters, reader } = sizes();
  for (const [name, { raw, brotli }] of Object.entries({
    "slim engine": slim,
    "standard masters": masters,
    together: full,
    "readers, on demand": reader,
  })) {
    console.log(`size: ${name} ${kilobytes(raw)}, ${kilobytes(brotli)} with brotli`);
  }
}
