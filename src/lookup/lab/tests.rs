use super::*;
use crate::{
    lookup::made::{self, row},
    master::{Certainty, MasterKind},
};

const OPEN: (&str, &str) = ("2022-04-01", "");

fn masters() -> Masters {
    use MasterKind::{JlacCode, JlacLink, Lab, LabProcedure, Procedure};
    let code = |key, name| row(JlacCode, key, OPEN, &[("name", name)]);
    let rule = |key, procedure, basis| {
        row(LabProcedure, key, OPEN, &[("procedure_code", procedure), ("basis", basis), ("curator", "somebody")])
    };
    made::masters(vec![
        code("analyte.3B035", "AST"),
        code("identification.0000", "なし"),
        code("material.023", "血清"),
        code("method.278", "紫外吸光光度法"),
        code("result.01", "定量値"),
        code("analyte.2A990", "末梢血液一般"),
        code("result.51", "誤り"),
        code("result.2A990-0000-51", "赤血球数"),
        code("jlac11.class.C", "生化学"),
        code("jlac11.identification.0000", "単一項目"),
        code("jlac11.material.250", "血清"),
        row(Lab, "3B035000002327801", OPEN, &[("name", "ＡＳＴ"), ("unit", "U/L")]),
        row(Procedure, "160020510", OPEN, &[("name", "ＡＳＴ"), ("fee_item", "D007")]),
        rule("3B035-0000-023-*-01", "160020510", "name"),
        rule("2A990-0000-019-*-*", "160008010", "part"),
        row(
            JlacLink,
            "C1005000025000155",
            OPEN,
            &[
                ("jlac10", "3B035000002327801"),
                ("name", "AST"),
                ("item", "AST(GOT)"),
                ("material", "血清"),
                ("method", "紫外吸光光度法_製品"),
                ("product", "製品"),
                ("unit", "U/L  "),
            ],
        ),
    ])
}

fn names(card: &LabCard) -> Vec<Option<&str>> {
    card.axes.iter().map(|axis| axis.name.as_deref()).collect()
}

#[test]
fn the_axes_of_jlac10() {
    let masters = masters();
    let card = lab(&masters, "3B035000002327801", None).unwrap();
    assert_eq!(card.system, LabSystem::Jlac10);
    assert_eq!(names(&card), [Some("AST"), Some("なし"), Some("血清"), Some("紫外吸光光度法"), Some("定量値")]);
    assert_eq!((card.name.as_deref(), card.unit.as_deref()), (Some("ＡＳＴ"), Some("U/L")));
    assert_eq!(card.jlac11[0].code, "C1005000025000155");
    assert_eq!(lab(&masters, "3B035-0000-023-278-01", None).unwrap(), card, "written in groups");
    assert!(lab(&masters, "3B035000002327801", Some("2101-01-01".parse().unwrap())).is_err());
    let order = lab(&masters, "３ｂ０３５ 0000023278", None).unwrap();
    assert_eq!((order.axes.len(), order.procedures.len()), (4, 1));
    let specific = lab(&masters, "2A990000001930151", None).unwrap();
    assert_eq!(names(&specific)[4], Some("赤血球数"));
}

#[test]
fn the_axes_of_jlac11_and_its_jlac10() {
    let masters = masters();
    let card = lab(&masters, "C1005000025000155", None).unwrap();
    assert_eq!(card.system, LabSystem::Jlac11);
    let expected = [Some("AST(GOT)"), Some("単一項目"), Some("血清"), Some("紫外吸光光度法_製品"), Some("U/L")];
    assert_eq!(names(&card), expected);
    assert_eq!(card.jlac10[0].code, "3B035000002327801");
    assert_eq!(card.procedures[0].procedure.to_string(), "160020510");
    let other = lab(&masters, "C9999000025000155", None).unwrap();
    assert_eq!(names(&other)[..3], [Some("生化学"), Some("単一項目"), Some("血清")]);
    assert_eq!(other.faults[0].kind, CodeFaultKind::UnknownCode);
}

#[test]
fn items_and_procedures() {
    let masters = masters();
    let of = |code: &str| lab(&masters, code, None).unwrap().procedures;
    let serum = of("3B035000002399901");
    assert_eq!((serum[0].matched, serum[0].fee_item.as_deref()), (LabProcedureMatch::Item, Some("D007")));
    assert_eq!(serum[0].curator, "somebody");
    let plasma = of("3B035000002227801");
    assert_eq!((plasma[0].matched, plasma[0].certainty), (LabProcedureMatch::Blood, Certainty::Unverified));
    for other in ["3B035000000127801", "3B035000002327811", "3B035100002327801", "3B036000002327801"] {
        assert_eq!(of(other), [], "{other}");
    }
    let back = labs_of_procedure(&masters, "160020510".parse().unwrap(), None);
    assert_eq!((back[0].pattern.as_str(), back[0].items[0].name.as_str()), ("3B035-0000-023-*-01", "ＡＳＴ"));
    assert_eq!(labs_of_procedure(&masters, "199999999".parse().unwrap(), None), []);
}

#[test]
fn what_is_no_code() {
    for bad in [
        "",
        "1",
        "3B035",
        "3B03500000232780",
        "3B0350000023278011",
        "99999999999999999",
        "ＡＳＴ",
        "\u{0}",
        &"3".repeat(10_000),
    ] {
        assert!(lab(&masters(), bad, None).is_err(), "{bad:.20}");
    }
}
