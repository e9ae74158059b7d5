// Ten rules in a general rule engine: age and income to a rate, a bundle of tests, a limit a day. The least that one
// would write; no law is behind its figures.
import { ZenEngine } from "@gorules/zen-engine";

const rates = [
  ["< 6", "-", "2"],
  ["[6..69]", "-", "3"],
  ["[70..74]", '"low"', "2"],
  ["[70..74]", '"general"', "2"],
  ["[70..74]", '"active"', "3"],
  [">= 75", '"low"', "1"],
  [">= 75", '"general"', "1"],
  [">= 75", '"above_threshold"', "2"],
  [">= 75", '"active"', "3"],
];

const graph = {
  nodes: [
    { id: "in", type: "inputNode", name: "in", position: { x: 0, y: 0 }, content: {} },
    {
      id: "rate",
      type: "decisionTableNode",
      name: "rate",
      position: { x: 1, y: 0 },
      content: {
        hitPolicy: "first",
        passThrough: true,
        inputs: [
          { id: "age", name: "age", field: "age" },
          { id: "income", name: "income", field: "income" },
        ],
        outputs: [{ id: "tenths", name: "tenths", field: "tenths" }],
        rules: rates.map(([age, income, tenths], index) => ({
          _id: `r${index}`,
          age,
          income: income === "-" ? "" : income,
          tenths,
        })),
      },
    },
    {
      id: "sum",
      type: "expressionNode",
      name: "sum",
      position: { x: 2, y: 0 },
      content: {
        passThrough: true,
        expressions: [
          { id: "e1", key: "tests", value: "len(filter(lines, #.test))" },
          { id: "e2", key: "bundle", value: "$.tests >= 10 ? 103 : $.tests >= 8 ? 99 : $.tests >= 5 ? 93 : 0" },
          { id: "e3", key: "single", value: "sum(map(filter(lines, not #.test), #.points * min([#.count, 14])))" },
          { id: "e4", key: "points", value: "$.single + $.bundle" },
          { id: "e5", key: "copay", value: "round($.points * tenths / 10) * 10" },
        ],
      },
    },
    { id: "out", type: "outputNode", name: "out", position: { x: 3, y: 0 }, content: {} },
  ],
  edges: [
    { id: "a", sourceId: "in", targetId: "rate", type: "edge" },
    { id: "b", sourceId: "rate", targetId: "sum", type: "edge" },
    { id: "c", sourceId: "sum", targetId: "out", type: "edge" },
  ],
};

const CLAIM = JSON.stringify({
  age: 65,
  income: "general",
  lines: Array.from({ length: 12 }, (_, index) => ({
    code: `1${index}`,
    points: 10 + index,
    count: 1,
    test: index > 5,
  })),
});

/** The engine asked once: JSON in, JSON out. */
export async function rules() {
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(graph)));
  const ask = async () => JSON.stringify((await decision.evaluate(JSON.parse(CLAIM))).result);
  const answer = JSON.parse(await ask());
  // 75 points of lines, 93 for six tests, three tenths of 168 points.
  if (answer.points !== 168 || answer.copay !== 500) throw new Error(`the rules give ${JSON.stringify(answer)}`);
  return ask;
}
