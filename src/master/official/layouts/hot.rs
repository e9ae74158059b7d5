//! 医薬品HOTコードマスター of MEDIS: the standard layout (24 columns) and the option layout of packages (7 columns), both with
//! their titles in the first line.

use crate::master::MasterKind;

use super::super::{
    field::{Check::*, Field, field},
    layout::{Code, Dating, PLAIN, Table},
};

const PACKAGES: &[Field] = &[
    field("基準番号（ＨＯＴコード）", Digits(13)),
    field("包装数量数", Letters(13)).or_blank().to("amount"),
    field("包装数量単位", Text(16)).or_blank().to("amount_unit"),
    field("包装入数数", Letters(13)).or_blank().to("contents"),
    field("包装入数単位", Text(16)).or_blank().to("contents_unit"),
    field("更新区分", OneOf("1234")).to("change"),
    field("更新年月日", Day).to("changed_on"),
];

/// HOT13 of packages.
pub(super) const PACKAGE_TABLE: Table = Table { kind: MasterKind::HotPackage, counts: &[7], fields: PACKAGES, ..HOT };

const HOT: Table = Table {
    change: None,
    changes: false,
    code: Code::Hot(1),
    dating: Dating::Listed { edition: None },
    header: Some("基準番号"),
    ..PLAIN
};

const DRUGS: &[Field] = &[
    // 1
    field("基準番号（ＨＯＴコード）", Letters(13)),
    field("処方用番号（ＨＯＴ７）", Letters(7)).or_blank().to("hot7"),
    field("会社識別用番号", Letters(2)).or_blank(),
    field("調剤用番号", Letters(2)).or_blank(),
    field("物流用番号", Letters(2)).or_blank(),
    field("ＪＡＮコード", Letters(13)).or_blank().to("jan"),
    field("薬価基準収載医薬品コード", Letters(12)).or_blank().to("price_code"),
    field("個別医薬品コード", Letters(12)).or_blank().to("yj_code"),
    field("レセプト電算処理システムコード（１）", UpTo(9)).or_blank().to("drug_code"),
    field("レセプト電算処理システムコード（２）", UpTo(9)).or_blank().to("drug_code_2"),
    // 11
    field("告示名称", Text(120)).or_blank().to("listed_name"),
    field("販売名", Text(120)).to("name"),
    field("レセプト電算処理システム医薬品名", Text(90)).or_blank().to("drug_name"),
    field("規格単位", Text(80)).or_blank().to("strength"),
    field("包装形態", Text(16)).or_blank().to("package_form"),
    field("包装単位数", Letters(13)).or_blank().to("package_amount"),
    field("包装単位単位", Text(16)).or_blank().to("package_unit"),
    field("包装総量数", Letters(13)).or_blank().to("total_amount"),
    field("包装総量単位", Text(16)).or_blank().to("total_unit"),
    field("区分", Text(2)).or_blank().to("use_kind"),
    // 21
    field("製造会社", Text(30)).or_blank().to("maker"),
    field("販売会社", Text(30)).or_blank().to("seller"),
    field("更新区分", OneOf("1234")).to("change"),
    field("更新年月日", Day).to("changed_on"),
];

/// Drugs with their codes in other systems. One of them has several rows when it has several codes on claims.
pub(super) const DRUG_TABLE: Table =
    Table { kind: MasterKind::HotDrug, counts: &[24], fields: DRUGS, mark: &[6, 7, 8, 9, 10], ..HOT };
