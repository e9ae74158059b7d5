//! Procedures by 区分番号, the item of the fee schedule: A001, D007, D007-2; with 項番, D007 1.
//!
//! ```
//! use santei::{lookup::item::fee_item, master::Masters};
//! let masters = Masters::standard()?;
//! let first = fee_item(&masters, "A000", Some("2026-07-01".parse()?))?;
//! assert!(first.procedures.iter().any(|procedure| procedure.name == "初診料"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    fault::{CodeFault, CodeFaultKind, cut, day_or_last},
    fold,
};
use crate::{
    code::ProcedureCode,
    date::ServiceDate,
    master::{Certainty, Masters, Procedure},
};

/// An item of the fee schedule with its procedures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FeeItem {
    /// 区分番号, such as `D007` or `B001-2`; a letter alone names a part.
    pub item: String,
    /// 項番, where one was asked for.
    pub number: Option<u32>,
    /// The procedures of the item on the day, by 項番 and code. None for a part.
    pub procedures: Vec<FeeItemProcedure>,
    /// Items below it: the branches of an item (D007-2 …), or the items of a part.
    pub below: Vec<FeeItemBelow>,
}

/// A procedure of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FeeItemProcedure {
    /// 診療行為コード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: ProcedureCode,
    /// Its name.
    pub name: String,
    /// 項番; 0 for none.
    pub number: u32,
    /// 点数識別.
    pub point_kind: u32,
    /// 点数: points, yen or percent by 点数識別.
    pub points: String,
    /// How sure the row is.
    pub certainty: Certainty,
}

/// An item below another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FeeItemBelow {
    /// 区分番号.
    pub item: String,
    /// The name of its first procedure.
    pub name: String,
    /// How many procedures it has.
    pub procedures: usize,
}

/// The procedures of an item of the fee schedule on a day; without a day, those that are in force and have no last day.
///
/// The item may be written in full width or small letters, with 項番 after a blank or の: `d007 1`, 区分番号「D007」の「1」.
///
/// # Errors
/// [`CodeFault`] when the text is no 区分番号, or when no loaded master has a procedure of it on the day.
pub fn fee_item(masters: &Masters, text: &str, on: Option<ServiceDate>) -> Result<FeeItem, Box<CodeFault>> {
    if let Some(fault) = CodeFault::of_day(on) {
        return Err(Box::new(fault));
    }
    let Some((item, number)) = parse(text) else {
        let fault = CodeFault::error("", CodeFaultKind::Schema, "this is no 区分番号 of the fee schedule");
        let fault = fault.expected("such as A001, D007-2, or D007 1 with 項番", cut(text));
        return Err(Box::new(fault.help("check it, or search by the procedure's name")));
    };
    let mut procedures = Vec::new();
    let mut below: BTreeMap<(String, Vec<u32>), FeeItemBelow> = BTreeMap::new();
    let part = item.len() == 1;
    for row in masters.in_force::<Procedure<'_>>(day_or_last(on)) {
        let own = row.fee_item();
        if own == item && number.is_none_or(|number| number == row.item_no()) {
            procedures.push(procedure(row));
        } else if own.strip_prefix(item.as_str()).is_some_and(|rest| part || rest.starts_with('-')) && number.is_none()
        {
            let entry = below.entry(order(own)).or_insert_with(|| FeeItemBelow {
                item: own.to_owned(),
                name: row.name().to_owned(),
                procedures: 0,
            });
            entry.procedures += 1;
        }
    }
    if procedures.is_empty() && below.is_empty() {
        let number = number.map(|number| format!(" {number}")).unwrap_or_default();
        let day = on.map(|day| format!(" on {day}")).unwrap_or_default();
        let message = format!("no loaded master has a procedure of {item}{number}{day}");
        let above = item.rsplit_once('-').filter(|(above, _)| above.contains('-'));
        let help = match above {
            Some((above, _)) => format!("the master has no branches of branches: look among the 項番 of {above}"),
            None => "check the item and the day, or add a pack of the official masters".to_owned(),
        };
        return Err(Box::new(CodeFault::error("", CodeFaultKind::UnknownCode, message).help(help)));
    }
    crate::order::by_key(&mut procedures, |procedure: &FeeItemProcedure| (procedure.number, procedure.code));
    Ok(FeeItem { item, number, procedures, below: below.into_values().collect() })
}

fn procedure(row: Procedure<'_>) -> FeeItemProcedure {
    FeeItemProcedure {
        code: row.code(),
        name: row.name().to_owned(),
        number: row.item_no(),
        point_kind: row.point_kind(),
        points: row.points().to_string(),
        certainty: row.certainty(),
    }
}

/// `D007-2 1` as its item and its number.
fn parse(text: &str) -> Option<(String, Option<u32>)> {
    if text.len() > 60 {
        return None;
    }
    // Folding writes every dash as the long-vowel mark.
    let text = fold(text).replace('ー', "-").to_ascii_uppercase();
    // As it is said and printed: 区分番号「D007」の「1」.
    let text = text.trim_start().trim_start_matches("区分番号").replace(['「', '」'], "").replace('ノ', " ");
    let mut words = text.split_whitespace();
    let item = words.next()?;
    let number = match (words.next(), words.next()) {
        (None, _) => None,
        (Some(number), None) => Some(number.parse().ok().filter(|_| number.bytes().all(|byte| byte.is_ascii_digit()))?),
        _ => return None,
    };
    let mut parts = item.split('-');
    let head = parts.next()?;
    let (letter, digits) = head.split_at_checked(1)?;
    let is_number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let letter_right = letter.bytes().all(|byte| byte.is_ascii_uppercase());
    if !letter_right || !parts.all(is_number) {
        return None;
    }
    if digits.is_empty() {
        return (item.len() == 1 && number.is_none()).then(|| (item.to_owned(), None));
    }
    let whole: u32 = digits.parse().ok().filter(|_| is_number(digits))?;
    let branches = item.get(head.len()..)?;
    Some((format!("{letter}{whole:03}{branches}"), number))
}

/// What sorts items: the letter, then the numbers.
fn order(item: &str) -> (String, Vec<u32>) {
    let (letter, rest) = item.split_at_checked(1).unwrap_or((item, ""));
    (letter.to_owned(), rest.split('-').map(|part| part.parse().unwrap_or(u32::MAX)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lookup::made::{self, row},
        master::MasterKind,
    };

    fn masters() -> Masters {
        let procedure = |code, item, number, name| {
            let columns =
                [("fee_item", item), ("item_no", number), ("name", name), ("point_kind", "3"), ("points", "11")];
            row(MasterKind::Procedure, code, ("2024-06-01", ""), &columns)
        };
        made::masters(vec![
            procedure("160019210", "D007", "1", "ＢＩＬ／総"),
            procedure("160019310", "D007", "1", "ＵＡ"),
            procedure("160019910", "D007", "3", "ＬＤＬ－コレステロール"),
            procedure("160999910", "D007-2", "", "何か"),
            procedure("160999810", "D007-10", "", "ほか"),
            procedure("160999710", "D008", "", "別"),
        ])
    }

    #[test]
    fn items_numbers_and_branches() {
        let masters = masters();
        let codes = |text: &str| -> Vec<String> {
            let found = fee_item(&masters, text, None).unwrap();
            found.procedures.iter().map(|procedure| procedure.code.to_string()).collect()
        };
        assert_eq!(codes("D007"), ["160019210", "160019310", "160019910"]);
        assert_eq!(codes("ｄ００７　３"), ["160019910"]);
        for text in ["Ｄ００７の３", "区分番号「Ｄ００７」の「３」", "D007の3"] {
            assert_eq!(codes(text), ["160019910"], "{text}");
        }
        assert_eq!(codes("D7-2"), ["160999910"]);
        let whole = fee_item(&masters, "D007", None).unwrap();
        let below: Vec<_> = whole.below.iter().map(|item| (item.item.as_str(), item.procedures)).collect();
        assert_eq!(below, [("D007-2", 1), ("D007-10", 1)]);
        let part = fee_item(&masters, "D", None).unwrap();
        let items: Vec<_> = part.below.iter().map(|item| item.item.as_str()).collect();
        assert_eq!(items, ["D007", "D007-2", "D007-10", "D008"]);
    }

    #[test]
    fn what_is_none() {
        for (text, kind) in [
            ("", CodeFaultKind::Schema),
            ("007", CodeFaultKind::Schema),
            ("D-", CodeFaultKind::Schema),
            ("D007-", CodeFaultKind::Schema),
            ("D007 1 2", CodeFaultKind::Schema),
            ("D007 +1", CodeFaultKind::Schema),
            ("D0071", CodeFaultKind::Schema),
            ("初診料", CodeFaultKind::Schema),
            (".*", CodeFaultKind::Schema),
            ("D999", CodeFaultKind::UnknownCode),
            ("D007 9", CodeFaultKind::UnknownCode),
        ] {
            assert_eq!(fee_item(&masters(), text, None).unwrap_err().kind, kind, "{text}");
        }
        let branch = fee_item(&masters(), "D007-2-9", None).unwrap_err();
        assert!(branch.help.as_deref().is_some_and(|help| help.contains("D007-2")), "{branch:?}");
        assert!(fee_item(&masters(), &"D".repeat(10_000), None).is_err());
        assert!(fee_item(&masters(), "D007", Some("1984-01-01".parse().unwrap())).is_err());
    }
}
