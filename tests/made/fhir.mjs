// Questions to the FHIR operations, most of them made from answers: what is expanded is looked up, validated and translated.
// `ask(operation, parameters)` answers; every answer is given to `seen(operation, parameters, answer)`.

export const DISEASE = "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease";

/** A code of each system in the standard masters, and of one that they do not have. */
const SYSTEMS = [
  DISEASE,
  "http://medis.or.jp/CodeSystem/master-disease-keyNumber",
  "http://medis.or.jp/CodeSystem/master-disease-exCode",
  "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full",
  "http://hl7.org/fhir/sid/icd-10",
  "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterZ-disease-modifier",
  "http://medis.or.jp/CodeSystem/master-disease-modKeyNumber",
  "http://medis.or.jp/CodeSystem/master-disease-modExCode",
  "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterS-medicalProcedure",
  "urn:oid:1.2.392.100495.20.2.71",
  "urn:oid:1.2.392.100495.20.2.72",
  "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
  "http://medis.or.jp/CodeSystem/master-HOT9",
  "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode",
  "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
  "urn:x-santei:CodeSystem:material",
  "urn:x-santei:CodeSystem:comment",
  "urn:x-santei:CodeSystem:facility-standard",
  "urn:x-santei:CodeSystem:ward",
  "http://loinc.org",
];

/** A resource Parameters of [name, value type, value]. */
export const parameters = (...list) => ({
  resourceType: "Parameters",
  parameter: list.map(([name, type, value]) => ({ name, [`value${type}`]: value })),
});

/** What an operation must not stop at. */
const NONSENSE = [
  null,
  [],
  {},
  { resourceType: "Patient" },
  { resourceType: "Parameters" },
  { resourceType: "Parameters", parameter: {} },
  { resourceType: "Parameters", parameter: [{}] },
  parameters(["code", "String", "2500015"], ["system", "Uri", DISEASE]),
  parameters(["code", "Code", "2500015"], ["code", "Code", "2500015"], ["system", "Uri", DISEASE]),
  parameters(["unknown", "Code", "2500015"]),
  parameters(["date", "DateTime", "1984-12-31"]),
  parameters(["displayLanguage", "Code", "en"]),
  { code: "(.*)+[\u0000\ud800", system: DISEASE, url: `${DISEASE}?fhir_vs` },
];

/** @returns how many questions were asked */
export async function questions(ask, seen, perSystem = 8) {
  let count = 0;
  const put = async (operation, question) => {
    count += 1;
    const answer = await ask(operation, question);
    seen(operation, question, answer);
    return answer;
  };
  for (const system of SYSTEMS) {
    const url = `${system}?fhir_vs`;
    for (const date of [undefined, "2026-06-01"]) {
      const day = date ? [["date", "DateTime", date]] : [];
      const whole = await put("expand", parameters(["url", "Uri", url], ["count", "Integer", 0], ...day));
      const total = whole.expansion?.total ?? 0;
      for (let place = 0; place < perSystem && place < total; place += 1) {
        const offset = Math.floor((place * total) / perSystem);
        const page = parameters(
          ["url", "Uri", url],
          ["offset", "Integer", offset],
          ["count", "Integer", 1],
          ["includeDesignations", "Boolean", place % 2 === 0],
          ["includeDefinition", "Boolean", true],
          ...day,
        );
        const { contains: [coding] = [] } = (await put("expand", page)).expansion;
        const { system, code, display } = coding;
        await put("lookup", parameters(["coding", "Coding", { system, code }], ...day));
        await put("lookup", { system, code, property: ["designation", "validFrom"], ...(date && { date }) });
        await put(
          "validate-code",
          parameters(["url", "Uri", url], ["coding", "Coding", { system, code, display }], ...day),
        );
        await put("validate-code", { url: system, code: `${code}0` });
        const concept = {
          coding: [
            { system, code, display },
            { system: "http://loinc.org", code: "1" },
          ],
        };
        await put("translate", parameters(["codeableConcept", "CodeableConcept", concept], ...day));
        await put(
          "translate",
          parameters(["code", "Code", code], ["system", "Uri", system], ["reverse", "Boolean", true]),
        );
        await put("expand", { url, filter: display.slice(0, 3), count: 3, ...(date && { date }) });
      }
    }
  }
  for (const operation of ["lookup", "validate-code", "translate", "expand"]) {
    for (const question of NONSENSE) await put(operation, question);
  }
  return count;
}
