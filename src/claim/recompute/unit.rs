//! What a claim charges: its units (点数・回数算定単位) with their lines, days and points, free of the bytes of the file.

use rust_decimal::Decimal;

use crate::{
    claim::{
        detail::{Detail, DetailKind},
        kinds::PayerMix,
    },
    code::{DrugCode, MaterialCode, ProcedureCode},
    fee::written::{DrugsOf, Written},
};

/// One line of a unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// Number of the line in the file.
    pub(crate) line: u64,
    pub(crate) what: Result<Written, Malformed>,
}

/// A line whose code or quantity is no such thing: the check of the records says so.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Malformed {
    pub(crate) code: String,
    pub(crate) why: &'static str,
}

/// Lines that share one figure of points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// 診療識別, of the first line of the group.
    pub(crate) section: u8,
    /// Which group (剤) of the claim it belongs to, from 0 on.
    pub(crate) group: usize,
    /// 負担区分.
    pub(crate) burden: Option<PayerMix>,
    pub(crate) entries: Vec<Entry>,
    /// Points for one time; none on a unit that is not closed.
    pub(crate) points: Option<i64>,
    pub(crate) count: u32,
    /// The days with how many times each, in order.
    pub(crate) days: Vec<(u32, u32)>,
}

impl Unit {
    /// The line that carries the points.
    pub(crate) fn line(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.line)
    }

    /// Whether it has drugs or materials only.
    pub(crate) fn is_supplies(&self) -> bool {
        !self.entries.iter().any(|entry| matches!(entry.what, Ok(Written::Procedure(..))))
    }

    /// Which rule turns its drugs into points (F200; G100; C200, D500 and the like).
    pub(crate) fn drugs_of(&self) -> DrugsOf {
        match self.section {
            20..=29 => DrugsOf::Prescription,
            30..=39 => DrugsOf::Injection,
            _ => DrugsOf::Procedure,
        }
    }
}

/// What a line says.
pub(crate) fn written(line: Detail<'_>) -> Result<Written, Malformed> {
    let wrong = |why| Malformed { code: line.record.ascii(4).unwrap_or_default().to_owned(), why };
    match line.kind {
        DetailKind::Procedure | DetailKind::Comment => {
            let code = line.code().and_then(ProcedureCode::from_number);
            let code = code.ok_or_else(|| wrong("診療行為コードではない"))?;
            Ok(Written::Procedure(code, line.quantity()))
        }
        DetailKind::Drug => {
            let code = line.code().and_then(DrugCode::from_number);
            let code = code.ok_or_else(|| wrong("医薬品コードではない"))?;
            let amount = line.quantity().ok_or_else(|| wrong("使用量がない"))?;
            Ok(Written::Drug(code, amount))
        }
        DetailKind::Material => {
            let code = line.code().and_then(MaterialCode::from_number);
            let code = code.ok_or_else(|| wrong("特定器材コードではない"))?;
            let amount = line.quantity().unwrap_or(Decimal::ONE);
            Ok(Written::Material { code, amount, price: line.unit_price() })
        }
    }
}
