//! Lists that go with the masters: 傷病名の移行 `ikou`, and the names of the 施設基準コード.

use crate::master::{Certainty, MasterKind};

use super::super::{
    field::{Check::*, Field, field},
    layout::{Code, Dating, PLAIN, Table},
};

const SUCCESSIONS: &[Field] = &[
    field("区分", OneOf("2345")).to("change"),
    field("移行元 傷病名コード", Digits(7)),
    field("移行元 傷病名", Text(30)).to("name"),
    field("移行元 変更区分", Digits(1)),
    field("移行先 傷病名コード", Digits(7)).or_blank().to("next"),
    field("最終移行先 傷病名コード", Digits(7)).or_blank().to("successor"),
    field("最終移行先 傷病名", Text(30)).or_blank().to("successor_name"),
];

/// 傷病名 移行: no written layout is published; the columns are told from the data.
pub(super) const SUCCESSION_TABLE: Table = Table {
    kind: MasterKind::DiseaseSuccession,
    counts: &[7],
    fields: SUCCESSIONS,
    change: None,
    changes: false,
    code: Code::Column(2),
    dating: Dating::Listed { edition: None },
    ..PLAIN
};

const STANDARDS: &[Field] = &[field("施設基準コード", UpTo(4)), field("施設基準名称", Text(200)).to("name")];

/// 施設基準コード, copied from the publisher's list (別紙7-8), which is a document and no table.
pub(super) const STANDARD_TABLE: Table = Table {
    kind: MasterKind::FacilityStandard,
    counts: &[2],
    fields: STANDARDS,
    change: None,
    changes: false,
    code: Code::Column(1),
    dating: Dating::Listed { edition: None },
    delimiter: b'\t',
    certainty: Certainty::Single,
    ..PLAIN
};
