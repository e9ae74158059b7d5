//! 点数欄集計先識別(入院) of the lines in yen (医科診療行為マスター 66, 別紙7-2).

/// 食事療養, and 食事 and 環境 of 生活療養: what the facility claims.
pub(crate) const fn is_care(tally: u32) -> bool {
    matches!(tally, 970 | 972 | 974)
}

/// 告示等識別区分(2) of an addition.
pub(crate) const ADDITION: u32 = 7;

/// 標準負担額 of each: what the patient pays of it, no part of what is claimed.
pub(crate) const fn is_charge(tally: u32) -> bool {
    matches!(tally, 971 | 973 | 975)
}
