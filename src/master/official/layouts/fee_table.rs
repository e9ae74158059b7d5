//! The 医科電子点数表: 01 補助マスター, 02 包括, 03-1 to 03-4 背反, 04 入院基本料, 05 算定回数. The columns are those of the
//! editions of 2016 as of those of 2024 and 2026.

use crate::{master::MasterKind, pack::Cell};

use super::super::{
    field::{Check::*, Field, field},
    layout::{Cells, Code, Dating, PLAIN, Table},
    text::Splitter,
};

const AUX: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("診療行為コード", Digits(9)),
    field("診療行為省略名称", Text(32)),
    field("包括単位①", UpTo(2)).to("bundle_unit_1"),
    field("グループ番号①", Letters(7)).to("bundle_group_1"),
    field("包括単位②", UpTo(2)).to("bundle_unit_2"),
    field("グループ番号②", Letters(7)).to("bundle_group_2"),
    field("包括単位③", UpTo(2)).to("bundle_unit_3"),
    field("グループ番号③", Letters(7)).to("bundle_group_3"),
    field("背反 1日につき", Digits(1)).to("exclusion_day"),
    // 11
    field("背反 同一月内", Digits(1)).to("exclusion_month"),
    field("背反 同時", Digits(1)).to("exclusion_same"),
    field("背反 1週間につき", Digits(1)).to("exclusion_week"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("入院基本料識別", Digits(3)).to("inpatient_group"),
    // 21
    field("算定回数関連", Digits(1)).to("frequency"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 01 補助マスターテーブル.
pub(super) const AUX_TABLE: Table = Table {
    kind: MasterKind::FeeAux,
    counts: &[27],
    fields: AUX,
    code: Code::Column(2),
    from: &[26],
    last: &[27],
    derive: no_groups,
    ..ENTERED
};

/// What the tables have in common.
const ENTERED: Table = Table { dating: Dating::Entered, ..PLAIN };

/// Where a procedure contains nothing, the group is `0`.
fn no_groups(_: &Splitter, row: &mut Cells<'_>) {
    for column in ["bundle_group_1", "bundle_group_2", "bundle_group_3"] {
        if row.get(column) == Some(&Cell::Text("0".to_owned())) {
            row.set(column, Cell::Text(String::new()));
        }
    }
}

const MEMBERS: &[Field] = &[
    field("変更区分", OneOf("01359")),
    field("グループ番号", Letters(7)),
    field("診療行為コード", Digits(9)),
    field("診療行為省略名称", Text(32)),
    field("特例条件", Digits(1)).to("special"),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 02 包括テーブル.
pub(super) const MEMBER_TABLE: Table = Table {
    kind: MasterKind::BundleMember,
    counts: &[7],
    fields: MEMBERS,
    code: Code::Pair(2, 3),
    from: &[6],
    last: &[7],
    shape: |line| line.ascii(2).is_some_and(|group| group.starts_with(|c: char| c.is_ascii_uppercase())),
    ..ENTERED
};

const EXCLUSIONS: &[Field] = &[
    field("変更区分", OneOf("01359")),
    field("診療行為コード①", Digits(9)),
    field("診療行為省略名称①", Text(32)),
    field("診療行為コード②", Digits(9)),
    field("診療行為省略名称②", Text(32)),
    field("背反区分", OneOf("123")).to("rule"),
    field("特例条件", Digits(1)).to("special"),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

const EXCLUSION_TABLE: Table =
    Table { counts: &[10], fields: EXCLUSIONS, code: Code::Pair(2, 4), from: &[9], last: &[10], ..ENTERED };

/// 03-1 背反テーブル, 1日につき.
pub(super) const DAY_TABLE: Table = Table { kind: MasterKind::ExclusionDay, ..EXCLUSION_TABLE };
/// 03-2 背反テーブル, 同一月内.
pub(super) const MONTH_TABLE: Table = Table { kind: MasterKind::ExclusionMonth, ..EXCLUSION_TABLE };
/// 03-3 背反テーブル, 同時.
pub(super) const SAME_TABLE: Table = Table { kind: MasterKind::ExclusionSame, ..EXCLUSION_TABLE };
/// 03-4 背反テーブル, 1週間につき.
pub(super) const WEEK_TABLE: Table = Table { kind: MasterKind::ExclusionWeek, ..EXCLUSION_TABLE };

const INPATIENT: &[Field] = &[
    field("変更区分", OneOf("01359")),
    field("グループ番号", Digits(3)),
    field("診療行為コード", Digits(9)),
    field("診療行為省略名称", Text(32)),
    field("加算識別", UpTo(2)).to("addition_kind"),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 04 入院基本料テーブル.
pub(super) const INPATIENT_TABLE: Table = Table {
    kind: MasterKind::InpatientAddition,
    counts: &[8],
    fields: INPATIENT,
    code: Code::Pair(2, 3),
    from: &[7],
    last: &[8],
    ..ENTERED
};

const FREQUENCIES: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("診療行為コード", Digits(9)),
    field("診療行為省略名称", Text(32)),
    field("算定単位コード", UpTo(3)),
    field("算定単位名称", Text(6)).to("unit"),
    field("算定回数", UpTo(3)).to("max_count"),
    field("特例条件", Digits(1)).to("special"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    // 11
    field("予備", Spare),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 05 算定回数テーブル.
pub(super) const FREQUENCY_TABLE: Table = Table {
    kind: MasterKind::Frequency,
    counts: &[14],
    fields: FREQUENCIES,
    code: Code::Pair(2, 4),
    from: &[13],
    last: &[14],
    ..ENTERED
};
