//! The seventy-five claims of 2021-10 over the procedures of that time: what can be priced agrees, and what cannot says why.

use std::{collections::BTreeMap, path::Path};

use santei::{
    claim::recompute::{History, UnitVerdict},
    master::{Masters, official::pack_folder},
};

use crate::all;

#[test]
fn every_unit_that_can_be_priced_agrees() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, file) = (root.join("../shared/masters/r2"), root.join("../shared/claims/RECEIPTC_GAIRAI_SAMPLE.UKE"));
    let Some(bytes) = std::fs::read(&file).ok().filter(|_| folder.is_dir()) else {
        println!("skipped: there is no {} or no {}", folder.display(), file.display());
        return;
    };
    let outcome = pack_folder(&folder, &mut |_| {}).unwrap();
    let mut masters = Masters::standard().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    let claims = all(&masters, &bytes, &History::new());
    assert_eq!(claims.len(), 75);
    assert_eq!(claims.iter().map(|claim| claim.claimed).sum::<i64>(), 86_392);
    let mut tally: BTreeMap<UnitVerdict, usize> = BTreeMap::new();
    let mut agree = 0;
    for claim in &claims {
        for unit in &claim.units {
            *tally.entry(unit.verdict).or_default() += 1;
            if unit.by_tables.is_some() && unit.by_tables == unit.claimed {
                agree += 1;
            } else if unit.by_tables.is_some() {
                // The infant addition stands twice over one unit, the second time of what the first gave.
                assert_eq!((claim.number, unit.claimed, unit.by_tables), (Some(3), Some(3671), Some(3048)));
            } else {
                let why = unit.why.as_deref().unwrap_or_default();
                // No drug prices of 2021 are at hand, nor the codes of 令和3年10月 that were gone again in 2022-02.
                let drugs = unit.items.iter().all(|item| item.code.starts_with('6'));
                let special = ["111014070", "113033370"].iter().any(|code| unit.items[0].code == *code);
                assert!(drugs || special, "claim {:?} line {}: {why}", claim.number, unit.line);
                assert!(why.contains("not in force") || why.contains("no "), "{why}");
            }
        }
    }
    println!("{agree} units agree with the tables; by the rules: {tally:?}");
    assert_eq!(agree, 238);
    assert_eq!(tally.get(&UnitVerdict::NotPriced), Some(&29));
    // 判断料 and てんかん指導料 twice in a month, ages that the fee does not take, an electrocardiogram four times on one day.
    let fallen: Vec<_> = claims
        .iter()
        .flat_map(|claim| claim.faults().into_iter().map(|fault| (claim.number.unwrap(), fault.id, fault.line)))
        .filter(|(_, id, _)| *id != "addition")
        .collect();
    println!("{fallen:?}");
}
