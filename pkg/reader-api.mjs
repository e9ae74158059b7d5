// Reading the published files: what the reader's entries share. `reader.d.ts` documents it for users.

/** Why WebAssembly may stop in the middle of reading. */
const MEMORY =
  "the memory may not have sufficed: read fewer or smaller files at once; if that does not help, report it";

/**
 * Binds the reader to its build.
 *
 * @param {object} glue what wasm-bindgen generated: `Reader` and `readingOrder`
 * @param {{ fallback?: () => unknown, fallbackSync?: () => unknown }} own as for `loader`
 * @param {typeof import("./api.mjs")} api
 */
export function bindReader(glue, own, { loader, guarded, refusal, SanteiError }) {
  const { init, initSync, engine } = loader(glue, own);

  async function readOfficial(files, options = {}) {
    await init();
    const { onProgress, keepGoing = false, signal } = options;
    const inputs = Array.from(files, named);
    const order = Array.from(engine().readingOrder(inputs.map(({ name }) => name)));
    const read = new Set(order);
    const ignored = inputs.filter((_, place) => !read.has(place)).map(({ name }) => name);

    /** What a listener threw: reading stops at the next file. */
    let thrown;
    const tell = (input, filesDone) => (text) => {
      try {
        onProgress?.({ ...JSON.parse(text), input, filesDone, filesTotal: order.length });
      } catch (error) {
        thrown ??= { error };
      }
    };
    const check = () => {
      signal?.throwIfAborted();
      if (thrown) throw thrown.error;
    };

    const reader = new glue.Reader();
    let filesDone = 0;
    try {
      for (const place of order) {
        check();
        await add(reader, inputs[place], tell(inputs[place].name, filesDone));
        filesDone += 1;
      }
      check();
    } catch (error) {
      free(reader);
      throw error;
    }
    const told = tell(null, filesDone);
    const joined = guarded(() => reader.join(told), MEMORY);
    const report = JSON.parse(guarded(() => joined.report()));
    told('{"step":"writing"}');
    const pack = guarded(() => joined.pack(keepGoing), MEMORY) ?? null;
    check();
    return { pack, report, ignored };
  }

  /** Hands one file over: only now is it loaded, and it is dropped again when this returns. */
  async function add(reader, { name, data }, told) {
    const size = data.byteLength ?? data.size ?? 0;
    if (size > glue.Reader.limit()) return reader.tooLarge(name);
    let bytes;
    try {
      bytes = await bytesOf(data);
    } catch (error) {
      // A file that went away or may not be read is a fault of that file; the others are read.
      return reader.unreadable(name, String(error?.message ?? error));
    }
    if (bytes.byteLength > glue.Reader.limit()) return reader.tooLarge(name);
    guarded(() => reader.add(name, bytes, told), MEMORY);
  }

  function named(file) {
    const name = file?.webkitRelativePath || file?.name;
    const data = file?.data ?? file;
    const known =
      typeof data === "function" || data instanceof Blob || data instanceof ArrayBuffer || ArrayBuffer.isView(data);
    if (typeof name !== "string" || name === "" || !known) {
      throw refusal(
        "schema",
        "a file has no name or no data",
        "give File objects, or objects with `name` and `data` (bytes, a Blob, or a function that gives either)",
      );
    }
    return { name: name.replaceAll("\\", "/").replace(/^(\.?\/)+/u, ""), data };
  }

  return { init, initSync, version: () => engine().version(), readOfficial, SanteiError };
}

async function bytesOf(data) {
  const given = typeof data === "function" ? await data() : data;
  if (given instanceof Blob) return new Uint8Array(await given.arrayBuffer());
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  return new Uint8Array(given);
}

/** Gives a reader back. After WebAssembly stopped, this may not work either, and nothing depends on it. */
function free(reader) {
  try {
    reader.free();
  } catch {
    // Its memory goes with the instance.
  }
}
