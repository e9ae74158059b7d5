use super::super::{MasterKind, cells::test_packs::pack};
use super::*;

const OLD: &str = "code,from,last_day,name,points,point_kind,section_out\n\
    111000110,2024-06-01,2026-05-31,初診料,288,3,110\n\
    111000370,2024-06-01,2026-05-31,乳幼児加算,75,3,110\n\
    111000470,2024-06-01,2026-05-31,栄養指導料,130,3,130\n\
    111000570,2024-06-01,2025-03-31,時間外加算,85,3,110";
const NEW: &str = "code,from,last_day,name,points,point_kind,section_out\n\
    111000110,2024-06-01,2026-05-31,初診料,288,3,110\n\
    111000110,2026-06-01,,初診料（新）,291,3,111\n\
    111000370,2024-06-01,2026-05-31,乳幼児加算,75,3,110\n\
    111000470,2026-06-01,,栄養指導料,130,3,130\n\
    111000570,2026-06-01,,時間外加算,85,3,110\n\
    111000670,2026-06-01,,休日加算,250,3,110";

fn states() -> (Pack, Pack) {
    (pack(&[(MasterKind::Procedure, OLD)]), pack(&[(MasterKind::Procedure, NEW)]))
}

fn lines(diff: &Diff) -> Vec<String> {
    let line = |change: &Change| {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let column = change.column.unwrap_or("–");
        let (before, after) = (text(&change.before), text(&change.after));
        format!("{} {} {column} {before} {after}", change.code, change.change.name())
    };
    diff.tables.iter().flat_map(|table| table.changes.iter().map(line)).collect()
}

#[test]
fn newest_rows() {
    let (old, new) = states();
    let found = diff((&[old], At::Newest), (&[new], At::Newest));
    assert_eq!(
        lines(&found),
        [
            "111000110 renamed name 初診料 初診料（新）",
            "111000110 figure points 288 291",
            "111000110 other section_out 110 111",
            // It ended while others go on.
            "111000370 abolished – 75 2026-05-31",
            // It had ended before the others, and is there again.
            "111000570 new – – 85",
            "111000670 new – – 250",
        ]
    );
    assert_eq!((found.tables[0].before, found.tables[0].after), (Some(4), Some(5)));
    assert_eq!(found.tables[0].count(ChangeKind::New), 2);
}

#[test]
fn one_pack_on_two_days() {
    let (_, new) = states();
    let day = |text: &str| At::Day(text.parse().unwrap());
    let packs = [new];
    let found = diff((&packs, day("2026-05-31")), (&packs, day("2026-06-01")));
    assert_eq!(
        lines(&found),
        [
            "111000110 renamed name 初診料 初診料（新）",
            "111000110 figure points 288 291",
            "111000110 other section_out 110 111",
            "111000370 abolished – 75 –",
            "111000470 new – – 130",
            "111000570 new – – 85",
            "111000670 new – – 250",
        ]
    );
    assert!(diff((&packs, day("2027-01-01")), (&packs, At::Newest)).tables[0].changes.len() == 1);
    assert!(diff((&packs, At::Newest), (&packs, At::Newest)).is_empty());
}

#[test]
fn a_master_on_one_side_is_not_compared() {
    let (old, _) = states();
    let other = pack(&[(MasterKind::Modifier, "code,from,last_day,name\n8002,2002-06-01,,の疑い")]);
    let found = diff((&[old], At::Newest), (&[other], At::Newest));
    let sides: Vec<_> = found.tables.iter().map(|table| (table.table, table.before, table.after)).collect();
    assert_eq!(sides, [("procedure", Some(4), None), ("modifier", None, Some(1))]);
    assert!(found.is_empty());
}

#[test]
fn the_upper_layer_counts() {
    let (old, new) = states();
    let day = At::Day("2025-06-01".parse().unwrap());
    let upper = pack(&[(MasterKind::Procedure, "code,from,last_day,name,points\n111000110,2024-06-01,,初診料,300")]);
    let found = diff((core::slice::from_ref(&old), day), (&[upper, old.clone()], day));
    assert_eq!(lines(&found)[0], "111000110 figure point_kind 3 0");
    assert_eq!(lines(&found)[1], "111000110 figure points 288 300");
    // The newest row is the lower layer's.
    let upper = pack(&[(MasterKind::Procedure, "code,from,last_day,name,points\n111000110,2020-04-01,,初診料,1")]);
    assert!(diff((core::slice::from_ref(&new), At::Newest), (&[upper, new.clone()], At::Newest)).is_empty());
}

#[test]
fn a_state_without_hot9_does_not_take_it_away() {
    let drug = |columns: &str, cells: &str| {
        let text = format!("code,from,last_day,name,price{columns}\n620034201,2025-04-01,,錠,5.7{cells}");
        pack(&[(MasterKind::Drug, text.as_str())])
    };
    let (with, without) = (drug(",hot9", ",100342001"), drug("", ""));
    assert!(diff((&[with], At::Newest), (&[without], At::Newest)).is_empty());
    let found = diff((&[drug(",hot9", ",100342001")], At::Newest), (&[drug(",hot9", ",100342002")], At::Newest));
    assert_eq!(lines(&found), ["620034201 other hot9 100342001 100342002"]);
}
