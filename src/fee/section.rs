//! The sections of a claim (診療識別) and how the masters' tally destinations (点数欄集計先識別) fall into them.

use crate::code::ProcedureCode;

use super::encounter::DrugUse;

/// A section of a claim, by its two digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Section(u8);

impl Section {
    pub(crate) const OTHER: Self = Self(80);

    /// The section of a tally destination (別紙7-2).
    pub(crate) fn of_tally(tally: u32) -> Self {
        Self(match tally {
            110 => 11,
            120..=125 => 12,
            130 => 13,
            140 => 14,
            210 => 21,
            230 => 23,
            240 => 24,
            250 => 25,
            260 => 26,
            270 => 27,
            311 => 31,
            321 => 32,
            300 | 331 => 33,
            400 => 40,
            500 | 502 => 50,
            540 => 54,
            600 => 60,
            700 => 70,
            903 => 90,
            920 => 92,
            970..=975 => 97,
            _ => 80,
        })
    }

    /// A guess for a procedure whose row is missing: the first digits of the code.
    pub(crate) fn of_code(code: ProcedureCode) -> Self {
        Self(match code.number() / 1_000_000 {
            111 => 11,
            112 => 12,
            113 => 13,
            114 => 14,
            120 => 25,
            130 => 33,
            140 => 40,
            150 => 50,
            160 => 60,
            170 => 70,
            _ => 80,
        })
    }

    pub(crate) fn of_drug_use(usage: DrugUse) -> Self {
        Self(match usage {
            DrugUse::Internal => 21,
            DrugUse::AsNeeded => 22,
            DrugUse::External => 23,
        })
    }

    /// The two digits as a number.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// The two digits.
    pub(crate) fn digits(self) -> &'static str {
        match self.0 {
            11 => "11",
            12 => "12",
            13 => "13",
            14 => "14",
            21 => "21",
            22 => "22",
            23 => "23",
            24 => "24",
            25 => "25",
            26 => "26",
            27 => "27",
            31 => "31",
            32 => "32",
            33 => "33",
            40 => "40",
            50 => "50",
            54 => "54",
            60 => "60",
            70 => "70",
            90 => "90",
            92 => "92",
            97 => "97",
            _ => "80",
        }
    }

    /// The name that a claim gives it.
    pub(crate) fn name(self) -> &'static str {
        match self.0 {
            11 => "初診",
            12 => "再診",
            13 => "医学管理",
            14 => "在宅",
            21 => "投薬・内服",
            22 => "投薬・屯服",
            23 => "投薬・外用",
            24 => "投薬・調剤",
            25 => "投薬・処方",
            26 => "投薬・麻毒",
            27 => "投薬・調基",
            31 => "注射・皮下筋肉内",
            32 => "注射・静脈内",
            33 => "注射・その他",
            40 => "処置",
            50 => "手術",
            54 => "麻酔",
            60 => "検査・病理",
            70 => "画像診断",
            90 => "入院基本料",
            92 => "特定入院料・その他",
            97 => "食事・生活療養",
            _ => "その他",
        }
    }
}
