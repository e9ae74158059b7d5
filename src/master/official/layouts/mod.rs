//! One file a published layout. A further master is one more file here and one more entry in [`LAYOUTS`].

mod disease;
mod drug;
mod modifier;
mod procedure;

use super::layout::{Layout, Reads};

/// Every file that is published with the masters, by the beginning of its name.
pub(super) const LAYOUTS: &[Layout] = &[
    Layout { prefix: "s", title: "医科診療行為マスター", reads: Reads::Table(&procedure::TABLE) },
    Layout { prefix: "y", title: "医薬品マスター", reads: Reads::Table(&drug::TABLE) },
    Layout { prefix: "b", title: "傷病名マスター", reads: Reads::Table(&disease::TABLE) },
    Layout { prefix: "hb", title: "旧傷病名", reads: Reads::Table(&disease::ABOLISHED) },
    Layout { prefix: "z", title: "修飾語マスター", reads: Reads::Table(&modifier::TABLE) },
    Layout { prefix: "t", title: "特定器材マスター", reads: NOT_YET },
    Layout { prefix: "c", title: "コメントマスター", reads: NOT_YET },
    Layout { prefix: "ck", title: "コメント関連テーブル", reads: NOT_YET },
    Layout {
        prefix: "ikou",
        title: "傷病名 移行",
        reads: Reads::Not("the successors stand in the disease master itself"),
    },
    Layout { prefix: "k", title: "病棟コード", reads: Reads::Not("ward codes are never charged") },
    Layout { prefix: "f", title: "歯式マスター", reads: DENTAL },
    Layout { prefix: "h", title: "歯科診療行為マスター", reads: DENTAL },
    Layout { prefix: "m", title: "調剤行為マスター", reads: Reads::Not("pharmacy fees are not calculated") },
    Layout {
        prefix: "r",
        title: "訪問看護療養費マスター",
        reads: Reads::Not("visiting nursing fees are not calculated"),
    },
    Layout { prefix: "01", title: "電子点数表 補助マスターテーブル", reads: NOT_YET },
    Layout { prefix: "02", title: "電子点数表 包括テーブル", reads: NOT_YET },
    Layout { prefix: "03", title: "電子点数表 背反テーブル", reads: NOT_YET },
    Layout { prefix: "04", title: "電子点数表 入院基本料テーブル", reads: NOT_YET },
    Layout { prefix: "05", title: "電子点数表 算定回数テーブル", reads: NOT_YET },
];

const NOT_YET: Reads = Reads::Not("this version does not read it");
const DENTAL: Reads = Reads::Not("dental fees are not calculated");
