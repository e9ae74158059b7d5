//! Claims and the patient's papers as pages that are read and printed.

mod form;
mod html;
mod meals;
mod names;
mod receipt;

use std::borrow::Cow;

use crate::{calculation::Calculation, master::Masters};

use super::{record::Record, text, view::Claim};

use html::Html;
use receipt::Bill;

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The claim like its paper form (診療報酬明細書).
    Form,
    /// 領収証.
    Receipt,
    /// 診療明細書.
    Statement,
}

/// Papers of claims as one page, a sheet for each.
///
/// What stands in the claims is shown as text, never read as markup; the page loads nothing and runs nothing.
///
/// ```
/// use santei::{
///     claim::{read::{Reader, SegmentKind}, show::{Paper, page}, view::Claim},
///     master::Masters,
/// };
/// let file = "RE,1,1112,202607,<b>TARO,1,19800401\nHO,  138057,1,2,1,291\nSI,11,1,111000110,,291,1,,,,,,,1\n";
/// let batch = Reader::new(file.as_bytes()).next_batch()?.unwrap();
/// let claim = Claim::of(batch.segments().find(|segment| segment.kind() == SegmentKind::Claim).unwrap());
/// let masters = Masters::standard()?;
/// let html = page(&masters, &[claim], &[Paper::Form, Paper::Receipt]);
/// assert!(html.contains("初診料") && html.contains("&lt;b&gt;TARO") && !html.contains("<b>TARO"));
/// // 2,910 yen at three tenths, to ten yen.
/// assert!(html.contains("870円"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn page(masters: &Masters, claims: &[Claim<'_>], papers: &[Paper]) -> String {
    let mut out = Html::new();
    for claim in claims {
        for paper in papers {
            match paper {
                Paper::Form => form::sheet(masters, claim, &mut out),
                Paper::Receipt | Paper::Statement => {
                    if let Some(bill) = Bill::of_claim(masters, claim) {
                        write(&bill, *paper, &mut out);
                    }
                }
            }
        }
    }
    html::page("診療報酬明細書", &out.finish())
}

/// 領収証 and 診療明細書 of a calculation, a sheet of each for every visit. An encounter names nobody: the facility's and the
/// patient's name are given here, or left empty.
#[must_use]
pub fn calculation_page(
    masters: &Masters,
    calculation: &Calculation,
    facility: &str,
    patient: &str,
    papers: &[Paper],
) -> String {
    let mut out = Html::new();
    for bill in receipt::of_calculation(masters, calculation, (facility, patient)) {
        for paper in papers {
            write(&bill, *paper, &mut out);
        }
    }
    html::page("領収証・診療明細書", &out.finish())
}

fn write(bill: &Bill, paper: Paper, out: &mut Html) {
    match paper {
        Paper::Receipt => bill.receipt(out),
        Paper::Statement => bill.statement(out),
        Paper::Form => {}
    }
}

/// The text of a comment.
fn decode<'a>(text: &'a [u8], record: Record<'_>) -> Cow<'a, str> {
    text::decode(text, record.encoding())
}
