//! 調剤行為マスター `m`: 65 columns. Points are written without their point: 4500 is 45.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Figure, PLAIN, Table},
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("マスター識別", Is("M")),
    field("調剤行為コード", Digits(9)),
    field("調剤行為名称 漢字有効桁数", UpTo(2)),
    field("調剤行為名称 漢字名称", Text(32)).to("name"),
    field("調剤行為名称 カナ有効桁数", UpTo(2)),
    field("調剤行為名称 カナ名称", Text(20)).to("kana"),
    field("レセプト表示用記号コード", Digits(3)),
    field("レセプト表示順番号", Digits(3)),
    field("新又は現点数 点数識別", Digits(1)).to("point_kind"),
    // 11
    field("調剤数量計算フラグ", Digits(1)),
    field("新又は現点数（基本点数）", Cents(9)).to("points"),
    field("きざみ値計算識別", Digits(1)).to("step"),
    field("下限値", UpTo(3)).to("step_low"),
    field("上限値", UpTo(3)).to("step_high"),
    field("きざみ値", UpTo(3)).to("step_size"),
    field("きざみ点数", Cents(9)).to("step_points"),
    field("上下限エラー処理", Digits(1)),
    field("減算行為区分", Digits(1)),
    field("減算対象行為区分", Digits(1)),
    // 21
    field("調剤行為識別区分", UpTo(2)).to("action"),
    field("包括識別区分", Digits(1)).to("bundle"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("調剤行為種類（1）", Digits(1)),
    field("調剤行為種類（2）", Digits(2)),
    field("後期高齢者適用区分", Digits(1)),
    // 31
    field("施設基準① 施設基準コード", Digits(3)),
    field("施設基準② 施設基準コード", Digits(3)),
    field("施設基準③ 施設基準コード", Digits(3)),
    field("施設基準④ 施設基準コード", Digits(3)),
    field("施設基準⑤ 施設基準コード", Digits(3)),
    field("施設基準⑥ 施設基準コード", Digits(3)),
    field("施設基準⑦ 施設基準コード", Digits(3)),
    field("施設基準⑧ 施設基準コード", Digits(3)),
    field("施設基準⑨ 施設基準コード", Digits(3)),
    field("施設基準⑩ 施設基準コード", Digits(3)),
    // 41
    field("レセプト単位背反区分コード", Digits(2)),
    field("処方箋受付回単位背反区分コード", Digits(2)),
    field("調剤単位背反区分コード", Digits(2)),
    field("麻薬・毒薬・覚醒剤原料・向精神薬", Digits(1)),
    field("時間加算区分", Digits(1)).to("time_class"),
    field("剤形", Digits(1)).to("form"),
    field("レセプト単位 上限回数", Digits(2)).to("max_claim"),
    field("レセプト単位 上限回数エラー処理", Digits(1)),
    field("処方箋受付回単位 上限回数", Digits(2)).to("max_prescription"),
    field("処方箋受付回単位 上限回数エラー処理", Digits(1)),
    // 51
    field("注加算 コード", UpTo(4)).to("note_code"),
    field("注加算 通番", Letters(1)).to("note_serial"),
    field("上下限年齢 下限年齢", Letters(2)).to("age_low"),
    field("上下限年齢 上限年齢", Letters(2)).to("age_high"),
    field("薬学管理料区分", Digits(1)),
    field("告示等識別区分(1)", Digits(1)).to("notice_1"),
    field("告示等識別区分(2)", Digits(1)).to("notice_2"),
    field("旧点数 点数識別", Digits(1)).to("old_point_kind"),
    field("旧点数", Cents(9)).to("old_points"),
    field("変更年月日", Day),
    // 61
    field("廃止年月日", Day),
    field("公表順序番号", UpTo(9)),
    field("コード表用番号", Digits(10)),
    field("告示・通知関連番号", Digits(10)),
    field("異動関連", UpTo(9)).to("succession"),
];

/// 調剤行為マスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Dispensing,
    letter: Some("M"),
    counts: &[65],
    fields: FIELDS,
    from: &[60],
    last: &[61],
    figure: Some(Figure { now: "points", before: "old_points" }),
    ..PLAIN
};
