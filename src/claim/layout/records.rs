//! The fields of every record. N is 数字, X 英数, K 漢字; `fixed` is 固定長.

use super::super::record::RecordKind;
use super::{Field, Form, Layout, lists::*};

pub(super) const LAYOUTS: &[Layout] = &[
    Layout::new(RecordKind::Procedure, &PROCEDURE),
    Layout::new(RecordKind::Drug, &DRUG),
    Layout::new(RecordKind::Comment, CO),
    Layout::new(RecordKind::Disease, SY),
    Layout::new(RecordKind::Claim, RE),
    Layout::new(RecordKind::Insurer, HO),
    Layout::new(RecordKind::PublicPayer, KO),
    Layout::new(RecordKind::Eligibility, SN),
    Layout::new(RecordKind::VisitDays, &VISIT_DAYS),
    Layout::new(RecordKind::Material, &MATERIAL),
    Layout::new(RecordKind::WindowPayment, &WINDOW_PAYMENT),
    Layout::new(RecordKind::DpcExclusion, GR),
    Layout::new(RecordKind::Symptom, SJ),
    Layout::new(RecordKind::Facility, IR),
    Layout::new(RecordKind::Total, GO),
    Layout::new(RecordKind::DonorFacility, TI),
    Layout::new(RecordKind::Donor, TR),
    Layout::new(RecordKind::DonorTotal, TS),
];

const fn n(name: &'static str, max: u16) -> Field {
    Field::new(name, Form::Digits, max)
}

const fn code(name: &'static str, max: u16) -> Field {
    Field::new(name, Form::Code, max)
}

const fn decimal(name: &'static str, before: u8, after: u8, max: u16) -> Field {
    Field::new(name, Form::Decimal(before, after), max)
}

const fn x(name: &'static str, max: u16) -> Field {
    Field::new(name, Form::Ascii, max)
}

const fn k(name: &'static str, max: u16) -> Field {
    Field::new(name, Form::Kanji, max)
}

const fn xk(name: &'static str, max: u16) -> Field {
    Field::new(name, Form::Either, max)
}

const fn spare(max: u16) -> Field {
    Field::new("予備", Form::Spare, max)
}

const fn month(name: &'static str) -> Field {
    Field::new(name, Form::Month, 6).fixed()
}

const fn day(name: &'static str) -> Field {
    Field::new(name, Form::Day, 8).fixed()
}

const ID: Field = x("レコード識別情報", 2).fixed().required();
const PREFECTURE: Field = n("都道府県", 2).fixed().required().range(1, 47);
const FEE_TABLE: Field = n("点数表", 1).fixed().required().one(ONE);
const INSTITUTION: Field = n("医療機関コード", 7).fixed().required();

const IR: &[Field] = &[
    ID,
    n("審査支払機関", 1).fixed().required().one(AGENCIES),
    PREFECTURE,
    FEE_TABLE,
    INSTITUTION,
    spare(2),
    k("医療機関名称", 40).expected(),
    month("請求年月").required(),
    n("マルチボリューム識別情報", 2).fixed().required(),
    x("電話番号", 15),
];

const RE: &[Field] = &[
    ID,
    n("レセプト番号", 6).required().range(1, 999_999),
    n("レセプト種別", 4).fixed().required(),
    month("診療年月").required(),
    xk("氏名", 40).required(),
    n("男女区分", 1).fixed().required().one(SEXES),
    day("生年月日").required(),
    n("給付割合", 3).range(0, 100),
    day("入院年月日"),
    x("病棟区分", 8).several(2, WARDS),
    n("一部負担金・食事療養費・生活療養費標準負担額区分", 1).one(COPAY_CLASSES),
    x("レセプト特記事項", 10).several(2, NOTES),
    n("病床数", 4),
    x("カルテ番号等", 20),
    code("割引点数単価", 2),
    spare(1),
    spare(1),
    spare(2),
    code("検索番号", 30),
    spare(5),
    xk("請求情報", 40),
    n("診療科1 診療科名", 2).fixed().one(DEPARTMENTS),
    n("診療科1 人体の部位等", 3).fixed().range(1, 33),
    n("診療科1 性別等", 3).fixed().range(1, 10),
    n("診療科1 医学的処置", 3).fixed().range(1, 19),
    n("診療科1 特定疾病", 3).fixed().range(1, 6),
    n("診療科2 診療科名", 2).fixed().one(DEPARTMENTS),
    n("診療科2 人体の部位等", 3).fixed().range(1, 33),
    n("診療科2 性別等", 3).fixed().range(1, 10),
    n("診療科2 医学的処置", 3).fixed().range(1, 19),
    n("診療科2 特定疾病", 3).fixed().range(1, 6),
    n("診療科3 診療科名", 2).fixed().one(DEPARTMENTS),
    n("診療科3 人体の部位等", 3).fixed().range(1, 33),
    n("診療科3 性別等", 3).fixed().range(1, 10),
    n("診療科3 医学的処置", 3).fixed().range(1, 19),
    n("診療科3 特定疾病", 3).fixed().range(1, 6),
    k("カタカナ(氏名)", 80),
    code("患者の状態", 60).several(3, &[]),
];

const HO: &[Field] = &[
    ID,
    x("保険者番号", 8).fixed().required(),
    xk("被保険者証等の記号", 38),
    xk("被保険者証等の番号", 38).required(),
    n("診療実日数", 2).required().range(0, 99),
    n("合計点数", 8).required(),
    spare(5),
    n("食事療養・生活療養 回数", 2),
    n("食事療養・生活療養 合計金額", 8),
    n("職務上の事由", 1).one(DUTIES),
    code("証明書番号", 3),
    n("負担金額 医療保険", 9),
    n("負担金額 減免区分", 1).one(RELIEFS),
    n("負担金額 減額割合", 3).range(0, 100),
    n("負担金額 減額金額", 6),
];

const KO: &[Field] = &[
    ID,
    x("公費負担者番号", 8).fixed().required(),
    code("公費受給者番号", 7),
    n("任意給付区分", 1).one(ONE),
    n("診療実日数", 2).required().range(0, 99),
    n("合計点数", 8).required(),
    n("負担金額 公費", 8),
    n("公費給付対象外来一部負担金", 6),
    n("公費給付対象入院一部負担金", 6),
    spare(5),
    n("食事療養・生活療養 回数", 2),
    n("食事療養・生活療養 合計金額", 8),
];

const SN: &[Field] = &[
    ID,
    n("負担者種別", 1).fixed().required().one(PAYERS),
    n("確認区分", 2).fixed().required().one(CONFIRMATIONS),
    x("保険者番号等(資格確認)", 8),
    xk("被保険者証等の記号(資格確認)", 38),
    xk("被保険者証等の番号(資格確認)", 38),
    n("枝番", 2).fixed(),
    code("受給者番号(資格確認)", 7),
    spare(1),
];

const GR: &[Field] = &[ID, n("医科点数表算定理由", 2).fixed().required().one(DPC_REASONS), x("DPCコード", 14).fixed()];

const SY: &[Field] = &[
    ID,
    n("傷病名コード", 7).fixed().required(),
    day("診療開始日").required(),
    n("転帰区分", 1).fixed().required().one(OUTCOMES),
    code("修飾語コード", 80).several(4, &[]),
    k("傷病名称", 40),
    code("主傷病", 2).one(MAIN),
    k("補足コメント", 40),
];

const COUNT: Field = n("回数", 3).required().range(1, 999);
const SECTION: Field = n("診療識別", 2).fixed().one(SECTIONS);
const PAYER_MIX: Field = x("負担区分", 1).fixed().required().one(PAYER_MIXES);

const SI: &[Field] = &[
    ID,
    SECTION,
    PAYER_MIX,
    n("診療行為コード", 9).fixed().required(),
    n("数量データ", 8),
    n("点数", 7),
    COUNT,
    n("コメントコード①", 9).fixed(),
    k("文字データ①", 100),
    n("コメントコード②", 9).fixed(),
    k("文字データ②", 100),
    n("コメントコード③", 9).fixed(),
    k("文字データ③", 100),
];

const IY: &[Field] = &[
    ID,
    SECTION,
    PAYER_MIX,
    n("医薬品コード", 9).fixed().required(),
    decimal("使用量", 5, 5, 11),
    n("点数", 7),
    COUNT,
    n("コメントコード①", 9).fixed(),
    k("文字データ①", 100),
    n("コメントコード②", 9).fixed(),
    k("文字データ②", 100),
    n("コメントコード③", 9).fixed(),
    k("文字データ③", 100),
];

const TO: &[Field] = &[
    ID,
    SECTION,
    PAYER_MIX,
    n("特定器材コード", 9).fixed().required(),
    decimal("使用量", 5, 3, 9),
    n("点数", 7),
    COUNT,
    n("単位コード", 3).fixed().range(1, 61),
    decimal("単価", 8, 2, 11),
    spare(40),
    k("商品名及び規格又はサイズ", 300),
    n("コメントコード①", 9).fixed(),
    k("文字データ①", 100),
    n("コメントコード②", 9).fixed(),
    k("文字データ②", 100),
    n("コメントコード③", 9).fixed(),
    k("文字データ③", 100),
];

const CO: &[Field] = &[ID, SECTION, PAYER_MIX, n("コメントコード", 9).fixed().required(), k("文字データ", 76)];

const SJ: &[Field] = &[ID, n("症状詳記区分", 2).fixed().one(SYMPTOMS), k("症状詳記データ", 2400).required()];

const TI: &[Field] = &[
    ID,
    n("臓器提供区分", 1).fixed().required().one(ORGANS),
    n("臓器提供医療機関区分", 1).fixed().required().one(DONOR_FACILITIES),
    n("都道府県", 2).fixed().range(1, 47),
    n("点数表", 1).fixed().one(ONE),
    n("医療機関コード", 7).fixed(),
    spare(2),
    k("医療機関名称", 40),
    k("医療機関所在地", 80),
    x("電話番号", 15),
];

const TR: &[Field] = &[
    ID,
    n("レセプト番号", 6),
    n("レセプト種別", 4).fixed().required().one(DONOR_TYPES),
    month("診療年月").required(),
    xk("氏名", 40),
    n("男女区分", 1).fixed().one(SEXES),
    day("生年月日"),
    n("給付割合", 3).range(0, 100),
    day("入院年月日"),
    x("病棟区分", 8).several(2, WARDS),
    n("一部負担金区分", 1).one(COPAY_CLASSES),
    x("レセプト特記事項", 10).several(2, NOTES),
    n("病床数", 4),
    x("カルテ番号等", 20),
    code("割引点数単価", 2),
    spare(1),
    spare(1),
    spare(2),
];

const TS: &[Field] = &[
    ID,
    n("診療実日数", 2).required(),
    n("合計点数", 8).required(),
    n("食事療養・生活療養 回数", 2),
    n("食事療養・生活療養 合計金額", 8),
];

const GO: &[Field] = &[
    ID,
    n("総件数", 6).required(),
    n("総合計点数", 10).required(),
    n("マルチボリューム識別情報", 2).fixed().required(),
];

const DAY_NAMES: [&str; 31] = [
    "1日の情報",
    "2日の情報",
    "3日の情報",
    "4日の情報",
    "5日の情報",
    "6日の情報",
    "7日の情報",
    "8日の情報",
    "9日の情報",
    "10日の情報",
    "11日の情報",
    "12日の情報",
    "13日の情報",
    "14日の情報",
    "15日の情報",
    "16日の情報",
    "17日の情報",
    "18日の情報",
    "19日の情報",
    "20日の情報",
    "21日の情報",
    "22日の情報",
    "23日の情報",
    "24日の情報",
    "25日の情報",
    "26日の情報",
    "27日の情報",
    "28日の情報",
    "29日の情報",
    "30日の情報",
    "31日の情報",
];

/// The fields of a head, and a count for each day of the month behind them.
const fn with_days<const FIELDS: usize>(head: &[Field], first: usize) -> [Field; FIELDS] {
    fill(head, first, n("", 3).range(1, 999))
}

#[allow(clippy::indexing_slicing, reason = "a place outside stops the build, never the program")]
const fn fill<const FIELDS: usize>(head: &[Field], first: usize, day: Field) -> [Field; FIELDS] {
    let mut fields = [day; FIELDS];
    let mut place = 0;
    while place < FIELDS {
        if place < first {
            fields[place] = head[place];
        } else if place - first < 31 {
            fields[place].name = DAY_NAMES[place - first];
        }
        place += 1;
    }
    fields
}

const PROCEDURE: [Field; 44] = with_days(SI, 13);
const DRUG: [Field; 44] = with_days(IY, 13);
const MATERIAL: [Field; 48] = with_days(TO, 17);
const VISIT_DAYS: [Field; 33] =
    fill(&[ID, n("負担者種別", 1).fixed().required().one(PAYERS)], 2, n("", 1).fixed().one(VISITS));
#[allow(clippy::indexing_slicing, reason = "a place outside stops the build, never the program")]
const WINDOW_PAYMENT: [Field; 33] = {
    let mut fields = fill(&[ID, n("窓口負担額区分", 2).fixed().required().one(WINDOWS)], 2, spare(6));
    let mut place = 2;
    while place < 33 {
        fields[place].name = "予備";
        place += 1;
    }
    fields
};
