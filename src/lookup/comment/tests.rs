use super::*;
use crate::{
    lookup::{
        CodeFaultKind,
        made::{self, row},
    },
    master::MasterKind,
};

const OPEN: (&str, &str) = ("2024-06-01", "");

fn masters() -> Masters {
    use MasterKind::{CommentLink, Drug, Modifier, Procedure};
    let comment = |code, name, pattern, more: &[(&str, &str)]| {
        let columns: Vec<_> = [("name", name), ("pattern", pattern)].into_iter().chain(more.iter().copied()).collect();
        row(MasterKind::Comment, code, OPEN, &columns)
    };
    let link = |key, columns: &[(&str, &str)]| row(CommentLink, key, OPEN, columns);
    made::masters(vec![
        comment("810000001", "", "10", &[]),
        comment("820000002", "自費から", "20", &[]),
        comment("830181540", "撮影部位（単純撮影）足＿；", "30", &[]),
        comment("831110002", "入院後３日以内に実施した主要な診療行為（救急医療管理加算２）", "31", &[]),
        comment("840000015", "外泊　　　日", "40", &[("place_1", "4"), ("digits_1", "2")]),
        comment(
            "840000013",
            "退院日　　　年　　月　　日",
            "40",
            &[
                ("place_1", "5"),
                ("digits_1", "2"),
                ("place_2", "8"),
                ("digits_2", "2"),
                ("place_3", "11"),
                ("digits_3", "2"),
            ],
        ),
        comment("842100057", "通算実施回数（持続緩徐式血液濾過）", "42", &[]),
        comment("850100186", "算定開始年月日（呼吸心拍監視等）", "50", &[("selectable", "1")]),
        comment("851100001", "患者死亡時刻（在宅ターミナルケア加算）", "51", &[]),
        comment("852100004", "診療に要した時間（長時間加算（救急搬送診療料））", "52", &[]),
        comment("853100019", "摂食機能療法開始日時（摂食機能療法）", "53", &[]),
        comment("880100013", "検査実施年月日及び検査結果（フェリチン）", "80", &[]),
        comment("890000001", "", "90", &[]),
        row(Procedure, "140005610", OPEN, &[("name", "酸素吸入")]),
        row(Drug, "620000001", OPEN, &[("name", "先発錠"), ("elective", "1")]),
        row(Modifier, "2056", OPEN, &[("name", "右"), ("category", "A2000000")]),
        row(Modifier, "1066", OPEN, &[("name", "足"), ("category", "A1000000")]),
        link(
            "140005610/850100186",
            &[
                ("condition", "1"),
                ("notice", "1"),
                ("item_no", "10"),
                ("item", "J024"),
                ("branch", "1"),
                ("order", "2"),
            ],
        ),
        link(
            "140005610/820000002",
            &[
                ("condition", "1"),
                ("notice", "1"),
                ("item_no", "10"),
                ("item", "J024"),
                ("branch", "1"),
                ("order", "1"),
            ],
        ),
        link(
            "140005610/842100057",
            &[("condition", "13"), ("count", "4"), ("notice", "1"), ("item_no", "11"), ("order", "3")],
        ),
        link(
            "140005610/810000001",
            &[("condition", "2"), ("in_out", "2"), ("notice", "1"), ("item_no", "12"), ("order", "4")],
        ),
        link(
            "140005610/830181540",
            &[("condition", "0"), ("when_not_charged", "1"), ("item_no", "13"), ("order", "5")],
        ),
        link("819999999/820000002", &[("condition", "20"), ("notice", "1"), ("item_no", "14"), ("order", "6")]),
    ])
}

fn composed(code: &str, value: &str) -> ComposedComment {
    compose_comment(&masters(), code.parse().unwrap(), Some(value), None).unwrap()
}

/// コメントパターンの種類と記録方法: 医科診療行為マスター等のファイル仕様説明書 (令和6年度), 別紙6-1 and 6-2.
#[test]
fn the_examples_of_the_specification() {
    for (code, value, text) in [
        (
            "810000001",
            "４月７日　患者の容態が急変し、緊急処置が必要と判断したため。",
            "４月７日　患者の容態が急変し、緊急処置が必要と判断したため。",
        ),
        ("820000002", "", "自費から"),
        ("830181540", "右", "撮影部位（単純撮影）足＿；右"),
        ("831110002", "１４０００５６１０", "入院後３日以内に実施した主要な診療行為（救急医療管理加算２）；酸素吸入"),
        ("840000015", "０６", "外泊　　６日"),
        ("840000013", "１８０４１２", "退院日　１８年　４月１２日"),
        ("842100057", "３", "通算実施回数（持続緩徐式血液濾過）；３"),
        ("850100186", "５０２０９１１", "算定開始年月日（呼吸心拍監視等）；令和　２年　９月１１日"),
        ("851100001", "０５４５", "患者死亡時刻（在宅ターミナルケア加算）；　５時４５分"),
        ("852100004", "０００７５", "診療に要した時間（長時間加算（救急搬送診療料））；７５分"),
        ("853100019", "０１１１１１", "摂食機能療法開始日時（摂食機能療法）；　１日１１時１１分"),
        (
            "880100013",
            "５０４１１０１００００１０．５",
            "検査実施年月日及び検査結果（フェリチン）；令和　４年１１月　１日　検査値：１０．５",
        ),
        ("890000001", "２０５６１０６６", "右足"),
    ] {
        let done = composed(code, value);
        assert!(done.valid, "{code} {:?}", done.faults);
        assert_eq!(done.text, text);
        assert_eq!(done.record, value);
        let half = composed(code, &value.chars().map(half).collect::<String>());
        assert_eq!((half.text, half.record), (done.text, done.record), "half width is read as well");
    }
}

fn half(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap(),
        '　' => ' ',
        _ => letter,
    }
}

#[test]
fn values_that_are_not_of_the_pattern() {
    for (code, values) in [
        ("810000001", &["", "\u{7}"][..]),
        ("820000002", &["右"]),
        ("831110002", &["", "14000561", "640005610", "右"]),
        ("840000015", &["", "6", "006", "あ６", "-6"]),
        ("840000013", &["181312", "180432", "180012", "18041"]),
        ("842100057", &["", "3回", "1.2.3", ".5", "5.", "-1", "１，０"]),
        ("850100186", &["", "20200911", "5020931", "4320101", "5010430", "0020911", "6020911", "5000101"]),
        ("851100001", &["", "2400", "0060", "545"]),
        ("852100004", &["", "75", "000075", "7.5分"]),
        ("853100019", &["", "001111", "320000", "012460"]),
        ("880100013", &["", "5041101", "504110110.5", "50411010001.0.5", "5041301000010.5"]),
        ("890000001", &["", "205", "20561", "右足"]),
    ] {
        for value in values {
            let done = composed(code, value);
            assert!(!done.valid && done.text.is_empty(), "{code} {value} {done:?}");
            assert_eq!(done.faults[0].kind, CodeFaultKind::CommentValue, "{code} {value}");
        }
    }
    assert_eq!(composed("831110002", "199999998").faults[0].kind, CodeFaultKind::UnknownCode);
    assert_eq!(composed("890000001", "20569999").faults[0].kind, CodeFaultKind::UnknownCode);
    assert!(composed("810000001", &"長".repeat(38)).faults.is_empty());
    assert!(composed("810000001", &"長".repeat(45)).valid);
    for long in [51, 10_000] {
        assert_eq!(composed("810000001", &"長".repeat(long)).faults[0].kind, CodeFaultKind::TooMuch);
    }
    assert!(compose_comment(&masters(), "899999999".parse().unwrap(), None, None).is_err());
    let early = "2020-01-01".parse().unwrap();
    assert!(compose_comment(&masters(), "820000002".parse().unwrap(), None, Some(early)).is_err());
}

#[test]
fn what_a_procedure_asks_for() {
    let masters = masters();
    let found = comments(&masters, "140005610".parse().unwrap(), Some("2026-07-01".parse().unwrap()));
    assert!(found.relations_loaded && found.faults.is_empty());
    let needs: Vec<_> =
        found.groups.iter().map(|group| (group.need, group.options.len(), group.dpc_may_omit)).collect();
    assert_eq!(
        needs,
        [
            (CommentNeed::Charged, 2, false),
            (CommentNeed::ChargedTimes, 1, true),
            (CommentNeed::ChargedOutpatient, 1, false),
            (CommentNeed::NotCharged, 1, false),
        ]
    );
    assert!(found.groups[1].when.starts_with("4回以上"));
    assert_eq!(found.groups[0].options[1].form.as_ref().unwrap().length, Some(7));
    let drug = comments(&masters, "620000001".parse().unwrap(), None);
    assert_eq!(drug.groups[0].need, CommentNeed::NotElective);
    let none = comments(&Masters::empty().unwrap(), "140005610".parse().unwrap(), None);
    assert!(!none.relations_loaded && none.groups.is_empty() && none.faults.len() == 2);
}

#[test]
fn a_comment_by_its_code() {
    let card = comment(&masters(), "850100186".parse().unwrap(), None).unwrap();
    assert_eq!((card.form.pattern, card.form.length, card.selectable), (50, Some(7), true));
    let blanks = comment(&masters(), "840000013".parse().unwrap(), None).unwrap().form;
    assert_eq!((blanks.blanks.len(), blanks.length), (3, Some(6)));
    assert!(comment(&masters(), "800000000".parse().unwrap(), None).is_err());
}
