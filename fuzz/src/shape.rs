//! Encounters of the right shape, from few bytes.

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use santei::{
    date::ServiceDate,
    master::{Disease, Drug, Procedure},
};
use serde_json::{Value, json};

use crate::visit::STANDARD;

/// One code with what a visit must give with it.
struct Known {
    code: String,
    counted: bool,
    percentage: bool,
}

/// The codes in force on the first day of 2026's fees, so that most of them stand on the days below.
struct Codes {
    procedures: Vec<Known>,
    percentages: Vec<Known>,
    drugs: Vec<String>,
    diseases: Vec<String>,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let day: ServiceDate = "2026-06-01".parse().expect("a day");
    let known = |row: Procedure<'_>| Known {
        code: row.code().to_string(),
        counted: row.unit_code() != 0,
        percentage: matches!(row.point_kind(), 5 | 6),
    };
    let all: Vec<Known> = STANDARD.in_force::<Procedure>(day).map(known).collect();
    let (percentages, procedures) = all.into_iter().partition(|known: &Known| known.percentage);
    Codes {
        procedures,
        percentages,
        drugs: STANDARD.in_force::<Drug>(day).map(|row| row.code().to_string()).collect(),
        diseases: STANDARD.in_force::<Disease>(day).map(|row| row.code().to_string()).collect(),
    }
});

/// Days around the revisions and the borders of the year.
const DAYS: [&str; 12] = [
    "2022-03-31", "2022-10-01", "2024-05-31", "2024-06-01", "2025-09-30", "2025-10-01", "2026-02-28", "2026-05-31",
    "2026-06-01", "2026-06-02", "2026-08-01", "2026-12-31",
];
const CONSULTATIONS: [&str; 6] =
    ["first", "revisit", "phone_revisit", "same_day_revisit", "same_day_phone_revisit", "none"];
const TIMES: [&str; 9] = [
    "in_hours", "after_hours", "holiday", "late_night", "emergency_night", "early_or_late", "pediatric_night",
    "pediatric_holiday", "pediatric_late_night",
];
const INCOMES: [&str; 4] = ["low", "general", "above_threshold", "active"];
const SPECIMENS: [&str; 4] = ["venous_blood", "capillary_blood", "nasal_swab", "no_fee"];
const USES: [&str; 3] = ["internal", "as_needed", "external"];
const FEES: [&str; 4] = ["psychotropics", "seven_kinds", "long_psychotropic", "other"];
const QUANTITIES: [&str; 8] = ["1", "2", "0.5", "3", "100", "99999", "0.00001", "30"];

/// An encounter in bytes.
#[derive(Debug, Arbitrary)]
pub struct Shape {
    hospital: bool,
    beds: Option<u16>,
    permitted: Option<u16>,
    registrations: Option<Vec<u16>>,
    birth: (u8, u8, u8),
    female: Option<bool>,
    income: Option<u8>,
    late_elderly: bool,
    first: Visit,
    more: Option<Visit>,
    history: Vec<(u8, u16, u8)>,
}

#[derive(Debug, Arbitrary)]
struct Visit {
    day: u8,
    consultation: u8,
    time: u8,
    flags: u8,
    management: Option<bool>,
    diseases: Vec<u16>,
    orders: Vec<Order>,
    prescription: Option<Prescription>,
}

#[derive(Debug, Arbitrary)]
struct Order {
    procedure: u16,
    quantity: u8,
    count: u8,
    specimen: Option<u8>,
    percentage: Option<u16>,
    addition: Option<u16>,
    drug: Option<(u16, u8)>,
}

#[derive(Debug, Arbitrary)]
struct Prescription {
    pharmacy: bool,
    refill: bool,
    fee: Option<u8>,
    rps: Vec<Rp>,
}

#[derive(Debug, Arbitrary)]
struct Rp {
    usage: u8,
    count: u8,
    flags: u8,
    drugs: Vec<(u16, u8)>,
}

fn pick<T>(list: &[T], index: usize) -> &T {
    &list[index % list.len()]
}

fn word(list: &[&'static str], index: u8) -> &'static str {
    pick(list, usize::from(index))
}

fn drug((drug, quantity): &(u16, u8)) -> Value {
    json!({ "drug": pick(&CODES.drugs, usize::from(*drug)), "quantity": word(&QUANTITIES, *quantity) })
}

fn line(known: &Known, quantity: u8) -> Value {
    let mut line = json!({ "procedure": known.code });
    if known.counted {
        line["quantity"] = u64::from(quantity).saturating_mul(u64::from(quantity)).max(1).into();
    }
    line
}

impl Shape {
    /// The encounter as JSON.
    pub fn json(&self) -> String {
        let (year, month, day) = self.birth;
        let birth = format!("{:04}-{:02}-{:02}", 1920 + u32::from(year) % 107, month % 12 + 1, day % 28 + 1);
        let mut encounter = json!({
            "facility": { "kind": if self.hospital { "hospital" } else { "clinic" } },
            "patient": { "birth_date": birth },
            "coverage": { "late_elderly": self.late_elderly },
            "visits": [self.first.json()],
        });
        if let Some(beds) = self.beds.or(self.hospital.then_some(150)) {
            encounter["facility"]["general_beds"] = beds.into();
        }
        if let Some(beds) = self.permitted {
            encounter["facility"]["permitted_beds"] = beds.into();
        }
        if let Some(registrations) = &self.registrations {
            encounter["facility"]["registrations"] = registrations.iter().take(8).copied().collect::<Value>();
        }
        if let Some(female) = self.female {
            encounter["patient"]["sex"] = if female { "female" } else { "male" }.into();
        }
        if let Some(income) = self.income {
            encounter["coverage"]["income_class"] = word(&INCOMES, income).into();
        }
        if let (Some(more), Some(visits)) = (&self.more, encounter["visits"].as_array_mut()) {
            visits.push(more.json());
        }
        encounter["history"] = self
            .history
            .iter()
            .take(8)
            .map(|(day, procedure, count)| {
                let procedure = &pick(&CODES.procedures, usize::from(*procedure)).code;
                json!({ "date": word(&DAYS, *day), "procedure": procedure, "count": count % 4 + 1 })
            })
            .collect();
        encounter.to_string()
    }
}

impl Visit {
    fn json(&self) -> Value {
        let mut visit = json!({
            // Most visits fall in 2026, where the standard masters have the most rows.
            "date": if self.day < 128 { "2026-07-01" } else { word(&DAYS, self.day) },
            "consultation": word(&CONSULTATIONS, self.consultation),
            "time_class": word(&TIMES, if self.time < 128 { 0 } else { self.time - 128 }),
            "telemedicine": self.flags & 7 == 7,
            "second_department": self.flags & 56 == 56,
            "diagnoses": self.diseases.iter().take(4)
                .map(|disease| json!({ "disease": pick(&CODES.diseases, usize::from(*disease)) })).collect::<Value>(),
            "orders": self.orders.iter().take(12).map(Order::json).collect::<Value>(),
            "prescriptions": self.prescription.iter().map(Prescription::json).collect::<Value>(),
        });
        if let Some(management) = self.management {
            visit["outpatient_management"] = management.into();
        }
        visit
    }
}

impl Order {
    fn json(&self) -> Value {
        let known = pick(&CODES.procedures, usize::from(self.procedure));
        let mut order = line(known, self.quantity);
        order["count"] = (self.count % 16 + 1).into();
        if let Some(specimen) = self.specimen {
            order["specimen"] = word(&SPECIMENS, specimen).into();
        }
        let percentage = self.percentage.map(|index| pick(&CODES.percentages, usize::from(index)));
        let addition = self.addition.map(|index| pick(&CODES.procedures, usize::from(index)));
        order["additions"] =
            [percentage, addition].into_iter().flatten().map(|known| line(known, self.quantity)).collect();
        order["drugs"] = self.drug.iter().map(drug).collect();
        order
    }
}

impl Prescription {
    fn json(&self) -> Value {
        let rps: Vec<Value> = self.rps.iter().take(8).filter(|rp| !rp.drugs.is_empty()).map(Rp::json).collect();
        let fallback = || vec![json!({ "use": "internal", "count": 7, "drugs": [drug(&(0, 0))] })];
        let mut prescription = json!({
            "dispensing": if self.pharmacy { "pharmacy" } else { "in_house" },
            "refill": self.refill && self.pharmacy,
            "rps": if rps.is_empty() { fallback() } else { rps },
        });
        if let Some(fee) = self.fee {
            prescription["fee_class"] = word(&FEES, fee).into();
        }
        prescription
    }
}

impl Rp {
    fn json(&self) -> Value {
        let usage = word(&USES, self.usage);
        json!({
            "use": usage,
            "count": if usage == "external" { 1 } else { self.count % 90 + 1 },
            "temporary": self.flags & 3 == 3,
            "mixed": self.flags & 12 == 12,
            "drugs": self.drugs.iter().take(8).map(drug).collect::<Value>(),
        })
    }
}
