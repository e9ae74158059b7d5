use super::*;
use crate::{
    lookup::made::{self, row},
    master::MasterKind,
};

const OPEN: (&str, &str) = ("2026-04-01", "");

fn masters() -> Masters {
    use MasterKind::{Drug, GenericName, HotDrug, HotPackage};
    const GROUP: &str = "2149039F2ZZZ";
    let drug = |code, days, columns: &[(&str, &str)]| {
        let usual = [("unit", "錠"), ("form", "1"), ("generic_name_code", GROUP), ("generic_name", "【般】ロサルタン")];
        let columns: Vec<_> = columns.iter().copied().chain(usual).collect();
        row(Drug, code, days, &columns)
    };
    let own = [("name", "先発錠５０ｍｇ"), ("price_code", "2149039F2038"), ("elective", "1")];
    let priced = |price| -> Vec<_> { own.into_iter().chain([("price", price)]).collect() };
    made::masters(vec![
        drug("620000001", ("2024-04-01", "2025-04-01"), &priced("50")),
        drug("620000001", ("2025-04-01", "2026-04-01"), &priced("45.5")),
        drug("620000001", OPEN, &[("hot9", "103245301"), ("price", "45.5"), own[0], own[1], own[2]]),
        drug(
            "670000001",
            OPEN,
            &[
                ("name", "先発錠５０ｍｇ（選）"),
                ("price_code", "2149039F2038"),
                ("price", "45.5"),
                ("elective", "2"),
                ("originator_code", "620000001"),
            ],
        ),
        drug(
            "620000002",
            OPEN,
            &[("name", "後発錠５０ｍｇ「Ａ」"), ("price_code", "2149039F2127"), ("price", "20.3"), ("generic", "1")],
        ),
        drug(
            "620000003",
            ("2024-04-01", "2026-04-01"),
            &[("name", "後発錠５０ｍｇ「Ｂ」"), ("price_code", "2149039F2011"), ("listing_kind", "8"), ("price", "18")],
        ),
        row(GenericName, GROUP, OPEN, &[("name", "【般】ロサルタン"), ("lowest_price", "20.3")]),
        row(
            HotDrug,
            "116788702/0101",
            OPEN,
            &[
                ("hot7", "1167887"),
                ("jan", "4987107609229"),
                ("yj_code", "2149039F2127"),
                ("drug_code", "620000002"),
                ("package_form", "PTP"),
                ("package_amount", "10"),
                ("package_unit", "錠"),
                ("total_amount", "100"),
                ("total_unit", "錠"),
                ("seller", "Ａ社"),
            ],
        ),
        row(HotDrug, "116788702/0201", OPEN, &[("yj_code", "2149039F2127"), ("change", "4")]),
        row(HotPackage, "116788702/0102", OPEN, &[("amount", "50"), ("amount_unit", "錠"), ("contents", "1")]),
        row(HotPackage, "116788702/0101", OPEN, &[("amount", "7"), ("amount_unit", "箱")]),
    ])
}

fn found(code: &str) -> Vec<String> {
    drug(&masters(), code, None)
        .map(|card| card.products.iter().map(|drug| drug.code.to_string()).collect())
        .unwrap_or_default()
}

#[test]
fn every_code_leads_to_the_product() {
    for code in [
        "620000002",
        "６２０ 000002",
        "2149039F2127",
        "2149039f2127",
        "１１６７８８７０２",
        "1167887",
        "11678870201",
        "1167887020101",
        "4987107609229",
        "14987107609226",
        "(01)14987107609226",
    ] {
        assert_eq!(found(code), ["620000002"], "{code}");
    }
    assert_eq!(found("14987107609229"), [""; 0], "the check digit of a GTIN-14 is its own");
    assert_eq!(found("04987107609228"), [""; 0]);
    assert_eq!(found("04987107609229"), ["620000002"]);
    assert_eq!(found("103245301"), ["620000001"], "HOT9 of the drug's own row");
    assert_eq!(found("2149039F2ZZZ"), ["620000001", "620000002", "670000001", "620000003"], "in force first");
    assert_eq!(found("2149039F2"), found("2149039F2ZZZ"));
    assert_eq!(found("2149039F2038"), ["620000001", "670000001"]);
}

#[test]
fn a_row_without_hot9_has_that_of_another_day() {
    for day in ["2024-06-01", "2025-06-01", "2026-06-01"] {
        let card = drug(&masters(), "620000001", Some(day.parse().unwrap())).unwrap();
        assert_eq!(card.products[0].hot9, ["103245301"], "{day}");
    }
}

#[test]
fn the_card_has_everything() {
    let card = drug(&masters(), "620000002", Some("2026-07-01".parse().unwrap())).unwrap();
    let product = &card.products[0];
    assert_eq!((product.yj[0].as_str(), product.hot9[0].as_str()), ("2149039F2127", "116788702"));
    assert_eq!(product.hot7.as_deref(), Some("1167887"));
    assert_eq!((product.role, product.unit.as_str(), product.in_force), (DrugRole::Generic, "錠", true));
    let packages: Vec<_> = product
        .packages
        .iter()
        .map(|package| (package.hot13.as_str(), package.total.as_deref(), package.current))
        .collect();
    assert_eq!(
        packages,
        [("1167887020101", Some("100錠"), true), ("1167887020102", Some("50錠"), true), ("1167887020201", None, false)]
    );
    let group = card.group.unwrap();
    assert_eq!((group.basis, group.lowest_listed.as_deref()), (GroupBasis::GenericName, Some("20.3")));
    assert!(group.has_generics);
    let members: Vec<_> =
        group.members.iter().map(|one| (one.code.to_string(), one.cheaper, one.saves.clone())).collect();
    let member = |code: &str, cheaper, saves: &str| (code.to_owned(), Some(cheaper), Some(saves.to_owned()));
    assert_eq!(
        members,
        [member("620000002", false, "0"), member("620000001", false, "-25.2"), ("670000001".to_owned(), None, None)]
    );
}

#[test]
fn cheaper_products_and_elective_care_are_marked() {
    let card = drug(&masters(), "620000001", Some("2026-07-01".parse().unwrap())).unwrap();
    let product = &card.products[0];
    assert_eq!((product.role, product.elective), (DrugRole::LongListed, true));
    assert_eq!(product.elective_pair.map(|code| code.to_string()).as_deref(), Some("670000001"));
    let cheapest = &card.group.unwrap().members[0];
    assert_eq!((cheapest.code.to_string().as_str(), cheapest.cheaper), ("620000002", Some(true)));
    assert_eq!(cheapest.saves.as_deref(), Some("25.2"));
    let prices: Vec<_> =
        product.prices.iter().map(|price| (price.from.to_string(), price.price.clone(), price.last_day)).collect();
    assert_eq!(
        prices,
        [
            ("2024-04-01".into(), "50".into(), Some("2025-03-31".parse().unwrap())),
            ("2025-04-01".into(), "45.5".into(), None)
        ],
        "what does not change is one price"
    );
    let pair = drug(&masters(), "670000001", None).unwrap().products[0].elective_pair;
    assert_eq!(pair.map(|code| code.to_string()).as_deref(), Some("620000001"));
}

#[test]
fn a_day_on_which_it_was_not() {
    let card = drug(&masters(), "620000003", Some("2026-07-01".parse().unwrap())).unwrap();
    assert!(!card.products[0].in_force && card.products[0].yj.is_empty());
    assert_eq!(card.faults[0].kind, CodeFaultKind::NotInForce);
    assert!(card.group.unwrap().members.iter().all(|member| member.code != "620000003".parse().unwrap()));
    let old = drug(&masters(), "620000001", Some("2024-04-01".parse().unwrap())).unwrap();
    assert_eq!(old.products[0].price, "50");
}

#[test]
fn what_is_wrong_with_a_code() {
    use CodeFaultKind::{CheckDigit, Schema, UnknownCode};
    for (code, kind) in [
        ("", Schema),
        ("1", Schema),
        ("アムロジピン", Schema),
        (".*", Schema),
        ("\u{0}\u{0}", Schema),
        ("2149039F2126", CheckDigit),
        ("1167888", CheckDigit),
        ("116788802", CheckDigit),
        ("4987107609220", CheckDigit),
        ("4987107609228", CheckDigit),
        ("699999999", UnknownCode),
        ("0000000", UnknownCode),
        ("000000000", UnknownCode),
        ("1124003F2010", UnknownCode),
        ("1124003F2ZZZ", UnknownCode),
    ] {
        let fault = drug(&masters(), code, None).unwrap_err();
        assert_eq!(fault.kind, kind, "{code}: {fault}");
    }
    let fault = drug(&masters(), "2149039F2126", None).unwrap_err();
    assert_eq!(fault.instead, ["2149039F2127"]);
    assert!(drug(&masters(), &"1".repeat(10_000), None).is_err());
}
