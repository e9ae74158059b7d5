// Node, as an ES module. One instance for `import` and `require`, so that `instanceof` holds across both.
import api from "./node.cjs";

export const { init, initSync, version, Masters, SanteiError } = api;
