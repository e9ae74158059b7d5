//! The rules, in the order in which the fee schedule applies them.

use serde_json::Value;

use crate::{
    bases, contest,
    days::{self, Day, admits, day},
    limits, medication, often, parts, pricing,
    tables::{Certainty, Row, Tables},
};

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    pub(crate) code: String,
    pub(crate) addition: bool,
    pub(crate) verdict: &'static str,
    pub(crate) points: Option<i64>,
    pub(crate) count: i64,
    pub(crate) total: Option<i64>,
    pub(crate) certainty: Certainty,
}

/// One line on its way.
#[derive(Clone)]
pub(crate) struct Item<'t> {
    pub(crate) code: String,
    pub(crate) row: Option<&'t Row>,
    pub(crate) quantity: Option<i128>,
    pub(crate) verdict: &'static str,
    pub(crate) points: Option<i64>,
    /// Points before rounding that a part gives in place of the row's own.
    pub(crate) figure: Option<i128>,
    /// A further part of the base, not an addition to it.
    pub(crate) joined: bool,
    pub(crate) kind: Kind<'t>,
    /// The worst of what it rests on.
    pub(crate) certainty: Certainty,
    /// Fell to what was charged before.
    pub(crate) to_past: bool,
    /// What a rule added it for.
    pub(crate) cause: Option<Cause>,
}

/// What a derived line falls with.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The last test of a group.
    Tests(String),
    Consultation,
    /// The last fee with this mark in this column.
    Mark(&'static str, String),
}

#[derive(Clone)]
pub(crate) enum Kind<'t> {
    Procedure,
    /// A figure without a code.
    Figure(i64),
    /// F200, by the place of the prescription.
    Prescribed {
        usage: String,
        prescription: usize,
        temporary: bool,
        drugs: Vec<(&'t Row, i128)>,
    },
    /// G100.
    Injected(Vec<(&'t Row, i128)>),
    /// D500, J300 and the like.
    Used(Vec<(&'t Row, i128)>),
    /// F200 注3.
    Tenth(usize),
}

pub(crate) struct Group<'t> {
    pub(crate) base: Item<'t>,
    pub(crate) additions: Vec<Item<'t>>,
    pub(crate) count: i64,
    pub(crate) specimen: String,
    pub(crate) urgent: Option<bool>,
    /// The base stands in the input.
    pub(crate) ordered: bool,
}

pub(crate) struct Visit<'t> {
    pub(crate) place: usize,
    pub(crate) input: &'t Value,
    pub(crate) date: &'t str,
    pub(crate) birth: Day,
    pub(crate) on: Day,
    pub(crate) groups: Vec<Group<'t>>,
}

impl<'t> Kind<'t> {
    fn drugs(&self) -> &[(&'t Row, i128)] {
        match self {
            Self::Prescribed { drugs, .. } | Self::Injected(drugs) | Self::Used(drugs) => drugs,
            _ => &[],
        }
    }
}

impl<'t> Item<'t> {
    pub(crate) fn new(code: &str, row: Option<&'t Row>, kind: Kind<'t>) -> Self {
        // A procedure that the tables lack on the day is for a person.
        let verdict = if row.is_none() && matches!(kind, Kind::Procedure) { "needs_review" } else { "charged" };
        let certainty = row.map_or(Certainty::Official, Row::certainty);
        let certainty = kind.drugs().iter().map(|(drug, _)| drug.certainty()).fold(certainty, Ord::max);
        Self {
            code: code.to_owned(),
            row,
            quantity: None,
            verdict,
            points: None,
            figure: None,
            joined: false,
            kind,
            certainty,
            to_past: false,
            cause: None,
        }
    }

    pub(crate) fn open(&self) -> bool {
        matches!(self.verdict, "charged" | "needs_review")
    }

    pub(crate) fn turn(&mut self, verdict: &'static str) {
        if self.open() {
            self.verdict = verdict;
        }
    }
}

impl<'t> Group<'t> {
    pub(crate) fn of(base: Item<'t>) -> Self {
        Self { base, additions: Vec::new(), count: 1, specimen: String::new(), urgent: None, ordered: false }
    }

    pub(crate) fn items(&self) -> impl Iterator<Item = &Item<'t>> {
        std::iter::once(&self.base).chain(&self.additions)
    }
}

impl<'t> Group<'t> {
    /// The base, or an addition from 1 on.
    pub(crate) fn item(&mut self, place: usize) -> &mut Item<'t> {
        if place == 0 { &mut self.base } else { &mut self.additions[place - 1] }
    }

    /// Keeps so many times, and gives the same lines for the rest.
    pub(crate) fn split(&mut self, keep: i64) -> Self {
        let rest = Self {
            base: self.base.clone(),
            additions: self.additions.clone(),
            count: self.count - keep,
            specimen: self.specimen.clone(),
            urgent: self.urgent,
            ordered: self.ordered,
        };
        self.count = keep;
        rest
    }
}

impl<'t> Visit<'t> {
    pub(crate) fn has(&self, code: &str) -> bool {
        self.groups.iter().flat_map(Group::items).any(|item| item.code == code)
    }

    pub(crate) fn says(&self, field: &str) -> &str {
        self.input[field].as_str().unwrap_or("")
    }

    pub(crate) fn flag(&self, field: &str) -> bool {
        self.input[field].as_bool().unwrap_or(false)
    }

    pub(crate) fn years(&self) -> i64 {
        days::years(self.birth, self.on)
    }

    /// A procedure that a rule adds, with its own conditions.
    pub(crate) fn derived(&self, tables: &'t Tables, facility: &Value, code: &str) -> Item<'t> {
        let mut item = Item::new(code, tables.procedures.get(code, self.date), Kind::Procedure);
        self.conditions(tables, facility, &mut item);
        item
    }

    fn add(&mut self, tables: &'t Tables, facility: &Value, code: &str, cause: Option<Cause>) {
        if !self.has(code) {
            let mut item = self.derived(tables, facility, code);
            item.cause = cause;
            self.groups.push(Group::of(item));
        }
    }

    /// 13, 14, 19, 41, 42, 71, 72–81.
    pub(crate) fn conditions(&self, tables: &Tables, facility: &Value, item: &mut Item<'t>) {
        let Some(row) = item.row else { return };
        let clinic = facility["kind"] == "clinic";
        let late = self.years() >= 75;
        let barred = row.text("in_out") == "1"
            || row.text("facility_kind") == "4"
            || row.mark("forensic") == 4
            || !admits(row.text("age_low"), row.text("age_high"), self.birth, self.on)
            || (row.text("late_elderly") == "1" && late)
            || (row.text("late_elderly") == "2" && !late)
            || (row.text("facility_kind") == "1" && clinic)
            || (row.text("facility_kind") == "2" && !clinic);
        // All permitted beds but for 5 and 6, which ask for general ones; a clinic has fewer than twenty.
        let beds = |low: i64, high: i64, field: &str| {
            let beds = if clinic { i64::from(low != 1) - 1 } else { facility[field].as_i64().unwrap() };
            (low..=high).contains(&beds)
        };
        let fits = match row.text("bed_class") {
            "1" => clinic || beds(1, 99, "permitted_beds"),
            "2" => beds(100, 199, "permitted_beds"),
            "3" => beds(0, 199, "permitted_beds"),
            "4" => beds(200, i64::MAX, "permitted_beds"),
            "5" => beds(0, 199, "general_beds"),
            "6" => beds(200, i64::MAX, "general_beds"),
            "7" => beds(0, 399, "permitted_beds"),
            "8" => beds(400, i64::MAX, "permitted_beds"),
            _ => true,
        };
        // What the fee schedule has no number for.
        if row.text("fee_item").is_empty() && !matches!(row.text("point_kind"), "1" | "4" | "7") {
            item.turn("needs_review");
        }
        // A clinic may have one to nineteen beds, or none.
        if clinic && row.text("bed_class") == "1" {
            item.turn("needs_review");
        }
        // Outside the fee schedule there are rows for other purposes.
        if row.mark("forensic") != 4 && row.text("fee_item").starts_with(['-', '*']) {
            item.turn("needs_review");
        }
        if facility["registrations"].is_array() {
            let (holds, sure) = standards(tables, row, facility, self.date);
            item.certainty = item.certainty.max(sure);
            if !holds {
                item.turn("needs_review");
            }
        }
        if barred || !fits {
            item.turn("excluded");
        }
    }
}

/// 施設基準: one of ①–⑥, one of ⑦–⑨, and ⑩, each where there is any; and how sure that is. A 名寄せコード stands for others.
fn standards(tables: &Tables, row: &Row, facility: &Value, on: &str) -> (bool, Certainty) {
    let registered: Vec<i64> =
        facility["registrations"].as_array().into_iter().flatten().map(|one| one.as_i64().unwrap()).collect();
    let standards: Vec<i64> =
        row.text("standards").split(';').filter(|s| !s.is_empty()).map(|s| s.parse().unwrap()).collect();
    let has = |standard: i64| -> Option<Certainty> {
        if registered.contains(&standard) {
            return Some(Certainty::Official);
        }
        let start = format!("standard_group.{standard}.");
        let stand_for = tables.roles.on(on).filter(|role| role.code().starts_with(&start));
        stand_for.filter(|role| registered.contains(&role.number("value"))).map(Row::certainty).min()
    };
    let (mut all, mut worst) = (true, Certainty::Official);
    for range in [0..6, 6..9, 9..10] {
        let needed: Vec<i64> = standards.get(range).unwrap_or(&[]).iter().copied().filter(|code| *code != 0).collect();
        if needed.is_empty() {
            continue;
        }
        match needed.into_iter().filter_map(has).min() {
            Some(sure) => worst = worst.max(sure),
            None => all = false,
        }
    }
    (all, worst)
}

pub(crate) fn registered(tables: &Tables, row: &Row, facility: &Value, on: &str) -> bool {
    facility["registrations"].is_array() && standards(tables, row, facility, on).0
}

/// A000, A001: the consultation fee. The generator has no hospital of 200 beds or more.
fn consultation(visit: &Visit<'_>) -> Option<&'static str> {
    let video = visit.flag("telemedicine");
    Some(match (visit.says("consultation"), visit.flag("second_department"), video) {
        ("first", false, false) => "111000110",
        ("first", false, true) => "111014210",
        ("first", true, false) => "111011810",
        ("first", true, true) => "111014510",
        ("revisit", false, false) => "112007410",
        ("revisit", false, true) => "112024210",
        ("revisit", true, false) => "112015810",
        ("revisit", true, true) => "112025210",
        ("phone_revisit", false, _) => "112007950",
        ("phone_revisit", true, _) => "112015950",
        ("same_day_revisit", _, false) => "112008350",
        ("same_day_revisit", _, true) => "112024950",
        ("same_day_phone_revisit", ..) => "112008850",
        _ => return None,
    })
}

/// A000 注7 to 注9, A001 注5 to 注7: for children under six the infant's own, where there is one.
fn time_of_day(visit: &Visit<'_>) -> Option<Option<&'static str>> {
    let first = visit.says("consultation") == "first";
    let infant = visit.years() < 6;
    let codes = match visit.says("time_class") {
        "" | "in_hours" => return None,
        "after_hours" => [Some("111000570"), Some("111011970"), Some("112001110"), Some("112014770")],
        "holiday" => [Some("111000670"), Some("111012070"), Some("112001210"), Some("112014870")],
        "late_night" => [Some("111000770"), Some("111012170"), Some("112001310"), Some("112014970")],
        "emergency_night" => [Some("111000870"), Some("111012270"), Some("112001410"), Some("112015070")],
        "early_or_late" => [Some("111012470"), Some("111012470"), Some("112015570"), Some("112015570")],
        "pediatric_night" => [None, Some("111011570"), None, Some("112014170")],
        "pediatric_holiday" => [None, Some("111011670"), None, Some("112014270")],
        "pediatric_late_night" => [None, Some("111011770"), None, Some("112014370")],
        other => panic!("{other}"),
    };
    Some(codes[usize::from(!first) * 2 + usize::from(infant)])
}

/// All visits of an encounter.
pub(crate) fn charge(tables: &Tables, encounter: &Value) -> Vec<(Vec<Line>, i64)> {
    let facility = &encounter["facility"];
    let birth = day(encounter["patient"]["birth_date"].as_str().unwrap());
    let mut visits: Vec<Visit<'_>> = Vec::new();
    for (place, input) in encounter["visits"].as_array().unwrap().iter().enumerate() {
        let date = input["date"].as_str().unwrap();
        visits.push(Visit { place, input, date, birth, on: day(date), groups: Vec::new() });
    }
    // On one day the consultation, the second department, what comes again, and what is only ordered.
    visits.sort_by_key(|visit| {
        let rank = match visit.says("consultation") {
            "none" => 3,
            again if again.starts_with("same_day") => 2,
            _ => u8::from(visit.flag("second_department")),
        };
        (visit.date, rank)
    });
    for visit in &mut visits {
        orders(tables, facility, visit);
        if let Some(code) = consultation(visit) {
            visit.add(tables, facility, code, None);
        }
        collection(tables, facility, visit);
        judgement(tables, facility, visit);
        medication::fees(tables, facility, visit);
    }
    same_day(tables, encounter, &mut visits);
    outpatient_management(tables, encounter, &mut visits);
    for visit in &mut visits {
        with_consultation(tables, facility, visit);
    }
    parts::together(tables, encounter, &mut visits);
    for visit in &mut visits {
        additions(tables, facility, visit);
    }
    for visit in &mut visits {
        bases::settle(visit);
    }
    contest::settle(tables, encounter, &mut visits);
    often::settle(tables, encounter, &mut visits);
    limits::rehabilitation(tables, encounter, &mut visits);
    limits::pediatric(tables, encounter, &mut visits);
    limits::once(tables, encounter, &mut visits);
    limits::causes(&mut visits);
    limits::again(tables, encounter, &mut visits);
    limits::wages(tables, encounter, &mut visits);
    limits::earwax(encounter, &mut visits);
    for visit in &mut visits {
        limits::rounded(tables, visit);
    }
    let rapid = limits::rapid(&mut visits);
    let mut out = vec![(Vec::new(), 0); visits.len()];
    for visit in &mut visits {
        let lines = pricing::price(visit, &rapid);
        let total = lines.iter().filter(|line| line.verdict == "charged").filter_map(|line| line.total).sum();
        out[visit.place] = (lines, total);
    }
    out
}

fn orders<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>) {
    let input = visit.input;
    for order in input["orders"].as_array().into_iter().flatten() {
        let line = |value: &Value| {
            let code = value["procedure"].as_str().unwrap();
            let row = Some(tables.procedures.get(code, visit.date).unwrap());
            let mut item = Item::new(code, row, Kind::Procedure);
            item.quantity = value["quantity"].as_str().map(crate::tables::decimal);
            visit.conditions(tables, facility, &mut item);
            item
        };
        let base = line(order);
        let additions = order["additions"].as_array().into_iter().flatten().map(line).collect();
        let part = base.row.unwrap().part().to_owned();
        let count = order["count"].as_i64().unwrap_or(1);
        let specimen = order["specimen"].as_str().unwrap_or("").to_owned();
        let urgent = order["urgent"].as_bool();
        visit.groups.push(Group { base, additions, count, specimen, urgent, ordered: true });
        let drugs = medication::drugs(tables, visit.date, &order["drugs"]);
        if let Some((first, _)) = drugs.first() {
            let code = first.code();
            let chosen = drugs.iter().any(|(row, _)| row.text("elective") == "2");
            let kind = if part == "G" { Kind::Injected(drugs) } else { Kind::Used(drugs) };
            let mut item = Item::new(code, None, kind);
            // A row for a patient's wish is of what is handed out, not of what is used.
            if chosen {
                item.turn("needs_review");
            }
            visit.groups.push(Group { count, ..Group::of(item) });
        }
    }
    for (place, prescription) in input["prescriptions"].as_array().into_iter().flatten().enumerate() {
        medication::doses(tables, visit, place, prescription);
    }
}

/// D400, D419 6: once a visit. Where the order does not tell, blood from a vein is usual for the tests of blood.
fn collection<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>) {
    const OF_BLOOD: [&str; 10] = ["D005", "D006", "D007", "D008", "D009", "D011", "D013", "D014", "D015", "D016"];
    let mut codes: Vec<(&str, bool)> = Vec::new();
    for group in visit.groups.iter().filter(|group| group.base.open()) {
        let Some(row) = group.base.row else { continue };
        codes.push(match group.specimen.as_str() {
            "venous_blood" => ("160095710", true),
            "capillary_blood" => ("160095810", true),
            "nasal_swab" => ("160208510", true),
            "" if row.text("exam_kind") == "1" && OF_BLOOD.contains(&row.text("fee_item")) => ("160095710", false),
            _ => continue,
        });
    }
    for (code, _) in &codes {
        if !visit.has(code) {
            let mut item = visit.derived(tables, facility, code);
            // Unless the input says where some test's blood came from, that is taken to be so.
            if !codes.contains(&(code, true)) {
                item.certainty = Certainty::Unverified;
            }
            visit.groups.push(Group::of(item));
        }
    }
}

/// D026, D205, D238 2, D241, D294, E102, E203, N007: for each group of which something was done.
fn judgement<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>) {
    const FEES: [(&str, &str); 11] = [
        ("1", "160061710"),
        ("2", "160061810"),
        ("3", "160061910"),
        ("4", "160062010"),
        ("5", "160062110"),
        ("6", "160062210"),
        ("17", "160218110"),
        // D205, D238 2, D294.
        ("11", "160146910"),
        ("13", "160147610"),
        ("15", "160147910"),
        // E203.
        ("33", "170015410"),
    ];
    let done = |visit: &Visit<'_>, group: &str| {
        let test = |row: &Row| row.text("exam_kind") == "1" && row.text("exam_group") == group;
        visit.groups.iter().any(|each| each.base.open() && each.base.row.is_some_and(test))
    };
    for (group, mut fee) in FEES {
        let higher = tables.procedures.get("160207610", visit.date);
        if group == "13" && higher.is_some_and(|row| registered(tables, row, facility, visit.date)) {
            fee = "160207610";
        }
        if done(visit, group) {
            visit.add(tables, facility, fee, Some(Cause::Tests(group.to_owned())));
        }
    }
    // D241: one fee until 2026-05-31, then one with an electromyogram and one for the others.
    if done(visit, "14") {
        let fee = if visit.date < "2026-06-01" { "160147710" } else { "160245310" };
        visit.add(tables, facility, fee, Some(Cause::Tests("14".to_owned())));
    } else if done(visit, "18") && visit.date >= "2026-06-01" {
        visit.add(tables, facility, "160245410", Some(Cause::Tests("18".to_owned())));
    }
    // E102 注: one a month; which of the two is open when both were done.
    let nuclear = [("31", "170033310"), ("32", "170015310")].map(|(group, fee)| (group, fee, done(visit, group)));
    for (group, fee, _) in nuclear.iter().filter(|(_, fee, done)| *done && !visit.has(fee)).collect::<Vec<_>>() {
        visit.add(tables, facility, fee, Some(Cause::Tests((*group).to_owned())));
        if nuclear.iter().all(|(_, _, done)| *done) {
            visit.groups.last_mut().unwrap().base.turn("needs_review");
        }
    }
    // N007 注2: not beside N006. A hospital may have to charge N006.
    let diagnosed = |row: &Row| row.text("fee_item") == "N006";
    let diagnosed = visit.groups.iter().any(|each| each.base.open() && each.base.row.is_some_and(diagnosed));
    if ["40", "41", "42"].iter().any(|group| done(visit, group)) && !diagnosed && !visit.has("160062310") {
        visit.add(tables, facility, "160062310", Some(Cause::Tests("40".to_owned())));
        if facility["kind"] == "hospital" {
            visit.groups.last_mut().unwrap().base.certainty = Certainty::Unverified;
        }
    }
}

/// A consultation fee itself.
fn of_consultation(row: &Row) -> bool {
    matches!(row.text("fee_item"), "A000" | "A001" | "A002") && row.text("notice_2") == "1"
}

/// A000 注5, A001 注3: one consultation a day, and one at a second department, whose fee has no 注加算コード.
fn same_day(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    for at in 0..visits.len() {
        let visit = &visits[at];
        let second = visit.flag("second_department");
        let Some(own) = consultation(visit) else { continue };
        if visit.says("consultation").starts_with("same_day") {
            continue;
        }
        // Whether what came before was at a second department.
        let mut before: Vec<bool> = Vec::new();
        for other in visits[..at].iter().filter(|other| other.date == visit.date) {
            let fee = consultation(other).and_then(|code| other.groups.iter().find(|group| group.base.code == code));
            before.extend(fee.filter(|fee| fee.base.open()).and_then(|fee| fee.base.row).map(takes_none));
        }
        for past in encounter["history"].as_array().into_iter().flatten() {
            let (date, code) = (past["date"].as_str().unwrap(), past["procedure"].as_str().unwrap());
            if date == visit.date {
                before.extend(tables.procedures.get(code, date).filter(|row| of_consultation(row)).map(takes_none));
            }
        }
        if before.contains(&second)
            && let Some(group) = visits[at].groups.iter_mut().find(|group| group.base.code == own)
        {
            group.base.turn(if second { "limited" } else { "needs_review" });
        }
    }
}

fn takes_none(row: &Row) -> bool {
    row.number("note_code") == 0
}

/// A001 注8.
fn outpatient_management<'t>(tables: &'t Tables, encounter: &Value, visits: &mut [Visit<'t>]) {
    let mut bars: Vec<(String, bool)> = Vec::new();
    for visit in visits.iter() {
        for item in visit.groups.iter().flat_map(Group::items).filter(|item| item.open()) {
            if let Some(row) = item.row.filter(|row| row.text("outpatient_management") == "1") {
                bars.push((visit.date.to_owned(), item.verdict == "charged" && !of_consultation(row)));
            }
        }
    }
    for past in encounter["history"].as_array().into_iter().flatten() {
        let (date, code) = (past["date"].as_str().unwrap(), past["procedure"].as_str().unwrap());
        if let Some(row) = tables.procedures.get(code, date).filter(|row| row.text("outpatient_management") == "1") {
            bars.push((date.to_owned(), !of_consultation(row)));
        }
    }
    for visit in visits {
        // Face to face at the first department; by video the row itself bars it.
        let revisit = matches!(visit.says("consultation"), "revisit" | "same_day_revisit");
        if !revisit || visit.flag("second_department") || visit.flag("telemedicine") {
            continue;
        }
        let mut line = visit.derived(tables, &encounter["facility"], "112011010");
        line.cause = Some(Cause::Consultation);
        let same = || bars.iter().filter(|(date, _)| date == visit.date);
        if visit.input["outpatient_management"] == false || same().any(|(_, settled)| *settled) {
            line.turn("excluded");
        } else if same().next().is_some() {
            line.turn("needs_review");
        }
        visit.groups.push(Group::of(line));
    }
}

/// O100 from 2026-06-01, O001 from 2024-06-01 where the standard is registered.
fn with_consultation<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>) {
    const PRICES: [(&str, &str); 3] = [("001", "180819910"), ("002", "180820010"), ("003", "180820110")];
    const WAGES: [(&str, &str, &str); 4] = [
        ("1", "180725710", "180853810"),
        ("3", "180725810", "180853910"),
        ("5", "180725910", "180854010"),
        ("7", "180726010", "180854110"),
    ];
    let bases: Vec<&Row> =
        visit.groups.iter().filter(|group| group.base.open()).filter_map(|group| group.base.row).collect();
    for row in bases {
        for (group, fee) in PRICES {
            if visit.date >= "2026-06-01"
                && row.text("price_response") == "2"
                && row.text("price_response_group") == group
            {
                visit.add(tables, facility, fee, Some(Cause::Mark("price_response_group", group.to_owned())));
            }
        }
        for (mark, fee, raising) in WAGES {
            if visit.date < "2024-06-01" || row.text("base_up_1") != mark {
                continue;
            }
            let has = |code: &str| {
                tables.procedures.get(code, visit.date).is_some_and(|row| registered(tables, row, facility, visit.date))
            };
            if visit.date >= "2026-06-01" && has(raising) {
                visit.add(tables, facility, raising, Some(Cause::Mark("base_up_1", mark.to_owned())));
            } else if has(fee) {
                visit.add(tables, facility, fee, Some(Cause::Mark("base_up_1", mark.to_owned())));
            }
        }
    }
}

/// 年齢加算 and the time of day.
fn additions<'t>(tables: &'t Tables, facility: &Value, visit: &mut Visit<'t>) {
    let own = consultation(visit);
    let place = visit.groups.iter().position(|group| own.is_some_and(|code| group.base.code == code));
    let mut replaces = false;
    if let (Some(place), Some(code), false) = (place, time_of_day(visit), visit.flag("second_department")) {
        let item = match code {
            Some(code) => visit.derived(tables, facility, code),
            None => {
                let mut item = Item::new("", None, Kind::Figure(0));
                item.turn("needs_review");
                item
            }
        };
        // 夜間・早朝等加算 leaves the infant addition as it is.
        replaces = item.row.is_some() && item.open() && visit.says("time_class") != "early_or_late";
        visit.groups[place].additions.push(item);
    }
    for at in 0..visit.groups.len() {
        let Some(row) = visit.groups[at].base.row.filter(|_| visit.groups[at].base.open()) else { continue };
        if replaces && Some(at) == place {
            continue;
        }
        conformity(tables, facility, visit, at, row);
        bases::urgent(tables, facility, visit, at);
        let mut ages: Vec<(String, String, String)> = (1..=4)
            .map(|n| ["low", "high", "code"].map(|part| row.text(&format!("age_add_{n}_{part}")).to_owned()))
            .map(|[low, high, code]| (low, high, code))
            .filter(|(_, _, code)| !code.is_empty())
            .collect();
        if ages.is_empty() && row.text("general_age") == "1" && row.stands_alone() {
            ages = by_part(visit, at, row);
        }
        for (low, high, code) in ages {
            let there = visit.groups[at].additions.iter().any(|item| item.code == code);
            if !there && admits(&low, &high, visit.birth, visit.on) {
                let item = visit.derived(tables, facility, &code);
                if item.row.is_some_and(|row| bases::taken(&visit.groups[at], row)) {
                    continue;
                }
                visit.groups[at].additions.push(item);
            }
        }
    }
}

/// K 通則7・8, L 通則2.
fn by_part(visit: &mut Visit<'_>, at: usize, row: &Row) -> Vec<(String, String, String)> {
    let ordered = visit.groups[at].additions.iter();
    if ordered.filter(|item| !item.joined).filter_map(|item| item.row).any(|row| row.text("general_age") == "1") {
        return Vec::new();
    }
    let newborn = !days::reached("AA", visit.birth, visit.on);
    let small = !newborn && !days::reached("AE", visit.birth, visit.on);
    if (row.part() == "K" && newborn) || (row.part() == "L" && small) {
        visit.groups[at].base.turn("needs_review");
    }
    let years = visit.years();
    let code = match row.part() {
        "K" if years < 3 => "150000290",
        "K" if years < 6 => "150342890",
        "L" if newborn => "150231590",
        "L" if years < 1 => "150231690",
        "L" if years < 3 => "150265390",
        _ => return Vec::new(),
    };
    vec![(String::new(), String::new(), code.to_owned())]
}

/// 44, 45: without the standard the figure is a lower one.
fn conformity(tables: &Tables, facility: &Value, visit: &mut Visit<'_>, at: usize, row: &Row) {
    let date = visit.date;
    let group = &mut visit.groups[at];
    let lowered = group.additions.iter().filter_map(|item| item.row).any(|row| row.text("conformity") == "1");
    if row.text("conformity") != "2" || lowered {
        return;
    }
    let start = format!("standard_group.{}.", row.number("conformity_standard"));
    if let Some(registered) = facility["registrations"].as_array() {
        let has = |standard: i64| registered.iter().any(|one| one.as_i64() == Some(standard));
        let stands = |role: &Row| role.code().starts_with(&start) && has(role.number("value"));
        if !has(row.number("conformity_standard")) && !tables.roles.on(date).any(stands) {
            group.base.turn("needs_review");
        }
    }
}
