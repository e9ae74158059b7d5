//! Comments of a claim: which ones a procedure or a drug asks for, and what each of them says with its value.
//!
//! ```
//! use santei::{lookup::comment::compose_comment, master::Masters};
//! let masters = Masters::standard()?;
//! let composed = compose_comment(&masters, "820000002".parse()?, None, Some("2026-05-01".parse()?))?;
//! assert!(composed.valid);
//! assert_eq!(composed.text, "自費から");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dates;
mod form;
mod links;
mod value;
mod width;

pub use form::{CommentBlank, CommentForm};
pub use links::{CommentGroup, CommentNeed, CommentOption, Comments, comments};
pub use value::{ComposedComment, compose_comment};

use serde::Serialize;

use super::fault::{CodeFault, day_or_last};
use crate::{
    code::CommentCode,
    date::ServiceDate,
    master::{Certainty, Comment, Masters},
};

/// A comment and what goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CommentCard {
    /// コメントコード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: CommentCode,
    /// コメント文.
    pub name: String,
    /// 選択式コメント: the notification names it for certain procedures.
    pub selectable: bool,
    /// What has to be given with it.
    pub form: CommentForm,
    /// How sure the row is.
    pub certainty: Certainty,
}

/// A comment by its code, on a day or by its newest row.
///
/// # Errors
/// [`CodeFault`] when no loaded master has it, or when it is not in force on the day.
pub fn comment(masters: &Masters, code: CommentCode, on: Option<ServiceDate>) -> Result<CommentCard, Box<CodeFault>> {
    let row = row(masters, code, on)?;
    Ok(CommentCard {
        code,
        name: row.name().to_owned(),
        selectable: row.selectable() == 1,
        form: form::form(row),
        certainty: row.certainty(),
    })
}

fn row(masters: &Masters, code: CommentCode, on: Option<ServiceDate>) -> Result<Comment<'_>, Box<CodeFault>> {
    if let Some(fault) = CodeFault::of_day(on) {
        return Err(Box::new(fault));
    }
    let newest = || masters.versions::<Comment<'_>>(&code).max_by_key(|row| row.period().from);
    match on {
        Some(_) => None,
        None => newest(),
    }
    .map_or_else(|| masters.get::<Comment<'_>>(&code, day_or_last(on)), Ok)
    .map_err(|error| Box::new(CodeFault::missing("code", &error)))
}

#[cfg(test)]
mod tests;
