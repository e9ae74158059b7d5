//! One file a published layout. A further master is one more file here and one more entry in [`LAYOUTS`].

mod comment;
mod dental;
mod dental_lists;
mod disease;
mod dispensing;
mod drug;
mod fee_table;
mod generic;
mod hot;
mod icd10;
mod jlac;
mod lists;
mod material;
mod modifier;
mod nursing;
mod payer;
mod procedure;
mod subsidy;

use super::{
    book::Book,
    layout::{Layout, Reads, Table},
};

/// 特定健診検査項目, which is JSON.
pub(super) const HEALTH_CHECK: &Table = &jlac::HEALTH_CHECK_TABLE;

/// Every workbook that is read.
pub(super) const BOOKS: &[&Book] = &[&generic::BOOK, &icd10::BOOK, &jlac::BOOK, &jlac::LINK_BOOK, &payer::BOOK];

/// Every file that is published with the masters, by the beginning of its name.
pub(super) const LAYOUTS: &[Layout] = &[
    layout("s", "医科診療行為マスター", &procedure::TABLE),
    layout("y", "医薬品マスター", &drug::TABLE),
    layout("t", "特定器材マスター", &material::TABLE),
    layout("c", "コメントマスター", &comment::TABLE),
    layout("c", "コメントマスター (19 columns)", &comment::SHORT),
    layout("ck", "コメント関連テーブル", &comment::LINK_TABLE),
    layout("b", "傷病名マスター", &disease::TABLE),
    layout("hb", "旧傷病名", &disease::ABOLISHED),
    layout("z", "修飾語マスター", &modifier::TABLE),
    layout("ikou", "傷病名 移行", &lists::SUCCESSION_TABLE),
    layout("k", "病棟コード", &procedure::WARDS),
    layout("01", "電子点数表 01 補助マスターテーブル", &fee_table::AUX_TABLE),
    layout("02", "電子点数表 02 包括テーブル", &fee_table::MEMBER_TABLE),
    layout("03-1", "電子点数表 03-1 背反テーブル", &fee_table::DAY_TABLE),
    layout("03-2", "電子点数表 03-2 背反テーブル", &fee_table::MONTH_TABLE),
    layout("03-3", "電子点数表 03-3 背反テーブル", &fee_table::SAME_TABLE),
    layout("03-4", "電子点数表 03-4 背反テーブル", &fee_table::WEEK_TABLE),
    layout("04", "電子点数表 04 入院基本料テーブル", &fee_table::INPATIENT_TABLE),
    layout("05", "電子点数表 05 算定回数テーブル", &fee_table::FREQUENCY_TABLE),
    layout("medis", "医薬品HOTコードマスター (包装)", &hot::PACKAGE_TABLE),
    layout("medis", "医薬品HOTコードマスター", &hot::DRUG_TABLE),
    layout("shisetsukijun", "施設基準コード", &lists::STANDARD_TABLE),
    layout("h", "歯科診療行為マスター", &dental::TABLE),
    layout("h-2", "歯科診療行為マスター 基本・通則加算対応テーブル", &dental_lists::GENERAL_TABLE),
    layout("h-3", "歯科診療行為マスター 基本・基本加算対応テーブル", &dental_lists::BASIC_TABLE),
    layout("h-4", "歯科診療行為マスター 基本・注加算対応テーブル", &dental_lists::NOTE_TABLE),
    layout("h-5", "歯科診療行為マスター 手技・材料加算対応テーブル", &dental_lists::TECHNIQUE_TABLE),
    layout("h-6", "歯科診療行為マスター 算定回数限度テーブル", &dental_lists::LIMIT_TABLE),
    layout("h-7", "歯科診療行為マスター きざみテーブル", &dental_lists::STEP_TABLE),
    layout("h-8", "歯科診療行為マスター 年齢制限テーブル", &dental_lists::AGE_TABLE),
    layout("h-9", "歯科診療行為マスター 併算定背反テーブル", &dental_lists::PAIR_TABLE),
    layout("h-10", "歯科診療行為マスター 実日数関連テーブル", &dental_lists::DAY_TABLE),
    layout("01歯科", "歯科電子点数表 01 補助マスターテーブル", &dental::AUX_TABLE),
    layout("02歯科", "歯科電子点数表 02 包括テーブル", &dental::MEMBER_TABLE),
    layout("03-1歯科", "歯科電子点数表 03-1 背反テーブル", &dental::DAY_TABLE),
    layout("03-2歯科", "歯科電子点数表 03-2 背反テーブル", &dental::MONTH_TABLE),
    layout("03-3歯科", "歯科電子点数表 03-3 背反テーブル", &dental::SAME_TABLE),
    layout("03-4歯科", "歯科電子点数表 03-4 背反テーブル", &dental::TOOTH_TABLE),
    layout("03-5歯科", "歯科電子点数表 03-5 背反テーブル", &dental::WEEK_TABLE),
    layout("04歯科", "歯科電子点数表 04 算定回数テーブル", &dental::FREQUENCY_TABLE),
    layout("m", "調剤行為マスター", &dispensing::TABLE),
    layout("r", "訪問看護療養費マスター", &nursing::TABLE),
    // m_regional_publicly_funded_all_YYYYMMDD.csv
    layout("m", "地単公費マスター", &subsidy::TABLE),
    other("f", "歯式マスター", "it has the positions of teeth, which are on dental claims alone"),
    other("chitan", "地単公費マスター 項目名", "it names the columns of the master, which is a CSV file"),
    other("dpc", "DPC電子点数表", "fees by diagnosis (DPC) are not calculated"),
];

const fn layout(prefix: &'static str, title: &'static str, table: &'static Table) -> Layout {
    Layout { prefix, title, reads: Reads::Table(table) }
}

const fn other(prefix: &'static str, title: &'static str, why: &'static str) -> Layout {
    Layout { prefix, title, reads: Reads::Not(why) }
}

#[cfg(test)]
#[path = "../layouts_tests.rs"]
mod tests;
