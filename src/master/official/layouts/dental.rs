//! 歯科診療行為マスター `h`: the 66 columns of its basic table; and the 歯科電子点数表.

use crate::{master::MasterKind, pack::Cell};

use super::super::{
    field::{Check::*, Field, field},
    layout::{Cells, Code, Dating, Figure, PLAIN, Table},
    text::Splitter,
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("012359")),
    field("マスター種別", Is("H")),
    field("歯科診療行為コード", Digits(9)),
    field("区分", Letters(1)),
    field("告示番号 区分番号", Digits(3)),
    field("告示番号 枝番", Digits(2)),
    field("告示番号 項番", Digits(3)).to("item_no"),
    field("加算コード", Letters(5)).to("addition"),
    field("基本名称", Text(100)).to("full_name"),
    field("省略名称", Text(32)).to("name"),
    // 11
    field("新又は現点数 点数等識別", Digits(1)).to("point_kind"),
    field("新又は現点数", Amount(10)).to("points"),
    field("旧点数 点数等識別", Digits(1)).to("old_point_kind"),
    field("旧点数", Amount(10)).to("old_points"),
    field("入外適用区分", Digits(1)).to("in_out"),
    field("後期高齢者医療適用区分", Digits(1)).to("late_elderly"),
    field("時間加算区分", Digits(1)).to("time_class"),
    field("病院・診療所区分", Digits(1)).to("facility_kind"),
    field("看護加算", UpTo(2)),
    field("予備", Spare),
    // 21
    field("予備", Spare),
    field("地域加算", Digits(1)),
    field("傷病名関連区分", UpTo(2)),
    field("医薬品関連区分", Digits(1)),
    field("病床数区分", Digits(1)),
    field("届出", UpTo(2)),
    field("未来院", Digits(1)),
    field("短期滞在手術", Digits(1)),
    field("特記事項", Digits(1)),
    field("検査等実施判断区分", Digits(1)),
    // 31
    field("検査等実施判断グループ区分", UpTo(2)),
    field("逓減対象区分", Digits(1)),
    field("包括逓減区分", UpTo(3)),
    field("基準適合識別 適合区分", Digits(1)),
    field("基準適合識別 対象施設基準", UpTo(4)),
    field("施設基準① 施設基準コード", UpTo(4)),
    field("施設基準② 施設基準コード", UpTo(4)),
    field("施設基準③ 施設基準コード", UpTo(4)),
    field("施設基準④ 施設基準コード", UpTo(4)),
    field("施設基準⑤ 施設基準コード", UpTo(4)),
    // 41
    field("施設基準⑥ 施設基準コード", UpTo(4)),
    field("施設基準⑦ 施設基準コード", UpTo(4)),
    field("施設基準⑧ 施設基準コード", UpTo(4)),
    field("施設基準⑨ 施設基準コード", UpTo(4)),
    field("施設基準⑩ 施設基準コード", UpTo(4)),
    field("通則加算グループ", Letters(4)).to("general_group"),
    field("基本加算グループ", Letters(4)).to("basic_group"),
    field("注加算グループ", Letters(4)).to("note_group"),
    field("手技・材料加算グループ", Letters(4)).to("technique_group"),
    field("算定回数限度テーブル関連識別", Digits(1)),
    // 51
    field("きざみテーブル関連識別", Digits(1)),
    field("年齢制限テーブル関連識別", Digits(1)),
    field("併算定背反テーブル関連識別", Digits(1)),
    field("実日数テーブル関連識別", Digits(1)),
    field("予備", Spare),
    field("予備", Spare),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("長時間麻酔管理加算", Letters(1)),
    field("悪性腫瘍病理組織標本加算", Letters(1)),
    // 61
    field("看護職員処遇改善評価料等", Letters(1)),
    field("歯科外来・在宅ベースアップ評価料(1)", Letters(1)).to("base_up_1"),
    field("歯科外来・在宅ベースアップ評価料(2)", Letters(1)).to("base_up_2"),
    field("予備", Spare),
    field("予備", Spare),
    field("公表順序番号", UpTo(9)),
];

/// 歯科診療行為マスター 基本テーブル.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Dental,
    letter: Some("H"),
    counts: &[66],
    fields: FIELDS,
    from: &[57],
    last: &[58],
    figure: Some(Figure { now: "points", before: "old_points" }),
    derive,
    ..PLAIN
};

fn derive(line: &Splitter, row: &mut Cells<'_>) {
    row.blank_when_same("full_name", "name");
    no_zeros(line, row);
    let part = |column| line.ascii(column).unwrap_or("");
    let (letter, item, branch) = (part(4), part(5), part(6).trim_start_matches('0'));
    if letter.bytes().all(|b| b.is_ascii_uppercase()) && !letter.is_empty() {
        let name = if branch.is_empty() { format!("{letter}{item}") } else { format!("{letter}{item}-{branch}") };
        row.set("fee_item", Cell::Text(name));
    }
}

/// Groups and additions are written in zeros where there is none.
fn no_zeros(_: &Splitter, row: &mut Cells<'_>) {
    for column in row.schema.columns {
        if matches!(row.get(column.name), Some(Cell::Text(text)) if !text.is_empty() && text.bytes().all(|b| b == b'0'))
        {
            row.set(column.name, Cell::Text(String::new()));
        }
    }
}

const ENTERED: Table = Table { dating: Dating::Entered, derive: no_zeros, ..PLAIN };

const AUX: &[Field] = &[
    // 1
    field("変更区分", OneOf("012359")),
    field("診療行為コード", Digits(9)),
    field("加算コード", Letters(5)).to("addition"),
    field("診療行為省略名称", Text(32)),
    field("包括単位①", UpTo(2)).to("bundle_unit_1"),
    field("グループ番号①", Letters(7)).to("bundle_group_1"),
    field("包括単位②", UpTo(2)).to("bundle_unit_2"),
    field("グループ番号②", Letters(7)).to("bundle_group_2"),
    field("包括単位③", UpTo(2)).to("bundle_unit_3"),
    field("グループ番号③", Letters(7)).to("bundle_group_3"),
    // 11
    field("背反 1日につき", Digits(1)).to("exclusion_day"),
    field("背反 同一月内", Digits(1)).to("exclusion_month"),
    field("背反 同時", Digits(1)).to("exclusion_same"),
    field("背反 同一部位同時", Digits(1)).to("exclusion_tooth"),
    field("背反 1週間につき", Digits(1)).to("exclusion_week"),
    field("予備", Spare),
    field("算定回数関連", Digits(1)).to("frequency"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    // 21
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 歯科 01 補助マスターテーブル. What each column is was told from the data: 14 and 15 stand for 03-4 and 03-5.
pub(super) const AUX_TABLE: Table = Table {
    kind: MasterKind::DentalAux,
    counts: &[25],
    fields: AUX,
    code: Code::Column(2),
    from: &[24],
    last: &[25],
    ..ENTERED
};

const MEMBERS: &[Field] = &[
    field("変更区分", OneOf("012359")),
    field("グループ番号", Letters(7)),
    field("診療行為コード", Digits(9)),
    field("加算コード", Letters(5)).to("addition"),
    field("診療行為省略名称", Text(32)),
    field("特例条件", Digits(1)).to("special"),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 歯科 02 包括テーブル.
pub(super) const MEMBER_TABLE: Table = Table {
    kind: MasterKind::DentalBundleMember,
    counts: &[8],
    fields: MEMBERS,
    code: Code::Pair(2, 3),
    from: &[7],
    last: &[8],
    ..ENTERED
};

const EXCLUSIONS: &[Field] = &[
    field("変更区分", OneOf("012359")),
    field("診療行為コード①", Digits(9)),
    field("加算コード①", Letters(5)),
    field("診療行為省略名称①", Text(32)),
    field("診療行為コード②", Digits(9)),
    field("加算コード②", Letters(5)),
    field("診療行為省略名称②", Text(32)),
    field("背反区分", OneOf("123")).to("rule"),
    field("特例条件", Digits(1)).to("special"),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

const EXCLUSION_TABLE: Table = Table {
    kind: MasterKind::DentalExclusion,
    counts: &[12],
    fields: EXCLUSIONS,
    code: Code::Pair(2, 5),
    from: &[11],
    last: &[12],
    ..ENTERED
};

/// 歯科 03-1 背反テーブル, 1日につき.
pub(super) const DAY_TABLE: Table = Table { derive: |_, row| time(row, 1), ..EXCLUSION_TABLE };
/// 歯科 03-2 背反テーブル, 同一月内.
pub(super) const MONTH_TABLE: Table = Table { derive: |_, row| time(row, 2), ..EXCLUSION_TABLE };
/// 歯科 03-3 背反テーブル, 同時.
pub(super) const SAME_TABLE: Table = Table { derive: |_, row| time(row, 3), ..EXCLUSION_TABLE };
/// 歯科 03-4 背反テーブル, 同一部位同時.
pub(super) const TOOTH_TABLE: Table = Table { derive: |_, row| time(row, 4), ..EXCLUSION_TABLE };
/// 歯科 03-5 背反テーブル, 1週間につき.
pub(super) const WEEK_TABLE: Table = Table { derive: |_, row| time(row, 5), ..EXCLUSION_TABLE };

fn time(row: &mut Cells<'_>, number: u64) {
    row.set("time", Cell::Number(number));
}

const FREQUENCIES: &[Field] = &[
    field("変更区分", OneOf("012359")),
    field("診療行為コード", Digits(9)),
    field("加算コード", Letters(5)).to("addition"),
    field("診療行為省略名称", Text(32)),
    field("単位の区分", UpTo(2)),
    field("算定単位コード", UpTo(3)),
    field("算定単位名称", Text(6)).to("unit"),
    field("算定回数", UpTo(3)).to("max_count"),
    field("特例条件", Digits(1)).to("special"),
    field("予備", Spare),
    field("新設年月日", Day),
    field("廃止年月日", Day),
];

/// 歯科 04 算定回数テーブル. What column 5 says is not published; it is checked and not kept.
pub(super) const FREQUENCY_TABLE: Table = Table {
    kind: MasterKind::DentalFrequency,
    counts: &[12],
    fields: FREQUENCIES,
    code: Code::Pair(2, 6),
    from: &[11],
    last: &[12],
    ..ENTERED
};
