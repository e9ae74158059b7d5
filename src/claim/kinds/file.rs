//! Which kind of claim file it is: by its contents, or by its name.

/// Which kind of claim file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// 医科.
    Medical,
    /// DPC.
    Dpc,
    /// 歯科.
    Dental,
    /// 調剤.
    Pharmacy,
    /// 訪問看護.
    Nursing,
}

impl FileKind {
    /// By the name that the specification gives it: `RECEIPTC.UKE` and so on.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        let stem = name.strip_suffix(".UKE").unwrap_or(&name);
        let mut rest = stem.rsplit(['/', '\\']).next()?.strip_prefix("RECEIPT")?.bytes();
        let letter = rest.next()?;
        if rest.next().is_some_and(|next| next.is_ascii_alphanumeric()) {
            return None;
        }
        Some(match letter {
            b'C' => Self::Medical,
            b'D' => Self::Dpc,
            b'S' => Self::Dental,
            b'Y' => Self::Pharmacy,
            b'H' => Self::Nursing,
            _ => return None,
        })
    }

    /// By 点数表 of the facility (`IR` field 4, in pharmacies' `YK` too): 1 医科, 3 歯科, 4 調剤, 6 訪問看護.
    #[must_use]
    pub fn of_fee_table(field: &[u8]) -> Option<Self> {
        match field {
            b"1" => Some(Self::Medical),
            b"3" => Some(Self::Dental),
            b"4" => Some(Self::Pharmacy),
            b"6" => Some(Self::Nursing),
            _ => None,
        }
    }

    /// By a record that only this kind of file has.
    #[must_use]
    pub fn of_record(id: &[u8]) -> Option<Self> {
        match id {
            b"BU" | b"SB" | b"KK" | b"SK" | b"GA" | b"HH" | b"GT" | b"CD" => Some(Self::Dpc),
            b"HS" | b"SS" => Some(Self::Dental),
            b"YK" | b"SH" | b"CZ" | b"KI" | b"TK" => Some(Self::Pharmacy),
            b"HM" | b"KA" | b"RJ" => Some(Self::Nursing),
            _ => None,
        }
    }

    /// The Japanese name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Medical => "医科",
            Self::Dpc => "DPC",
            Self::Dental => "歯科",
            Self::Pharmacy => "調剤",
            Self::Nursing => "訪問看護",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_by_name() {
        assert_eq!(FileKind::of_name("RECEIPTC.UKE"), Some(FileKind::Medical));
        assert_eq!(FileKind::of_name("dir/receiptd.uke"), Some(FileKind::Dpc));
        assert_eq!(FileKind::of_name("RECEIPTC_GAIRAI_SAMPLE.UKE"), Some(FileKind::Medical));
        assert_eq!(FileKind::of_name("july.uke"), None);
    }
}
