// Ten rules in a general rule engine: age and income to a rate, a bundle of tests, judging and collecting, a limit of
// days. The least that one would write: it holds for these tests on this day and knows nothing else.
import { ZenEngine } from "@gorules/zen-engine";

const TESTS = [
  ["160019210", "D007", 11],
  ["160019410", "D007", 11],
  ["160020410", "D007", 11],
  ["160020910", "D007", 11],
  ["160022510", "D007", 17],
  ["160022610", "D007", 17],
  ["160008010", "D005", 21],
  ["160010010", "D005", 49],
];

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
          { id: "e1", key: "chemistry", value: 'len(filter(lines, #.group == "D007"))' },
          { id: "e2", key: "blood", value: 'len(filter(lines, #.group == "D005"))' },
          {
            id: "e3",
            key: "bundle",
            value: "$.chemistry >= 10 ? 103 : $.chemistry >= 8 ? 99 : $.chemistry >= 5 ? 93 : 0",
          },
          {
            id: "e4",
            key: "single",
            value: 'sum(map(filter(lines, #.group != "D007"), #.points * min([#.count, 14])))',
          },
          { id: "e5", key: "judgement", value: "($.chemistry > 0 ? 144 : 0) + ($.blood > 0 ? 125 : 0)" },
          { id: "e6", key: "collection", value: "$.chemistry + $.blood > 0 ? 40 : 0" },
          { id: "e7", key: "points", value: "$.single + $.bundle + $.judgement + $.collection" },
          { id: "e8", key: "copay", value: "round($.points * tenths / 10) * 10" },
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

/** Six tests of D007 and two of D005 of one patient: what the toy knows of them, points and group handed to it. */
const CLAIM = JSON.stringify({
  age: 66,
  income: "general",
  lines: TESTS.map(([code, group, points]) => ({ code, group, points, count: 1 })),
});

/** The same as a visit for Santei, which looks points, groups and rules up. */
export const VISIT = JSON.stringify({
  facility: { kind: "clinic" },
  patient: { birth_date: "1960-05-01" },
  visits: [{ date: "2026-07-01", consultation: "none", orders: TESTS.map(([procedure]) => ({ procedure })) }],
});

/** 21 and 49 points of two tests, 93 for six of one group, 125 and 144 for judging them, 40 for taking blood; of these 3割. */
export const ANSWER = { points: 472, copay: 1420 };

/** The engine asked once: JSON in, JSON out. */
export async function rules() {
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(graph)));
  const ask = async () => JSON.stringify((await decision.evaluate(JSON.parse(CLAIM))).result);
  const { points, copay } = JSON.parse(await ask());
  if (points !== ANSWER.points || copay !== ANSWER.copay) throw new Error(`the rules give ${points} and ${copay}`);
  return ask;
}
