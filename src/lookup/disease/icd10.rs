//! The ICD-10 codes of a disease's base name, and what each of two codes says.

use serde::Serialize;

use crate::{code::Icd10Code, master::Disease};

/// One ICD-10 (2013) code of a disease.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Icd10Part {
    /// The code as the master has it, without a dot.
    pub code: String,
    /// The code with its dot.
    pub shown: String,
    /// What it says beside the other code.
    pub role: Icd10Role,
}

/// What an ICD-10 code of a disease says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Icd10Role {
    /// The disease has one code only.
    Single,
    /// 剣印 (†): the disease that is the cause, of a double classification (二重分類).
    Etiology,
    /// 星印 (*): what shows in an organ, of a double classification.
    Manifestation,
    /// The first of two codes that are no double classification (複数分類).
    First,
    /// The second of two codes that are no double classification, such as an agent.
    Additional,
}

/// The categories that the ICD-10 marks with an asterisk: they never stand alone, but beside one with a dagger.
const ASTERISK: &str = "D63 D77 E35 E90 F00 F02 G01 G02 G05 G07 G13 G22 G26 G32 G46 G53 G55 G59 G63 G73 G94 G99 H03 H06 H13 H19 \
    H22 H28 H32 H36 H42 H45 H48 H58 H62 H67 H75 H82 H94 I32 I39 I41 I43 I52 I68 I79 I98 J17 J91 J99 K23 K67 K77 K87 K93 \
    L14 L45 L54 L62 L86 L99 M01 M03 M07 M09 M14 M36 M49 M63 M68 M73 M82 M90 N08 N16 N22 N29 N33 N37 N51 N74 N77 P75";

/// The codes of a disease, those that say nothing left out.
pub(super) fn parts(disease: Disease<'_>) -> Vec<Icd10Part> {
    let (first, second) = (disease.icd10_1(), disease.icd10_2());
    let (one, other) = match (first.is_empty(), second.is_empty()) {
        (true, true) => return Vec::new(),
        (false, true) => return vec![part(first, Icd10Role::Single)],
        (true, false) => return vec![part(second, Icd10Role::Single)],
        (false, false) => match (is_asterisk(first), is_asterisk(second)) {
            (false, true) => (Icd10Role::Etiology, Icd10Role::Manifestation),
            (true, false) => (Icd10Role::Manifestation, Icd10Role::Etiology),
            _ => (Icd10Role::First, Icd10Role::Additional),
        },
    };
    vec![part(first, one), part(second, other)]
}

fn part(code: &str, role: Icd10Role) -> Icd10Part {
    // A code that is none in form is shown as the master has it.
    let shown = code.parse::<Icd10Code>().map_or_else(|_| code.to_owned(), |code| code.to_string());
    Icd10Part { code: code.to_owned(), shown, role }
}

fn is_asterisk(code: &str) -> bool {
    code.get(..3).is_some_and(|category| ASTERISK.split(' ').any(|known| known == category))
}
