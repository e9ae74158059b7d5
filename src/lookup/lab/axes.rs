//! The axes of a laboratory code, and what each of them says.

use serde::Serialize;

use super::procedures::every;
use crate::master::{Certainty, JlacCode, JlacLink, Masters};

/// A system of laboratory codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LabSystem {
    /// 臨床検査項目分類コード JLAC10.
    Jlac10,
    /// JLAC11.
    Jlac11,
}

/// An axis of a laboratory code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LabAxisKind {
    /// 分析物 (JLAC10) or 測定物 (JLAC11): what is measured.
    Analyte,
    /// 識別: when, or which of several.
    Identification,
    /// 材料.
    Material,
    /// 測定法.
    Method,
    /// 結果識別 (JLAC10): what the result says.
    Result,
    /// 結果単位 (JLAC11).
    Unit,
}

/// One axis of a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LabAxis {
    /// Which axis.
    pub axis: LabAxisKind,
    /// Its name in Japanese.
    pub title: &'static str,
    /// The characters of the code.
    pub code: String,
    /// What they say; none when no loaded master has it.
    pub name: Option<String>,
    /// How sure the name is.
    pub certainty: Option<Certainty>,
}

/// The axes of both systems: kind, name in Japanese, name in the table of codes, characters.
type Axes = [(LabAxisKind, &'static str, &'static str, usize); 5];

const JLAC10: Axes = [
    (LabAxisKind::Analyte, "分析物", "analyte", 5),
    (LabAxisKind::Identification, "識別", "identification", 4),
    (LabAxisKind::Material, "材料", "material", 3),
    (LabAxisKind::Method, "測定法", "method", 3),
    (LabAxisKind::Result, "結果識別", "result", 2),
];
const JLAC11: Axes = [
    (LabAxisKind::Analyte, "測定物", "jlac11.class", 5),
    (LabAxisKind::Identification, "識別", "jlac11.identification", 4),
    (LabAxisKind::Material, "材料", "jlac11.material", 3),
    (LabAxisKind::Method, "測定法", "jlac11.method", 3),
    (LabAxisKind::Unit, "結果単位", "jlac11.unit", 2),
];

/// Of which system a code is, by its form: JLAC10 begins with a digit and a letter, JLAC11 with a letter and a digit.
pub(super) fn system_of(code: &str) -> Option<LabSystem> {
    let plain = code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let mut first = code.bytes();
    match (first.next()?, first.next()?, code.len()) {
        (b'1'..=b'9', b'A'..=b'Z', 15 | 17) if plain => Some(LabSystem::Jlac10),
        (b'A'..=b'Z', b'0'..=b'9', 17) if plain => Some(LabSystem::Jlac11),
        _ => None,
    }
}

/// The characters of each axis; a code of 15 characters has no last one.
pub(super) fn split(code: &str) -> Vec<&str> {
    let mut parts = Vec::with_capacity(JLAC10.len());
    let mut rest = code;
    for (.., length) in JLAC10 {
        let Some((part, after)) = rest.split_at_checked(length) else { break };
        parts.push(part);
        rest = after;
    }
    parts
}

/// The axes with their names.
pub(super) fn axes(masters: &Masters, system: LabSystem, code: &str) -> Vec<LabAxis> {
    let parts = split(code);
    let shape = match system {
        LabSystem::Jlac10 => JLAC10,
        LabSystem::Jlac11 => JLAC11,
    };
    shape
        .into_iter()
        .zip(&parts)
        .map(|((axis, title, table, _), part)| {
            let named = match system {
                LabSystem::Jlac10 if axis == LabAxisKind::Result => result(masters, &parts, part),
                LabSystem::Jlac10 => element(masters, &format!("{table}.{part}")),
                LabSystem::Jlac11 => jlac11(masters, axis, table, code, part),
            };
            let (name, certainty) = named.unzip();
            LabAxis { axis, title, code: (*part).to_owned(), name, certainty }
        })
        .collect()
}

/// An element of the code tables.
fn element(masters: &Masters, key: &str) -> Option<(String, Certainty)> {
    let row = masters.versions::<JlacCode<'_>>(key).next()?;
    Some((row.name().to_owned(), row.certainty()))
}

/// From 51 on a result code says something else with every analyte.
fn result(masters: &Masters, parts: &[&str], result: &str) -> Option<(String, Certainty)> {
    let (analyte, identification) = (parts.first()?, parts.get(1)?);
    element(masters, &format!("result.{analyte}-{identification}-{result}"))
        .or_else(|| element(masters, &format!("result.{analyte}-0000-{result}")))
        .or_else(|| element(masters, &format!("result.{result}")))
}

/// The code tables of JLAC11 are not published as a file; the products of the table of JLAC11 and JLAC10 tell most of
/// their names: those of the very code, else those of another code with the same characters in this axis.
fn jlac11(masters: &Masters, axis: LabAxisKind, table: &str, code: &str, part: &str) -> Option<(String, Certainty)> {
    let column = |row: JlacLink<'_>| {
        let text = match axis {
            LabAxisKind::Analyte => row.item(),
            LabAxisKind::Material => row.material(),
            LabAxisKind::Method => row.method(),
            LabAxisKind::Unit => row.unit(),
            LabAxisKind::Identification | LabAxisKind::Result => "",
        };
        let text = text.trim();
        (!text.is_empty()).then(|| (text.to_owned(), row.certainty()))
    };
    if let Some(named) = masters.versions::<JlacLink<'_>>(code).find_map(column) {
        return Some(named);
    }
    let same = |row: &JlacLink<'_>| {
        let parts = split(row.code());
        JLAC11.iter().zip(parts).any(|((kind, ..), other)| *kind == axis && other == part)
    };
    if axis != LabAxisKind::Identification
        && let Some(named) = every::<JlacLink<'_>>(masters).filter(same).find_map(column)
    {
        return Some(named);
    }
    // Of a measurand that no product names, its first letter tells the class.
    let known = if axis == LabAxisKind::Analyte { part.get(..1)? } else { part };
    element(masters, &format!("{table}.{known}"))
}
