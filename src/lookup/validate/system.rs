//! The code systems of the field: how their codes are written, what their check digits are, and which tables list them.

use core::{fmt, str::FromStr};

use crate::{
    code::{Checked, Icd10Code, PayerNumber, StandardCode},
    master::MasterKind,
};

macro_rules! systems {
    ($($(#[$doc:meta])* $system:ident $name:literal $title:literal $form:literal;)*) => {
        /// A code system.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum System {
            $($(#[$doc])* $system,)*
        }

        impl System {
            /// Every system: those of a claim first.
            pub const ALL: &'static [Self] = &[$(Self::$system,)*];

            /// Its name on the command line and in JSON, its Japanese name, and how its codes are written.
            const fn words(self) -> (&'static str, &'static str, &'static str) {
                match self {
                    $(Self::$system => ($name, $title, $form),)*
                }
            }
        }
    };
}

systems! {
    /// 診療行為コード.
    Procedure "procedure" "診療行為コード" "nine digits beginning with 1";
    /// 医薬品コード of claims.
    Drug "drug" "医薬品コード（レセプト電算）" "nine digits beginning with 6";
    /// 特定器材コード.
    Material "material" "特定器材コード" "nine digits beginning with 7";
    /// コメントコード.
    Comment "comment" "コメントコード" "nine digits beginning with 8";
    /// 傷病名コード of claims.
    Disease "disease" "傷病名コード（レセプト電算）" "seven digits";
    /// 修飾語コード of claims.
    Modifier "modifier" "修飾語コード（レセプト電算）" "four digits";
    /// 個別医薬品コード.
    Yj "yj" "個別医薬品コード（YJ）" "seven digits, a capital letter, four digits; the last checks the others";
    /// 薬価基準収載医薬品コード.
    PriceCode "price_code" "薬価基準収載医薬品コード" "seven digits, a capital letter, four digits; the last checks the others";
    /// 処方用番号.
    Hot7 "hot7" "HOT7（処方用番号）" "seven digits; the last checks the others";
    /// HOT9.
    Hot9 "hot9" "HOT9" "nine digits; the seventh checks the six before it";
    /// HOT11.
    Hot11 "hot11" "HOT11" "eleven digits; the seventh checks the six before it";
    /// 基準番号.
    Hot13 "hot13" "HOT13（基準番号）" "thirteen digits; the seventh checks the six before it";
    /// JAN and GTIN.
    Gtin "gtin" "JAN・GTIN" "8, 12, 13 or 14 digits; the last checks the others";
    /// 一般名処方コード.
    GenericName "generic_name" "一般名処方コード" "seven digits, a capital letter, a digit, and three characters that end with a letter, usually ZZZ";
    /// 病名管理番号.
    DiseaseManagement "disease_management" "病名管理番号" "eight digits";
    /// 病名交換用コード.
    DiseaseExchange "disease_exchange" "病名交換用コード" "four digits or capital letters";
    /// 修飾語管理番号.
    ModifierManagement "modifier_management" "修飾語管理番号" "eight digits";
    /// 修飾語交換用コード.
    ModifierExchange "modifier_exchange" "修飾語交換用コード" "four digits or capital letters";
    /// ICD-10 (2013).
    Icd10 "icd10" "ICD-10（2013年版）" "a capital letter, two digits, up to two more characters, with or without a dot before them";
    /// JLAC10.
    Jlac10 "jlac10" "JLAC10" "17 digits and capital letters, or the first 15 of them";
    /// JLAC11.
    Jlac11 "jlac11" "JLAC11" "17 digits and capital letters";
    /// 特定健診項目コード.
    HealthCheck "health_check" "特定健診項目コード" "17 digits and capital letters";
    /// 施設基準コード.
    FacilityStandard "facility_standard" "施設基準コード" "one to four digits";
    /// 病棟コード.
    Ward "ward" "病棟コード" "nine digits beginning with 1";
    /// 歯科診療行為コード.
    Dental "dental" "歯科診療行為コード" "nine digits beginning with 3";
    /// 調剤行為コード.
    Dispensing "dispensing" "調剤行為コード" "nine digits beginning with 4";
    /// 訪問看護療養費コード.
    VisitingNursing "visiting_nursing" "訪問看護療養費コード" "nine digits beginning with 5";
    /// 保険者番号.
    Insurer "insurer" "保険者番号" "eight digits, or six of 国民健康保険; the last checks the others";
    /// 公費負担者番号.
    PublicPayer "public_payer" "公費負担者番号" "eight digits; the last checks the others";
    /// 公費受給者番号.
    Recipient "recipient" "公費受給者番号" "seven digits; the last checks the others";
    /// 医療機関コード.
    Institution "institution" "医療機関コード" "seven digits, or ten with the prefecture (01 to 47) and the fee table (1, 3, 4, 5 or 6) before them";
}

/// The name of no system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no code system is called `{got}`; expected one of {}", names())]
pub struct UnknownSystem {
    /// The name, cut to 40 characters.
    pub got: String,
}

fn names() -> String {
    System::ALL.iter().map(|system| system.name()).collect::<Vec<_>>().join(", ")
}

impl FromStr for System {
    type Err = UnknownSystem;

    fn from_str(name: &str) -> Result<Self, UnknownSystem> {
        let known = Self::ALL.iter().copied().find(|system| system.name() == name);
        known.ok_or_else(|| UnknownSystem { got: name.chars().take(40).collect() })
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where the codes of a system stand.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    pub(crate) kind: MasterKind,
    pub(crate) part: Part,
    /// The column with the name of what the code stands for; empty when the table has none.
    pub(crate) name: &'static str,
    /// Whether a code that is not in the table is none; other tables only mention some.
    pub(crate) whole: bool,
}

/// The part of a row that is a code.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    /// What the row is found by.
    Key,
    /// The first so many digits of a HOT13.
    Hot(usize),
    /// A column; a number has so many digits.
    Column(&'static str, usize),
    /// The first so many digits of the column with the drug's HOT9.
    DrugHot(usize),
    /// The price list code of a drug, where it is its own and not that of a group (統一名収載).
    OwnPriceCode,
}

impl System {
    /// Its name on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.words().0
    }

    /// Its Japanese name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.words().1
    }

    /// How its codes are written, in words.
    #[must_use]
    pub const fn form(self) -> &'static str {
        self.words().2
    }

    /// Whether a text is written as a code of the system.
    #[must_use]
    pub fn is_well_formed(self, text: &str) -> bool {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let letters = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        let nine = |first: char| digits && text.len() == 9 && text.starts_with(first);
        match self {
            Self::Procedure | Self::Ward => nine('1'),
            Self::Drug => nine('6'),
            Self::Material => nine('7'),
            Self::Comment => nine('8'),
            Self::Dental => nine('3'),
            Self::Dispensing => nine('4'),
            Self::VisitingNursing => nine('5'),
            Self::Disease | Self::Hot7 | Self::Recipient => digits && text.len() == 7,
            Self::Modifier => digits && text.len() == 4,
            Self::DiseaseManagement | Self::ModifierManagement | Self::PublicPayer => digits && text.len() == 8,
            Self::DiseaseExchange | Self::ModifierExchange => letters && text.len() == 4,
            Self::Yj | Self::PriceCode => Checked::PriceCode.check(text).is_ok(),
            Self::Hot9 => digits && text.len() == 9,
            Self::Hot11 => digits && text.len() == 11,
            Self::Hot13 => digits && text.len() == 13,
            Self::Gtin => Checked::Gtin.check(text).is_ok(),
            Self::GenericName => {
                text.len() == 12
                    && text.bytes().enumerate().all(|(place, byte)| match place {
                        7 | 11 => byte.is_ascii_uppercase(),
                        9 | 10 => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
                        _ => byte.is_ascii_digit(),
                    })
            }
            Self::Icd10 => text.parse::<Icd10Code>().is_ok(),
            Self::Jlac10 => letters && (text.len() == 17 || text.len() == 15),
            Self::Jlac11 | Self::HealthCheck => letters && text.len() == 17,
            Self::FacilityStandard => text.parse::<StandardCode>().is_ok(),
            Self::Insurer => digits && (text.len() == 8 || text.len() == 6),
            Self::Institution => digits && (text.len() == 7 || (text.len() == 10 && is_institution(text))),
        }
    }

    /// A well-formed code as the tables write it: ICD-10 without its dot, a facility standard without zeros before it.
    #[must_use]
    pub fn canonical(self, text: &str) -> String {
        match self {
            Self::Icd10 => text.parse::<Icd10Code>().map_or_else(|_| text.to_owned(), |code| code.compact().to_owned()),
            Self::FacilityStandard => {
                text.parse::<StandardCode>().map_or_else(|_| text.to_owned(), |code| code.to_string())
            }
            _ => text.to_owned(),
        }
    }

    /// The code with the check digit that belongs to it; none when the system has none or the text is not well formed.
    #[must_use]
    pub fn mended(self, text: &str) -> Option<String> {
        if !self.is_well_formed(text) {
            return None;
        }
        let payer = |kind: PayerNumber| {
            let body = text.get(..text.len().checked_sub(1)?)?;
            ('0'..='9').map(|digit| format!("{body}{digit}")).find(|code| kind.check(code) == Ok(true))
        };
        match self {
            Self::Yj | Self::PriceCode => Checked::PriceCode.mended(text),
            Self::Gtin => Checked::Gtin.mended(text),
            Self::Hot7 | Self::Hot9 | Self::Hot11 | Self::Hot13 => {
                let (hot7, rest) = text.split_at_checked(7)?;
                Some(format!("{}{rest}", Checked::Hot7.mended(hot7)?))
            }
            Self::Insurer => payer(PayerNumber::Insurer),
            Self::PublicPayer => payer(PayerNumber::PublicPayer),
            Self::Recipient => payer(PayerNumber::Recipient),
            _ => None,
        }
    }

    /// Whether its tables are lists as they were on some day: they do not say since when a code has been in use.
    pub(crate) const fn is_listing(self) -> bool {
        matches!(
            self,
            Self::Hot7
                | Self::Hot9
                | Self::Hot11
                | Self::Hot13
                | Self::Gtin
                | Self::GenericName
                | Self::Jlac10
                | Self::Jlac11
                | Self::HealthCheck
        )
    }

    /// The tables that list the codes; none for numbers that no table lists.
    pub(crate) const fn sources(self) -> &'static [Source] {
        use MasterKind as Kind;
        use Part::{Column, DrugHot, Hot, Key, OwnPriceCode};
        macro_rules! whole {
            () => {
                true
            };
            (mentioned) => {
                false
            };
        }
        macro_rules! sources {
            ($($kind:ident $part:expr, $name:literal $(, $mention:ident)?;)*) => {
                &[$(Source { kind: Kind::$kind, part: $part, name: $name, whole: whole!($($mention)?) },)*]
            };
        }
        match self {
            Self::Procedure => sources! { Procedure Key, "name"; },
            Self::Drug => sources! { Drug Key, "name"; },
            Self::Material => sources! { Material Key, "name"; },
            Self::Comment => sources! { Comment Key, "name"; },
            Self::Disease => sources! { Disease Key, "name"; },
            Self::Modifier => sources! { Modifier Key, "name"; },
            Self::Yj => sources! { HotDrug Column("yj_code", 12), "name"; Drug OwnPriceCode, "name", mentioned; },
            Self::PriceCode => {
                sources! { HotDrug Column("price_code", 12), "listed_name"; Drug Column("price_code", 12), "name"; }
            }
            Self::Hot7 => {
                sources! { HotDrug Hot(7), "name"; Drug DrugHot(7), "name", mentioned; HotPackage Hot(7), ""; }
            }
            Self::Hot9 => {
                sources! { HotDrug Hot(9), "name"; Drug DrugHot(9), "name", mentioned; HotPackage Hot(9), ""; }
            }
            Self::Hot11 => sources! { HotDrug Hot(11), "name"; HotPackage Hot(11), ""; },
            Self::Hot13 => sources! { HotDrug Hot(13), "name"; HotPackage Hot(13), ""; },
            Self::Gtin => sources! { HotDrug Column("jan", 13), "name"; },
            Self::GenericName => {
                sources! { GenericName Key, "name"; Drug Column("generic_name_code", 12), "generic_name"; }
            }
            Self::DiseaseManagement => sources! { Disease Column("management_number", 8), "name"; },
            Self::DiseaseExchange => sources! { Disease Column("exchange_code", 4), "name"; },
            Self::ModifierManagement => sources! { Modifier Column("management_number", 8), "name"; },
            Self::ModifierExchange => sources! { Modifier Column("exchange_code", 4), "name"; },
            Self::Icd10 => {
                sources! { Icd10 Key, "name"; Disease Column("icd10_1", 5), "", mentioned; Disease Column("icd10_2", 5), "", mentioned; }
            }
            Self::Jlac10 => sources! { Lab Key, "name", mentioned; JlacLink Column("jlac10", 17), "name", mentioned; },
            Self::Jlac11 => sources! { JlacLink Key, "name"; },
            Self::HealthCheck => sources! { HealthCheck Key, "name"; },
            Self::FacilityStandard => sources! { FacilityStandard Key, "name"; },
            Self::Ward => sources! { Ward Key, "name"; },
            Self::Dental => sources! { Dental Key, "name"; },
            Self::Dispensing => sources! { Dispensing Key, "name"; },
            Self::VisitingNursing => sources! { VisitingNursing Key, "name"; },
            Self::Insurer | Self::PublicPayer | Self::Recipient | Self::Institution => &[],
        }
    }
}

/// Tables that have codes of a system beside their own: they lead from one to the other, and do not list it.
pub(crate) const fn links(system: System) -> &'static [Source] {
    const fn link(kind: MasterKind, column: &'static str) -> Source {
        Source { kind, part: Part::Column(column, 9), name: "", whole: false }
    }
    const DRUGS: &[Source] = &[link(MasterKind::HotDrug, "drug_code"), link(MasterKind::HotDrug, "drug_code_2")];
    const PROCEDURES: &[Source] = &[link(MasterKind::Lab, "procedure_code")];
    match system {
        System::Drug => DRUGS,
        System::Procedure => PROCEDURES,
        _ => &[],
    }
}

/// The system by whose list the rows of a linking table are found.
pub(crate) const fn carrier(kind: MasterKind) -> Option<System> {
    match kind {
        MasterKind::HotDrug => Some(System::Hot13),
        MasterKind::Lab => Some(System::Jlac10),
        _ => None,
    }
}

/// 都道府県, 点数表, and seven digits.
fn is_institution(text: &str) -> bool {
    let fee_table = text.get(2..3).is_some_and(|digit| "13456".contains(digit));
    fee_table && is_prefecture(text.get(..2))
}

/// A prefecture by its number, 01 to 47.
pub(super) fn is_prefecture(text: Option<&str>) -> bool {
    text.and_then(|text| text.parse::<u8>().ok()).is_some_and(|number| (1..=47).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for system in System::ALL {
            assert_eq!(system.name().parse::<System>().unwrap(), *system);
        }
        let error = "jlac".parse::<System>().unwrap_err().to_string();
        assert!(error.starts_with("no code system is called `jlac`; expected one of procedure, drug"), "{error}");
    }

    #[test]
    fn shapes() {
        for (system, good, bad) in [
            (System::Procedure, "111000110", "611000110"),
            (System::Yj, "1124003F2010", "1124003f2010"),
            (System::Hot7, "1003031", "100303"),
            (System::Hot13, "1003031010101", "100303101010"),
            (System::Gtin, "4987107609229", "498710760922"),
            (System::GenericName, "2171022F1ZZZ", "2171022F1010"),
            (System::DiseaseExchange, "L3RF", "l3rf"),
            (System::Icd10, "E11.9", "E11..9"),
            (System::Jlac10, "3D0460000019062", "3D04600000190620"),
            (System::FacilityStandard, "0003", "00003"),
            (System::Insurer, "138057", "1380570"),
            (System::Institution, "1311234567", "4811234567"),
            (System::Institution, "1234567", "12345678"),
        ] {
            assert!(system.is_well_formed(good), "{system} {good}");
            let twelve = system == System::Gtin;
            assert_eq!(system.is_well_formed(bad), twelve, "{system} {bad}");
            assert!(!system.is_well_formed("") && !system.is_well_formed("１２３４") && !system.is_well_formed("\0"));
        }
        assert_eq!(System::Icd10.canonical("E11.9"), "E119");
        assert_eq!(System::FacilityStandard.canonical("0003"), "3");
    }

    #[test]
    fn check_digits() {
        for (system, code) in [
            (System::Yj, "1319739Q1010"),
            (System::Hot7, "1003062"),
            (System::Hot9, "100306201"),
            (System::Hot13, "1003062010101"),
            (System::Gtin, "4987107609229"),
            (System::Insurer, "33120015"),
            (System::PublicPayer, "54016027"),
        ] {
            assert_eq!(system.mended(code).as_deref(), Some(code), "{system}");
        }
        assert_eq!(System::Hot9.mended("100306301").as_deref(), Some("100306201"));
        assert_eq!(System::Procedure.mended("111000110"), None);
    }
}
