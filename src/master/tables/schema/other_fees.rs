//! The fee tables beside the medical one: dental care, pharmacies, visiting nursing. They are found and shown, not charged.

use super::*;
use crate::code::{AnyCode, BundleGroup, DentalCode, DispensingCode, NursingCode, UnitCode};

tables! {
    /// A row of the dental procedure master (歯科診療行為).
    Dental, b"DENT", "dental", "歯科診療行為", none, one [code DentalCode] {
        5 name Text "省略名称 (10).";
        6 full_name Text "基本名称 (9); empty when it is the same as the name.";
        7 fee_item Text "区分, 区分番号, 枝番 (4–6): the item of the fee schedule, such as A000 or B001-2.";
        8 item_no Number "項番 (7).";
        9 addition Text "加算コード (8); empty for none.";
        10 point_kind Number "点数等識別 (11).";
        11 points Hundredths "新又は現点数 (12).";
        12 old_point_kind Number "旧点数 点数等識別 (13).";
        13 old_points Hundredths "旧点数 (14).";
        14 in_out Number "入外適用区分 (15).";
        15 late_elderly Number "後期高齢者医療適用区分 (16).";
        16 time_class Number "時間加算区分 (17).";
        17 facility_kind Number "病院・診療所区分 (18).";
        18 general_group Text "通則加算グループ (46).";
        19 basic_group Text "基本加算グループ (47).";
        20 note_group Text "注加算グループ (48).";
        21 technique_group Text "手技・材料加算グループ (49).";
        22 base_up_1 Mark "歯科外来・在宅ベースアップ評価料(1) (62).";
        23 base_up_2 Mark "歯科外来・在宅ベースアップ評価料(2) (63).";
    }
    /// Which further tables say something of a procedure on a dental claim (歯科 01).
    DentalAux, b"DAUX", "dental_aux", "補助マスター（歯科）", none, one [code AnyCode] {
        5 addition Text "加算コード (3); empty for none.";
        6 bundle_unit_1 Number "包括単位① (5).";
        7 bundle_group_1 Text "グループ番号① (6).";
        8 bundle_unit_2 Number "包括単位② (7).";
        9 bundle_group_2 Text "グループ番号② (8).";
        10 bundle_unit_3 Number "包括単位③ (9).";
        11 bundle_group_3 Text "グループ番号③ (10).";
        12 exclusion_day Number "背反 1日につき (11).";
        13 exclusion_month Number "背反 同一月内 (12).";
        14 exclusion_same Number "背反 同時 (13).";
        15 exclusion_tooth Number "背反 同一部位同時 (14).";
        16 exclusion_week Number "背反 1週間につき (15).";
        17 frequency Number "算定回数関連 (17).";
    }
    /// A procedure that is contained in every procedure of a group, on a dental claim (歯科 02).
    DentalBundleMember, b"DBME", "dental_bundle_member", "包括（歯科）", none, one [group BundleGroup, code AnyCode] {
        5 addition Text "加算コード (4).";
        6 special Number "特例条件 (6).";
    }
    /// Two procedures that are not both charged on a dental claim (歯科 03-1 to 03-5).
    DentalExclusion, b"DEXC", "dental_exclusion", "背反（歯科）", none, many [code AnyCode, other AnyCode] {
        5 time Number "The table: 1 a day, 2 a month, 3 the same time, 4 the same tooth at the same time, 5 a week.";
        6 rule Number "背反区分 (8): 1 charge the first, 2 charge the other, 3 charge one of the two.";
        7 special Number "特例条件 (9).";
    }
    /// How often a procedure is charged on a dental claim (歯科 04).
    DentalFrequency, b"DFRE", "dental_frequency", "算定回数（歯科）", none, one [code AnyCode, unit_code UnitCode] {
        5 addition Text "加算コード (3).";
        6 unit Text "算定単位名称 (7).";
        7 max_count Number "算定回数 (8).";
        8 special Number "特例条件 (9).";
    }
    /// An addition that procedures of a group take on a dental claim (歯科 イ to オ), by its list, its group and its 加算コード:
    /// `general`, `basic`, `note` or `technique`, such as `general.0001.00001`.
    DentalAddition, b"DADD", "dental_addition", "加算対応（歯科）", none, one [text] {
        5 group Text "グループ番号 (2).";
        6 addition Text "加算コード (3).";
        7 procedure Number "歯科診療行為コード (4).";
        8 name Text "基本名称 (5).";
        9 together Number "加算識別 (6): of one group, those with different numbers are charged together.";
    }
    /// How often a dental procedure is charged (歯科 カ).
    DentalLimit, b"DLIM", "dental_limit", "算定回数限度（歯科）", none, many [code DentalCode] {
        5 addition Text "加算コード (7).";
        6 unit Number "算定単位 (10).";
        7 max_count Number "算定回数限度 (11).";
        8 max_count_error Number "上限回数エラー処理 (12): 0 look at it, 1 charge the limit.";
    }
    /// How the points of a dental procedure grow with a quantity (歯科 キ).
    DentalStep, b"DSTE", "dental_step", "きざみ（歯科）", none, many [code DentalCode] {
        5 addition Text "加算コード (7).";
        6 point_kind Number "点数等識別 (10).";
        7 points Hundredths "点数 (11).";
        8 unit Number "きざみ単位 (12).";
        9 step_low Number "きざみ下限値 (13); 0 for none.";
        10 step_high Number "きざみ上限値 (14); 99999999 for none.";
        11 step_size Number "きざみ値 (15).";
        12 step_points Hundredths "きざみ点数 (16).";
        13 step_error Number "きざみ上下限エラー処理 (17).";
    }
    /// The ages of a dental procedure (歯科 ク).
    DentalAge, b"DAGE", "dental_age", "年齢制限（歯科）", none, many [code DentalCode] {
        5 addition Text "加算コード (7).";
        6 age_low Age "下限年齢 (10).";
        7 age_high Age "上限年齢 (11): from this age on it is not charged.";
    }
    /// Two dental procedures that are not both charged (歯科 ケ); one line of the file names up to ten others.
    DentalPair, b"DPAI", "dental_pair", "併算定背反（歯科）", none, many [code DentalCode] {
        5 addition Text "加算コード (7).";
        6 others Text "背反1 to 10 (10–99): of each 算定可否 (0 not charged, 1 charged, 2 one of both), code and 加算コード, joined by `;`.";
    }
    /// How a dental procedure's count and the days of care go together (歯科 コ).
    DentalDays, b"DDAY", "dental_days", "実日数関連（歯科）", none, many [code DentalCode] {
        5 addition Text "加算コード (7).";
        6 days Number "実日数 (10).";
        7 count Number "日数・回数 (11).";
    }
    /// A row of the dispensing master (調剤行為).
    Dispensing, b"DISP", "dispensing", "調剤行為", none, one [code DispensingCode] {
        5 name Text "漢字名称 (5).";
        6 kana Text "カナ名称 (7).";
        7 point_kind Number "点数識別 (10).";
        8 points Hundredths "新又は現点数 (12).";
        9 step Number "きざみ値計算識別 (13).";
        10 step_low Number "下限値 (14).";
        11 step_high Number "上限値 (15).";
        12 step_size Number "きざみ値 (16).";
        13 step_points Hundredths "きざみ点数 (17).";
        14 action Number "調剤行為識別区分 (21).";
        15 bundle Number "包括識別区分 (22).";
        16 time_class Number "時間加算区分 (45).";
        17 form Number "剤形 (46).";
        18 max_claim Number "レセプト単位 上限回数 (47).";
        19 max_prescription Number "処方箋受付回単位 上限回数 (49).";
        20 note_code Number "注加算コード (51).";
        21 note_serial Mark "注加算通番 (52).";
        22 age_low Age "下限年齢 (53).";
        23 age_high Age "上限年齢 (54).";
        24 notice_1 Number "告示等識別区分(1) (56).";
        25 notice_2 Number "告示等識別区分(2) (57).";
        26 old_point_kind Number "旧点数 点数識別 (58).";
        27 old_points Hundredths "旧点数 (59).";
        28 succession Number "異動関連 (65).";
    }
    /// A row of the visiting nursing master (訪問看護療養費).
    VisitingNursing, b"VNUR", "visiting_nursing", "訪問看護療養費", none, one [code NursingCode] {
        5 name Text "省略名称 (9).";
        6 kana Text "省略カナ名称 (11).";
        7 full_name Text "基本名称 (7); empty when it is the same as the name.";
        8 price_kind Number "金額識別 (15): 1 yen, 3 points, 5 percent.";
        9 price Hundredths "新又は現金額 (16).";
        10 old_price_kind Number "旧金額 金額識別 (17).";
        11 old_price Hundredths "旧金額 (18).";
        12 age_low Age "下限年齢 (25).";
        13 age_high Age "上限年齢 (26).";
        14 late_elderly Number "後期高齢者医療適用区分 (27).";
        15 count_kind Number "実施回数区分 (44).";
        16 instruction Number "訪問看護指示区分 (45).";
        17 special_instruction Number "特別訪問看護指示区分 (46).";
        18 addition_group Text "加算グループ (48).";
        19 standard_group Text "施設基準グループ (49).";
        20 kind Number "訪問看護療養費種類 (67).";
    }
}
