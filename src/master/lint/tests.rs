use super::super::{MasterKind, cells::test_packs::pack, schema::schema};
use super::*;
use crate::pack::{Cell, PackMeta, PackWriter, TableRows};

const PROCEDURES: &str = "code,from,last_day,name,points,bundled_test,age_add_1_code,old_points\n";

fn procedures(rows: &str) -> (MasterKind, String) {
    (MasterKind::Procedure, format!("{PROCEDURES}{rows}"))
}

fn found(tables: &[(MasterKind, String)]) -> Vec<String> {
    let tables: Vec<_> = tables.iter().map(|(kind, csv)| (*kind, csv.as_str())).collect();
    let line = |finding: &Finding| {
        let day = finding.day.map_or_else(String::new, |day| day.to_string());
        format!("{} {} {} {day}: {}", finding.lint, finding.table, finding.code, finding.text)
    };
    lint(&[pack(&tables)], &Known::none()).iter().map(line).collect()
}

#[test]
fn names_are_unique() {
    for lint in LINTS {
        assert_eq!(LINTS.iter().filter(|other| other.id == lint.id).count(), 1, "{}", lint.id);
    }
}

#[test]
fn a_sound_table() {
    let table = procedures(
        "111000110,2022-04-01,2024-05-31,初診料,288,,111000370,\n\
         111000110,2024-06-01,,初診料,291,,111000370,288\n\
         111000370,2022-04-01,,乳幼児加算,75,,,\n",
    );
    assert_eq!(found(&[table]), [""; 0]);
}

#[test]
fn gaps() {
    let table = procedures(
        "111000110,2022-04-01,2024-05-31,初診料,288,,,\n\
         111000110,2024-08-01,,初診料,291,,,\n",
    );
    let expected =
        "gap procedure 111000110 2024-06-01: no row holds from 2024-06-01 to 2024-07-31: one ends on 2024-05-31";
    assert_eq!(found(&[table]), [expected]);
}

#[test]
fn dangling_codes_and_days() {
    let table = procedures(
        "111000110,2022-04-01,2024-05-31,初診料,288,,111000370,\n\
         111000110,2024-06-01,,初診料,291,,111000370,\n\
         111000370,2022-04-01,2026-05-31,乳幼児加算,75,,111000999,\n\
         111000470,2022-04-01,,栄養指導料,75,,,\n",
    );
    let roles = "code,from,last_day,procedure_code\n\
                 a.first,2010-04-01,,111000110\n\
                 a.infant,2022-04-01,,111000370\n\
                 a.nothing,2022-04-01,,199999999\n\
                 a.past,2010-04-01,2020-03-31,199999999\n\
                 a.figure,2022-04-01,,0";
    assert_eq!(
        found(&[table, (MasterKind::Role, roles.to_owned())]),
        [
            "dangling-code procedure 111000370 2022-04-01: age_add_1_code names procedure 111000999, which no table has",
            "dangling-code role a.nothing 2022-04-01: procedure_code names procedure 199999999, which no table has",
            "dangling-day procedure 111000110 2026-06-01: age_add_1_code names procedure 111000370, which is not in \
             force from 2026-06-01 on",
            "role-day role a.infant 2026-06-01: procedure_code names procedure 111000370, which is not in force from \
             2026-06-01 on",
        ]
    );
}

#[test]
fn successors_that_lead_back() {
    let diseases = "code,from,last_day,name,successor\n\
                    1000001,2002-06-01,,a,1000002\n\
                    1000002,2002-06-01,,b,1000003\n\
                    1000003,2002-06-01,,c,1000002\n\
                    1000004,2002-06-01,,d,";
    assert_eq!(
        found(&[(MasterKind::Disease, diseases.to_owned())]),
        [
            "successor-loop disease 1000002 2002-06-01: the successors lead back: 1000002, 1000003",
            "successor-loop disease 1000003 2002-06-01: the successors lead back: 1000003, 1000002",
        ]
    );
}

#[test]
fn a_successor_is_there_when_the_name_ends() {
    let diseases = "code,from,last_day,name,successor\n\
                    1000001,2002-06-01,2010-05-31,a,1000002\n\
                    1000002,2010-06-01,,b,\n\
                    1000003,2002-06-01,2010-03-31,c,1000002";
    let expected = "dangling-day disease 1000003 2010-04-01: successor names disease 1000002, which is not in force on \
                    2010-04-01";
    assert_eq!(found(&[(MasterKind::Disease, diseases.to_owned())]), [expected]);
}

#[test]
fn rows_that_no_reader_would_write() {
    // Written by hand: the project's own writer sorts, and refuses rows that overlap.
    let table = schema(MasterKind::Modifier);
    let row = |code: u64, from: u64, until: u64| {
        let cells = [code, from, until, 0].map(Cell::Number);
        cells.into_iter().chain([Cell::Text("test".to_owned())]).collect::<Vec<_>>()
    };
    let rows = vec![row(8002, 20_200_401, 20_220_401), row(8002, 20_220_331, 0), row(8001, 20_200_401, 20_200_401)];
    let mut writer = PackWriter::new(PackMeta::default());
    writer.table(table.tag, TableRows { columns: vec![0, 1, 2, 3, 4], rows, pairs: false }).unwrap();
    let pack = Pack::from_vec(writer.finish().unwrap(), &[table.tag]).unwrap();
    let found: Vec<_> = lint(&[pack], &Known::none()).iter().map(|found| (found.lint, found.code.clone())).collect();
    let expected = [("row-order", "8001"), ("empty-period", "8001"), ("overlapping-periods", "8002")];
    assert_eq!(found, expected.map(|(lint, code)| (lint, code.to_owned())));
}

#[test]
fn old_points() {
    let table = procedures(
        "111000110,2022-04-01,2024-05-31,初診料,288,,,\n\
         111000110,2024-06-01,2025-03-31,初診料,291,,,288\n\
         111000110,2025-04-01,2026-05-31,初診料（新）,291,,,288\n\
         111000110,2026-06-01,,初診料,300,,,290\n",
    );
    let expected =
        "broken-chain procedure 111000110 2026-06-01: old_points is 290, but points of the row before it is 291";
    assert_eq!(found(&[table]), [expected]);
}

#[test]
fn exclusions_stand_under_both() {
    let csv = "code,other,from,last_day,rule,special\n\
               111000110,113008610,2022-04-01,,1,\n\
               113008610,111000110,2022-04-01,2024-05-31,2,\n\
               113008610,111000110,2024-06-01,,3,\n\
               111000110,113008710,2022-04-01,,3,1\n\
               113008710,111000110,2022-04-01,,3,1\n\
               111000110,113008810,2022-04-01,,2,";
    assert_eq!(
        found(&[(MasterKind::ExclusionDay, csv.to_owned())]),
        [
            "unmirrored-exclusion exclusion_day 111000110/113008610 2024-06-01: 背反区分 1: expected 113008610/111000110 with \
             背反区分 2 from 2024-06-01 on, it has 背反区分 3, or another 特例条件",
            "unmirrored-exclusion exclusion_day 111000110/113008810 2022-04-01: 背反区分 2: expected 113008810/111000110 with \
             背反区分 1 from 2022-04-01 on, there is none",
            "unmirrored-exclusion exclusion_day 113008610/111000110 2024-06-01: 背反区分 3: expected 111000110/113008610 with \
             背反区分 3 from 2024-06-01 on, it has 背反区分 1, or another 特例条件",
        ]
    );
}

#[test]
fn the_fee_table_says_what_it_has() {
    let aux = "code,from,last_day,bundle_group_1,exclusion_day,frequency,inpatient_group\n\
               111000110,2024-06-01,,A000001,1,0,\n\
               111000370,2024-06-01,,,1,1,1";
    let exclusions = "code,other,from,last_day,rule\n\
                      111000110,113008610,2024-06-01,,3\n\
                      113008610,111000110,2024-06-01,,3";
    let frequencies =
        "code,unit_code,from,last_day,max_count\n111000110,138,2024-06-01,,1\n111000370,138,2020-04-01,2024-05-31,1";
    let members = "group,code,from,last_day\nA000002,113008610,2024-06-01,";
    assert_eq!(
        found(&[
            (MasterKind::FeeAux, aux.to_owned()),
            (MasterKind::ExclusionDay, exclusions.to_owned()),
            (MasterKind::Frequency, frequencies.to_owned()),
            (MasterKind::BundleMember, members.to_owned()),
        ]),
        [
            "unannounced-rows fee_aux 111000110 2024-06-01: frequency is 0, but that table has rows of the code",
            "announced-rows fee_aux 111000110 2024-06-01: bundle_group_1 is A000001, but bundle_member has no row of that group",
            "announced-rows fee_aux 111000370 2024-06-01: exclusion_day is 1, but that table has no row of the code",
            "announced-rows fee_aux 111000370 2024-06-01: frequency is 1, but that table has no row of the code",
        ]
    );
}

#[test]
fn bundles() {
    let tests = procedures("160000110,2022-04-01,,検査,10,1,,\n");
    let bundles = "code,from,last_day,group,min_items,max_items,points,name\n\
                   a-5,2022-04-01,,1,5,7,93,x\n\
                   a-8,2022-04-01,2024-05-31,1,8,9,99,x\n\
                   a-9,2024-06-01,,1,9,,90,x\n\
                   b-3,2022-04-01,,2,3,,290,x\n\
                   b-4,2022-04-01,,2,4,3,360,x";
    assert_eq!(
        found(&[tests, (MasterKind::TestBundle, bundles.to_owned())]),
        [
            "bundle-threshold test_bundle a-9 2024-06-01: 8 to 8 tests have no figure",
            "bundle-threshold test_bundle b-4 2022-04-01: 4 tests are covered by b-3 too",
            "bundle-threshold test_bundle b-4 2022-04-01: 4 to 3 tests: no number of tests is that",
            "bundle-points test_bundle a-9 2024-06-01: it gives fewer points than a-5, which takes fewer tests",
            "bundle-without-tests test_bundle b-3 2022-04-01: group 2 has a figure but no test",
        ]
    );
}

#[test]
fn known_findings_have_their_reason() {
    let table = procedures(
        "111000110,2022-04-01,2024-05-31,初診料,288,,,\n\
         111000110,2024-08-01,,初診料,291,,,\n",
    );
    let packs = [pack(&[(table.0, table.1.as_str())])];
    let known = Known::read("lint,table,code,day,reason\ngap,procedure,111000110,2024-06-01,not shown\n").unwrap();
    assert_eq!(lint(&packs, &known)[0].known.as_deref(), Some("not shown"));
    let known = Known::read("lint,table,code,day,reason\ngap,procedure,*,,none is shown\n").unwrap();
    assert_eq!(lint(&packs, &known)[0].known.as_deref(), Some("none is shown"));
    let known = Known::read("lint,table,code,day,reason\ngap,drug,*,,none is shown\n").unwrap();
    assert_eq!(lint(&packs, &known)[0].known, None);
    assert!(matches!(
        Known::read("lint,table,code,day,reason\nhole,procedure,1,2024-06-01,x\n"),
        Err(KnownFault::Lint { .. })
    ));
    assert!(Known::read("lint,code\ngap,1\n").is_err());
    assert!(Known::standard().is_ok());
}
