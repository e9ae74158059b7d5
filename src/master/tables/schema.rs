//! The project's own schema: which columns each master has, what they hold, and a typed view of a row.
//!
//! One list serves everything: the header of `masters/*.csv`, the columns that the official readers fill, the layout of
//! the pack and the methods of the row types. A column's id is part of the pack format: ids are added, never reused.

use rust_decimal::Decimal;

use crate::{
    date::{Period, ServiceDate},
    pack::{Table, Tag},
};

use super::{AgeLimit, Certainty, Pair};

#[macro_use]
mod macros;
mod codes;
mod copay;
mod fee_table;
mod key;
mod masters;
mod other_fees;
mod payers;
mod rules;
mod supplies;

pub use codes::*;
pub use copay::*;
pub use fee_table::*;
pub use key::KeyKind;
pub use masters::*;
pub use other_fees::*;
pub use payers::*;
pub use rules::*;
pub use supplies::*;

/// Which master a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MasterKind {
    /// 医科診療行為: what is done for a patient.
    Procedure,
    /// 医薬品: what is given.
    Drug,
    /// 傷病名: what the patient has.
    Disease,
    /// 修飾語: what qualifies a disease's name.
    Modifier,
    /// 臨床検査項目: what a laboratory measures, by JLAC10.
    Lab,
    /// The procedures and figures that a rule of the fee schedule names.
    Role,
    /// 患者負担割合: the shares that patients pay.
    CopayRate,
    /// 検査のまるめ: the points of several tests of one group on one sample.
    TestBundle,
    /// 改定: the revisions of the fee schedule.
    Revision,
    /// 特定器材: what is used for a patient.
    Material,
    /// コメント: what a claim says beside its figures.
    Comment,
    /// コメント関連テーブル: which comment goes with what.
    CommentLink,
    /// 施設基準コード.
    FacilityStandard,
    /// 病棟コード.
    Ward,
    /// 傷病名 移行.
    DiseaseSuccession,
    /// 電子点数表 01 補助マスターテーブル.
    FeeAux,
    /// 電子点数表 02 包括テーブル.
    BundleMember,
    /// 電子点数表 03-1 背反テーブル, 1日につき.
    ExclusionDay,
    /// 電子点数表 03-2 背反テーブル, 同一月内.
    ExclusionMonth,
    /// 電子点数表 03-3 背反テーブル, 同時.
    ExclusionSame,
    /// 電子点数表 03-4 背反テーブル, 1週間につき.
    ExclusionWeek,
    /// 電子点数表 04 入院基本料テーブル.
    InpatientAddition,
    /// 電子点数表 05 算定回数テーブル.
    Frequency,
    /// HOT13: packages of drugs.
    HotPackage,
    /// HOT: drugs with their codes in other systems.
    HotDrug,
    /// 一般名処方マスタ.
    GenericName,
    /// ICD-10 (2013) 基本分類表.
    Icd10,
    /// The tables of JLAC10.
    JlacCode,
    /// JLAC11 and JLAC10 codes of products.
    JlacLink,
    /// 特定健診: the items of the health check.
    HealthCheck,
    /// 国公費: benefits of national programmes.
    PublicPayer,
    /// 地単公費: benefits of prefectures and municipalities.
    LocalSubsidy,
    /// 歯科診療行為.
    Dental,
    /// 歯科電子点数表 01.
    DentalAux,
    /// 歯科電子点数表 02.
    DentalBundleMember,
    /// 歯科電子点数表 03-1 to 03-5.
    DentalExclusion,
    /// 歯科電子点数表 04.
    DentalFrequency,
    /// 歯科診療行為, 加算対応テーブル (イ to オ).
    DentalAddition,
    /// 歯科診療行為, 算定回数限度テーブル (カ).
    DentalLimit,
    /// 歯科診療行為, きざみテーブル (キ).
    DentalStep,
    /// 歯科診療行為, 年齢制限テーブル (ク).
    DentalAge,
    /// 歯科診療行為, 併算定背反テーブル (ケ).
    DentalPair,
    /// 歯科診療行為, 実日数関連テーブル (コ).
    DentalDays,
    /// 調剤行為.
    Dispensing,
    /// 訪問看護療養費.
    VisitingNursing,
    /// 高額療養費算定基準額: the ceilings of a month.
    Ceiling,
    /// What a national programme leaves to the patient.
    PayerRule,
    /// 食事・生活療養標準負担額.
    MealCharge,
    /// What prefectures and municipalities leave to the patient.
    LocalRule,
    /// By which procedure a laboratory item is charged.
    LabProcedure,
}

/// How a column's values are written in CSV and stored in a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// A whole number; blank is zero.
    Number,
    /// A number with at most two decimals, stored in hundredths.
    Hundredths,
    /// A text.
    Text,
    /// A day; blank is none.
    Date,
    /// An age limit: two digits or one of the official letter codes.
    Age,
    /// One digit or capital letter; `0` and blank are none.
    Mark,
}

/// One column of a master.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its place in the pack.
    pub id: u16,
    /// Its name in `masters/*.csv` and in the row type.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// One master's table.
#[derive(Debug, Clone, Copy)]
pub struct TableSchema {
    /// The master.
    pub kind: MasterKind,
    /// Its section in a pack.
    pub tag: Tag,
    /// Its English name, as on the command line and in JSON.
    pub name: &'static str,
    /// Its Japanese name.
    pub title: &'static str,
    /// Its file below `masters/`; none for a table without standard rows.
    pub file: Option<&'static str>,
    /// What its rows are found by.
    pub key: KeyKind,
    /// Whether one key may have several rows on one day.
    pub many: bool,
    /// The columns after the key, `from` and `last_day`.
    pub columns: &'static [Column],
}

/// Columns that every table has.
pub(crate) use crate::pack::{CODE, FROM, UNTIL};
pub(crate) const CERTAINTY: u16 = 3;
pub(crate) const SOURCE: u16 = 4;

/// The lists of the tables, in the order of a pack.
const LISTS: &[&[TableSchema]] = &[
    masters::TABLES,
    rules::TABLES,
    supplies::TABLES,
    fee_table::TABLES,
    codes::TABLES,
    payers::TABLES,
    other_fees::TABLES,
    copay::TABLES,
];

/// How many tables there are.
#[allow(clippy::indexing_slicing, reason = "a place outside stops the build, never the program")]
const COUNT: usize = {
    let (mut count, mut list) = (0, 0);
    while list < LISTS.len() {
        count += LISTS[list].len();
        list += 1;
    }
    count
};

/// Every table, in the order of a pack.
pub const TABLES: &[TableSchema] = &joined();

#[allow(clippy::indexing_slicing, reason = "a place outside stops the build, never the program")]
const fn joined() -> [TableSchema; COUNT] {
    let mut tables = [masters::TABLES[0]; COUNT];
    let (mut at, mut list) = (0, 0);
    while list < LISTS.len() {
        let mut place = 0;
        while place < LISTS[list].len() {
            tables[at] = LISTS[list][place];
            at += 1;
            place += 1;
        }
        list += 1;
    }
    tables
}

/// The table sections that this engine understands.
pub(crate) fn known() -> Vec<Tag> {
    TABLES.iter().map(|table| table.tag).collect()
}

/// The schema of a master.
#[must_use]
pub fn schema(kind: MasterKind) -> &'static TableSchema {
    const FIRST: &TableSchema = match TABLES.first() {
        Some(first) => first,
        None => panic!("there are tables"),
    };
    TABLES.get(place(kind)).unwrap_or(FIRST)
}

/// The place of a master's table in [`TABLES`].
#[must_use]
pub(crate) const fn place(kind: MasterKind) -> usize {
    /// By the number of the master.
    #[allow(clippy::indexing_slicing, reason = "a place outside stops the build, never the program")]
    const PLACES: [usize; COUNT] = {
        let mut places = [COUNT; COUNT];
        let mut place = 0;
        while place < COUNT {
            places[TABLES[place].kind as usize] = place;
            place += 1;
        }
        places
    };
    #[allow(clippy::indexing_slicing, reason = "every master has one table, as the array's making has shown")]
    PLACES[kind as usize]
}

impl TableSchema {
    /// Whether the codes of this master are numbers (they are stored and compared as such).
    #[must_use]
    pub fn has_numeric_codes(&self) -> bool {
        !matches!(self.key, KeyKind::Text)
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

pub(crate) fn period_of(table: Table<'_>, row: usize) -> Period {
    // INVARIANT: every row has a first day; without one it would be in force on no day that anybody asks for.
    let from = date_of(table.number(FROM, row)).unwrap_or(ServiceDate::LAST);
    Period { from, until: date_of(table.number(UNTIL, row)) }
}

pub(crate) fn amount_of(table: Table<'_>, id: u16, row: usize) -> Decimal {
    of_hundredths(table.number(id, row))
}

/// A decimal without trailing zeros. Few figures have hundredths, and to divide a whole number is cheaper than to normalize.
fn of_hundredths(value: u64) -> Decimal {
    match (value % 100, value % 10) {
        (0, _) => Decimal::from(value / 100),
        (_, 0) => Decimal::from_i128_with_scale(i128::from(value / 10), 1),
        _ => Decimal::from_i128_with_scale(i128::from(value), 2),
    }
}

pub(crate) fn date_of(packed: u64) -> Option<ServiceDate> {
    u32::try_from(packed).ok().filter(|packed| *packed != 0).and_then(|packed| ServiceDate::from_packed(packed).ok())
}

pub(crate) fn mark_of(stored: u64) -> Option<char> {
    u8::try_from(stored).ok().filter(u8::is_ascii_alphanumeric).map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_names_and_ids_are_used_once() {
        for (place, table) in TABLES.iter().enumerate() {
            for other in TABLES.iter().skip(place + 1) {
                assert!(
                    table.tag != other.tag && table.name != other.name && table.kind != other.kind,
                    "{}",
                    table.name
                );
            }
            let ids: Vec<u16> = table.columns.iter().map(|column| column.id).collect();
            let expected: Vec<u16> = (5..).take(ids.len()).collect();
            assert_eq!(ids, expected, "{}", table.name);
        }
    }

    #[test]
    fn hundredths_have_no_trailing_zeros() {
        for value in (0..2_000).chain([10_000, 123_450, 123_456, u64::MAX - 1]) {
            let plain = Decimal::from_i128_with_scale(i128::from(value), 2).normalize();
            let own = of_hundredths(value);
            assert_eq!((own, own.scale(), own.to_string()), (plain, plain.scale(), plain.to_string()));
        }
    }
}
