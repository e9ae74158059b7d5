// Node: the readers of the published files, from the package's own folder.
const { readFileSync } = require("node:fs");
const { readFile } = require("node:fs/promises");
const { join } = require("node:path");
const shared = require("./dist/api.cjs");
const glue = require("./dist/reader.cjs");
const { bindReader } = require("./dist/reader-api.cjs");

const file = join(__dirname, "dist", "reader_bg.wasm");

const api = bindReader(glue, { fallback: () => readFile(file), fallbackSync: () => readFileSync(file) }, shared);

// Named one by one: Node reads these names when an ES module imports this file.
exports.init = api.init;
exports.initSync = api.initSync;
exports.version = api.version;
exports.readOfficial = api.readOfficial;
exports.SanteiError = api.SanteiError;
