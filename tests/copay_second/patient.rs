//! A made-up patient's month, as plain values: what the generator makes and both readings take.

/// A day as year, month, day.
pub(crate) type Day = (i64, i64, i64);

#[derive(Debug, Clone)]
pub(crate) struct Patient {
    pub(crate) born: Day,
    pub(crate) year: i64,
    pub(crate) month: i64,
    /// 適用区分 as a claim names it.
    pub(crate) class: Option<&'static str>,
    /// low, general, above_threshold, active
    pub(crate) income: Option<&'static str>,
    pub(crate) frequent: bool,
    pub(crate) frequent_specified: bool,
    pub(crate) long_term: Option<i64>,
    pub(crate) inpatient: bool,
    pub(crate) payers: Vec<Payer>,
    pub(crate) visits: Vec<Visit>,
}

#[derive(Debug, Clone)]
pub(crate) struct Payer {
    /// 法別番号; `local` for a programme of a municipality.
    pub(crate) law: &'static str,
    pub(crate) cap: Option<i64>,
    pub(crate) local: Local,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Local {
    pub(crate) percent: Option<i64>,
    pub(crate) visit: Option<i64>,
    pub(crate) visits: Option<i64>,
    pub(crate) day: Option<i64>,
    pub(crate) days: Option<i64>,
    pub(crate) month: Option<i64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) day: i64,
    /// Days of a stay that the bill covers.
    pub(crate) stay: i64,
    /// Points, and the payers that they fall under.
    pub(crate) segments: Vec<(i64, Vec<usize>)>,
}

/// A settled month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) rate: i64,
    pub(crate) half: bool,
    pub(crate) cost: i64,
    pub(crate) insurer: i64,
    pub(crate) not_paid: i64,
    pub(crate) patient: i64,
    /// Place, base and what is left, in the order of the places.
    pub(crate) payers: Vec<(usize, i64, i64)>,
    pub(crate) due: Vec<i64>,
}
