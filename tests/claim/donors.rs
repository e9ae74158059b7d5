//! Donors of organs behind a patient's records (TI, TR, TS): found at their lines, and nothing else is.

use crate::{
    found, found_with_points,
    good::{File, fields},
};

fn good() -> File {
    let mut file = File::good();
    let lines = [
        ("ti", "TI 2=1 3=1"),
        ("tr", "TR 3=1991 4=202605 6=2 7=19750101 9=20260502"),
        ("ts", "TS 2=2 3=21"),
        ("sy", "SY 2=8833421 3=20260101 4=1"),
        ("si", "SI 2=60 3=1 4=160008010 6=21 7=1 d5=1"),
        ("sj", "SJ 2=01 3=提供者の症状"),
    ];
    let at = file.line("f.si3");
    for (place, (name, text)) in lines.into_iter().enumerate() {
        file.lines.insert(at + place, (name.to_owned(), fields(text)));
    }
    file
}

fn remove(file: &mut File, name: &str) {
    let line = file.line(name) - 1;
    file.lines.remove(line);
}

/// Its name, the rule, the line, and what is done.
type Fault = (&'static str, &'static str, &'static str, fn(&mut File));

const FAULTS: &[Fault] = &[
    ("organ 7", "field.code", "ti", |f| f.set("ti", 2, "7")),
    ("type of a donor", "field.code", "tr", |f| f.set("tr", 3, "1993")),
    ("total", "sum.points", "ts", |f| f.set("ts", 3, "22")),
    ("amount of meals", "sum.meals", "ts", |f| f.set("ts", 5, "690")),
    ("points", "sum.points", "ts", |f| f.set("si", 6, "22")),
    ("count", "detail.count", "si", |f| f.set("si", 7, "2")),
    ("code that does not exist", "code.unknown", "si", |f| f.set("si", 4, "169999910")),
    ("code of the revision before", "code.period", "si", |f| f.set("si", 4, "111703170")),
    ("disease that does not exist", "code.unknown", "sy", |f| f.set("sy", 2, "1234567")),
    ("payer that is not there", "detail.payer", "si", |f| f.set("si", 3, "2")),
    ("no section", "detail.section", "si", |f| f.set("si", 2, "")),
    ("no facility", "record.order", "tr", |f| remove(f, "ti")),
    ("no donor", "record.order", "ts", |f| remove(f, "tr")),
    ("no totals", "claim.no_detail", "tr", |f| remove(f, "ts")),
    ("nothing done", "claim.no_detail", "tr", |f| remove(f, "si")),
    ("no disease", "claim.no_disease", "tr", |f| remove(f, "sy")),
    ("two totals", "record.repeated", "again", |f| {
        let line = f.line("ts");
        let copy = f.lines[line - 1].1.clone();
        f.lines.insert(line, ("again".to_owned(), copy));
    }),
];

#[test]
fn donors() {
    assert_eq!(found_with_points(&good().bytes()), []);
    for (name, rule, line, change) in FAULTS {
        let mut file = good();
        change(&mut file);
        assert_eq!(found(&file.bytes()), [(*rule, file.line(line) as u64)], "{name}");
    }
}

/// The age and the sex of the patient are not the donor's: a woman's operation, and a child's fee.
#[test]
fn a_donor_is_somebody_else() {
    let mut file = good();
    file.set("si", 4, "150217050");
    file.set("si", 2, "50");
    file.set("si", 6, "15240");
    file.set("ts", 3, "15240");
    assert!(found(&file.bytes()).iter().all(|(rule, _)| *rule == "code.unknown"), "{:?}", found(&file.bytes()));
}
