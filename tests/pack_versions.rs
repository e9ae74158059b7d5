//! Every format version that was ever released stays readable. The fixtures are never written anew: a change that needs it
//! is a new version with a fixture of its own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use santei::{
    code::{ModifierCode, ProcedureCode},
    master::{LookupError, Masters, Modifier, Procedure},
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
