//! Which comments a procedure or a drug asks for (コメント関連テーブル).

use serde::Serialize;

use super::form::{CommentForm, form};
use crate::{
    code::{AnyCode, CommentCode, DrugCode, ProcedureCode},
    date::ServiceDate,
    lookup::fault::{CodeFault, CodeFaultKind, day_or_last},
    master::{Comment, CommentLink, Drug, MasterKind, Masters, Procedure},
};

/// The code under which the table lists what any drug of 選定療養 asks for on a medical claim.
const ELECTIVE_DRUGS: u32 = 819_999_999;

/// The comments of a procedure or a drug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Comments {
    /// The code.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: AnyCode,
    /// Its name.
    pub name: Option<String>,
    /// Whether a pack with コメント関連テーブル is loaded. The standard masters do not have it: then nothing is said here,
    /// and that is not to say that no comment is asked for.
    pub relations_loaded: bool,
    /// The conditions, in the order of the notification; each asks for one of its comments.
    pub groups: Vec<CommentGroup>,
    /// What deserves a look.
    pub faults: Vec<CodeFault>,
}

/// A condition, with the comments of which one satisfies it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CommentGroup {
    /// When a comment is asked for.
    pub need: CommentNeed,
    /// The same in Japanese.
    pub when: String,
    /// Whether a DPC hospital may leave it out.
    pub dpc_may_omit: bool,
    /// コメント記載通知等: 1 別表Ⅰ, 5 別表Ⅱ, 6 別表Ⅲ …
    pub notice: u32,
    /// 項番 of that annex.
    pub item_no: u32,
    /// 区分: the item of the fee schedule.
    pub item: String,
    /// 枝番: the condition within the 項番.
    pub branch: u32,
    /// The comments.
    pub options: Vec<CommentOption>,
}

/// When a comment is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CommentNeed {
    /// 条件区分 01: whenever the procedure is charged.
    Charged,
    /// 条件区分 02: when it is charged for an inpatient.
    ChargedInpatient,
    /// 条件区分 02: when it is charged for an outpatient.
    ChargedOutpatient,
    /// 条件区分 03: when it is charged a number of times.
    ChargedTimes,
    /// 条件区分 20: a 長期収載品 is prescribed, and not as 選定療養.
    NotElective,
    /// 条件区分 00: under a condition that a person judges.
    Judgement,
    /// 非算定理由コメント: the procedure is not charged, under a condition that a person judges.
    NotCharged,
}

/// One comment of a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CommentOption {
    /// コメントコード.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub code: CommentCode,
    /// コメント文; none when no loaded master has the comment on the day.
    pub name: Option<String>,
    /// What has to be given with it.
    pub form: Option<CommentForm>,
    /// 患者の状態コード, where the table has one.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<u32>"))]
    pub patient_state: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The comments that a procedure or a drug asks for on a day. For a drug under 選定療養 those of any such drug are among
/// them.
#[must_use]
pub fn comments(masters: &Masters, code: AnyCode, on: Option<ServiceDate>) -> Comments {
    let day = day_or_last(on);
    let tables = masters.tables(MasterKind::CommentLink);
    let relations_loaded = tables.into_iter().any(|table| on.is_none() || table.covers(day.packed()));
    let (name, elective) = named(masters, code, on);
    let mut faults = Vec::from_iter(CodeFault::of_day(on));
    if !relations_loaded {
        let message = "the loaded masters have no コメント関連テーブル for the day";
        let fault = CodeFault::error("", CodeFaultKind::UnknownCode, message).warning();
        faults.push(fault.help("add a pack with the file ck of 支払基金"));
    }
    if name.is_none() {
        let message = format!("no loaded master has the procedure or drug {code} on the day");
        faults.push(CodeFault::error("code", CodeFaultKind::UnknownCode, message).warning().help("check the code"));
    }
    let mut links: Vec<CommentLink<'_>> = rows(masters, code, on);
    if elective && let Some(any) = AnyCode::from_number(ELECTIVE_DRUGS) {
        links.extend(rows(masters, any, on));
    }
    crate::order::by_key(&mut links, |row| (row.order(), row.notice(), row.item_no(), row.branch(), row.comment()));
    let mut groups: Vec<CommentGroup> = Vec::new();
    for row in links {
        let need = need(row);
        let option = option(masters, row, on);
        let same = |group: &&mut CommentGroup| {
            (group.need, group.notice, group.item_no, group.branch, group.item.as_str())
                == (need, row.notice(), row.item_no(), row.branch(), row.item())
        };
        match groups.iter_mut().find(same) {
            Some(group) if group.options.contains(&option) => {}
            Some(group) => group.options.push(option),
            None => groups.push(CommentGroup {
                need,
                when: when(need, row),
                dpc_may_omit: (10..20).contains(&row.condition()),
                notice: row.notice(),
                item_no: row.item_no(),
                item: row.item().to_owned(),
                branch: row.branch(),
                options: vec![option],
            }),
        }
    }
    Comments { code, name, relations_loaded, groups, faults }
}

/// The rows on a day; without one, those of the newest edition that has any.
fn rows(masters: &Masters, code: AnyCode, on: Option<ServiceDate>) -> Vec<CommentLink<'_>> {
    masters.related::<CommentLink<'_>>(code, day_or_last(on)).collect()
}

/// The name of the procedure or the drug, and whether it is a drug under 選定療養.
fn named(masters: &Masters, code: AnyCode, on: Option<ServiceDate>) -> (Option<String>, bool) {
    let day = day_or_last(on);
    if let Some(code) = ProcedureCode::from_number(code.number()) {
        let newest = || masters.versions::<Procedure<'_>>(&code).last().filter(|_| on.is_none());
        let row = masters.row::<Procedure<'_>>(&code, day).or_else(newest);
        return (row.map(|row| row.name().to_owned()), false);
    }
    let Some(code) = DrugCode::from_number(code.number()) else { return (None, false) };
    let newest = || masters.versions::<Drug<'_>>(&code).last().filter(|_| on.is_none());
    let row = masters.row::<Drug<'_>>(&code, day).or_else(newest);
    (row.map(|row| row.name().to_owned()), row.is_some_and(|row| row.elective() == 1))
}

fn need(row: CommentLink<'_>) -> CommentNeed {
    if row.when_not_charged() == 1 {
        return CommentNeed::NotCharged;
    }
    match (row.condition() % 10, row.condition(), row.in_out()) {
        (_, 20, _) => CommentNeed::NotElective,
        (1, ..) => CommentNeed::Charged,
        (2, _, 1) => CommentNeed::ChargedInpatient,
        (2, _, 2) => CommentNeed::ChargedOutpatient,
        (3, ..) => CommentNeed::ChargedTimes,
        _ => CommentNeed::Judgement,
    }
}

fn when(need: CommentNeed, row: CommentLink<'_>) -> String {
    match need {
        CommentNeed::Charged => "算定したとき（必須）".to_owned(),
        CommentNeed::ChargedInpatient => "入院で算定したとき（必須）".to_owned(),
        CommentNeed::ChargedOutpatient => "入院外で算定したとき（必須）".to_owned(),
        CommentNeed::ChargedTimes => format!("{}回以上算定したとき（必須）", row.count()),
        CommentNeed::NotElective => "長期収載品を選定療養としないで処方したとき（必須）".to_owned(),
        CommentNeed::Judgement => "記載要領の条件に当たるとき".to_owned(),
        CommentNeed::NotCharged => "算定しないで、記載要領の条件に当たるとき".to_owned(),
    }
}

fn option(masters: &Masters, row: CommentLink<'_>, on: Option<ServiceDate>) -> CommentOption {
    let code = row.comment();
    let newest = || masters.versions::<Comment<'_>>(&code).last().filter(|_| on.is_none());
    let comment = masters.row::<Comment<'_>>(&code, day_or_last(on)).or_else(newest);
    CommentOption {
        code,
        name: comment.map(|comment| comment.name().to_owned()),
        form: comment.map(form),
        patient_state: row.patient_state(),
    }
}
