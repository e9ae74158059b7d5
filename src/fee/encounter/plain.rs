//! Encounters in plain JSON, read in one pass. What is written in any other way is left to the derived readers, which say
//! what is wrong with it.

use rust_decimal::Decimal;

use super::{
    Addition, Consultation, Coverage, Diagnosis, Dispensing, DrugAmount, DrugChoice, DrugUse, Encounter, Facility,
    FacilityKind, HospitalFee, IncomeClass, MaterialAmount, Order, PastCharge, Patient, Prescription,
    PrescriptionFeeClass, Rehabilitation, Rp, Sex, Specimen, TimeClass, Visit, one,
};
use crate::{
    code::{DiseaseCode, DrugCode, MaterialCode, ModifierCode, ProcedureCode},
    date::ServiceDate,
    fee::{quantity, vertebra::Vertebra},
    json::{FromPull, Pull, choices, object, parsed},
};

/// A member that may be left out, but is not null where it stands.
impl<T: FromPull> FromPull for Option<T> {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        T::pull(from).map(Some)
    }
}

impl FromPull for Decimal {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        if from.is_text() { quantity::read(from.text()?) } else { from.number().map(Self::from) }
    }
}

parsed!(DiseaseCode, ModifierCode, Vertebra);

/// The number that digits write, with the quotation marks around them.
#[inline]
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.get(1..bytes.len().checked_sub(1)?)?.iter().try_fold(0u32, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        // Nine digits are far from the end of a number.
        (digit < 10).then(|| number.wrapping_mul(10).wrapping_add(u32::from(digit)))
    })
}

macro_rules! codes {
    ($($code:ident),*) => {$(
        impl FromPull for $code {
            fn pull(from: &mut Pull<'_>) -> Option<Self> {
                from.exact::<11>().and_then(|bytes| digits(bytes)).and_then(Self::from_number)
            }
        }
    )*};
}

codes!(ProcedureCode, DrugCode, MaterialCode);

impl FromPull for ServiceDate {
    fn pull(from: &mut Pull<'_>) -> Option<Self> {
        let [_, y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, _] = *from.exact::<12>()? else { return None };
        Self::from_packed(digits(&[0, y1, y2, y3, y4, m1, m2, d1, d2, 0])?).ok()
    }
}

object!(Encounter {
    "facility" facility,
    "patient" patient,
    "visits" visits,
} {
    "coverage" coverage Coverage::default(),
    "history" history Vec::new(),
});
object!(Facility {
    "kind" kind,
} {
    "general_beds" general_beds None,
    "permitted_beds" permitted_beds None,
    "registrations" registrations None,
});
choices!(FacilityKind { "hospital" Hospital, "clinic" Clinic, });
object!(Patient { "birth_date" birth_date, } { "sex" sex None, });
choices!(Sex { "male" Male, "female" Female, });
object!(Coverage {} { "income_class" income_class None, "late_elderly" late_elderly false, });
choices!(IncomeClass {
    "low" Low,
    "general" General,
    "above_threshold" AboveThreshold,
    "active" Active,
});
object!(Visit {
    "date" date,
    "consultation" consultation,
} {
    "admitted" admitted None,
    "time_class" time_class TimeClass::default(),
    "telemedicine" telemedicine false,
    "second_department" second_department false,
    "hospital_fee" hospital_fee None,
    "outpatient_management" outpatient_management None,
    "diagnoses" diagnoses Vec::new(),
    "orders" orders Vec::new(),
    "prescriptions" prescriptions Vec::new(),
});
choices!(Consultation {
    "first" First,
    "revisit" Revisit,
    "phone_revisit" PhoneRevisit,
    "same_day_revisit" SameDayRevisit,
    "same_day_phone_revisit" SameDayPhoneRevisit,
    "none" None,
});
choices!(HospitalFee {
    "full" Full,
    "without_referral" WithoutReferral,
    "low_settlement_rate" LowSettlementRate,
});
choices!(TimeClass {
    "in_hours" InHours,
    "after_hours" AfterHours,
    "holiday" Holiday,
    "late_night" LateNight,
    "emergency_night" EmergencyNight,
    "early_or_late" EarlyOrLate,
    "pediatric_night" PediatricNight,
    "pediatric_holiday" PediatricHoliday,
    "pediatric_late_night" PediatricLateNight,
});
object!(Diagnosis { "disease" disease, } { "modifiers" modifiers Vec::new(), "main" main false, });
object!(PastCharge {
    "date" date,
    "procedure" procedure,
} {
    "count" count one(),
    "quantity" quantity None,
});
object!(Order {
    "procedure" procedure,
} {
    "quantity" quantity None,
    "count" count one(),
    "additions" additions Vec::new(),
    "drugs" drugs Vec::new(),
    "materials" materials Vec::new(),
    "points" points None,
    "urgent" urgent None,
    "specimen" specimen None,
    "site" site None,
    "levels" levels Vec::new(),
    "source_quantity" source_quantity None,
    "rehabilitation" rehabilitation None,
});
object!(Rehabilitation { "onset" onset, } { "treatment" treatment None, "admitted" admitted None, });
object!(Addition { "procedure" procedure, } { "quantity" quantity None, });
choices!(Specimen {
    "venous_blood" VenousBlood,
    "capillary_blood" CapillaryBlood,
    "nasal_swab" NasalSwab,
    "no_fee" NoFee,
});
object!(MaterialAmount {
    "material" material,
} {
    "quantity" quantity None,
    "price" price None,
    "chest_or_abdomen" chest_or_abdomen None,
});
object!(DrugAmount {
    "drug" drug,
    "quantity" quantity,
} {
    "choice" choice None,
    "generic_price" generic_price None,
});
choices!(DrugChoice { "patient" Patient, "medical_need" MedicalNeed, "unavailable" Unavailable, });
object!(Prescription {
    "dispensing" dispensing,
    "rps" rps,
} {
    "refill" refill false,
    "fee_class" fee_class None,
});
choices!(Dispensing { "in_house" InHouse, "pharmacy" Pharmacy, });
choices!(PrescriptionFeeClass {
    "psychotropics" Psychotropics,
    "seven_kinds" SevenKinds,
    "long_psychotropic" LongPsychotropic,
    "other" Other,
});
object!(Rp {
    "use" usage,
    "drugs" drugs,
} {
    "count" count one(),
    "temporary" temporary false,
    "mixed" mixed false,
});
choices!(DrugUse { "internal" Internal, "as_needed" AsNeeded, "external" External, });

#[cfg(test)]
#[allow(clippy::string_slice, reason = "the text of the tests is ASCII")]
mod tests {
    use super::*;

    const FULL: &str = r#"{
        "facility": { "kind": "hospital", "general_beds": 100, "permitted_beds": 120, "registrations": [1, 2] },
        "patient": {"birth_date":"1961-05-10", "sex": "female"},
        "coverage": {"income_class":"above_threshold", "late_elderly": true},
        "visits": [{
            "date": "2026-07-29", "consultation": "revisit", "admitted": "2026-07-01", "time_class": "late_night",
            "telemedicine": false, "second_department": true, "hospital_fee": "full", "outpatient_management": true,
            "diagnoses": [{ "disease": "8833421", "main": true, "modifiers": ["2056"] }, {"disease": "2500015"}],
            "orders": [{ "procedure": "160008010", "quantity": 15, "count": 2, "additions": [
                { "procedure": "160000310", "quantity": "0.5" } ], "points": 7, "urgent": false, "specimen": "no_fee",
                "site": "left", "levels": ["L1"], "source_quantity": "200", "drugs": [], "materials": [
                { "material": "710010001", "quantity": "2", "price": 30, "chest_or_abdomen": true } ],
                "rehabilitation": { "onset": "2026-07-01", "treatment": "2026-07-02", "admitted": "2026-07-03" } }],
            "prescriptions": [{ "dispensing": "in_house", "refill": false, "fee_class": "other", "rps": [
                { "use": "internal", "count": 14, "temporary": true, "mixed": false, "drugs": [
                { "drug": "620005904", "quantity": "1", "choice": "patient", "generic_price": 10 }] } ] }]
        }],
        "history": [ { "date": "2026-07-01", "procedure": "112007410", "count": 2, "quantity": 3 } ]
    }"#;

    /// What is taken is what the derived readers take, and understood alike.
    fn same(text: &str) -> bool {
        let plain = Pull::whole::<Encounter>(text.as_bytes());
        if let Some(plain) = &plain {
            assert_eq!(Some(plain), serde_json::from_str(text).ok().as_ref(), "{text}");
        }
        plain.is_some()
    }

    #[test]
    fn every_member() {
        assert!(same(FULL) && same(include_str!("../../../benches/visit.json")));
        assert!(
            !same(&FULL.replace("left", "l\\u0065ft")) && !same(&FULL.replace("\"quantity\": 15", "\"quantity\": 1.5"))
        );
    }

    #[test]
    fn a_name_has_its_colon_and_a_text_its_letters() {
        let names = FULL.replace("\"telemedicine\": false", "\"telemedicine\"\"second_department\": false");
        assert!(!same(&names) && !same(&FULL.replace("\"date\":", "\"date\" \"")));
        assert!(same(&FULL.replace("\"date\":", "\"date\" \n:")));
        let mut bytes = FULL.replace("left", "左").into_bytes();
        assert!(Pull::whole::<Encounter>(&bytes).is_some());
        // Half a letter is none.
        let at = bytes.windows(3).position(|letter| letter == "左".as_bytes()).unwrap();
        bytes.remove(at);
        assert!(Pull::whole::<Encounter>(&bytes).is_none());
    }

    #[test]
    fn one_byte_changed_left_out_or_put_in() {
        for at in 0..FULL.len() {
            let (before, after) = FULL.split_at(at);
            for byte in "}],:\"\\0x-. {".chars() {
                same(&format!("{before}{byte}{}", &after[1..]));
                same(&format!("{before}{byte}{after}"));
            }
            same(&[before, &after[1..]].concat());
            same(before);
        }
    }

    #[test]
    fn values_of_other_kinds_and_names_of_other_members() {
        let values =
            ["null", "true", "-7", "1e3", "1.5", "007", "4294967296", "\"x\"", "{}", "[]", "[1]", "\"2026-02-30\""];
        for (at, _) in FULL.match_indices(": ") {
            for value in values {
                let rest = FULL[at + 2..].find([',', '}', ']']).unwrap();
                same(&[&FULL[..at + 2], value, &FULL[at + 2 + rest..]].concat());
            }
            for name in ["date", "quantity", "no", "procedure"] {
                let start = FULL[..at].rfind('"').and_then(|end| FULL[..end].rfind('"')).unwrap();
                same(&[&FULL[..start], "\"", name, "\"", &FULL[at..]].concat());
            }
        }
    }
}
