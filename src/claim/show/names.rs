//! Names of what a claim has codes of.

use crate::{
    claim::{
        detail::{Detail, DetailKind},
        kinds::ClaimType,
        view::Disease,
    },
    date::ServiceDate,
    master::{self, Comment, Drug, Masters, Material, Modifier, Procedure, Row},
};

/// The row of a code on a day; the newest where none is in force then.
fn row<'m, R: Row<'m>>(masters: &'m Masters, code: &R::Code, on: ServiceDate) -> Option<R> {
    masters.row(code, on).or_else(|| masters.versions::<R>(code).last())
}

/// The name of a line's code, and the unit of its quantity.
pub(super) fn of_line(masters: &Masters, line: Detail<'_>, on: ServiceDate) -> (String, String) {
    let code = String::from_utf8_lossy(line.code_text()).into_owned();
    let found = match line.kind {
        DetailKind::Procedure => code
            .parse()
            .ok()
            .and_then(|code| row::<Procedure<'_>>(masters, &code, on))
            .map(|row| (row.name().to_owned(), row.unit().to_owned())),
        DetailKind::Drug => code
            .parse()
            .ok()
            .and_then(|code| row::<Drug<'_>>(masters, &code, on))
            .map(|row| (row.name().to_owned(), row.unit().to_owned())),
        DetailKind::Material => code
            .parse()
            .ok()
            .and_then(|code| row::<Material<'_>>(masters, &code, on))
            .map(|row| (row.name().to_owned(), row.unit().to_owned())),
        DetailKind::Comment => Some((of_comment(masters, line.code_text(), on), String::new())),
    };
    found.unwrap_or((code, String::new()))
}

/// The text that a comment's code stands for; empty where it only announces a text.
pub(super) fn of_comment(masters: &Masters, code: &[u8], on: ServiceDate) -> String {
    const FREE_TEXT: &[u8] = b"810000001";
    if code == FREE_TEXT {
        return String::new();
    }
    let code = String::from_utf8_lossy(code);
    let found = code.parse().ok().and_then(|code| row::<Comment<'_>>(masters, &code, on));
    found.map_or_else(|| code.into_owned(), |row| row.name().to_owned())
}

/// The name of a disease with its modifiers in their places.
pub(super) fn of_disease(masters: &Masters, disease: Disease<'_>, on: ServiceDate) -> String {
    // 接尾語 have codes from 8000 on.
    const SUFFIXES: &str = "8";
    let code = disease.code().unwrap_or_default();
    // 未コード化傷病名: the claim writes the name out.
    let coded = code != "0000999" || disease.name().is_empty();
    let base = code.parse().ok().filter(|_| coded).and_then(|code| row::<master::Disease<'_>>(masters, &code, on));
    let base = base.map_or_else(
        || if disease.name().is_empty() { code.to_owned() } else { disease.name().into_owned() },
        |row| row.name().to_owned(),
    );
    let (mut before, mut after) = (String::new(), String::new());
    for code in disease.modifiers() {
        let name = code.parse().ok().and_then(|code| row::<Modifier<'_>>(masters, &code, on));
        let name = name.map_or_else(|| code.to_owned(), |row| row.name().to_owned());
        if code.starts_with(SUFFIXES) { after.push_str(&name) } else { before.push_str(&name) }
    }
    format!("{before}{base}{after}")
}

/// What レセプト種別 says.
pub(super) fn of_type(kind: ClaimType) -> String {
    use crate::claim::kinds::PayerClass as P;
    let payer = match kind.payer_class() {
        P::Insurance => "医保・国保",
        P::Public => "公費",
        P::LateElderly => "後期高齢者",
        P::Retired => "退職者",
    };
    let payers = match kind.public_payers() + u16::from(kind.insured()) {
        0 | 1 => "単独",
        2 => "2併",
        3 => "3併",
        _ => "4併以上",
    };
    let patient = match (kind.payer_class(), kind.patient_digit()) {
        (P::Public, _) => "",
        (_, 1 | 2) => "本人",
        (_, 3 | 4) => "六歳（未就学者）",
        (_, 5 | 6) => "家族",
        (_, 7 | 8) => "高齢受給者・後期高齢者 一般・低所得",
        _ => "高齢受給者・後期高齢者 7割",
    };
    let place = if kind.inpatient() { "入院" } else { "入院外" };
    format!("{payer}　{payers}　{patient}{place}")
}

/// 特記事項 by its code.
pub(super) fn of_note(code: &str) -> &'static str {
    match code {
        "01" => "公",
        "02" => "長",
        "03" => "長処",
        "04" => "後保",
        "07" => "老併",
        "08" => "老健",
        "09" => "施",
        "10" => "第三",
        "11" => "薬治",
        "12" => "器治",
        "13" => "先進",
        "14" => "制超",
        "16" => "長2",
        "20" => "二割",
        "21" => "高半",
        "25" => "出産",
        "26" => "区ア",
        "27" => "区イ",
        "28" => "区ウ",
        "29" => "区エ",
        "30" => "区オ",
        "31" => "多ア",
        "32" => "多イ",
        "33" => "多ウ",
        "34" => "多エ",
        "35" => "多オ",
        "36" => "加治",
        "37" => "申出",
        "38" => "医併",
        "39" => "医療",
        "41" => "区カ",
        "42" => "区キ",
        "43" => "多カ",
        "44" => "多キ",
        _ => "",
    }
}

/// The sections as the form parts them: from, to, name.
pub(super) const PARTS: [(u8, u8, &str); 12] = [
    (11, 11, "初診"),
    (12, 12, "再診"),
    (13, 13, "医学管理"),
    (14, 14, "在宅"),
    (20, 29, "投薬"),
    (30, 39, "注射"),
    (40, 49, "処置"),
    (50, 54, "手術・麻酔"),
    (60, 69, "検査・病理"),
    (70, 79, "画像診断"),
    (80, 89, "その他"),
    (90, 96, "入院"),
];
