// Calculates a visit and prints its statement: `node examples/statement.mjs examples/visit.json`.
import { readFileSync } from "node:fs";
import { init, Masters, SanteiError } from "santei";

const VERDICTS = {
  charged: "算定",
  bundled: "包括",
  excluded: "算定不可",
  limited: "回数超過",
  needs_review: "要確認",
};

/** Pads to a width in columns; a Japanese character takes two. */
function padded(text, width) {
  const columns = [...text].reduce((sum, c) => sum + (/[ -~｡-ﾟ]/.test(c) ? 1 : 2), 0);
  return text + " ".repeat(Math.max(0, width - columns));
}

function printLine(line) {
  const points = line.points === null ? "    ?" : String(line.points).padStart(5);
  const name = (line.addition ? "＋" : "") + line.name;
  const head = `${line.section} ${(line.code ?? "").padEnd(9)} ${padded(name, 44)} ${points} 点 × ${line.count}`;
  console.log(`${padded(head, 78)} ${VERDICTS[line.verdict]}`);
  for (const drug of line.drugs ?? []) {
    console.log(`     ${drug.code} ${drug.name} ${drug.quantity}${drug.unit}（薬価 ${drug.price}円）`);
  }
  for (const reason of line.reasons) console.log(`     └ ${reason.text}【${reason.basis}】`);
}

function printVisit(visit, copay) {
  console.log(`診療日 ${visit.date}  改定 ${visit.revision}`);
  for (const line of visit.lines) printLine(line);
  console.log("");
  for (const section of visit.sections)
    console.log(`${section.section} ${padded(section.name, 20)} ${section.points} 点`);
  console.log(`合計 ${visit.total_points} 点${visit.settled ? "" : "（要確認の行を除く）"}`);
  if (copay.amount === null) console.log("患者負担 定まらない");
  else console.log(`患者負担 ${copay.amount} 円（${copay.rate_tenths} 割）`);
  for (const reason of copay.reasons) console.log(`     └ ${reason.text}【${reason.basis}】`);
}

const [file] = process.argv.slice(2);
if (!file) {
  console.error("usage: node examples/statement.mjs VISIT.json");
  process.exit(2);
}
await init();
const masters = Masters.standard();
try {
  const { statement, copay } = masters.calculate(readFileSync(file, "utf8"));
  for (const [index, visit] of statement.visits.entries()) printVisit(visit, copay[index]);
} catch (error) {
  if (!(error instanceof SanteiError)) throw error;
  for (const { path, message, help } of error.errors) console.error(`${path}: ${message}${help ? `; ${help}` : ""}`);
  process.exit(1);
}
