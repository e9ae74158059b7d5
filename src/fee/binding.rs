//! Which addition goes with which base: 注加算コード and 注加算通番 (38, 39), the columns of their own that some additions have
//! (マスターファイル仕様説明書 別紙7-6), and the columns of general additions.

use crate::master::{Certainty, Procedure};

use super::{
    draft::{Group, Item, VisitDraft, What, reason},
    statement::{Origin, Verdict},
};

/// 告示等識別区分 (68).
const BASIC: [u32; 3] = [1, 3, 5];
const NOTE: u32 = 7;
const GENERAL: u32 = 9;

/// Whether an addition goes with a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    Yes,
    /// The masters say that it does not.
    No(&'static str),
    /// The masters do not say.
    Open(&'static str),
}

/// Whether a code is an addition by the way in which a claim writes it.
pub(crate) fn is_addition(row: Procedure<'_>) -> bool {
    matches!(row.notice_1(), NOTE | GENERAL)
}

/// Whether an addition goes with a base.
pub(crate) fn fit(base: Procedure<'_>, addition: Procedure<'_>) -> Fit {
    // An addition that a claim writes on a line of its own (別紙7-11) still is one by (69).
    if BASIC.contains(&addition.notice_1()) && addition.notice_2() != NOTE {
        return Fit::Open("告示等識別区分 68・69");
    }
    let (own, of_base) = (addition.note_code(), base.note_code());
    if own != 0 {
        let age = addition.general_age() == 2 && base.general_age() != 2;
        return if own == of_base && !age { Fit::Yes } else { Fit::No("注加算コード 38") };
    }
    if let Some((column, fits)) = marked(base, addition) {
        return if fits { Fit::Yes } else { Fit::No(column) };
    }
    let same_part = part(base) == part(addition);
    let by = |column: &'static str, fits: bool| if fits && same_part { Fit::Yes } else { Fit::No(column) };
    match addition {
        row if row.general_age() != 0 => by("通則年齢 40", base.general_age() == row.general_age()),
        row if row.time_class() != 0 => by("時間加算区分 43", base.time_class() == 1),
        row if row.reduction_target() == 1 => by("逓減対象区分 52", base.reduction_target() == 1),
        row if row.conformity() == 1 => by("適合区分 44", base.conformity() == 2),
        // X000 stands for the general rules of part X.
        row if row.fee_item().get(1..) == Some("000") && same_part => Fit::Yes,
        row if row.fee_item() == base.fee_item() => Fit::Yes,
        _ => Fit::Open("コード表用番号 85・92"),
    }
}

fn part(row: Procedure<'_>) -> Option<char> {
    row.fee_item().chars().next()
}

/// An addition with a column of its own in place of a 注加算コード (別紙7-6): the column, and whether the base has it.
fn marked(base: Procedure<'_>, addition: Procedure<'_>) -> Option<(&'static str, bool)> {
    type Column = (&'static str, fn(Procedure<'_>) -> u32);
    const SAME: [Column; 14] = [
        ("処置乳幼児加算区分 46", |row| row.treatment_infant()),
        ("極低出生体重児加算区分 47", |row| row.low_birth_weight()),
        ("脊髄誘発電位測定等加算区分 53", |row| row.evoked_potential()),
        ("頸部郭清術併施加算区分 54", |row| row.neck_dissection()),
        ("超音波内視鏡加算区分 64", |row| row.endoscopic_ultrasound()),
        ("自動吻合器加算区分 67", |row| row.anastomosis()),
        ("超音波凝固切開装置等加算区分 82", |row| row.ultrasonic_coagulation()),
        ("副鼻腔手術用内視鏡加算 114", |row| row.sinus_endoscope()),
        ("副鼻腔手術用骨軟部組織切除機器加算 115", |row| row.sinus_shaver()),
        ("長時間麻酔管理加算 116", |row| row.long_anesthesia()),
        ("凍結保存同種組織加算 119", |row| row.preserved_tissue()),
        ("創外固定器加算 121", |row| row.external_fixator()),
        ("超音波切削機器加算 122", |row| row.ultrasonic_cutter()),
        ("耳鼻咽喉科乳幼児処置加算 125", |row| row.ent_infant()),
    ];
    if let Some((name, of)) = SAME.iter().find(|(_, of)| of(addition) != 0) {
        return Some((name, of(base) == of(addition)));
    }
    match addition {
        row if row.ent_antibiotic() != 0 => {
            Some(("耳鼻咽喉科小児抗菌薬適正使用支援加算 126", base.ent_antibiotic() == row.ent_antibiotic()))
        }
        row if row.surgery_support() != 0 => {
            let takes: &[u32] = match base.surgery_support() {
                1 => &[1],
                2 => &[2],
                3 => &[1, 2],
                4 => &[4],
                5 => &[1, 4],
                6 => &[2, 4],
                7 => &[6],
                _ => &[],
            };
            Some(("画像等手術支援加算 20", takes.contains(&row.surgery_support())))
        }
        row if row.stapler() != 0 => {
            let takes = match base.stapler() {
                4 => matches!(row.stapler(), 1 | 3),
                own => own == row.stapler(),
            };
            Some(("自動縫合器加算区分 55", takes))
        }
        row => infection(base, row),
    }
}

/// 外来感染対策向上加算等 (124): 1, 2, 3, 7 and 9 go with a fee of B, 4, 5, 6, 8 and A with one of C.
fn infection(base: Procedure<'_>, addition: Procedure<'_>) -> Option<(&'static str, bool)> {
    let own = addition.infection_addition().filter(|mark| *mark != '0')?;
    let of_base = if matches!(own, '1' | '2' | '3' | '7' | '9') { '1' } else { '2' };
    Some(("外来感染対策向上加算等 124", base.infection_addition() == Some(of_base)))
}

/// What keeps an addition from standing beside another on one base: the same 注加算コード and 通番, or the same kind of a general
/// addition, of which there is one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Note(u32, char),
    Age,
    Time,
    Reduction,
    Conformity,
    Infant,
}

fn place(row: Procedure<'_>) -> Option<Place> {
    if !is_addition(row) {
        return None;
    }
    match row {
        row if row.note_code() != 0 => {
            row.note_serial().filter(|serial| *serial != '0').map(|serial| Place::Note(row.note_code(), serial))
        }
        row if row.general_age() != 0 => Some(Place::Age),
        row if row.time_class() != 0 => Some(Place::Time),
        row if row.reduction_target() == 1 => Some(Place::Reduction),
        row if row.conformity() == 1 => Some(Place::Conformity),
        row if row.treatment_infant() != 0 => Some(Place::Infant),
        _ => None,
    }
}

/// Whether a group already has an addition that keeps another one out.
pub(crate) fn taken(group: &Group<'_>, addition: Procedure<'_>) -> bool {
    let Some(wanted) = place(addition) else { return false };
    let paid = group.additions.iter().filter(|item| item.is_paid()).filter_map(Item::row);
    paid.into_iter().any(|row| place(row).as_ref() == Some(&wanted))
}

/// Takes ordered additions off that do not go with their base, and asks where the masters do not tell.
pub(crate) fn check(group: &mut Group<'_>) {
    let Some(base) = group.base.row() else { return };
    for item in group.additions.iter_mut().filter(|item| item.origin == Origin::Ordered && item.is_paid()) {
        let Some(row) = item.row() else { continue };
        // A row put together for lack of the official one does not prove that two codes do not belong together.
        let sure = row.certainty().max(base.certainty()) < Certainty::Unverified;
        match fit(base, row) {
            Fit::Yes => {}
            Fit::No(column) if sure => {
                let text = format!("{} には付けられない加算である", base.name());
                item.turn(Verdict::Excluded, reason("binding.base", format!("医科診療行為マスター {column}"), text));
            }
            Fit::No(column) | Fit::Open(column) => {
                let text = format!("{} に付く加算かどうかを確かめる", base.name());
                item.turn(Verdict::NeedsReview, reason("binding.open", format!("医科診療行為マスター {column}"), text));
            }
        }
    }
}

/// Of one 注加算通番 and of one kind of general addition a base takes one (別紙7-7): which of several is not settled.
pub(crate) fn exclusive(group: &mut Group<'_>) {
    if group.additions.len() < 2 {
        return;
    }
    let mut places: Vec<Place> =
        group.additions.iter().filter(|item| item.is_paid()).filter_map(Item::row).filter_map(place).collect();
    crate::order::sort(&mut places);
    let twice = |wanted: &Place| {
        let start = places.partition_point(|place| place < wanted);
        places.get(start + 1) == Some(wanted)
    };
    for item in group.additions.iter_mut().filter(|item| item.is_paid()) {
        if item.row().and_then(place).is_some_and(|place| twice(&place)) {
            let text = "同時に算定できない加算が同じ行に2つ以上ある。どれを算定するかを確かめる";
            item.turn(Verdict::NeedsReview, reason("binding.exclusive", "医科診療行為マスター 38・39 別紙7-7", text));
        }
    }
}

/// Additions that were ordered on a line of their own: a percentage has no base there, and any other needs one in the visit.
pub(crate) fn alone(visit: &mut VisitDraft<'_>) {
    let lone = |group: &Group<'_>| {
        group.base.origin == Origin::Ordered && group.base.is_paid() && group.base.row().is_some_and(is_addition)
    };
    if !visit.groups.iter().any(lone) {
        return;
    }
    let mut bases: Vec<Procedure<'_>> = visit
        .groups
        .iter()
        .filter(|group| group.base.is_paid())
        .filter_map(|group| group.base.row())
        .filter(|row| !is_addition(*row))
        .collect();
    crate::order::by_key(&mut bases, |row| row.code());
    bases.dedup_by_key(|row| row.code());
    for group in visit.groups.iter_mut().filter(|group| lone(group)) {
        let What::Procedure(row) = group.base.what else { continue };
        let percentage = matches!(row.point_kind(), 5 | 6);
        if !percentage && bases.iter().any(|base| fit(*base, row) == Fit::Yes) {
            continue;
        }
        let text = if percentage {
            "割合の加算は、基本となる行の additions に入力する"
        } else {
            "加算が付く基本の行がない。基本となる行の additions に入力する"
        };
        group.base.turn(Verdict::NeedsReview, reason("binding.alone", "医科診療行為マスター 68", text));
    }
}
