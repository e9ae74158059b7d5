//! The masters that every claim names: procedures, drugs, diseases, modifiers; and the laboratory items.

use super::*;
use crate::code::{DiseaseCode, DrugCode, ModifierCode, ProcedureCode};

tables! {
    /// A row of the procedure master (医科診療行為).
    Procedure, b"PROC", "procedure", "医科診療行為", "procedures.csv", one [code ProcedureCode] {
        5 name Text "省略漢字名称 (5): the name on a claim.";
        6 kana Text "省略カナ名称 (7).";
        7 full_name Text "基本漢字名称 (113); empty when it is the same as the name.";
        8 unit_code Number "データ規格コード (8): the unit of the quantity; 0 when no quantity is counted.";
        9 unit Text "データ規格名 (10).";
        10 point_kind Number "点数識別 (11).";
        11 points Hundredths "新又は現点数 (12): points, yen or percent by the point kind.";
        12 in_out Number "入外適用区分 (13): 0 both, 1 inpatient, 2 outpatient.";
        13 late_elderly Number "後期高齢者医療適用区分 (14): 0 both, 1 health insurance only, 2 late elderly only.";
        14 section_out Number "点数欄集計先識別 入院外 (15).";
        15 section_in Number "点数欄集計先識別 入院 (66).";
        16 bundled_test Number "包括対象検査 (16).";
        17 facility_kind Number "病院・診療所区分 (19): 0 any, 1 hospital, 2 clinic.";
        18 disease_link Number "傷病名関連区分 (25).";
        19 days_kind Number "実日数 (27).";
        20 count_kind Number "日数・回数 (28).";
        21 drug_link Number "医薬品関連区分 (29).";
        22 step Number "きざみ値計算識別 (30).";
        23 step_low Number "きざみ 下限値 (31).";
        24 step_high Number "きざみ 上限値 (32).";
        25 step_size Number "きざみ値 (33).";
        26 step_points Hundredths "きざみ点数 (34).";
        27 step_error Number "上下限エラー処理 (35).";
        28 max_count Number "上限回数 (36).";
        29 max_count_error Number "上限回数エラー処理 (37).";
        30 note_code Number "注加算コード (38).";
        31 note_serial Mark "注加算通番 (39).";
        32 general_age Number "通則年齢 (40).";
        33 age_low Age "下限年齢 (41).";
        34 age_high Age "上限年齢 (42).";
        35 time_class Number "時間加算区分 (43).";
        36 conformity Number "適合区分 (44).";
        37 conformity_standard Number "対象施設基準 (45).";
        38 treatment_infant Number "処置乳幼児加算区分 (46).";
        39 exam_kind Number "検査等実施判断区分 (50): 1 performed, 2 judged.";
        40 exam_group Number "検査等実施判断グループ区分 (51).";
        41 reduction_target Number "逓減対象区分 (52).";
        42 outpatient_management Number "外来管理加算区分 (56): 1 excludes it, 2 is it.";
        43 specimen_comment Number "検体検査コメント (61).";
        44 general_base Number "通則加算所定点数対象区分 (62).";
        45 reduction_group Number "包括逓減区分 (63).";
        46 notice_1 Number "告示等識別区分(1) (68): 1 basic, 3 composite, 5 analogous, 7 addition, 9 general addition.";
        47 notice_2 Number "告示等識別区分(2) (69).";
        48 bed_class Number "病床数区分 (71).";
        49 standard_1 Number "施設基準① (72).";
        50 standard_2 Number "施設基準② (73).";
        51 standard_3 Number "施設基準③ (74).";
        52 standard_4 Number "施設基準④ (75).";
        53 standard_5 Number "施設基準⑤ (76).";
        54 standard_6 Number "施設基準⑥ (77).";
        55 standard_7 Number "施設基準⑦ (78).";
        56 standard_8 Number "施設基準⑧ (79).";
        57 standard_9 Number "施設基準⑨ (80).";
        58 standard_10 Number "施設基準⑩ (81).";
        59 fee_item Text "コード表用番号 (85, 92, 93): the item of the fee schedule, such as A000 or B001-2.";
        60 item_no Number "コード表用番号 項番 (94).";
        61 age_add_1_low Age "年齢加算① 下限年齢 (100).";
        62 age_add_1_high Age "年齢加算① 上限年齢 (101).";
        63 age_add_1_code Number "年齢加算① 注加算診療行為コード (102).";
        64 age_add_2_low Age "年齢加算② 下限年齢 (103).";
        65 age_add_2_high Age "年齢加算② 上限年齢 (104).";
        66 age_add_2_code Number "年齢加算② 注加算診療行為コード (105).";
        67 age_add_3_low Age "年齢加算③ 下限年齢 (106).";
        68 age_add_3_high Age "年齢加算③ 上限年齢 (107).";
        69 age_add_3_code Number "年齢加算③ 注加算診療行為コード (108).";
        70 age_add_4_low Age "年齢加算④ 下限年齢 (109).";
        71 age_add_4_high Age "年齢加算④ 上限年齢 (110).";
        72 age_add_4_code Number "年齢加算④ 注加算診療行為コード (111).";
        73 infection_addition Mark "外来感染対策向上加算等 (124).";
        74 base_up_1 Mark "外来・在宅ベースアップ評価料(1) (129).";
        75 base_up_2 Mark "外来・在宅ベースアップ評価料(2) (130).";
        76 price_response Number "物価対応料区分 (132): 1 is it, 2 goes with it.";
        77 price_response_group Number "物価対応料グループ区分 (133).";
        78 old_point_kind Number "旧点数 点数識別 (57).";
        79 old_points Hundredths "旧点数 (58).";
        80 succession Number "異動関連 (112).";
        81 forensic Number "医療観察法対象区分 (21): 4 a fee of that act.";
        82 surgery_support Number "画像等手術支援加算 (20).";
        83 low_birth_weight Number "極低出生体重児加算区分 (47).";
        84 evoked_potential Number "脊髄誘発電位測定等加算区分 (53).";
        85 neck_dissection Number "頸部郭清術併施加算区分 (54).";
        86 stapler Number "自動縫合器加算区分 (55).";
        87 endoscopic_ultrasound Number "超音波内視鏡検査加算区分 (64).";
        88 anastomosis Number "自動吻合器加算区分 (67).";
        89 ultrasonic_coagulation Number "超音波凝固切開装置等加算区分 (82).";
        90 sinus_endoscope Number "副鼻腔手術用内視鏡加算 (114).";
        91 sinus_shaver Number "副鼻腔手術用骨軟部組織切除機器加算 (115).";
        92 long_anesthesia Number "長時間麻酔管理加算 (116).";
        93 preserved_tissue Number "凍結保存同種組織加算 (119).";
        94 external_fixator Number "創外固定器加算 (121).";
        95 ultrasonic_cutter Number "超音波切削機器加算 (122).";
        96 ent_infant Number "耳鼻咽喉科乳幼児処置加算 (125).";
        97 ent_antibiotic Number "耳鼻咽喉科小児抗菌薬適正使用支援加算 (126).";
    }
    /// A row of the drug master (医薬品).
    Drug, b"DRUG", "drug", "医薬品", "drugs.csv", one [code DrugCode] {
        5 name Text "医薬品名・規格名 (5).";
        6 kana Text "カナ名称 (7).";
        7 full_name Text "基本漢字名称 (35); empty when it is the same as the name.";
        8 unit_code Number "単位コード (8).";
        9 unit Text "単位 (10).";
        10 price_kind Number "金額種別 (11): 1 a price.";
        11 price Hundredths "新又は現金額 (12): yen for one unit.";
        12 narcotic Number "麻薬・毒薬・覚醒剤原料・向精神薬 (14).";
        13 nerve_destroying Number "神経破壊剤 (15).";
        14 biological Number "生物学的製剤 (16).";
        15 generic Number "後発品 (17).";
        16 contrast Number "造影(補助)剤 (20).";
        17 injection_volume Number "注射容量 (21).";
        18 listing_kind Number "収載方式等識別 (22).";
        19 form Number "剤形 (28): 1 internal, 3 other, 4 injection, 6 external, 8 dental.";
        20 price_code Text "薬価基準収載医薬品コード (32).";
        21 generic_name_code Text "一般名コード (37).";
        22 generic_name Text "一般名処方の標準的な記載 (38).";
        23 generic_addition Number "一般名処方加算対象区分 (39).";
        24 anti_hiv Number "抗HIV薬区分 (40).";
        25 originator_code Number "長期収載品関連 (41).";
        26 elective Number "選定療養区分 (42).";
        27 old_price Hundredths "旧金額 (25).";
        28 hot9 Number "HOT9 of MEDIS; 0 for none. Not in the official file: its HOT is in the table `hot_drug`.";
    }
    /// A row of the disease master (傷病名).
    Disease, b"DISE", "disease", "傷病名", "diseases.csv", one [code DiseaseCode] {
        5 name Text "傷病名基本名称 (6).";
        6 short_name Text "傷病名省略名称 (8).";
        7 kana Text "傷病名カナ名称 (10).";
        8 management_number Number "病名管理番号 (11).";
        9 adoption Number "採択区分 (12).";
        10 exchange_code Text "病名交換用コード (13).";
        11 icd10_1 Text "ICD-10-1 2013 (16).";
        12 icd10_2 Text "ICD-10-2 2013 (17).";
        13 alone_forbidden Number "単独使用禁止区分 (19): 1 only with a modifier.";
        14 not_claimable Number "保険請求外区分 (20): 1 not on a claim.";
        15 specific_disease Number "特定疾患等対象区分 (21).";
        16 intractable Number "難病外来対象区分 (43).";
        17 successor Number "移行先コード (4); 0 when it is the code itself.";
    }
    /// A row of the modifier master (修飾語).
    Modifier, b"MODI", "modifier", "修飾語", "modifiers.csv", one [code ModifierCode] {
        5 name Text "修飾語名称 (7).";
        6 kana Text "修飾語カナ名称 (10).";
        7 management_number Number "修飾語管理番号 (17).";
        8 exchange_code Text "修飾語交換用コード (18).";
        9 category Text "修飾語区分 (19).";
    }
    /// A row of the laboratory items (JLAC10).
    Lab, b"LABI", "lab", "臨床検査項目", "labs.csv", one [text] {
        5 name Text "Name of the item.";
        6 kana Text "Reading.";
        7 analyte Text "JLAC10 測定物 (5 characters).";
        8 material Text "JLAC10 材料 (3 characters).";
        9 method Text "JLAC10 測定法 (3 characters).";
        10 result Text "JLAC10 結果識別.";
        11 unit Text "Unit of the result.";
        12 procedure_code Number "診療行為コード by which the test is charged.";
    }
}

impl Procedure<'_> {
    /// 施設基準コード ① to ⑩ (72–81); 0 where unused. ①–⑥ are alternatives, ⑦–⑨ are alternatives, ⑩ stands alone.
    #[must_use]
    pub fn standards(self) -> [u32; 10] {
        [
            self.standard_1(),
            self.standard_2(),
            self.standard_3(),
            self.standard_4(),
            self.standard_5(),
            self.standard_6(),
            self.standard_7(),
            self.standard_8(),
            self.standard_9(),
            self.standard_10(),
        ]
    }

    /// 年齢加算 ① to ④ (100–111): from age, below age, and the code of the addition; 0 where unused.
    #[must_use]
    pub fn age_additions(self) -> [(Option<AgeLimit>, Option<AgeLimit>, u32); 4] {
        [
            (self.age_add_1_low(), self.age_add_1_high(), self.age_add_1_code()),
            (self.age_add_2_low(), self.age_add_2_high(), self.age_add_2_code()),
            (self.age_add_3_low(), self.age_add_3_high(), self.age_add_3_code()),
            (self.age_add_4_low(), self.age_add_4_high(), self.age_add_4_code()),
        ]
    }

    /// Whether any of them is used.
    #[must_use]
    pub fn has_age_additions(self) -> bool {
        let codes = [self.age_add_1_code(), self.age_add_2_code(), self.age_add_3_code(), self.age_add_4_code()];
        codes.iter().any(|code| *code != 0)
    }
}
