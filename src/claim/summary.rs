//! The claims of a file at a glance.

use serde::Serialize;

use super::view::Claim;
use crate::date::ServiceDate;

/// One claim at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ClaimSummary {
    /// The line of its `RE` record.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub line: u64,
    /// レセプト番号.
    pub number: Option<u32>,
    /// レセプト種別: four digits.
    pub claim_type: Option<String>,
    /// Month of service, `YYYY-MM`.
    pub month: Option<String>,
    /// 氏名.
    pub name: String,
    /// 男女区分: 1 male, 2 female.
    pub sex: Option<u32>,
    /// 生年月日.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub birth_date: Option<ServiceDate>,
    /// 保険者番号, or the first 公費負担者番号 where public payers pay alone.
    pub payer: Option<String>,
    /// 診療実日数 of that payer.
    pub days: Option<u32>,
    /// 合計点数 of that payer.
    pub points: Option<u32>,
    /// 傷病名 records.
    pub diseases: usize,
    /// Units (点数・回数算定単位).
    pub units: usize,
}

impl ClaimSummary {
    /// What a claim is at a glance; nothing without its header.
    #[must_use]
    pub fn of(claim: &Claim<'_>) -> Option<Self> {
        let header = claim.header()?;
        let (insurer, public) = (claim.insurer(), claim.public_payers().next());
        let payer = insurer.map_or_else(|| public.and_then(|payer| payer.number()), |insurer| insurer.number());
        let days = insurer.map_or_else(|| public.and_then(|payer| payer.days()), |insurer| insurer.days());
        let points =
            insurer.map_or_else(|| public.and_then(|payer| payer.total_points()), |insurer| insurer.total_points());
        Some(Self {
            line: header.record().line(),
            number: header.number(),
            claim_type: header.claim_type().map(|kind| kind.to_string()),
            month: header.service_month().map(|month| month.to_string()),
            name: header.name().into_owned(),
            sex: header.sex(),
            birth_date: header.birth_date(),
            payer: payer.map(str::to_owned),
            days,
            points,
            diseases: claim.diseases().count(),
            units: claim.units().filter(|unit| unit.points().is_some()).count(),
        })
    }
}
