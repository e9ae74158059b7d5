//! 医薬品マスター `y`: 42 columns since 2024-09, 40 from 2024-03, 35 before. Columns were only ever added at the end.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Cells, Figure, PLAIN, Table},
    text::Splitter,
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("マスター種別", Is("Y")),
    field("医薬品コード", Digits(9)),
    field("医薬品名・規格名 漢字有効桁数", UpTo(2)),
    field("医薬品名・規格名 漢字名称", Text(32)).to("name"),
    field("医薬品名・規格名 カナ有効桁数", UpTo(2)),
    field("医薬品名・規格名 カナ名称", Text(20)).to("kana"),
    field("単位 コード", UpTo(3)).to("unit_code"),
    field("単位 漢字有効桁数", Digits(1)),
    field("単位 漢字名称", Text(6)).or_blank().to("unit"),
    // 11
    field("新又は現金額 金額種別", Digits(1)).to("price_kind"),
    field("新又は現金額", Amount(13)).to("price"),
    field("予備", Spare),
    field("麻薬・毒薬・覚醒剤原料・向精神薬", Digits(1)).to("narcotic"),
    field("神経破壊剤", Digits(1)).to("nerve_destroying"),
    field("生物学的製剤", Digits(1)).to("biological"),
    field("後発品", Digits(1)).to("generic"),
    field("予備", Spare),
    field("歯科特定薬剤", Digits(1)),
    field("造影（補助）剤", Digits(1)).to("contrast"),
    // 21
    field("注射容量", UpTo(5)).to("injection_volume"),
    field("収載方式等識別", Digits(1)).to("listing_kind"),
    field("商品名等関連", UpTo(9)),
    field("旧金額 金額種別", Digits(1)),
    field("旧金額", Amount(13)).to("old_price"),
    field("漢字名称変更区分", Digits(1)),
    field("カナ名称変更区分", Digits(1)),
    field("剤形", Digits(1)).to("form"),
    field("予備", Spare),
    field("変更年月日", Day),
    // 31
    field("廃止年月日", Day),
    field("薬価基準収載医薬品コード", Letters(12)).or_blank().to("price_code"),
    field("公表順序番号", UpTo(9)),
    field("経過措置年月日又は商品名医薬品コード使用期限", Day),
    field("基本漢字名称", Text(100)).to("full_name"),
    field("薬価基準収載年月日", Day),
    field("一般名コード", Letters(12)).or_blank().to("generic_name_code"),
    field("一般名処方の標準的な記載", Text(100)).or_blank().to("generic_name"),
    field("一般名処方加算対象区分", Letters(1)).to("generic_addition"),
    field("抗ＨＩＶ薬区分", Letters(1)).to("anti_hiv"),
    // 41
    field("長期収載品関連", UpTo(9)).to("originator_code"),
    field("選定療養区分", Digits(1)).to("elective"),
];

/// 医薬品マスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Drug,
    letter: Some("Y"),
    counts: &[35, 40, 42],
    fields: FIELDS,
    from: &[30],
    // A drug can be paid up to the earlier of the two: 34 is the last day of the transitional period in which a drug
    // taken off the price list may still be used.
    last: &[31, 34],
    figure: Some(Figure { now: "price", before: "old_price" }),
    derive,
    ..PLAIN
};

fn derive(_: &Splitter, row: &mut Cells<'_>) {
    row.blank_when_same("full_name", "name");
}
