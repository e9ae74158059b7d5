// santei: the engine with the standard masters, for browsers, bundlers and Node.
import type { WasmInput } from "./api.js";

export * from "./api.js";

/**
 * Loads the engine. Call it once before all else; calling it again, even at the same time, is harmless.
 *
 * Without an argument it loads the package's own `.wasm`: in Node from the file, elsewhere from next to the module. There
 * is no other access to the network.
 *
 * @param wasm where to load the engine from instead, such as the URL of a copy of `santei/santei.wasm`
 */
export declare function init(wasm?: WasmInput): Promise<void>;

/** Loads the engine from bytes or a compiled module that are at hand. */
export declare function initSync(wasm: BufferSource | WebAssembly.Module): void;
