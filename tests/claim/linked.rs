//! Required comments (コメント関連テーブル) and diseases that were given up (旧傷病名), over the published files. Without them the
//! test says so and passes.

use std::{collections::BTreeMap, fs, path::Path};

use santei::{
    claim::check::Checker,
    master::{Masters, official::pack_folder},
};

use crate::sjis;

const FILES: [&str; 6] = [
    "ck_ALL_20250901.csv",
    "hb_20260101.txt",
    "ikou_20250601.txt",
    "b_20250601.txt",
    "z_20250601.txt",
    "c_20250715.csv",
];

/// The standard masters with these files over them, and the lines of the first; nothing where they are not.
fn masters() -> Option<(Masters, Vec<Vec<String>>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/masters/r6");
    let own = tempfile::tempdir().unwrap();
    for file in FILES {
        let Ok(bytes) = fs::read(folder.join(file)) else {
            println!("skipped: there is no file {file} in {}", folder.display());
            return None;
        };
        fs::write(own.path().join(file), bytes).unwrap();
    }
    let outcome = pack_folder(own.path(), &mut |_| {}).unwrap();
    let mut masters = Masters::standard().unwrap();
    masters.add_pack(outcome.set.write().unwrap()).unwrap();
    let bytes = fs::read(folder.join(FILES[0])).unwrap();
    let text = encoding_rs::SHIFT_JIS.decode(&bytes).0;
    let field = |field: &str| field.trim_matches('"').to_owned();
    let rows = text.lines().map(|line| line.split(',').map(field).collect()).collect();
    Some((masters, rows))
}

fn visit() -> String {
    format!("SI,12,1,112007410,,75,1{}1{}", ",".repeat(9), ",".repeat(28))
}

fn procedure(code: &str, count: u32, day: usize) -> String {
    format!("SI,{},1,{code},,1,{count}{}{count}{}", section(code), ",".repeat(6 + day), ",".repeat(31 - day))
}

/// A section that most codes of this kind belong to.
fn section(code: &str) -> &'static str {
    match &code[..3] {
        "111" => "11",
        "112" => "12",
        "113" => "13",
        "114" => "14",
        "120" => "25",
        "130" => "33",
        "140" => "40",
        "150" => "50",
        "160" => "60",
        "170" => "70",
        _ => "80",
    }
}

fn claim(number: usize, diseases: &[&str], lines: &[String]) -> String {
    let diseases: String = diseases.iter().map(|code| format!("SY,{code},20250901,1,,,,\r\n")).collect();
    format!(
        "RE,{number},1112,202510,ＴＡＲＯ,1,19600501{}\r\nHO,01130012,1,2,1,75,,,,,,,,,\r\n{diseases}{}\r\n",
        ",".repeat(31),
        lines.join("\r\n")
    )
}

fn found(masters: &Masters, claims: &str) -> Vec<(&'static str, u64, String, String)> {
    let file = format!("IR,1,13,1,1234567,,クリニック,202511,00,\r\n{claims}GO,1,1,99\r\n\u{1a}");
    let mut out = Vec::new();
    let mut keep = |finding: santei::claim::check::Finding| {
        if finding.line > 3 {
            out.push((finding.rule.id, finding.line, finding.expected, finding.row));
        }
    };
    Checker::new(masters).check(&sjis(&file)[..], None, &mut keep).unwrap();
    out
}

/// Every condition that needs no judgement: without one of its comments it is found, with any of them it is not.
#[test]
fn comments_that_are_asked_for() {
    let Some((masters, rows)) = masters() else { return };
    // 条件区分 (14), 非算定理由 (15), 入外 (16) and 回数 (17) of each 項番 and 枝番 of a procedure, with the comments.
    let mut asked: BTreeMap<(String, String, String), (u32, Vec<String>)> = BTreeMap::new();
    for row in &rows {
        let medical = matches!(row[1].as_str(), "1" | "5" | "6") && row[5].starts_with('1') && row[5] != "199999999";
        let now = row[11].as_str() <= "20251001" && row[14] == "0";
        let condition = matches!(row[13].as_str(), "01" | "03" | "11" | "13")
            || matches!(row[13].as_str(), "02" | "12") && row[15] == "2";
        if medical && now && condition {
            let key = (row[5].clone(), row[2].clone(), row[4].clone());
            let (_, comments) = asked.entry(key).or_insert((row[16].parse().unwrap(), Vec::new()));
            comments.push(row[8].clone());
        }
    }
    assert!(asked.len() > 1_000, "{} conditions", asked.len());
    let (mut claims, mut places) = (String::new(), Vec::new());
    let mut line = 2;
    for ((code, item, branch), (times, comments)) in asked.iter().step_by(3) {
        let row = format!("項番 {} 枝番 {branch} ", item.trim_start_matches('0'));
        let done = procedure(code, (*times).max(1), 1);
        for comment in [None, comments.first(), comments.last()] {
            let mut lines = vec![visit(), done.clone()];
            lines.extend(comment.map(|comment| format!("CO,,1,{comment},")));
            claims += &claim(places.len() + 1, &["8833421"], &lines);
            places.push((line + 4, row.clone(), comment.is_none()));
            line += 5 + u64::from(comment.is_some());
        }
    }
    let findings = found(&masters, &claims);
    let mut tried = 0;
    for (line, row, missing) in places {
        // What is wrong with a line otherwise (a section, an age, another edition) is said alone.
        if findings.iter().any(|(id, at, ..)| *at == line && *id != "comment.required") {
            continue;
        }
        tried += usize::from(missing);
        let said =
            findings.iter().any(|(id, at, _, own)| (*id, *at) == ("comment.required", line) && own.contains(&row));
        assert_eq!(
            said,
            missing,
            "line {line} {row}: {:?}",
            findings.iter().filter(|found| found.1 == line).collect::<Vec<_>>()
        );
    }
    println!("{tried} conditions of コメント関連テーブル were tried");
    assert!(tried > 100, "{tried} conditions");
}

/// A missing comment and wrong points of one line are two faults.
#[test]
fn a_missing_comment_hides_no_points() {
    let Some((masters, _)) = masters() else { return };
    // 単純撮影（イ）の写真診断: 85 points, with 撮影部位 (コメント関連 項番 354).
    let line = procedure("170000410", 1, 2).replacen("170000410,,1,", "170000410,1,86,", 1);
    let claims = claim(1, &["8833421"], &[visit(), line]).replacen("1,75,,,", "1,161,,,", 1);
    let file = format!("IR,1,13,1,1234567,,クリニック,202511,00,\r\n{claims}GO,1,161,99\r\n\u{1a}");
    let checker = Checker::new(&masters).with(santei::claim::recompute::Points::default());
    let mut found = Vec::new();
    checker.check(&sjis(&file)[..], None, &mut |finding| found.push((finding.rule.id, finding.line))).unwrap();
    found.retain(|(id, _)| id.starts_with("comment") || id.starts_with("points") || id.starts_with("sum"));
    found.sort_unstable();
    assert_eq!(found, [("comment.required", 6), ("points.table", 6)], "{file}");
}

/// A disease that was given up names what took its place; one that stands is no finding.
#[test]
fn diseases_that_were_given_up() {
    let Some((masters, _)) = masters() else { return };
    let claims = claim(1, &["8833421", "0019002", "3489034"], &[visit()]);
    let findings = found(&masters, &claims);
    let diseases = findings.iter().filter(|(id, ..)| id.starts_with("disease."));
    let seen: Vec<_> = diseases.map(|(id, line, expected, _)| (*id, *line, &expected[..7])).collect();
    assert_eq!(seen, [("disease.ended", 5, "0088005"), ("disease.ended", 6, "8830496")], "{findings:?}");
}
