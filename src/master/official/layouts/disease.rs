//! 傷病名マスター `b` and the abolished names `hb`: 46 columns. 14 and 15 held ICD-10 (2003) before the 2024 revision.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Cells, Dating, PLAIN, Table},
    text::Splitter,
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("012359")),
    field("マスター種別", Is("B")),
    field("傷病名コード", Digits(7)),
    field("移行先コード", Digits(7)).or_blank().to("successor"),
    field("傷病名基本名称桁数", UpTo(2)),
    field("傷病名基本名称", Text(30)).to("name"),
    field("傷病名省略名称桁数", UpTo(2)),
    field("傷病名省略名称", Text(20)).to("short_name"),
    field("傷病名カナ名称桁数", UpTo(2)),
    field("傷病名カナ名称", Text(50)).to("kana"),
    // 11
    field("病名管理番号", Digits(8)).to("management_number"),
    field("採択区分", Digits(1)).to("adoption"),
    field("病名交換用コード", Letters(4)).to("exchange_code"),
    field("予備", Spare),
    field("予備", Spare),
    field("ＩＣＤ－１０－１（２０１３）", Letters(5)).or_blank().to("icd10_1"),
    field("ＩＣＤ－１０－２（２０１３）", Letters(5)).or_blank().to("icd10_2"),
    field("予備", Spare),
    field("単独使用禁止区分", Digits(2)).to("alone_forbidden"),
    field("保険請求外区分", Digits(1)).to("not_claimable"),
    // 21
    field("特定疾患等対象区分", Digits(2)).to("specific_disease"),
    field("収載年月日", Day).or_blank(),
    field("変更年月日", Day).or_blank(),
    field("廃止年月日", Day),
    field("傷病名基本名称（変更情報）", Digits(1)),
    field("傷病名省略名称（変更情報）", Digits(1)),
    field("傷病名カナ名称（変更情報）", Digits(1)),
    field("採択区分（変更情報）", Digits(1)),
    field("病名交換用コード（変更情報）", Digits(1)),
    field("予備", Spare),
    // 31
    field("予備", Spare),
    field("歯科傷病名省略名称（変更情報）", Digits(1)),
    field("難病外来対象区分（変更情報）", Digits(1)),
    field("歯科特定疾患対象区分（変更情報）", Digits(1)),
    field("単独使用禁止区分（変更情報）", Digits(1)),
    field("保険請求外区分（変更情報）", Digits(1)),
    field("特定疾患等対象区分（変更情報）", Digits(1)),
    field("移行先病名管理番号", Digits(8)).or_blank(),
    field("歯科傷病名省略名称", Text(20)),
    field("予備", Spare),
    // 41
    field("予備", Spare),
    field("歯科傷病名省略名称桁数", UpTo(2)),
    field("難病外来対象区分", Digits(2)).to("intractable"),
    field("歯科特定疾患対象区分", Digits(2)),
    field("ＩＣＤ－１０－１（２０１３）（変更情報）", Digits(1)),
    field("ＩＣＤ－１０－２（２０１３）（変更情報）", Digits(1)),
];

/// 傷病名マスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Disease,
    letter: Some("B"),
    counts: &[46],
    fields: FIELDS,
    from: &[23, 22],
    listed: Some(22),
    last: &[24],
    dating: Dating::Changed { epoch: Some(20_020_601) },
    typical: |line| line.ascii(1) != Some("9"),
    derive,
    ..PLAIN
};

/// 旧傷病名: the same columns. Names abolished before 2026 have nothing but code, names and dates in the published file,
/// although the written layout leaves no column out.
pub(super) const ABOLISHED: Table =
    Table { sparse: true, changes: false, typical: |line| line.ascii(1) == Some("9"), ..TABLE };

fn derive(_: &Splitter, row: &mut Cells<'_>) {
    // A name in use names itself as its successor.
    row.zero_when_code("successor");
}
