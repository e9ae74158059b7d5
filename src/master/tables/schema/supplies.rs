//! What else a claim names: materials and comments; and the lists that go with procedures and diseases.

use super::*;
use crate::code::{AnyCode, CommentCode, DiseaseCode, MaterialCode, ProcedureCode, StandardCode};

tables! {
    /// A row of the material master (特定器材).
    Material, b"MATE", "material", "特定器材", "materials.csv", one [code MaterialCode] {
        5 name Text "特定器材名・規格名 (5).";
        6 kana Text "カナ名称 (7).";
        7 full_name Text "基本漢字名称 (37); empty when it is the same as the name.";
        8 unit_code Number "単位コード (8).";
        9 unit Text "単位 (10).";
        10 price_kind Number "金額種別 (11): 1 a price, 2 what was paid for it, 5 percent to add, 9 a factor.";
        11 price Hundredths "新又は現金額 (12): yen for one unit, or percent.";
        12 age_addition Number "年齢加算区分 (14).";
        13 age_low Age "下限年齢 (15).";
        14 age_high Age "上限年齢 (16).";
        15 old_price_kind Number "旧金額 金額種別 (17); 0 when the code is new.";
        16 old_price Hundredths "旧金額 (18).";
        17 oxygen Number "酸素等区分 (21): 1 a correction, 2 to 5 oxygen by its vessel, 9 nitrogen.";
        18 calculation Number "特定器材種別 (22): 0 price ÷ 10, 2 price rounded and ÷ 10, 3 ÷ 50, 4 ÷ 1000.";
        19 price_limit Number "上限価格 (23): 1 there is an upper price.";
        20 max_points Number "上限点数 (24); 0 for none.";
        21 succession Number "廃止・新設関連 (27).";
        22 annex Number "告示番号 別表番号 (31).";
        23 section Number "告示番号 区分番号 (32).";
        24 dpc Number "ＤＰＣ適用区分 (33).";
        25 remanufactured Number "再製造単回使用医療機器 (38).";
    }
    /// A row of the comment master (コメント).
    Comment, b"COMM", "comment", "コメント", "comments.csv", one [code CommentCode] {
        5 name Text "コメント文 (7).";
        6 kana Text "カナ名称 (9).";
        7 pattern Number "パターン (4): what the claim writes with it.";
        8 selectable Number "選択式コメント識別 (20).";
        9 place_1 Number "レセプト編集情報① カラム位置 (10).";
        10 digits_1 Number "レセプト編集情報① 桁数 (11).";
        11 place_2 Number "レセプト編集情報② カラム位置 (12).";
        12 digits_2 Number "レセプト編集情報② 桁数 (13).";
        13 place_3 Number "レセプト編集情報③ カラム位置 (14).";
        14 digits_3 Number "レセプト編集情報③ 桁数 (15).";
        15 place_4 Number "レセプト編集情報④ カラム位置 (16).";
        16 digits_4 Number "レセプト編集情報④ 桁数 (17).";
    }
    /// A comment that a procedure, a drug or a test result asks for (コメント関連テーブル). 199999999, 399999999 and
    /// so on stand for a procedure that the rules do not name, 819999999 and so on for any drug under 選定療養.
    CommentLink, b"CLNK", "comment_link", "コメント関連", none, many [code AnyCode, comment CommentCode] {
        5 notice Number "コメント記載通知等 (2): 1 別表Ⅰ医科, 3 歯科, 4 調剤, 5 別表Ⅱ, 6 別表Ⅲ, 7 訪問看護.";
        6 item_no Number "項番 (3).";
        7 item Text "区分 (4): the item of the fee schedule.";
        8 branch Number "枝番 (5): one number for each condition of the 項番.";
        9 addition Text "加算コード (7), dental only.";
        10 name Text "省略漢字名称 (8).";
        11 patient_state Number "患者の状態コード (10).";
        12 condition Number "条件区分 (14): 1 charged, 2 charged as in_out says, 3 charged count times; 10 more: not for DPC.";
        13 when_not_charged Number "非算定理由コメント (15): 1 when the procedure is not charged.";
        14 in_out Number "入外区分 (16): 1 inpatient, 2 outpatient.";
        15 count Number "算定回数 (17).";
        16 order Number "公表順序番号 (18).";
    }
    /// The name of a facility standard (施設基準コード).
    FacilityStandard, b"FSTD", "facility_standard", "施設基準", "facility-standards.csv", one [code StandardCode] {
        5 name Text "Its name.";
    }
    /// A ward of the report on the functions of beds (病棟コード): on a claim, never charged.
    Ward, b"WARD", "ward", "病棟", none, one [code ProcedureCode] {
        5 name Text "省略漢字名称 (5).";
        6 kana Text "省略カナ名称 (7).";
        7 full_name Text "基本漢字名称 (113); empty when it is the same as the name.";
    }
    /// Which name took the place of a disease's name that was given up (移行).
    DiseaseSuccession, b"DSUC", "disease_succession", "傷病名移行", none, one [code DiseaseCode] {
        5 name Text "The old name (3).";
        6 change Number "The way of the change (1): 2 to 5.";
        7 next Number "The code that took its place then (5); 0 for none.";
        8 successor Number "The code in its place today (6); 0 for none.";
        9 successor_name Text "Name of that code (7).";
    }
}
