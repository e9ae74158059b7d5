use super::*;
use crate::master::{MasterKind, MasterSet, schema, standard};

/// Masters of one pack of tables as in `masters/*.csv`, without the columns `certainty` and `source`.
pub(crate) fn masters(tables: &[(MasterKind, &str)]) -> Masters {
    let mut set = MasterSet::default();
    for (kind, csv) in tables {
        let schema = schema::schema(*kind);
        let mut lines = csv.lines().map(str::trim).filter(|line| !line.is_empty());
        let header = lines.next().unwrap();
        let text: String = core::iter::once(format!("{header},certainty,source\n"))
            .chain(lines.map(|line| format!("{line},official,test\n")))
            .collect();
        let (rows, faults) = standard::read(schema, schema.name, &text);
        assert!(faults.is_empty(), "{faults}");
        rows.into_iter().for_each(|row| set.push(*kind, row));
    }
    let mut masters = Masters::empty().unwrap();
    masters.add_pack(set.write().unwrap()).unwrap();
    masters
}

const PROCEDURES: &str = "code,from,last_day,name,points,succession
    111000110,2024-06-01,,初診料,291,0
    112007410,2024-06-01,2026-05-31,再診料,75,0
    112099910,2026-06-01,,再診料（新）,76,112007410";
const DISEASES: &str = "code,from,last_day,name,management_number,adoption,exchange_code,icd10_1,successor
    2500013,2002-06-01,,糖尿病,20056637,2,BAUK,E14,0
    2500015,2002-06-01,2020-03-31,古い糖尿病,20099999,2,BAUX,E14,0
    2500016,2002-06-01,2010-03-31,もっと古い糖尿病,20099998,3,BAUX,E14,2500015";
const SUCCESSIONS: &str = "code,from,last_day,name,change,next,successor,successor_name
    2500015,2020-04-01,,古い糖尿病,2,2500013,2500013,糖尿病";
const HOT: &str = "hot9,package,from,last_day,hot7,jan,price_code,yj_code,drug_code,name
    100303101,0101,2020-04-01,,1003031,4987107609229,1124003F2010,1124003F2109,620034201,ニトラゼパム錠５ｍｇ「ツルハラ」";
const DRUGS: &str = "code,from,last_day,name,listing_kind,price_code,generic_name_code
    620034201,2020-04-01,,ニトラゼパム錠５ｍｇ「ツルハラ」,8,1124003F2010,1124003F2ZZZ
    620034202,2020-04-01,2024-03-31,ネルボン錠５ｍｇ,0,1124003F2036,1124003F2ZZZ";

fn sample() -> Validator {
    Validator::new(&masters(&[
        (MasterKind::Procedure, PROCEDURES),
        (MasterKind::Disease, DISEASES),
        (MasterKind::DiseaseSuccession, SUCCESSIONS),
        (MasterKind::HotDrug, HOT),
        (MasterKind::Drug, DRUGS),
    ]))
}

fn asked(code: &str, system: System, day: &str) -> Validation {
    sample().validate(code, Some(system), day.parse().ok()).unwrap()
}

fn others(answer: &Validation) -> Vec<(&str, Why)> {
    answer.instead.iter().map(|other| (other.code.as_str(), other.why)).collect()
}

#[test]
fn every_status() {
    for (system, code, day, status) in [
        (System::Procedure, "111000110", "2026-06-01", Status::Valid),
        (System::Procedure, "111000110", "", Status::Valid),
        (System::Procedure, "111000110", "2024-05-31", Status::NotInForce),
        (System::Procedure, "112007410", "2026-05-31", Status::Valid),
        (System::Procedure, "112007410", "2026-06-01", Status::NotInForce),
        (System::Procedure, "199000110", "2026-06-01", Status::Unknown),
        (System::Procedure, "11100011", "2026-06-01", Status::Malformed),
        (System::Procedure, "", "2026-06-01", Status::Malformed),
        (System::DiseaseManagement, "20056637", "2026-06-01", Status::Valid),
        (System::DiseaseExchange, "BAUK", "2026-06-01", Status::Valid),
        (System::Icd10, "E14", "2026-06-01", Status::Valid),
        // Diseases mention E14 only; without the table nothing is known of others.
        (System::Icd10, "E10.9", "2026-06-01", Status::Unlisted),
        (System::Hot7, "1003031", "2026-06-01", Status::Valid),
        (System::Hot9, "100303101", "2026-06-01", Status::Valid),
        (System::Hot13, "1003031010101", "2026-06-01", Status::Valid),
        // A list of a day says nothing of days before it.
        (System::Hot13, "1003031010101", "2019-06-01", Status::Unlisted),
        (System::Gtin, "4987107609229", "2019-06-01", Status::Unlisted),
        (System::Hot13, "1003031010102", "2026-06-01", Status::Unknown),
        (System::Hot13, "1003033010102", "2026-06-01", Status::WrongCheckDigit),
        (System::Gtin, "4987107609229", "2026-06-01", Status::Valid),
        (System::Gtin, "14987107609226", "2026-06-01", Status::Valid),
        (System::Gtin, "14987107609227", "2026-06-01", Status::WrongCheckDigit),
        (System::Gtin, "4987107609220", "2026-06-01", Status::WrongCheckDigit),
        // The price list code of a group is no YJ code; that of a product listed by itself is.
        (System::PriceCode, "1124003F2010", "2026-06-01", Status::Valid),
        (System::Yj, "1124003F2010", "2026-06-01", Status::Unknown),
        (System::Yj, "1124003F2036", "2024-03-31", Status::Valid),
        (System::GenericName, "1124003F2ZZZ", "2026-06-01", Status::Valid),
        (System::Insurer, "33120015", "2026-06-01", Status::Unlisted),
        (System::Insurer, "33120016", "2026-06-01", Status::WrongCheckDigit),
        (System::Insurer, "54016027", "2026-06-01", Status::Unknown),
        (System::Recipient, "1234566", "2026-06-01", Status::Unlisted),
        (System::Jlac10, "3D046000001906202", "2026-06-01", Status::Unlisted),
    ] {
        let answer = asked(code, system, day);
        assert_eq!(answer.status, status, "{system} {code} {day}: {}", answer.message);
        assert_eq!(answer.valid, matches!(status, Status::Valid | Status::Unlisted));
        assert!(!answer.message.is_empty());
    }
}

#[test]
fn what_is_not_listed_says_so() {
    let answer = asked("3D046000001906202", System::Jlac10, "");
    assert_eq!(answer.exists, None);
    assert_eq!(answer.message, "its form is right; no table of JLAC10 is loaded: give a pack of the official files");
    // The check digit of HOT9 to HOT13 is that of their HOT7.
    let digit = |code: &str, system| asked(code, system, "").check_digit.unwrap().expected;
    assert_eq!((digit("100303101", System::Hot9), digit("1003032010101", System::Hot13)), ("1".into(), "1".into()));
    assert_eq!((digit("100306202", System::Hot9), digit("4987107609229", System::Gtin)), ("2".into(), "9".into()));
    let answer = asked("33120015", System::Insurer, "");
    assert_eq!((answer.exists, answer.check_digit.unwrap().right), (None, true));
}

#[test]
fn what_instead() {
    let answer = asked("112007410", System::Procedure, "2026-06-01");
    assert_eq!(others(&answer), [("112099910", Why::Successor)]);
    assert_eq!(answer.message, "it is not in force on 2026-06-01; it is known 2024-06-01 to 2026-05-31");
    let answer = asked("112007410", System::Procedure, "");
    assert!(answer.valid, "without a day, it was one");
    assert_eq!(answer.message, "it is known 2024-06-01 to 2026-05-31");
    assert_eq!(others(&answer), [("112099910", Why::Successor)]);
    // By the table of successions, over a link of the disease master.
    assert_eq!(others(&asked("2500015", System::Disease, "2026-06-01")), [("2500013", Why::Successor)]);
    assert_eq!(others(&asked("2500016", System::Disease, "2026-06-01")), [("2500013", Why::Successor)]);
    assert_eq!(others(&asked("2500016", System::Disease, "2015-06-01")), [("2500015", Why::Successor)]);
    assert_eq!(others(&asked("20099999", System::DiseaseManagement, "2026-06-01")), [("20056637", Why::Successor)]);
    assert_eq!(others(&asked("620034202", System::Drug, "2026-06-01")), [("620034201", Why::SameGenericName)]);
    assert_eq!(others(&asked("111000101", System::Procedure, "2026-06-01")), [("111000110", Why::Near)]);
    assert_eq!(others(&asked("１１１-０００１１０", System::Procedure, "")), [("111000110", Why::Spelling)]);
    assert_eq!(others(&asked("4987107609220", System::Gtin, "")), [("4987107609229", Why::CheckDigit)]);
    assert_eq!(others(&asked("111000110", System::Hot9, "")), [("111000110", Why::OtherSystem)]);
    assert_eq!(asked("111000110", System::Hot9, "").status, Status::WrongCheckDigit);
    let answer = asked("33120016", System::Insurer, "");
    assert_eq!(others(&answer).first(), Some(&("33120015", Why::CheckDigit)));
}

#[test]
fn of_which_system() {
    let validator = sample();
    for (code, system) in [
        ("111000110", Some("procedure")),
        ("100303101", Some("hot9")),
        ("2500013", Some("disease")),
        ("1003031", Some("hot7")),
        ("20056637", Some("disease_management")),
        ("33120015", Some("insurer")),
        ("54016027", Some("public_payer")),
        ("E14", Some("icd10")),
        ("1124003F2ZZZ", Some("generic_name")),
        ("3D046000001906202", Some("jlac10")),
        ("あ", None),
        ("", None),
        ("\u{0}", None),
        ("(.*)+[", None),
    ] {
        let answer = validator.validate(code, None, "2026-06-01".parse().ok()).unwrap();
        assert_eq!(answer.system, system, "{code}: {answer:?}");
        assert_eq!(answer.systems.first().map(|reading| reading.system), system);
    }
    let answer = validator.validate("ｅ１４", None, None).unwrap();
    assert_eq!(others(&answer), [("E14", Why::Spelling)]);
    let long = "1".repeat(10_000);
    let answer = validator.validate(&long, None, None).unwrap();
    assert_eq!((answer.status, answer.code.len()), (Status::Malformed, 40));
    assert_eq!(validator.validate(&long, Some(System::Drug), None).unwrap().status, Status::Malformed);
}

#[test]
fn days_without_masters() {
    for day in ["1984-12-31", "2101-01-01"] {
        let error = sample().validate("111000110", None, day.parse().ok()).unwrap_err().to_string();
        assert_eq!(error, format!("expected a day from 1985-01-01 to 2100-12-31, got {day}"));
    }
}

#[test]
fn the_pack_that_was_added_last_counts() {
    let mut masters = masters(&[(MasterKind::Procedure, PROCEDURES)]);
    let mut set = MasterSet::default();
    let schema = schema::schema(MasterKind::Procedure);
    let csv = "code,from,last_day,name,points,certainty,source\n111000110,2026-06-01,2027-05-31,初診料（別）,300,official,x\n";
    standard::read(schema, "x", csv).0.into_iter().for_each(|row| set.push(MasterKind::Procedure, row));
    masters.add_pack(set.write().unwrap()).unwrap();
    let validator = Validator::new(&masters);
    let name = |day: &str| {
        let answer = validator.validate("111000110", Some(System::Procedure), day.parse().ok()).unwrap();
        (answer.name.unwrap(), answer.periods.len())
    };
    assert_eq!(name("2026-05-31"), ("初診料".into(), 1));
    assert_eq!(name("2026-06-01"), ("初診料（別）".into(), 1));
    assert_eq!(name("2027-06-01"), ("初診料".into(), 1));
}
