//! 医科診療行為マスター `s`: 150 columns, in the editions of the 2020 revision as in those of 2026. 17, 24 and 26 held
//! something before the 2022 revision, 124 to 131 are empty before the revisions that gave them a meaning, and 132 to
//! 137 have one since the 2026 revision. 94 has two digits before the 2024 revision and three since.

use crate::{master::MasterKind, pack::Cell};

use super::super::{
    field::{Check::*, Field, field},
    layout::{Cells, Figure, PLAIN, Table},
    text::Splitter,
};

const FIELDS: &[Field] = &[
    // 1
    field("変更区分", OneOf("01359")),
    field("マスター種別", Is("S")),
    field("診療行為コード", Digits(9)),
    field("省略漢字有効桁数", UpTo(2)),
    field("省略漢字名称", Text(32)).to("name"),
    field("省略カナ有効桁数", UpTo(2)),
    field("省略カナ名称", Text(20)).to("kana"),
    field("データ規格コード", UpTo(3)).to("unit_code"),
    field("データ規格名 漢字有効桁数", Digits(1)),
    field("データ規格名 漢字名称", Text(6)).or_blank().to("unit"),
    // 11
    field("新又は現点数 点数識別", Digits(1)).to("point_kind"),
    field("新又は現点数", Amount(10)).to("points"),
    field("入外適用区分", Digits(1)).to("in_out"),
    field("後期高齢者医療適用区分", Digits(1)).to("late_elderly"),
    field("点数欄集計先識別（入院外）", UpTo(3)).to("section_out"),
    field("包括対象検査", UpTo(2)).to("bundled_test"),
    field("予備", Spare),
    field("ＤＰＣ適用区分", Digits(1)),
    field("病院・診療所区分", Digits(1)).to("facility_kind"),
    field("画像等手術支援加算区分", Digits(1)).to("surgery_support"),
    // 21
    field("医療観察法対象区分", Digits(1)).to("forensic"),
    field("看護加算", UpTo(2)),
    field("麻酔識別区分", Digits(1)),
    field("予備", Spare),
    field("傷病名関連区分", UpTo(2)).to("disease_link"),
    field("予備", Spare),
    field("実日数", Digits(1)).to("days_kind"),
    field("日数・回数", Digits(1)).to("count_kind"),
    field("医薬品関連区分", Digits(1)).to("drug_link"),
    field("きざみ値 きざみ値計算識別", Digits(1)).to("step"),
    // 31
    field("きざみ 下限値", UpTo(8)).to("step_low"),
    field("きざみ 上限値", UpTo(8)).to("step_high"),
    field("きざみ値", UpTo(8)).to("step_size"),
    field("きざみ点数", Amount(10)).to("step_points"),
    field("上下限エラー処理", Digits(1)).to("step_error"),
    field("上限回数", UpTo(3)).to("max_count"),
    field("上限回数エラー処理", Digits(1)).to("max_count_error"),
    field("注加算コード", UpTo(4)).to("note_code"),
    field("注加算通番", Letters(1)).to("note_serial"),
    field("通則年齢", Digits(1)).to("general_age"),
    // 41
    field("上下限年齢 下限年齢", Letters(2)).to("age_low"),
    field("上下限年齢 上限年齢", Letters(2)).to("age_high"),
    field("時間加算区分", Digits(1)).to("time_class"),
    field("基準適合識別 適合区分", Digits(1)).to("conformity"),
    field("基準適合識別 対象施設基準", UpTo(4)).to("conformity_standard"),
    field("処置乳幼児加算区分", Digits(1)).to("treatment_infant"),
    field("極低出生体重児加算区分", Digits(1)).to("low_birth_weight"),
    field("入院基本料等減算対象識別", Digits(1)),
    field("ドナー分集計区分", Digits(1)),
    field("検査等実施判断区分", Digits(1)).to("exam_kind"),
    // 51
    field("検査等実施判断グループ区分", UpTo(2)).to("exam_group"),
    field("逓減対象区分", Digits(1)).to("reduction_target"),
    field("脊髄誘発電位測定等加算区分", Digits(1)).to("evoked_potential"),
    field("頸部郭清術併施加算区分", Digits(1)).to("neck_dissection"),
    field("自動縫合器加算区分", Digits(1)).to("stapler"),
    field("外来管理加算区分", Digits(1)).to("outpatient_management"),
    field("旧点数 点数識別", Digits(1)).to("old_point_kind"),
    field("旧点数", Amount(10)).to("old_points"),
    field("漢字名称変更区分", Digits(1)),
    field("カナ名称変更区分", Digits(1)),
    // 61
    field("検体検査コメント", Digits(1)).to("specimen_comment"),
    field("通則加算所定点数対象区分", Digits(1)).to("general_base"),
    field("包括逓減区分", UpTo(3)).to("reduction_group"),
    field("超音波内視鏡加算区分", Digits(1)).to("endoscopic_ultrasound"),
    field("予備", Spare),
    field("点数欄集計先識別（入院）", UpTo(3)).to("section_in"),
    field("自動吻合器加算区分", Digits(1)).to("anastomosis"),
    field("告示等識別区分(1)", Digits(1)).to("notice_1"),
    field("告示等識別区分(2)", Digits(1)).to("notice_2"),
    field("地域加算", Digits(1)),
    // 71
    field("病床数区分", Digits(1)).to("bed_class"),
    field("施設基準① 施設基準コード", UpTo(4)).to("standard_1"),
    field("施設基準② 施設基準コード", UpTo(4)).to("standard_2"),
    field("施設基準③ 施設基準コード", UpTo(4)).to("standard_3"),
    field("施設基準④ 施設基準コード", UpTo(4)).to("standard_4"),
    field("施設基準⑤ 施設基準コード", UpTo(4)).to("standard_5"),
    field("施設基準⑥ 施設基準コード", UpTo(4)).to("standard_6"),
    field("施設基準⑦ 施設基準コード", UpTo(4)).to("standard_7"),
    field("施設基準⑧ 施設基準コード", UpTo(4)).to("standard_8"),
    field("施設基準⑨ 施設基準コード", UpTo(4)).to("standard_9"),
    // 81
    field("施設基準⑩ 施設基準コード", UpTo(4)).to("standard_10"),
    field("超音波凝固切開装置等加算区分", Digits(1)).to("ultrasonic_coagulation"),
    field("短期滞在手術", Digits(1)),
    field("歯科適用区分", Digits(1)),
    field("コード表用番号（アルファベット部）", Letters(1)),
    field("告示・通知関連番号（アルファベット部）", Letters(1)).or_blank(),
    field("変更年月日", Day),
    field("廃止年月日", Day),
    field("公表順序番号", UpTo(9)),
    field("コード表用番号 章", Digits(1)),
    // 91
    field("コード表用番号 部", Digits(2)),
    field("コード表用番号 区分番号", Digits(3)),
    field("コード表用番号 枝番", Digits(2)),
    field("コード表用番号 項番", UpTo(3)).to("item_no"),
    field("告示・通知関連番号 章", Digits(1)),
    field("告示・通知関連番号 部", Digits(2)),
    field("告示・通知関連番号 区分番号", Digits(3)),
    field("告示・通知関連番号 枝番", Digits(2)),
    field("告示・通知関連番号 項番", Digits(2)),
    field("年齢加算① 下限年齢", Letters(2)).to("age_add_1_low"),
    // 101
    field("年齢加算① 上限年齢", Letters(2)).to("age_add_1_high"),
    field("年齢加算① 注加算診療行為コード", UpTo(9)).to("age_add_1_code"),
    field("年齢加算② 下限年齢", Letters(2)).to("age_add_2_low"),
    field("年齢加算② 上限年齢", Letters(2)).to("age_add_2_high"),
    field("年齢加算② 注加算診療行為コード", UpTo(9)).to("age_add_2_code"),
    field("年齢加算③ 下限年齢", Letters(2)).to("age_add_3_low"),
    field("年齢加算③ 上限年齢", Letters(2)).to("age_add_3_high"),
    field("年齢加算③ 注加算診療行為コード", UpTo(9)).to("age_add_3_code"),
    field("年齢加算④ 下限年齢", Letters(2)).to("age_add_4_low"),
    field("年齢加算④ 上限年齢", Letters(2)).to("age_add_4_high"),
    // 111
    field("年齢加算④ 注加算診療行為コード", UpTo(9)).to("age_add_4_code"),
    field("異動関連", UpTo(9)).to("succession"),
    field("基本漢字名称", Text(64)).to("full_name"),
    field("副鼻腔手術用内視鏡加算", Letters(1)).to("sinus_endoscope"),
    field("副鼻腔手術用骨軟部組織切除機器加算", Letters(1)).to("sinus_shaver"),
    field("長時間麻酔管理加算", Letters(1)).to("long_anesthesia"),
    field("点数表区分番号", Text(30)).or_blank(),
    field("モニタリング加算", Letters(1)),
    field("凍結保存同種組織加算", Letters(1)).to("preserved_tissue"),
    field("悪性腫瘍病理組織標本加算", Letters(1)),
    // 121
    field("創外固定器加算", Digits(1)).to("external_fixator"),
    field("超音波切削機器加算", Digits(1)).to("ultrasonic_cutter"),
    field("左心耳閉鎖術併施加算", Digits(1)),
    field("外来感染対策向上加算等", Letters(1)).or_blank().to("infection_addition"),
    field("耳鼻咽喉科乳幼児処置加算", Digits(1)).or_blank().to("ent_infant"),
    field("耳鼻咽喉科小児抗菌薬適正使用支援加算", Digits(1)).or_blank().to("ent_antibiotic"),
    field("切開創局所陰圧閉鎖処置機器加算", Digits(1)).or_blank(),
    field("看護職員処遇改善評価料等", Letters(1)).or_blank(),
    field("外来・在宅ベースアップ評価料(1)", Letters(1)).or_blank().to("base_up_1"),
    field("外来・在宅ベースアップ評価料(2)", Letters(1)).or_blank().to("base_up_2"),
    // 131
    field("再製造単回使用医療機器使用加算", Digits(3)).or_blank(),
    field("物価対応料区分", UpTo(1)).or_blank().to("price_response"),
    field("物価対応料グループ区分", UpTo(3)).or_blank().to("price_response_group"),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    field("予備", Spare),
    // 141
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

/// The codes of the wards have the same columns as the procedures, and numbers of their own.
fn is_ward(line: &Splitter) -> bool {
    line.ascii(3).is_some_and(|code| code.starts_with("1906"))
}

/// 病棟コード: in the columns of the procedures, of which a ward has its names.
pub(super) const WARDS: Table = Table {
    kind: MasterKind::Ward,
    letter: Some("S"),
    counts: &[150],
    fields: FIELDS,
    from: &[87],
    last: &[88],
    shape: is_ward,
    derive: |_, row| row.blank_when_same("full_name", "name"),
    ..PLAIN
};

/// 医科診療行為マスター.
pub(super) const TABLE: Table = Table {
    kind: MasterKind::Procedure,
    letter: Some("S"),
    counts: &[150],
    fields: FIELDS,
    from: &[87],
    last: &[88],
    figure: Some(Figure { now: "points", before: "old_points" }),
    shape: |line| !is_ward(line),
    derive,
    ..PLAIN
};

fn derive(line: &Splitter, row: &mut Cells<'_>) {
    row.blank_when_same("full_name", "name");
    // Columns 85, 92 and 93 together name the item of the fee schedule: A, 000 and 00 is A000; B, 001 and 02 is B001-2.
    // Items outside the schedule have `-` or `*` for a letter.
    let part = |column| line.ascii(column).unwrap_or("");
    let (letter, item, branch) = (part(85), part(92), part(93).trim_start_matches('0'));
    if letter.bytes().all(|b| b.is_ascii_uppercase()) && !letter.is_empty() {
        let name = if branch.is_empty() { format!("{letter}{item}") } else { format!("{letter}{item}-{branch}") };
        row.set("fee_item", Cell::Text(name));
    }
}
