//! A file with nothing wrong: two facilities, every record of an ordinary claim.

use santei::claim::record::RecordKind;

use crate::{found, sjis};

/// The lines with a name each: the record, then fields by number and days by `d`.
pub(crate) const GOOD: &[(&str, &str)] = &[
    ("ir", "IR 2=1 3=13 4=1 5=1234567 7=架空医院 8=202606 9=00 10=0312345678"),
    // A visit twice, a drug, tests that share points, a film.
    ("a.re", "RE 2=1 3=1112 4=202605 5=山田　太郎 6=1 7=19800401 12=29 14=C0001 22=01 37=ヤマダタロウ"),
    ("a.ho", "HO 2=01130012 3=１２ 4=３４ 5=2 6=621"),
    ("a.sn", "SN 2=1 3=01 7=00"),
    ("a.jd", "JD 2=1 j7=1 j21=1"),
    ("a.mf", "MF 2=00"),
    ("a.sy1", "SY 2=8833421 3=20250110 4=1 7=01"),
    ("a.sy2", "SY 2=2500015 3=20260507 4=1 5=8002 8=補足"),
    ("a.sy3", "SY 2=0000999 3=20260507 4=2 6=名のない病気"),
    ("a.si1", "SI 2=12 3=1 4=112007410 6=75 7=2 d7=1 d21=1"),
    ("a.si2", "SI 2=12 3=1 4=112011010 6=52 7=2 d7=1 d21=1"),
    ("a.co1", "CO 2=21 3=1 4=810000001 5=１日１回朝食後"),
    ("a.iy1", "IY 3=1 4=610406388 5=2 6=2 7=14 8=830000002 9=切替 d7=14"),
    ("a.si3", "SI 2=60 3=1 4=160008010 6=21 7=1 d7=1"),
    ("a.si4", "SI 2=60 3=1 4=160061810 6=125 7=1 d7=1"),
    ("a.si5", "SI 2=60 3=1 4=160017410 7=1 d21=1"),
    ("a.si6", "SI 3=1 4=160022410 6=28 7=1 d21=1"),
    ("a.si7", "SI 2=70 3=1 4=170000410 5=1 6=85 7=1 d21=1"),
    ("a.si8", "SI 3=1 4=170027910 5=1 6=68 7=1 d21=1"),
    ("a.to1", "TO 3=1 4=700010000 5=1 6=12 7=1 8=006 11=半切 t21=1"),
    ("a.co2", "CO 2=99 3=1 4=840000001 5=０２"),
    ("a.co3", "CO 2=99 3=1 4=850100051 5=５０８０５０１"),
    ("a.sj1", "SJ 2=01 3=主たる疾患の臨床症状"),
    ("a.sj2", "SJ 3=症状の続き"),
    // A public payer beside the insurer, and a drug that it does not share.
    ("b.re", "RE 2=2 3=1122 4=202605 5=鈴木　花子 6=2 7=19751231 37=スズキハナコ"),
    ("b.ho", "HO 2=01130012 3=１２ 4=３５ 5=1 6=145"),
    ("b.ko", "KO 2=54136015 3=1234566 5=1 6=127 8=254"),
    ("b.sy", "SY 2=8833421 3=20260510 4=1"),
    ("b.si1", "SI 2=12 3=2 4=112007410 6=75 7=1 d10=1"),
    ("b.si2", "SI 2=12 3=2 4=112011010 6=52 7=1 d10=1"),
    ("b.iy", "IY 2=23 3=1 4=620000348 5=10 6=18 7=1 d10=1"),
    // Two public payers.
    ("c.re", "RE 2=3 3=1132 4=202605 5=佐藤　一 6=1 7=19900101"),
    ("c.ho", "HO 2=01130012 3=１２ 4=３６ 5=1 6=291"),
    ("c.ko1", "KO 2=54136015 3=1234566 5=1 6=291"),
    ("c.ko2", "KO 2=83136010 3=2345676 5=1 6=291"),
    ("c.sy", "SY 2=4659007 3=20260511 4=1"),
    ("c.si", "SI 2=11 3=4 4=111000110 6=291 7=1 d11=1"),
    // A public payer alone.
    ("d.re", "RE 2=4 3=1212 4=202604 5=TANAKA 6=2 7=19650505"),
    ("d.ko", "KO 2=12136016 3=1234566 5=1 6=75"),
    ("d.sy", "SY 2=8833421 3=20200101 4=1"),
    ("d.si", "SI 2=12 3=5 4=112007410 6=75 7=1 d12=1"),
    // A child before school.
    ("e.re", "RE 2=5 3=1114 4=202605 5=高橋　次郎 6=1 7=20230101"),
    ("e.ho", "HO 2=01130012 3=１２ 4=３７ 5=1 6=366"),
    ("e.sy", "SY 2=4659007 3=20260513 4=1"),
    ("e.si1", "SI 2=11 3=1 4=111000110 7=1 d13=1"),
    ("e.si2", "SI 3=1 4=111000370 6=366 7=1 d13=1"),
    // A stay in hospital with meals.
    ("f.re", "RE 2=6 3=1111 4=202605 5=伊藤　三郎 6=1 7=19700303 9=20260503 13=50"),
    ("f.ho", "HO 2=01130012 3=１２ 4=３８ 5=3 6=21 8=6 9=4140"),
    ("f.sy", "SY 2=2500015 3=20260503 4=1"),
    ("f.si1", "SI 2=60 3=1 4=160008010 6=21 7=1 d5=1"),
    ("f.si2", "SI 2=97 3=1 4=197000110 6=690 7=6 d4=3 d5=3"),
    // 標準負担額 is no part of what the insurer is asked for; the meals of a day may stand in one line.
    ("f.si3", "SI 2=97 3=1 4=197000810 5=3 6=1530 7=2 d4=1 d5=1"),
    ("go", "GO 2=9 3=1519 4=99"),
    // The late elderly and a municipality's insured, to the other agency.
    ("ir2", "IR 2=2 3=13 4=1 5=1234567 7=架空医院 8=202606 9=00"),
    ("g.re", "RE 2=1 3=1318 4=202605 5=渡辺　四郎 6=1 7=19400101 12=29"),
    ("g.ho", "HO 2=39130018 4=１２３ 5=1 6=75"),
    ("g.sy", "SY 2=8833421 3=20200101 4=1"),
    ("g.si", "SI 2=12 3=1 4=112007410 6=75 7=1 d14=1"),
    ("h.re", "RE 2=2 3=1116 4=202605 5=中村　五子 6=2 7=19880101"),
    ("h.ho", "HO 2=@@138057 3=あ 4=１２４ 5=1 6=75"),
    ("h.sy", "SY 2=8833421 3=20200101 4=1"),
    ("h.si", "SI 2=12 3=1 4=112007410 6=75 7=1 d15=1"),
    ("go2", "GO 2=2 3=150 4=99"),
];

/// A file that can be changed line by line.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) lines: Vec<(String, Vec<String>)>,
    pub(crate) end: String,
}

impl File {
    pub(crate) fn good() -> Self {
        let lines = GOOD.iter().map(|(name, text)| ((*name).to_owned(), fields(text))).collect();
        Self { lines, end: "\u{1a}".to_owned() }
    }

    /// Number of a line by its name.
    pub(crate) fn line(&self, name: &str) -> usize {
        self.lines.iter().position(|(other, _)| other == name).unwrap_or_else(|| panic!("no line {name}")) + 1
    }

    pub(crate) fn set(&mut self, name: &str, field: usize, text: &str) {
        let line = self.line(name) - 1;
        text.clone_into(&mut self.lines[line].1[field - 1]);
    }

    pub(crate) fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(|(_, fields)| fields.join(",") + "\r\n").collect();
        lines.concat() + &self.end
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        sjis(&self.text())
    }
}

/// `SI 2=12 d7=1` as fields. A day is `d` on SI and IY, `t` on TO, `j` on JD; `@` is a blank.
pub(crate) fn fields(text: &str) -> Vec<String> {
    let mut parts = text.split(' ');
    let id = parts.next().unwrap();
    let kind = RecordKind::of(id.as_bytes()).unwrap();
    let mut fields = vec![String::new(); kind.layout().fields.len()];
    id.clone_into(&mut fields[0]);
    for part in parts {
        let (place, value) = part.split_once('=').unwrap();
        let number: usize = place.trim_start_matches(['d', 't', 'j']).parse().unwrap();
        let offset = match place.as_bytes()[0] {
            b'd' => 13,
            b't' => 17,
            b'j' => 2,
            _ => 0,
        };
        fields[offset + number - 1] = value.replace('@', " ");
    }
    fields
}

#[test]
fn nothing_is_found_in_a_good_file() {
    let file = File::good();
    assert_eq!(found(&file.bytes()), []);
    assert_eq!(found(file.text().as_bytes()), []);
    let (_, summary) = crate::check(&file.bytes());
    assert_eq!((summary.facilities, summary.claims, summary.points, summary.errors), (2, 8, 1669, 0));
    assert!(summary.not_checked.is_empty());
}

#[test]
fn line_ends_and_a_byte_order_mark_are_no_faults() {
    let text = File::good().text();
    for other in [text.replace("\r\n", "\n"), text.replace("\r\n", "\r"), format!("\u{feff}{text}")] {
        assert_eq!(found(other.as_bytes()), []);
    }
    assert_eq!(found(text.trim_end_matches('\u{1a}').as_bytes()), []);
}
