// santei/slim: points and payment of visits, and searches. Load `santei/slim.wasm` and a pack of your own.
import type { EngineMasters, WasmInput } from "./api.js";

export * from "./api.js";

/**
 * Everything a calculation looks things up in: the packs that were added. Payments of months, cards of codes, claims
 * and FHIR are in `santei`, whose download is more than twice as large.
 */
export declare class Masters {
  private constructor();

  /**
   * No masters but the rules that the engine itself needs; add packs with {@link Masters.addPack}.
   *
   * @throws {SanteiError} before `init()`
   */
  static empty(): Masters;
}

export interface Masters extends EngineMasters {}

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
