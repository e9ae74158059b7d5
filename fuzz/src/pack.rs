//! Reads everything that a pack which opens can give.

use santei::{
    calculation::{self, Options},
    date::ServiceDate,
    master::{
        BundleMember, CopayRate, Disease, Drug, ExclusionDay, Frequency, Lab, Masters, Modifier, Procedure, Revision,
        Role, Row, TestBundle, schema,
    },
    pack::Pack,
};

/// Visits that touch most tables.
const VISITS: [&str; 3] = [
    r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1980-04-01"},
        "visits":[{"date":"2026-07-01","consultation":"first"}]}"#,
    r#"{"facility":{"kind":"hospital","general_beds":150},"patient":{"birth_date":"2024-04-01"},
        "visits":[{"date":"2024-07-01","consultation":"revisit","time_class":"holiday",
        "orders":[{"procedure":"160008010"},{"procedure":"160000310","count":2}],
        "diagnoses":[{"disease":"0000999","modifiers":["8002"]}]}]}"#,
    r#"{"facility":{"kind":"clinic"},"patient":{"birth_date":"1948-04-01"},"coverage":{"income_class":"general"},
        "visits":[{"date":"2026-08-05","consultation":"revisit","prescriptions":[{"dispensing":"in_house",
        "rps":[{"use":"internal","count":14,"drugs":[{"drug":"620000021","quantity":"3"}]}]}]}]}"#,
];

/// Opens the bytes as a pack alone and as a layer of the masters, and reads all of it.
pub fn open(bytes: &[u8]) -> bool {
    let known: Vec<_> = schema::TABLES.iter().map(|table| table.tag).collect();
    let opened = Pack::from_vec(bytes.to_vec(), &known);
    let mut masters = Masters::empty().expect("the rules open");
    let layer = masters.add_pack(bytes.to_vec());
    assert_eq!(layer.as_ref().err(), opened.as_ref().err());
    let Ok(pack) = opened else {
        assert_eq!(masters.packs().len(), 1, "a pack that does not open leaves the masters as they were");
        return false;
    };
    assert_eq!(pack.as_bytes(), bytes);
    cells(&pack);
    rows::<Procedure>(&masters, |m, r| m.get::<Procedure>(&r.code(), r.period().from).is_ok());
    rows::<Drug>(&masters, |m, r| m.get::<Drug>(&r.code(), r.period().from).is_ok());
    rows::<Disease>(&masters, |m, r| m.get::<Disease>(&r.code(), r.period().from).is_ok());
    rows::<Modifier>(&masters, |m, r| m.get::<Modifier>(&r.code(), r.period().from).is_ok());
    rows::<Lab>(&masters, |m, r| m.get::<Lab>(r.code(), r.period().from).is_ok());
    rows::<Role>(&masters, |m, r| m.get::<Role>(r.code(), r.period().from).is_ok());
    rows::<CopayRate>(&masters, |m, r| m.get::<CopayRate>(r.code(), r.period().from).is_ok());
    rows::<TestBundle>(&masters, |m, r| m.get::<TestBundle>(r.code(), r.period().from).is_ok());
    rows::<Revision>(&masters, |m, r| m.get::<Revision>(r.code(), r.period().from).is_ok());
    relations(&masters);
    numbers(&masters);
    for visit in VISITS {
        // Whatever stands in the tables, money is never made up and nothing panics.
        if let Ok(calculation) = calculation::calculate_json(&masters, visit, &Options::default()) {
            let _ = calculation.to_json();
        }
    }
    true
}

fn cells(pack: &Pack) {
    for tag in pack.tags() {
        let table = pack.table(tag).expect("a tag has its table");
        let last = table.rows();
        for row in (0..last.min(64)).chain(last.saturating_sub(1)..last.saturating_add(2)) {
            for column in (0..100).chain([u16::MAX]) {
                let _ = (table.number(column, row), table.text(column, row).len());
            }
        }
        assert!(table.partition_point(|row| table.number(0, row) < 5) <= table.rows());
    }
}

fn rows<'m, R: Row<'m> + core::fmt::Debug>(masters: &'m Masters, get: impl Fn(&'m Masters, R) -> bool) {
    let day: ServiceDate = "2026-07-01".parse().expect("a day");
    for row in masters.in_force::<R>(day).take(64) {
        assert!(row.period().contains(day));
        assert!(!format!("{row:?}").is_empty());
        // In a table that is not sorted a row may stay hidden, but the search ends.
        let _ = get(masters, row);
    }
}

/// Every way to ask a relation; in a table that is not sorted a pair may stay hidden, but the search ends.
fn relations(masters: &Masters) {
    let day: ServiceDate = "2026-07-01".parse().expect("a day");
    for row in masters.in_force::<ExclusionDay>(day).take(64) {
        let (first, other) = (row.code(), row.other());
        assert!(masters.pair::<ExclusionDay>(first, other, day).is_none_or(|row| row.other() == other));
        let related = masters.related::<ExclusionDay>(first, day).take(64).count();
        let among = masters.related_among::<ExclusionDay, _>(first, &[first, other], day).count();
        assert!(related > 0 || among == 0);
    }
    for row in masters.in_force::<BundleMember>(day).take(64) {
        let _ = masters.related::<BundleMember>(row.group(), day).take(64).count();
    }
    for row in masters.in_force::<Frequency>(day).take(64) {
        let _ = masters.related::<Frequency>(row.code(), day).take(64).map(|row| row.unit().len()).sum::<usize>();
    }
}

/// The columns with a meaning of their own.
fn numbers(masters: &Masters) {
    let day: ServiceDate = "2026-07-01".parse().expect("a day");
    for row in masters.in_force::<Procedure>(day).take(64) {
        let _ = (row.points(), row.step_points(), row.standards(), row.age_additions(), row.note_serial());
        let _ = (row.age_low().map(|age| age.to_string()), row.name().len());
    }
    for row in masters.in_force::<Drug>(day).take(64) {
        let _ = (row.price(), row.old_price(), row.generic_name().len());
    }
}
