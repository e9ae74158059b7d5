// Prints what a download weighs: the two builds of the engine, the masters in the whole one, and the readers.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

/** A file of the package. @param {string} name */
export const dist = (name) => readFileSync(new URL(`../../pkg/dist/${name}`, import.meta.url));

/** Raw and brotli size in bytes. @param {Uint8Array} bytes */
export const weigh = (bytes) => ({ raw: bytes.length, brotli: brotliCompressSync(bytes).length });

/**
 * The standard masters: the largest pack (`docs/pack-format.md`) in the memory of the whole engine once it has started. In the file its
 * zeros are left out.
 */
export async function standardPack() {
  const { initSync } = await import("../../pkg/dist/santei.js");
  const memory = Buffer.from(initSync({ module: dist("santei_bg.wasm") }).memory.buffer);
  let largest = memory.subarray(0, 0);
  for (let at = memory.indexOf("SANTEIPK"); at >= 0; at = memory.indexOf("SANTEIPK", at + 1)) {
    if (at + 24 > memory.length) break;
    const length = Number(memory.readBigUInt64LE(at + 16));
    if (length > largest.length && at + length <= memory.length) largest = memory.subarray(at, at + length);
  }
  return largest;
}

export async function sizes() {
  return {
    slim: weigh(dist("slim_bg.wasm")),
    full: weigh(dist("santei_bg.wasm")),
    masters: weigh(await standardPack()),
    reader: weigh(dist("reader_bg.wasm")),
  };
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { slim, full, masters, reader } = await sizes();
  for (const [name, { raw, brotli }] of Object.entries({
    "slim engine": slim,
    "standard masters": masters,
    "whole engine with them": full,
    "readers, on demand": reader,
  })) {
    console.log(`size: ${name} ${kilobytes(raw)}, ${kilobytes(brotli)} with brotli`);
  }
}
