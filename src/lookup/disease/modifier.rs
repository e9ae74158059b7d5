//! Modifiers: what they say, and on which side of the base name they are printed.

use serde::Serialize;

use crate::{
    code::ModifierCode,
    master::{Certainty, Modifier},
};

/// の疑い.
pub const SUSPECTED: u32 = 8002;
/// The first code of a modifier printed behind the name (接尾語), and the first one of a position of teeth.
const SUFFIXES: u32 = 8000;
const TEETH: u32 = 9000;

/// Where a modifier is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ModifierPosition {
    /// 接頭語: in front of the base name.
    Prefix,
    /// 接尾語: behind it.
    Suffix,
    /// A position of teeth: not of a medical claim.
    Dental,
}

/// What a modifier says: the second character of 修飾語区分.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ModifierSort {
    /// 部位: a part of the body.
    Site,
    /// 位置: right, left, upper …
    Position,
    /// 病因: the cause.
    Cause,
    /// 経過表現: the course, such as acute.
    Course,
    /// 状態表現: the state, such as benign.
    State,
    /// 患者帰属: whose, such as of a newborn.
    Patient,
    /// その他.
    Other,
    /// 接尾語.
    Suffix,
    /// 歯科用.
    Dental,
    /// The master does not say.
    Unknown,
}

/// A modifier of a composed name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ModifierPart {
    /// 修飾語コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: ModifierCode,
    /// Its name.
    pub name: String,
    /// Where it is printed.
    pub position: ModifierPosition,
    /// What it says.
    pub sort: ModifierSort,
    /// How sure the row is.
    pub certainty: Certainty,
}

/// Where a modifier is printed: by 修飾語区分, and by the range of its code where that is blank.
pub(super) fn position_of(row: Modifier<'_>) -> ModifierPosition {
    match sort_of(row) {
        ModifierSort::Suffix => ModifierPosition::Suffix,
        ModifierSort::Dental => ModifierPosition::Dental,
        ModifierSort::Unknown => match row.code().number() {
            TEETH.. => ModifierPosition::Dental,
            SUFFIXES.. => ModifierPosition::Suffix,
            _ => ModifierPosition::Prefix,
        },
        _ => ModifierPosition::Prefix,
    }
}

fn sort_of(row: Modifier<'_>) -> ModifierSort {
    match row.category().as_bytes().get(1) {
        Some(b'1') => ModifierSort::Site,
        Some(b'2') => ModifierSort::Position,
        Some(b'3') => ModifierSort::Cause,
        Some(b'4') => ModifierSort::Course,
        Some(b'5') => ModifierSort::State,
        Some(b'6') => ModifierSort::Patient,
        Some(b'7') => ModifierSort::Other,
        Some(b'8') => ModifierSort::Suffix,
        Some(b'9') => ModifierSort::Dental,
        _ => ModifierSort::Unknown,
    }
}

pub(super) fn part(row: Modifier<'_>) -> ModifierPart {
    ModifierPart {
        code: row.code(),
        name: row.name().to_owned(),
        position: position_of(row),
        sort: sort_of(row),
        certainty: row.certainty(),
    }
}
