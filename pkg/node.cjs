// Node: the engine with the standard masters, read from the package's own folder.
const { readFileSync } = require("node:fs");
const { readFile } = require("node:fs/promises");
const { join } = require("node:path");
const { bind } = require("./dist/api.cjs");
const glue = require("./dist/santei.cjs");

const file = join(__dirname, "dist", "santei_bg.wasm");

const api = bind(glue, { fallback: () => readFile(file), fallbackSync: () => readFileSync(file) });

// Named one by one: Node reads these names when an ES module imports this file.
exports.init = api.init;
exports.initSync = api.initSync;
exports.version = api.version;
exports.Masters = api.Masters;
exports.SanteiError = api.SanteiError;
