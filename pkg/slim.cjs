// The engine without the standard masters, for `require`.
const { bind } = require("./dist/api.cjs");
const glue = require("./dist/slim.cjs");

const api = bind(glue);

exports.init = api.init;
exports.initSync = api.initSync;
exports.version = api.version;
exports.Masters = api.Masters;
exports.SanteiError = api.SanteiError;
