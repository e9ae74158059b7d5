//! Code systems and value sets by their URIs.
//!
//! The URLs are those of the URI map of JP Core (2025-09); the OIDs that it still allows are read too. Systems without a URL there
//! are written by the OID of the e-prescription, or by a URN of this project, which nobody else uses.

use crate::lookup::System;

/// The international URI of ICD-10, with dots in its codes.
pub(super) const ICD10_INTERNATIONAL: &str = "http://hl7.org/fhir/sid/icd-10";

/// A code system of FHIR.
pub(super) struct CodeSystem {
    pub(super) system: System,
    /// What is written first; the others are read as well.
    pub(super) uris: &'static [&'static str],
    /// The value sets with all its codes, besides `URI?fhir_vs`.
    pub(super) value_sets: &'static [&'static str],
}

const fn of(system: System, uris: &'static [&'static str], value_sets: &'static [&'static str]) -> CodeSystem {
    CodeSystem { system, uris, value_sets }
}

/// Every code system that is spoken of in FHIR.
pub(super) const SYSTEMS: &[CodeSystem] = &[
    of(
        System::Disease,
        &["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterB-disease"],
        &[
            "http://jpfhir.jp/fhir/core/mhlw/ValueSet/masterB-disease",
            "http://jpfhir.jp/fhir/core/ValueSet/JP_ConditionDiseaseCodeReceipt_VS",
        ],
    ),
    of(
        System::DiseaseManagement,
        &["http://medis.or.jp/CodeSystem/master-disease-keyNumber", "urn:oid:1.2.392.200119.4.101.2"],
        &["http://medis.or.jp/ValueSet/master-disease-keyNumber"],
    ),
    of(
        System::DiseaseExchange,
        &["http://medis.or.jp/CodeSystem/master-disease-exCode", "urn:oid:1.2.392.200119.4.101.6"],
        &["http://medis.or.jp/ValueSet/master-disease-exCode"],
    ),
    of(
        System::Icd10,
        &["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full", ICD10_INTERNATIONAL],
        &[
            "http://jpfhir.jp/fhir/core/mhlw/ValueSet/ICD10-2013-full",
            "http://jpfhir.jp/fhir/core/mhlw/ValueSet/ICD10-2013-full_VS",
        ],
    ),
    of(
        System::Modifier,
        &["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterZ-disease-modifier"],
        &["http://jpfhir.jp/fhir/core/mhlw/ValueSet/masterZ-disease-modifier"],
    ),
    of(
        System::ModifierManagement,
        &["http://medis.or.jp/CodeSystem/master-disease-modKeyNumber", "urn:oid:1.2.392.200119.4.201.2"],
        &["http://medis.or.jp/ValueSet/master-disease-modKeyNumber"],
    ),
    of(
        System::ModifierExchange,
        &["http://medis.or.jp/CodeSystem/master-disease-modExCode", "urn:oid:1.2.392.200119.4.201.5"],
        &["http://medis.or.jp/ValueSet/master-disease-modExCode"],
    ),
    of(
        System::Procedure,
        &["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterS-medicalProcedure"],
        &["http://jpfhir.jp/fhir/core/mhlw/ValueSet/masterS-medicalProcedure"],
    ),
    of(System::Dental, &["http://jpfhir.jp/fhir/core/mhlw/CodeSystem/masterH-dentalProcedure"], &[]),
    // 医薬品コード and 薬価基準収載医薬品コード of the e-prescription (別表15 and after it): JP Core has no URL for them yet.
    of(System::Drug, &["urn:oid:1.2.392.100495.20.2.71"], &[]),
    of(System::PriceCode, &["urn:oid:1.2.392.100495.20.2.72"], &[]),
    of(
        System::Yj,
        &[
            "http://capstandard.jp/iyaku.info/CodeSystem/YJ-code",
            "urn:oid:1.2.392.100495.20.2.73",
            "urn:oid:1.2.392.100495.20.1.73",
        ],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeYJ_VS"],
    ),
    of(
        System::Hot7,
        &["http://medis.or.jp/CodeSystem/master-HOT7", "urn:oid:1.2.392.200119.4.403.2"],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeHOT7_VS"],
    ),
    of(
        System::Hot9,
        &[
            "http://medis.or.jp/CodeSystem/master-HOT9",
            "urn:oid:1.2.392.200119.4.403.1",
            "urn:oid:1.2.392.100495.20.2.74",
        ],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeHOT9_VS"],
    ),
    of(System::Hot11, &["urn:x-santei:CodeSystem:hot11"], &[]),
    of(
        System::Hot13,
        &["http://medis.or.jp/CodeSystem/master-HOT13", "urn:oid:1.2.392.200119.4.402.1"],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeHOT13_VS"],
    ),
    of(
        System::Gtin,
        &["https://www.gs1.org/gtin", "urn:oid:1.3.160"],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeGS1_VS"],
    ),
    of(
        System::GenericName,
        &[
            "http://jpfhir.jp/fhir/core/mhlw/CodeSystem/MedicationGeneralOrderCode",
            "urn:oid:1.2.392.100495.20.2.81",
            "urn:oid:1.2.392.100495.20.1.81",
        ],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_MedicationCodeCommon_VS"],
    ),
    of(
        System::Jlac10,
        &[
            "http://medis.or.jp/CodeSystem/master-JLAC10-17digits",
            "urn:oid:1.2.392.200119.4.504",
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_CoreLabo_CS",
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC10/JP_CLINS_ObsLabResult_InfectionLabo_CS",
        ],
        &["http://jpfhir.jp/fhir/core/ValueSet/JP_ObservationLabResultCode_VS"],
    ),
    of(
        System::Jlac11,
        &[
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_CoreLabo_CS",
            "http://jpfhir.jp/fhir/clins/CodeSystem/JLAC11/JP_CLINS_ObsLabResult_InfectionLabo_CS",
        ],
        &[],
    ),
    of(System::HealthCheck, &["urn:oid:1.2.392.200119.6.1005"], &[]),
    of(System::Material, &["urn:x-santei:CodeSystem:material"], &[]),
    of(System::Comment, &["urn:x-santei:CodeSystem:comment"], &[]),
    of(System::FacilityStandard, &["urn:x-santei:CodeSystem:facility-standard"], &[]),
    of(System::Ward, &["urn:x-santei:CodeSystem:ward"], &[]),
    of(System::Dispensing, &["urn:x-santei:CodeSystem:dispensing"], &[]),
    of(System::VisitingNursing, &["urn:x-santei:CodeSystem:visiting-nursing"], &[]),
];

/// A code system as it was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) system: System,
    /// The URI that answers use: the one that was asked by, in the URL form where the question had an OID.
    pub(super) uri: &'static str,
}

impl Place {
    /// A system by the URI that is written first.
    pub(super) fn first(system: System) -> Option<Self> {
        let known = SYSTEMS.iter().find(|known| known.system == system)?;
        known.uris.first().map(|uri| Self { system, uri })
    }

    /// A system by any of its URIs.
    pub(super) fn by_uri(uri: &str) -> Option<Self> {
        let known = SYSTEMS.iter().find(|known| known.uris.contains(&uri))?;
        let asked = known.uris.iter().find(|known| **known == uri && !known.starts_with("urn:oid:"));
        asked.or(known.uris.first()).map(|uri| Self { system: known.system, uri })
    }

    /// The system with all of whose codes a value set is filled.
    pub(super) fn by_value_set(url: &str) -> Option<Self> {
        if let Some(uri) = url.strip_suffix("?fhir_vs") {
            return Self::by_uri(uri);
        }
        let known = SYSTEMS.iter().find(|known| known.value_sets.contains(&url))?;
        Self::first(known.system)
    }

    /// A code as the system of this URI writes it.
    pub(super) fn written(self, code: &str) -> String {
        match (code.get(..3), code.get(3..)) {
            (Some(head), Some(tail)) if self.uri == ICD10_INTERNATIONAL && !tail.is_empty() => format!("{head}.{tail}"),
            _ => code.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_uri_is_of_one_system() {
        let all: Vec<&str> =
            SYSTEMS.iter().flat_map(|known| known.uris.iter().chain(known.value_sets)).copied().collect();
        for uri in &all {
            assert_eq!(all.iter().filter(|other| *other == uri).count(), 1, "{uri}");
        }
        for known in SYSTEMS {
            for uri in known.uris {
                assert_eq!(Place::by_uri(uri).unwrap().system, known.system);
                assert_eq!(Place::by_value_set(&format!("{uri}?fhir_vs")).unwrap().system, known.system);
            }
            for url in known.value_sets {
                assert_eq!(Place::by_value_set(url).unwrap(), Place::first(known.system).unwrap());
            }
        }
        assert_eq!(Place::by_uri("http://loinc.org"), None);
    }

    #[test]
    fn dots_belong_to_the_international_uri() {
        let written = |uri| Place::by_uri(uri).unwrap().written("E119");
        assert_eq!(written(ICD10_INTERNATIONAL), "E11.9");
        assert_eq!(written("http://jpfhir.jp/fhir/core/mhlw/CodeSystem/ICD10-2013-full"), "E119");
    }
}
