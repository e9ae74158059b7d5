//! Layouts of which no published file is at hand: small files made up in the official layout.

use crate::master::official::{
    name::named,
    read_file,
    test_lines::{OPEN, line, sample_line},
};
use crate::{
    code::{BundleGroup, DentalCode, ProcedureCode},
    lookup::{Finder, Search},
    master::{
        BundleMember, DentalAddition, DentalAge, DentalDays, DentalLimit, DentalPair, DentalStep, HotDrug,
        LocalSubsidy, MasterKind, Masters,
        official::{PackOutcome, pack_files},
    },
};

fn masters(outcome: PackOutcome) -> Masters {
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    masters
}

#[test]
fn what_a_group_contains() {
    let member =
        |code: &str, special: &str| line("02", &[(2, "C002001"), (3, code), (5, special), (6, "20240601"), (7, OPEN)]);
    let text = member("140005610", "0") + &member("140005750", "1");
    let masters = masters(read_file("02 包括テーブル.csv", text.as_bytes()));
    let group: BundleGroup = "C002001".parse().unwrap();
    let members: Vec<(ProcedureCode, u32)> = masters
        .related::<BundleMember>(group, "2025-01-01".parse().unwrap())
        .map(|row| (row.code(), row.special()))
        .collect();
    assert_eq!(members, [("140005610".parse().unwrap(), 0), ("140005750".parse().unwrap(), 1)]);
    assert!(masters.related::<BundleMember>(group, "2026-06-01".parse().unwrap()).next().is_none());
    let wrong = line("02", &[(2, "ＡＢＣ"), (3, "140005610"), (6, "20240601")]) + &member("140005610", "0");
    assert_eq!(read_file("02包括テーブル.csv", wrong.as_bytes()).faults.list()[0].column.as_ref().unwrap().0, 2);
}

#[test]
fn a_drug_with_two_codes_on_claims() {
    let titles = "\"基準番号（ＨＯＴコード）\",\"処方用番号（ＨＯＴ７）\"\r\n";
    let drug = |code: &str| {
        format!(
            "\"100342001\",\"1003420\",\"01\",,,,\"1124003F2010\",\"1124003F2273\",\"{code}\",,\"ニトラゼパム５ｍｇ錠\",\"ニトラゼパム錠５ｍｇ\",\"ニトラゼパム錠５ｍｇ\",\"５ｍｇ１錠\",,,,,,\"内\",\"製造\",\"販売\",\"1\",\"20260930\"\r\n"
        )
    };
    let text = titles.to_owned() + &drug("620034201") + &drug("620034202");
    let (cp932, _, _) = encoding_rs::SHIFT_JIS.encode(&text);
    let masters = masters(read_file("MEDIS20260930_HOT9.TXT", &cp932));
    let rows: Vec<HotDrug> = masters.related(100_342_001u32, "2026-10-01".parse().unwrap()).collect();
    let codes: Vec<_> = rows.iter().map(|row| (row.drug_code(), row.yj_code(), row.hot7())).collect();
    assert_eq!(codes, [(620_034_201, "1124003F2273", "1003420"), (620_034_202, "1124003F2273", "1003420")]);
}

#[test]
fn a_subsidy_in_utf8_with_its_mark() {
    let values: Vec<String> = (1..=94)
        .map(|column| match column {
            1 => "こども医療費助成".to_owned(),
            3 => "13".to_owned(),
            4 => "131016".to_owned(),
            8 => "80131234".to_owned(),
            9 => "1".to_owned(),
            10 => "20240401".to_owned(),
            11 => "20260331".to_owned(),
            76 => "200".to_owned(),
            80 => "0".to_owned(),
            _ => String::new(),
        })
        .collect();
    let text = format!("\u{feff}{}\r\n", values.join(","));
    for name in ["m_regional_publicly_funded_all_20260803.csv", "地単公費.csv"] {
        let masters = masters(read_file(name, text.as_bytes()));
        let row: LocalSubsidy = masters.get("80131234-1", "2025-01-01".parse().unwrap()).unwrap();
        // Nothing is not the same as 0 yen.
        assert_eq!((row.out_visit_limit(), row.out_month_limit(), row.in_month_limit()), ("200", "0", ""));
        assert!(masters.get::<LocalSubsidy>("80131234-1", "2026-04-01".parse().unwrap()).is_err());
    }
}

#[test]
fn materials_and_comments_are_found() {
    let material = line(
        "t",
        &[
            (3, "710010001"),
            (5, "血管造影用シース"),
            (7, "ｹｯｶﾝｿﾞｳｴｲ"),
            (12, "13600.00"),
            (28, "20240601"),
            (29, "00000000"),
        ],
    );
    let comment = line(
        "c",
        &[(4, "20"), (5, "100407"), (7, "心不全で重篤な状態"), (9, "ｼﾝﾌｾﾞﾝ"), (21, "20240601"), (23, "820100407")],
    );
    let files = [("t_20251128.csv", material), ("c_20250715.csv", comment)];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let finder = Finder::new(&masters(pack_files(files, &mut |_| {})));
    let hit = |query: &str| {
        let hits = finder.find(&Search { query, ..Search::default() });
        hits.first().map(|hit| (hit.kind, hit.code.clone(), hit.price.clone()))
    };
    assert_eq!(hit("けっかん"), Some(("material", "710010001".to_owned(), Some("13600".to_owned()))));
    assert_eq!(hit("7100"), hit("血管造影用シース"));
    assert_eq!(hit("心不全"), Some(("comment", "820100407".to_owned(), None)));
}

#[test]
fn comments_of_2016_have_neither_code_nor_days() {
    let fields =
        ["0", "C", "8", "40", "13", "4", "年　月", "2", "ﾈﾝ", "5", "2", "8", "2", "0", "0", "0", "0", "0", "0"];
    let text = fields.map(|field| format!("\"{field}\"")).join(",") + "\r\n";
    let outcome = read_file("c_20160401.csv", text.as_bytes());
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    let row = &outcome.set.rows(MasterKind::Comment)[0];
    assert_eq!((row.code.to_string().as_str(), row.period.to_string().as_str()), ("840000013", "from 2016-04-01"));
}

#[test]
fn materials_before_2024_have_a_column_less() {
    let all = sample_line("t").replace("710010001", "710010002");
    let text = all.trim_end().rsplit_once(',').unwrap().0.to_owned() + "\r\n";
    let outcome = read_file("t_20230901.csv", text.as_bytes());
    assert!(outcome.faults.is_empty(), "{}", outcome.faults);
    assert_eq!(outcome.files[0].columns, 37);
}

#[test]
fn what_goes_with_the_dental_master() {
    let day = "2025-01-01".parse().unwrap();
    let read =
        |name: &str, values: &[(usize, &str)]| masters(read_file(name, line(&named(name).prefix, values).as_bytes()));
    for (name, list) in
        [("h-2_20251201.csv", "general"), ("h-3.csv", "basic"), ("h-4.csv", "note"), ("h-5.csv", "technique")]
    {
        let masters = read(name, &[(2, "0001"), (3, "00012"), (4, "301000110"), (6, "01"), (7, "20240601"), (8, OPEN)]);
        let row: DentalAddition = masters.get(&*format!("{list}.0001.00012"), day).unwrap();
        assert_eq!((row.procedure(), row.together()), (301_000_110, 1), "{name}");
    }
    let code: DentalCode = "301000110".parse().unwrap();
    let own = [(2, "301000110"), (3, "A"), (4, "000"), (5, "00"), (6, "01"), (7, "00000")];
    let with = |more: &[(usize, &'static str)]| [own.as_slice(), more].concat();
    let limits = read("h-6.csv", &with(&[(10, "131"), (11, "1"), (12, "1"), (13, "20240601"), (14, OPEN)]));
    let row: DentalLimit = limits.get(&code, day).unwrap();
    assert_eq!((row.addition(), row.unit(), row.max_count(), row.max_count_error()), ("", 131, 1, 1));
    let steps = read(
        "h-7.csv",
        &with(&[
            (10, "3"),
            (11, "120"),
            (12, "1"),
            (13, "30"),
            (14, "99999999"),
            (15, "30"),
            (16, "20.5"),
            (18, "20240601"),
            (19, OPEN),
        ]),
    );
    let row: DentalStep = steps.get(&code, day).unwrap();
    assert_eq!(
        (row.points().to_string(), row.step_points().to_string(), row.step_low()),
        ("120".into(), "20.5".into(), 30)
    );
    let ages = read("h-8.csv", &with(&[(10, "AA"), (11, "06"), (12, "20240601"), (13, OPEN)]));
    let row: DentalAge = ages.get(&code, day).unwrap();
    assert_eq!(row.age_high().map(|age| age.to_string()), Some("06".to_owned()));
    let days = read("h-10.csv", &with(&[(10, "2"), (11, "1"), (12, "20240601"), (13, OPEN)]));
    let row: DentalDays = days.get(&code, day).unwrap();
    assert_eq!((row.days(), row.count()), (2, 1));
    let pairs = read(
        "h-9.csv",
        &with(&[
            (10, "0"),
            (11, "302000110"),
            (16, "00000"),
            (19, "2"),
            (20, "302000210"),
            (25, "00003"),
            (29, "000000000"),
            (100, "20240601"),
            (101, OPEN),
        ]),
    );
    let row: DentalPair = pairs.get(&code, day).unwrap();
    assert_eq!(row.others(), "0 302000110 00000;2 302000210 00003");
    let swapped = line("h-8", &with(&[(10, "2"), (11, "1"), (12, "20240601"), (13, OPEN)]));
    assert!(!read_file("h-8.csv", swapped.as_bytes()).faults.is_empty());
}
