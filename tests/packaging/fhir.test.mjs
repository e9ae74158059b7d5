// The answers of the FHIR operations have the shapes of FHIR R4: its JSON schema, and what that does not say.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { initSync, Masters, SanteiError } from "santei/node";
import { DISEASE, parameters, questions } from "../made/fhir.mjs";
import { checker } from "../made/fhir-shapes.mjs";

initSync();
const masters = Masters.standard();

test("every answer has the shape of FHIR R4", async () => {
  const check = checker(createRequire(import.meta.url));
  const count = await questions((operation, question) => masters.fhir(operation, question), check);
  assert.ok(count > 1_000, `${count} questions`);
});

test("what is expanded is valid, and is translated back to itself", () => {
  const set = masters.fhir("expand", { url: `${DISEASE}?fhir_vs`, filter: "糖尿", date: "2026-06-01", count: 10 });
  assert.ok(set.expansion.total >= 5);
  for (const { system, code, display } of set.expansion.contains) {
    const question = parameters(["coding", "Coding", { system, code, display }], ["date", "DateTime", "2026-06-01"]);
    const [result] = masters.fhir("validate-code", question).parameter;
    assert.deepEqual(result, { name: "result", valueBoolean: true });
    const there = masters.fhir("translate", question).parameter.filter(({ name }) => name === "match");
    assert.ok(there.length >= 3, code);
    for (const { part } of there) {
      const { valueCoding } = part.find(({ name }) => name === "concept");
      const back = masters.fhir("translate", {
        system: valueCoding.system,
        code: valueCoding.code,
        targetsystem: system,
      });
      const codes = back.parameter.map(({ part }) => part?.find(({ name }) => name === "concept")?.valueCoding.code);
      assert.ok(codes.includes(code), `${valueCoding.code} leads back to ${code}`);
    }
  }
});

test("codes are validated", () => {
  const answer = masters.validate("111000110", { system: "procedure", date: "2026-06-01" });
  assert.equal(answer.valid, true);
  assert.equal(answer.name, "初診料");
  assert.equal(masters.validate("54016027").system, "public_payer");
  assert.equal(masters.validate("\ud800").valid, false);
  assert.throws(() => masters.validate("1", { system: "none" }), SanteiError);
  assert.throws(() => masters.validate("1", { date: "1984-12-31" }), SanteiError);
  assert.throws(() => masters.fhir("subsumes", {}), SanteiError);
  assert.equal(masters.fhir("lookup", "{").resourceType, "OperationOutcome");
});
