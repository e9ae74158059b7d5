//! The codes of the fields (別表), 令和4年4月版 with the changes up to 2023-03.

/// 審査支払機関.
pub const AGENCIES: &[&str] = &["1", "2"];
/// 診療識別.
pub const SECTIONS: &[&str] = &[
    "01", "11", "12", "13", "14", "21", "22", "23", "24", "25", "26", "27", "28", "31", "32", "33", "39", "40", "50",
    "54", "60", "70", "80", "90", "92", "97", "99",
];
pub(super) const PAYER_MIXES: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "7", "9", "B", "C", "E", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R",
    "S", "T", "U", "V", "W", "X", "Y", "Z",
];
pub(super) const SEXES: &[&str] = &["1", "2"];
pub(super) const WARDS: &[&str] = &["01", "02", "07"];
pub(super) const COPAY_CLASSES: &[&str] = &["1", "2", "3", "4"];
/// レセプト特記事項. 40 is in programs' lists, 96 and 97 in those for disasters; 17 to 19 and 22 ended in 2018-08.
pub(super) const NOTES: &[&str] = &[
    "01", "02", "03", "04", "07", "08", "09", "10", "11", "12", "13", "14", "16", "17", "18", "19", "20", "21", "22",
    "25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39", "40", "41", "42", "43",
    "44", "96", "97",
];
/// 診療科.
pub(super) const DEPARTMENTS: &[&str] = &[
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "21", "22", "23", "24", "25", "26", "27", "28", "30", "31", "33", "34", "35", "36", "37", "38", "39",
];
/// 職務上の事由.
pub(super) const DUTIES: &[&str] = &["1", "2", "3"];
/// 減免区分.
pub(super) const RELIEFS: &[&str] = &["1", "2", "3"];
pub(super) const ONE: &[&str] = &["1"];
/// 負担者種別.
pub(super) const PAYERS: &[&str] = &["1", "2", "3", "4", "5"];
/// 確認区分.
pub(super) const CONFIRMATIONS: &[&str] =
    &["01", "02", "03", "04", "05", "06", "07", "08", "09", "11", "12", "13", "14"];
/// 受診等区分.
pub(super) const VISITS: &[&str] = &["1", "2", "9"];
/// 窓口負担額区分.
pub(super) const WINDOWS: &[&str] = &["00", "01", "02", "03", "04"];
/// 医科点数表算定理由.
pub(super) const DPC_REASONS: &[&str] = &["01", "02", "03", "04", "05", "06", "08", "09", "10", "11"];
/// 転帰区分.
pub(super) const OUTCOMES: &[&str] = &["1", "2", "3", "4"];
/// 主傷病.
pub(super) const MAIN: &[&str] = &["01"];
/// 症状詳記区分.
pub(super) const SYMPTOMS: &[&str] = &["01", "02", "03", "04", "05", "06", "07", "50", "51", "52", "90"];
/// 臓器提供区分.
pub(super) const ORGANS: &[&str] = &["1", "2", "3", "4", "5", "6"];
pub(super) const DONOR_FACILITIES: &[&str] = &["1", "2"];
/// 臓器提供者レセプト種別.
pub(super) const DONOR_TYPES: &[&str] = &["1991", "1992", "1997", "1998"];
