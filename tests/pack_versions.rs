//! Every format version that was ever released stays readable. The fixtures are never written anew: a change that needs it
//! is a new version with a fixture of its own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use santei::{
    code::{ModifierCode, ProcedureCode},
    master::{BundleMember, ExclusionDay, FeeAux, Frequency, LookupError, Masters, Modifier, Procedure},
};

#[test]
fn version_1() {
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(std::fs::read("tests/fixtures/pack-v1.pack").unwrap()).unwrap();
    let pack = &masters.packs()[0];
    assert_eq!(pack.meta().sources[1].file, "procedures.csv");
    let code: ProcedureCode = "111000110".parse().unwrap();
    let at = |day: &str| masters.get::<Procedure<'_>>(&code, day.parse().unwrap());
    assert_eq!(at("2024-05-31").unwrap().points().to_string(), "288");
    let row = at("2024-06-01").unwrap();
    assert_eq!((row.name(), row.points().to_string().as_str()), ("初診料", "291"));
    assert_eq!(row.age_additions()[0].1.map(|limit| limit.to_string()), Some("06".to_owned()));
    assert!(matches!(at("2022-03-31"), Err(LookupError::NotInForce { .. })));
    let modifier: ModifierCode = "8002".parse().unwrap();
    assert_eq!(masters.get::<Modifier<'_>>(&modifier, "2024-06-01".parse().unwrap()).unwrap().name(), "の疑い");
}

#[test]
fn version_2() {
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(std::fs::read("tests/fixtures/pack-v2.pack").unwrap()).unwrap();
    let day = |day: &str| day.parse().unwrap();
    let code = |code: &str| code.parse::<ProcedureCode>().unwrap();
    let first = code("111000110");
    let row = masters.get::<Procedure<'_>>(&first, day("2024-06-01")).unwrap();
    assert_eq!((row.name(), row.points().to_string().as_str()), ("初診料", "291"));
    assert_eq!(masters.get::<Modifier<'_>>(&"8002".parse().unwrap(), day("2024-06-01")).unwrap().name(), "の疑い");
    let aux = |on: &str| masters.get::<FeeAux<'_>>(&first, day(on)).unwrap();
    assert_eq!((aux("2024-06-01").frequency(), aux("2026-06-01").frequency()), (1, 0));
    assert_eq!(aux("2026-06-01").bundles()[0], (2, "A000001".parse().ok()));
    let others: Vec<_> = masters.related::<ExclusionDay<'_>>(first, day("2024-06-01")).collect();
    assert_eq!(others.len(), 10);
    assert_eq!((others[0].other().to_string().as_str(), others[0].rule()), ("113008610", 2));
    assert_eq!(others[3].source(), "circular-r6-0305-4;circular-r8-0305-6");
    let pair = |other: &str, on: &str| masters.pair::<ExclusionDay<'_>>(first, code(other), day(on));
    assert_eq!(pair("114001110", "2024-06-01").map(ExclusionDay::rule), Some(1));
    assert!(pair("114001110", "2024-05-31").is_none() && pair("114001210", "2024-06-01").is_none());
    let group: santei::code::BundleGroup = "A000001".parse().unwrap();
    assert_eq!(masters.related::<BundleMember<'_>>(group, day("2024-06-01")).count(), 21);
    let limits: Vec<_> = masters.related::<Frequency<'_>>(code("113000410"), day("2025-05-01")).collect();
    assert_eq!((limits.len(), limits[0].unit(), limits[0].max_count()), (1, "月", 1));
}
