// Reads a file of one encounter a line and prints, a line each, what the built package answers: its own bytes.
import { readFileSync, writeSync } from "node:fs";
import { initSync, Masters, SanteiError } from "santei/node";

initSync();
const masters = Masters.standard();
for (const line of readFileSync(process.argv[2], "utf8").split("\n")) {
  let answer;
  try {
    answer = masters.calculateJson(line, { trace: true });
  } catch (error) {
    if (!(error instanceof SanteiError)) throw error;
    answer = JSON.stringify({ errors: error.errors });
  }
  let bytes = Buffer.from(`${answer}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
}
