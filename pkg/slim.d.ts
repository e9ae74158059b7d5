// santei/slim: the engine without the standard masters. Load `santei/slim.wasm` and a pack of your own.
import type { WasmInput } from "./api.js";

export * from "./api.js";

/**
 * Loads the engine. Calling it again, even at the same time, is harmless.
 *
 * @param wasm the bytes, module, URL or response of `santei/slim.wasm`
 * @example
 * import wasm from "santei/slim.wasm?url"; // with Vite
 * await init(wasm);
 * const masters = Masters.empty().addPack(await (await fetch("/my.pack")).arrayBuffer());
 */
export declare function init(wasm: WasmInput): Promise<void>;

/** Loads the engine from bytes or a compiled module that are at hand. */
export declare function initSync(wasm: BufferSource | WebAssembly.Module): void;
