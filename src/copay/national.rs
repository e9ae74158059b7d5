//! What a national programme leaves to the patient: `masters/payer-rules.csv`, and the 国公費 master where it says it in figures.

use crate::{
    date::ServiceDate,
    master::{Certainty, Masters, PayerRule, PublicPayer},
};

/// A programme's rule on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct National {
    pub(super) name: String,
    pub(super) article: String,
    pub(super) certainty: Certainty,
    pub(super) priority: u32,
    pub(super) public_first: bool,
    pub(super) ceiling: String,
    pub(super) percent: i64,
    pub(super) up_to_cap: bool,
}

impl National {
    /// The rule of a row, for a patient of a share in tenths.
    pub(super) fn of(row: PayerRule<'_>, rate_tenths: u8) -> Self {
        let percent = match rate_tenths {
            1 => row.patient_10(),
            2 => row.patient_20(),
            _ => row.patient_30(),
        };
        Self {
            name: row.name().to_owned(),
            article: row.article().to_owned(),
            certainty: row.certainty(),
            priority: row.priority(),
            public_first: row.public_first() == 1,
            ceiling: row.ceiling().to_owned(),
            percent: i64::from(percent),
            up_to_cap: row.up_to_cap() == 1,
        }
    }

    /// Takes over what the 国公費 master says of the programme, if it has one row of it on that day that is sure and whose
    /// figures are figures. A share that depends on more than the number (本人負担割合 with a condition) stays with the rule.
    pub(super) fn by_master(mut self, masters: &Masters, law: &str, rate_tenths: u8, on: ServiceDate) -> Self {
        let (general, office) = law.split_once('.').unwrap_or((law, ""));
        let mut rows = masters.in_force::<PublicPayer<'_>>(on).filter(|row| {
            let offices: Vec<&str> = row.payers().split('/').collect();
            row.code() == general
                && row.patient_pays().is_empty()
                && row.certainty() != Certainty::Unverified
                && (office.is_empty() || row.payers().is_empty() || offices.contains(&office))
        });
        let (Some(row), None) = (rows.next(), rows.next()) else { return self };
        let percent = match rate_tenths {
            1 => row.share_10_patient(),
            2 => row.share_20_patient(),
            _ => row.share_30_patient(),
        };
        if let (Ok(percent), Ok(priority)) = (percent.parse(), row.priority().parse()) {
            self.percent = percent;
            self.priority = priority;
            self.public_first = row.public_first() == "1";
            // A share of the cost takes the place of "nothing but what the voucher states".
            self.up_to_cap = self.up_to_cap && percent == 0;
            self.certainty = row.certainty();
        }
        self
    }
}
