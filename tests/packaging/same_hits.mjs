// Reads a JSON list of queries and prints, a line each, what the built package finds, and what it says of the first hit's code.
import { readFileSync, writeSync } from "node:fs";
import { initSync, Masters } from "santei/node";

initSync();
const masters = Masters.standard();
for (const { query, ...how } of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const found = masters.search(query, how);
  const first = found.hits[0];
  const row = first && masters.rowOf(first.code, { kind: first.kind, date: how.date });
  const line = [found, first ? masters.rowName(row) : null, masters.findRows(query, how)[0] ?? null, row ?? null];
  let bytes = Buffer.from(`${JSON.stringify(line)}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
}
