//! 訪問看護療養費マスター `r`: 72 columns.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Figure, PLAIN, Table},
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("マスター種別", Is("R")),
    field("訪問看護療養費コード", Digits(9)),
    field("告示番号 区分番号", Digits(2)),
    field("告示番号 枝番", Digits(1)),
    field("告示番号 項番", Digits(2)),
    field("基本名称", Text(100)).to("full_name"),
    field("省略名称有効桁数", UpTo(2)),
    field("省略名称", Text(64)).to("name"),
    field("省略カナ名称有効桁数", UpTo(2)),
    // 11
    field("省略カナ名称", Text(20)).to("kana"),
    field("データ規格コード", UpTo(3)),
    field("データ規格名 漢字有効桁数", Digits(1)),
    field("データ規格名 漢字名称", Text(6)).or_blank(),
    field("新又は現金額 金額識別", Digits(1)).to("price_kind"),
    field("新又は現金額", Amount(10)).to("price"),
    field("旧金額 金額識別", Digits(1)).to("old_price_kind"),
    field("旧金額", Amount(10)).to("old_price"),
    field("きざみ値 きざみ値計算識別", Digits(1)),
    field("きざみ 下限値", UpTo(8)),
    // 21
    field("きざみ 上限値", UpTo(8)),
    field("きざみ値", UpTo(8)),
    field("きざみ金額", Amount(10)),
    field("上下限エラー処理", Digits(1)),
    field("上下限年齢 下限年齢", Letters(2)).to("age_low"),
    field("上下限年齢 上限年齢", Letters(2)).to("age_high"),
    field("後期高齢者医療適用区分", Digits(1)).to("late_elderly"),
    field("医療観察法対象区分", Digits(1)),
    field("職種区分① 職種等コード", Digits(2)),
    field("職種区分② 職種等コード", Digits(2)),
    // 31
    field("職種区分③ 職種等コード", Digits(2)),
    field("職種区分④ 職種等コード", Digits(2)),
    field("職種区分⑤ 職種等コード", Digits(2)),
    field("職種区分⑥ 職種等コード", Digits(2)),
    field("職種区分⑦ 職種等コード", Digits(2)),
    field("職種区分⑧ 職種等コード", Digits(2)),
    field("職種区分⑨ 職種等コード", Digits(2)),
    field("職種区分⑩ 職種等コード", Digits(2)),
    field("職種区分⑪ 職種等コード", Digits(2)),
    field("職種区分⑫ 職種等コード", Digits(2)),
    // 41
    field("職種区分⑬ 職種等コード", Digits(2)),
    field("職種区分⑭ 職種等コード", Digits(2)),
    field("職種区分⑮ 職種等コード", Digits(2)),
    field("実施回数区分", Digits(1)).to("count_kind"),
    field("訪問看護指示区分", Digits(1)).to("instruction"),
    field("特別訪問看護指示区分", Digits(1)).to("special_instruction"),
    field("加算単独算定区分", Digits(1)),
    field("加算グループ", Letters(4)).to("addition_group"),
    field("施設基準グループ", Letters(4)).to("standard_group"),
    field("基本・加算対応テーブル関連識別", Digits(1)),
    // 51
    field("算定回数限度テーブル関連識別", Digits(1)),
    field("併算定背反テーブル関連識別", Digits(1)),
    field("レセプト表示欄", Digits(2)),
    field("レセプト表示項", Digits(2)),
    field("レセプト表示連番", Digits(3)),
    field("レセプト表示用記号①", Digits(1)),
    field("レセプト表示用記号②", Digits(1)),
    field("レセプト表示用記号③", Digits(1)),
    field("レセプト表示用記号④", Digits(1)),
    field("レセプト表示用記号⑤", Digits(1)),
    // 61
    field("レセプト表示用記号⑥", Digits(1)),
    field("レセプト表示用記号⑦", Digits(1)),
    field("レセプト表示用記号⑧", Digits(1)),
    field("レセプト表示用記号⑨", Digits(1)),
    field("予備", Spare),
    field("公表順序番号", UpTo(9)),
    field("訪問看護療養費種類", UpTo(2)).to("kind"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    // 71
    field("変更年月日", Day),
    field("廃止年月日", Day),
];

/// 訪問看護療養費マスター 基本テーブル.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::VisitingNursing,
    letter: Some("R"),
    counts: &[72],
    fields: FIELDS,
    from: &[71],
    last: &[72],
    figure: Some(Figure { now: "price", before: "old_price" }),
    derive: |_, row| row.blank_when_same("full_name", "name"),
    ..PLAIN
};
