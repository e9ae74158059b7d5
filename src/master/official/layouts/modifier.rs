//! 修飾語マスター `z`: 19 columns.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Dating, PLAIN, Table},
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("012359")),
    field("マスター種別", Is("Z")),
    field("修飾語コード", Digits(4)),
    field("予備", Spare),
    field("予備", Spare),
    field("修飾語名称桁数", UpTo(2)),
    field("修飾語名称", Text(20)).to("name"),
    field("予備", Spare),
    field("修飾語カナ名称桁数", UpTo(2)),
    field("修飾語カナ名称", Text(30)).to("kana"),
    // 11
    field("予備", Spare),
    field("修飾語名称（変更情報）", Digits(1)),
    field("修飾語カナ名称（変更情報）", Digits(1)),
    field("収載年月日", Day).or_blank(),
    field("変更年月日", Day).or_blank(),
    field("廃止年月日", Day),
    field("修飾語管理番号", Digits(8)).to("management_number"),
    field("修飾語交換用コード", Letters(9)).to("exchange_code"),
    field("修飾語区分", Letters(8)).to("category"),
];

/// 修飾語マスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Modifier,
    letter: Some("Z"),
    counts: &[19],
    fields: FIELDS,
    from: &[15, 14],
    listed: Some(14),
    last: &[16],
    dating: Dating::Changed { epoch: Some(20_020_601) },
    ..PLAIN
};
