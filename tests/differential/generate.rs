//! Encounters by chance, always the same ones.

use serde_json::{Value, json};

use crate::{days::length, tables::Tables};

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }
}

/// The table of drugs begins here.
const DRUGS_FROM: &str = "2024-04-01";

fn date(random: &mut Random) -> String {
    // The days about each revision and the borders of months more often than others.
    const BORDERS: [&str; 14] = [
        "2022-04-01",
        "2024-05-31",
        "2024-06-01",
        "2024-06-02",
        "2025-03-31",
        "2025-04-01",
        "2026-03-31",
        "2026-04-01",
        "2026-05-31",
        "2026-06-01",
        "2026-06-02",
        "2027-05-31",
        "2027-06-01",
        "2024-03-31",
    ];
    if random.percent(25) {
        return (*random.of(&BORDERS)).to_owned();
    }
    let months = random.below(69) as i64 + 3;
    let (year, month) = (2022 + months / 12, months % 12 + 1);
    let day = 1 + random.below(length(year, month) as u64);
    format!("{year}-{month:02}-{day:02}")
}

/// A day of birth: an infant, a child near a border of age, or a grown person.
pub(crate) fn birth(random: &mut Random, first: &str) -> String {
    let (year, rest) = first.split_at(4);
    let year: i64 = year.parse().unwrap();
    let years = match random.below(10) {
        0 => 0,
        1..=3 => random.below(8) as i64,
        4 => *random.of(&[3, 6, 15, 20, 70, 75]),
        _ => random.below(95) as i64,
    };
    if random.percent(20) && !rest.starts_with("-02-29") {
        return format!("{}{rest}", year - years);
    }
    let month = 1 + random.below(12) as i64;
    let day = 1 + random.below(length(year - years, month) as u64);
    let birth = format!("{}-{month:02}-{day:02}", year - years);
    if birth.as_str() > first { format!("{}-{month:02}-01", year - years - 1) } else { birth }
}

fn amount(random: &mut Random) -> String {
    (*random.of(&["1", "2", "3", "0.5", "6", "10", "1.5", "0.33333", "20", "70"])).to_owned()
}

/// What is ordered often at a clinic.
const USUAL: [&str; 34] = [
    "160017410",
    "160018910",
    "160019010",
    "160019210",
    "160022410",
    "160017010",
    "160022510",
    "160022610",
    "160019510",
    "160020010",
    "160020410",
    "160036510",
    "160037210",
    "160037510",
    "160008010",
    "160000310",
    "160000410",
    "160010010",
    "160054710",
    "160169450",
    "160068410",
    "160072210",
    "160072110",
    "160093810",
    "170027910",
    "170000410",
    "170011810",
    "170015210",
    "130003510",
    "130000510",
    "140000610",
    "150001010",
    "160056110",
    "160012010",
];

fn procedure(tables: &Tables, random: &mut Random, date: &str) -> String {
    loop {
        let code = if random.percent(60) {
            (*random.of(&USUAL)).to_owned()
        } else {
            random.of(&tables.procedures.rows).code().to_owned()
        };
        let Some(row) = tables.procedures.get(&code, date) else { continue };
        // Consultations come from the visit; a percentage needs a base.
        if !matches!(row.part(), "A") && !matches!(row.text("point_kind"), "5" | "6") {
            return code;
        }
    }
}

fn with_quantity(tables: &Tables, random: &mut Random, date: &str, code: &str) -> Value {
    let mut line = json!({ "procedure": code });
    if tables.procedures.get(code, date).unwrap().number("unit_code") != 0 {
        let quantity =
            *random.of(&["1", "2", "3", "5", "6", "12", "14", "30", "90", "91", "120", "121", "250", "0.5", "1.25"]);
        line["quantity"] = json!(quantity);
    }
    line
}

fn order(tables: &Tables, random: &mut Random, date: &str) -> Value {
    let code = procedure(tables, random, date);
    let mut order = with_quantity(tables, random, date, &code);
    let part = tables.procedures.get(&code, date).unwrap().part().to_owned();
    if random.percent(8) {
        order["count"] = json!(1 + random.below(3));
    }
    if part == "D" && random.percent(60) {
        order["specimen"] = json!(*random.of(&[
            "venous_blood",
            "venous_blood",
            "venous_blood",
            "capillary_blood",
            "nasal_swab",
            "no_fee"
        ]));
    }
    if random.percent(25) {
        order["urgent"] = json!(random.percent(60));
    }
    let mut additions = Vec::new();
    if part == "D" && random.percent(10) {
        additions.push(json!({ "procedure": "160177770", "quantity": *random.of(&["1", "1", "2", "6"]) }));
    }
    if random.percent(if part == "E" { 40 } else { 12 }) {
        let found = (0..400).map(|_| random.of(&tables.procedures.rows).code().to_owned()).find(|other| {
            tables.procedures.get(other, date).is_some_and(|row| {
                row.part() == part && matches!(row.text("notice_1"), "7" | "9") && row.code() != "160177770"
            })
        });
        let contrast = if part == "E" && random.percent(50) { Some("170012070".to_owned()) } else { found };
        additions.extend(contrast.map(|code| with_quantity(tables, random, date, &code)));
    }
    if !additions.is_empty() {
        order["additions"] = json!(additions);
    }
    if matches!(part.as_str(), "G" | "J" | "D" | "E" | "K")
        && date >= DRUGS_FROM
        && random.percent(if part == "G" { 80 } else { 15 })
    {
        order["drugs"] = drugs(tables, random, date, 2, "4");
    }
    order
}

fn drugs(tables: &Tables, random: &mut Random, date: &str, most: u64, form: &str) -> Value {
    let mut list = Vec::new();
    let number = 1 + random.below(most);
    while (list.len() as u64) < number {
        let code = random.of(&tables.drugs.rows).code();
        let right = random.percent(97);
        let fits = tables
            .drugs
            .get(code, date)
            .is_some_and(|row| row.text("price_kind") == "1" && (row.text("form") == form) == right);
        if fits {
            list.push(json!({ "drug": code, "quantity": amount(random) }));
        }
    }
    json!(list)
}

fn prescription(tables: &Tables, random: &mut Random, date: &str) -> Value {
    let most = if random.percent(25) { 9 } else { 3 };
    let rps: Vec<Value> = (0..=random.below(most))
        .map(|_| {
            let usage = *random.of(&["internal", "internal", "internal", "as_needed", "external"]);
            let form = if usage == "external" { "6" } else { "1" };
            let mut rp = json!({ "use": usage, "drugs": drugs(tables, random, date, 3, form) });
            if usage != "external" {
                rp["count"] = json!(1 + random.below(30));
            }
            if random.percent(4) {
                rp["temporary"] = json!(true);
            }
            if random.percent(5) {
                rp["mixed"] = json!(true);
            }
            rp
        })
        .collect();
    let mut prescription = json!({ "dispensing": *random.of(&["in_house", "in_house", "pharmacy"]), "rps": rps });
    if prescription["dispensing"] == "pharmacy" && random.percent(10) {
        prescription["refill"] = json!(true);
    }
    if random.percent(8) {
        prescription["fee_class"] = json!(*random.of(&["psychotropics", "seven_kinds", "long_psychotropic", "other"]));
    }
    prescription
}

fn visit(tables: &Tables, random: &mut Random, date: &str, consultation: &str) -> Value {
    let mut visit = json!({ "date": date, "consultation": consultation });
    if consultation != "none" && random.percent(30) {
        visit["time_class"] = json!(*random.of(&[
            "after_hours",
            "holiday",
            "late_night",
            "emergency_night",
            "early_or_late",
            "pediatric_night",
            "pediatric_holiday",
            "pediatric_late_night"
        ]));
    }
    if matches!(consultation, "first" | "revisit") && random.percent(8) {
        visit["telemedicine"] = json!(true);
    }
    if random.percent(10) {
        visit["outpatient_management"] = json!(false);
    }
    let most = if random.percent(20) { 14 } else { 4 };
    let mut orders: Vec<Value> = (0..random.below(most)).map(|_| order(tables, random, date)).collect();
    if random.percent(12) {
        // One sample of blood for several tests.
        let specimen = if random.percent(85) { "venous_blood" } else { "no_fee" };
        let start = random.below(8) as usize;
        let items = 2 + random.below(10) as usize;
        orders.extend(
            USUAL[..14]
                .iter()
                .cycle()
                .skip(start)
                .take(items)
                .map(|code| json!({ "procedure": code, "specimen": specimen })),
        );
    }
    if random.percent(6) {
        // What is charged together: stretches of an anesthesia, levels of the spine, transfusions, operations, films.
        const FAMILIES: [&[&str]; 6] = [
            &["150233410", "150333210", "150333010", "150332810", "150332610"],
            &["150328210", "150333110", "150332910", "150332710", "150233410", "150232610"],
            &["150282610", "150355010", "150355110", "150282510", "150314710"],
            &["150224910", "150286310", "150224810", "150286210"],
            &["150001010", "150001110", "150001810", "150054610"],
            &["170000410", "170027910", "170001910", "170000910", "170000210", "170016010"],
        ];
        let family = *random.of(&FAMILIES);
        for _ in 0..2 + random.below(4) {
            let code = *random.of(family);
            if tables.procedures.get(code, date).is_some() {
                orders.push(with_quantity(tables, random, date, code));
            }
        }
    }
    if random.percent(2) && tables.procedures.get("112017270", date).is_some() {
        orders.push(json!({ "procedure": "112017270" }));
    }
    visit["orders"] = json!(orders);
    if date >= DRUGS_FROM && random.percent(45) {
        let number = if random.percent(8) { 2 } else { 1 };
        let all: Vec<Value> = (0..number).map(|_| prescription(tables, random, date)).collect();
        visit["prescriptions"] = json!(all);
    }
    visit
}

pub(crate) fn encounter(tables: &Tables, random: &mut Random) -> Value {
    let first = date(random);
    let wages = *random.of(&[4307, 4303]);
    let registrations = json!([wages, 852, 3064, 612]);
    let mut facility = match random.below(4) {
        0 => {
            json!({ "kind": "hospital", "general_beds": 90 + random.below(80), "permitted_beds": 170 + random.below(29) })
        }
        _ => json!({ "kind": "clinic" }),
    };
    if random.percent(50) {
        facility["registrations"] = registrations;
    }
    let consultation = *random.of(&["first", "revisit", "revisit", "phone_revisit", "none"]);
    let mut visits = vec![visit(tables, random, &first, consultation)];
    if random.percent(15) && consultation != "none" {
        // Later on the same day.
        let again = *random.of(&["none", "revisit", "same_day_revisit", "same_day_phone_revisit"]);
        let mut second = visit(tables, random, &first, again);
        if again == "revisit" {
            second["second_department"] = json!(true);
        }
        visits.push(second);
    }
    if random.percent(40) {
        // Later in the month, or at its end.
        let end = format!("{}-{:02}", &first[..7], length(first[..4].parse().unwrap(), first[5..7].parse().unwrap()));
        if end > first {
            let again = *random.of(&["revisit", "none", "phone_revisit"]);
            visits.push(visit(tables, random, &end, again));
        }
    }
    if random.percent(50) {
        visits.reverse();
    }
    let mut encounter = json!({
        "facility": facility, "patient": { "birth_date": birth(random, &first) }, "visits": visits,
    });
    if random.percent(20) {
        let codes =
            ["160061910", "160062010", "160061810", "160095710", "160072110", "160068410", "170011810", "180725810"];
        let day = if random.percent(50) { first.clone() } else { format!("{}-01", &first[..7]) };
        let past: Vec<Value> = codes
            .iter()
            .filter(|code| tables.procedures.get(code, &day).is_some())
            .filter(|_| !random.0.is_multiple_of(3))
            .map(|code| json!({ "date": day, "procedure": code }))
            .collect();
        encounter["history"] = json!(past);
        random.next();
    }
    encounter
}
