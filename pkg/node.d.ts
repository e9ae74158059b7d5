// santei/node: the engine with the standard masters, for Node.
import type { WasmInput } from "./api.js";

export * from "./api.js";

/** Loads the engine, by default from the package's own file. Calling it again is harmless. */
export declare function init(wasm?: WasmInput): Promise<void>;

/** Loads the engine at once, by default from the package's own file. Calling it again is harmless. */
export declare function initSync(wasm?: BufferSource | WebAssembly.Module): void;
