//! コメントマスター `c`: 30 columns, 19 in 2016; コメント関連テーブル `ck`: 30 columns, 18 without the spare ones.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Code, Dating, PLAIN, Table},
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("マスター種別", Is("C")),
    field("区分", Is("8")),
    field("パターン", Digits(2)).to("pattern"),
    field("一連番号", UpTo(6)),
    field("コメント文 漢字有効桁数", UpTo(3)),
    // A comment of free text has none of its own.
    field("コメント文 漢字名称", Text(150)).or_blank().to("name"),
    field("コメント文 カナ有効桁数", UpTo(2)),
    field("コメント文 カナ名称", Text(20)).or_blank().to("kana"),
    field("レセプト編集情報① カラム位置", UpTo(2)).to("place_1"),
    // 11
    field("レセプト編集情報① 桁数", UpTo(2)).to("digits_1"),
    field("レセプト編集情報② カラム位置", UpTo(2)).to("place_2"),
    field("レセプト編集情報② 桁数", UpTo(2)).to("digits_2"),
    field("レセプト編集情報③ カラム位置", UpTo(2)).to("place_3"),
    field("レセプト編集情報③ 桁数", UpTo(2)).to("digits_3"),
    field("レセプト編集情報④ カラム位置", UpTo(2)).to("place_4"),
    field("レセプト編集情報④ 桁数", UpTo(2)).to("digits_4"),
    field("予備", Spare),
    field("予備", Spare),
    field("選択式コメント識別", Digits(1)).to("selectable"),
    // 21
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("コメントコード", Digits(9)),
    field("公表順序番号", UpTo(9)),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
];

/// コメントマスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Comment,
    letter: Some("C"),
    counts: &[30],
    fields: FIELDS,
    code: Code::Column(23),
    from: &[21],
    last: &[22],
    ..PLAIN
};

/// コメントマスター of 2016: neither dates nor the whole code.
pub(super) const SHORT: Table = Table {
    kind: MasterKind::Comment,
    letter: Some("C"),
    counts: &[19],
    fields: SHORT_FIELDS,
    code: Code::Comment(3),
    dating: Dating::Listed { edition: None },
    ..PLAIN
};

const SHORT_FIELDS: &[Field] = FIELDS.split_at(19).0;

const LINKS: &[Field] = &[
    // 1
    field("変更区分", OneOf("012359")),
    field("コメント記載通知等", OneOf("01234567")).to("notice"),
    field("項番", Digits(4)).to("item_no"),
    field("区分", Text(32)).to("item"),
    field("枝番", Digits(2)).to("branch"),
    field("診療（調剤）行為 コード", Digits(9)),
    field("加算コード", Letters(5)).or_blank().to("addition"),
    field("省略漢字名称", Text(32)).to("name"),
    field("コメントコード", Digits(9)),
    field("患者の状態コード", UpTo(3)).or_blank().to("patient_state"),
    // 11
    field("コメント文", Text(150)).or_blank(),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("条件区分", Digits(2)).to("condition"),
    field("非算定理由コメント", Digits(1)).to("when_not_charged"),
    field("入外区分", Digits(1)).to("in_out"),
    field("算定回数", Digits(3)).to("count"),
    field("公表順序番号", UpTo(9)).to("order"),
    field("予備", Spare),
    field("予備", Spare),
    // 21
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
];

/// コメント関連テーブル.
pub(super) const LINK_TABLE: Table = Table {
    kind: MasterKind::CommentLink,
    counts: &[18, 30],
    fields: LINKS,
    code: Code::Pair(6, 9),
    mark: &[2, 3, 4, 5, 7, 10],
    from: &[12],
    last: &[13],
    ..PLAIN
};
