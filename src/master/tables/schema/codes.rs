//! Codes of other systems: packages and common names of drugs, the classification of diseases, laboratory codes.

use super::*;
use crate::code::{AnyCode, PackageNumber};

tables! {
    /// A package of a drug (HOT13, MEDIS option layout), by its HOT9 and the rest of the HOT13.
    HotPackage, b"HOTP", "hot_package", "HOT13 包装", none, one [hot9 AnyCode, package PackageNumber] {
        5 amount Text "包装数量数 (2).";
        6 amount_unit Text "包装数量単位 (3).";
        7 contents Text "包装入数数 (4).";
        8 contents_unit Text "包装入数単位 (5).";
        9 change Number "更新区分 (6): 1 new, 2 taken out, 3 corrected, 4 no longer made.";
        10 changed_on Date "更新年月日 (7).";
    }
    /// A drug of one seller with its codes in other systems (HOT, MEDIS standard layout). One HOT may have several rows.
    HotDrug, b"HOTD", "hot_drug", "HOT コード", none, many [hot9 AnyCode, package PackageNumber] {
        5 hot7 Text "処方用番号 (2).";
        6 jan Text "ＪＡＮコード (6).";
        7 price_code Text "薬価基準収載医薬品コード (7).";
        8 yj_code Text "個別医薬品コード (8).";
        9 drug_code Number "レセプト電算処理システムコード(1) (9); 0 for none.";
        10 drug_code_2 Number "レセプト電算処理システムコード(2) (10).";
        11 listed_name Text "告示名称 (11).";
        12 name Text "販売名 (12).";
        13 drug_name Text "レセプト電算処理システム医薬品名 (13).";
        14 strength Text "規格単位 (14).";
        15 package_form Text "包装形態 (15).";
        16 package_amount Text "包装単位数 (16).";
        17 package_unit Text "包装単位単位 (17).";
        18 total_amount Text "包装総量数 (18).";
        19 total_unit Text "包装総量単位 (19).";
        20 use_kind Text "区分 (20): 内, 外, 注 or 歯.";
        21 maker Text "製造会社 (21).";
        22 seller Text "販売会社 (22).";
        23 change Number "更新区分 (23): 1 new, 2 taken out, 3 corrected, 4 no longer made.";
        24 changed_on Date "更新年月日 (24).";
    }
    /// A common name for prescriptions (一般名処方マスタ).
    GenericName, b"GENE", "generic_name", "一般名処方", none, one [text] {
        5 name Text "一般名処方の標準的な記載.";
        6 use_kind Text "区分: 内用薬 or 外用薬.";
        7 ingredient Text "成分名.";
        8 strength Text "規格.";
        9 addition Number "一般名処方加算対象: 1 the first addition, 2 both.";
        10 exception Number "例外コード: 1 when the code names certain products only.";
        11 lowest_price Hundredths "同一剤形・規格内の最低薬価.";
        12 note Text "備考.";
        13 products Text "薬価基準収載医薬品コード of the products of an exception, joined by `;`.";
    }
    /// A category of the ICD-10 (2013) in Japanese (基本分類表). Codes are written without a dot, as in the disease
    /// master; chapters as `01`, blocks as `A00-A09`.
    Icd10, b"ICDT", "icd10", "ICD-10 基本分類表", none, one [text] {
        5 name Text "コード名.";
        6 level Number "種別: 1 chapter, 2 block, 3 and 4 three characters, 5 and 6 four.";
        7 leaf Number "分類単位: 1 nothing is below it.";
        8 japanese Number "日本独自: 1 only in Japan.";
        9 mark Text "剣星: `†` or `*`.";
        10 shown Text "表示用コード.";
        11 parent Text "The category above it.";
        12 note Text "注、細分類等.";
        13 large Text "大分類.";
        14 middle Text "中分類.";
        15 small Text "小分類.";
        16 cause_of_death Text "死因分類.";
    }
    /// An element of a JLAC10 code: `analyte.1A005`, `identification.1000`, `material.001`, `method.001`, `result.01`, or
    /// `result.1A105-0000-51` for a result that only one analyte has. Elements of JLAC11 begin with `jlac11.`.
    JlacCode, b"JLAC", "jlac_code", "JLAC10 コード表", "jlac-codes.csv", one [text] {
        5 name Text "Name.";
        6 name_2 Text "Second name.";
        7 name_en Text "English name.";
        8 note Text "備考.";
        9 change Text "更新区分: `T` new, `S` taken out, `H` changed.";
    }
    /// A product's JLAC11 code with its JLAC10 code. One JLAC11 code may have several rows.
    JlacLink, b"JL11", "jlac_link", "JLAC11 対応", none, many [text] {
        5 jlac10 Text "JLAC10コード.";
        6 name Text "FHIR項目名称.";
        7 label Text "FHIR識別文字列.";
        8 item Text "大項目.";
        9 category Text "区分名称.";
        10 abbreviation Text "略称.";
        11 product Text "販売名称.";
        12 material Text "材料(JLAC11).";
        13 method Text "測定法(JLAC11).";
        14 unit Text "単位.";
        15 data_type Text "データタイプ.";
        16 order Text "並び順.";
    }
    /// An item of the health check (特定健診), by its JLAC10.
    HealthCheck, b"HCHK", "health_check", "特定健診項目", none, one [text] {
        5 name Text "Name.";
    }
    /// The procedure by which a laboratory item is charged: the project's own table, since none is published. Its key has the
    /// five axes of a JLAC10 code with a `-` between them, `*` for any. One item may have several rows.
    LabProcedure, b"LABP", "lab_procedure", "検査項目と診療行為", "lab-procedures.csv", many [text] {
        5 procedure_code Number "診療行為コード.";
        6 basis Text "Why: name, abbreviation, part (one figure of several), count (of items) or judgement.";
        7 note Text "The same in words.";
        8 curator Text "Who says so.";
    }
}
