// Node, as an ES module. One instance for `import` and `require`.
import api from "./reader-node.cjs";

export const { init, initSync, version, readOfficial, SanteiError } = api;
