//! 特定器材マスター `t`: 38 columns since the 2024 revision, 37 before.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Figure, PLAIN, Table},
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("マスター種別", Is("T")),
    field("特定器材コード", Digits(9)),
    field("特定器材名・規格名 漢字有効桁数", UpTo(2)),
    field("特定器材名・規格名 漢字名称", Text(32)).to("name"),
    field("特定器材名・規格名 カナ有効桁数", UpTo(2)),
    field("特定器材名・規格名 カナ名称", Text(20)).to("kana"),
    field("単位 コード", UpTo(3)).to("unit_code"),
    field("単位 漢字有効桁数", Digits(1)),
    field("単位 漢字名称", Text(6)).or_blank().to("unit"),
    // 11
    field("新又は現金額 金額種別", Digits(1)).to("price_kind"),
    field("新又は現金額", Amount(13)).to("price"),
    field("予備", Spare),
    field("年齢加算区分", Digits(1)).to("age_addition"),
    field("上下限年齢 下限年齢", Letters(2)).to("age_low"),
    field("上下限年齢 上限年齢", Letters(2)).to("age_high"),
    field("旧金額 金額種別", Digits(1)).to("old_price_kind"),
    field("旧金額", Amount(13)).to("old_price"),
    field("漢字名称変更区分", Digits(1)),
    field("カナ名称変更区分", Digits(1)),
    // 21
    field("酸素等区分", Digits(1)).to("oxygen"),
    field("特定器材種別", Digits(1)).to("calculation"),
    field("上限価格", Digits(1)).to("price_limit"),
    field("上限点数", UpTo(7)).to("max_points"),
    field("予備", Spare),
    field("公表順序番号", UpTo(9)),
    field("廃止・新設関連", UpTo(9)).to("succession"),
    field("変更年月日", Day),
    field("経過措置年月日", Day),
    field("廃止年月日", Day),
    // 31
    field("告示番号 別表番号", UpTo(2)).to("annex"),
    field("告示番号 区分番号", UpTo(3)).to("section"),
    field("ＤＰＣ適用区分", Digits(1)).to("dpc"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("基本漢字名称", Text(150)).to("full_name"),
    field("再製造単回使用医療機器", Digits(3)).to("remanufactured"),
];

/// 特定器材マスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Material,
    letter: Some("T"),
    counts: &[37, 38],
    fields: FIELDS,
    from: &[28],
    // Like a drug, a material can be paid up to the earlier of the two.
    last: &[30, 29],
    figure: Some(Figure { now: "price", before: "old_price" }),
    derive: |_, row| row.blank_when_same("full_name", "name"),
    ..PLAIN
};
