//! One row of the 地単公費 master, column by column.

use super::{
    Insurance, Wanted,
    columns::{CONDITIONS, MEALS, NOT_FOLLOWED, SCOPE_IN, SCOPE_OUT},
    free,
};
use crate::{
    copay::{
        class::Setting,
        figure::{Figure, figure},
        local::{Local, LocalPattern, LocalRounding},
    },
    date::Age,
    master::{Certainty, LocalSubsidy, Masters},
    money::Yen,
};

const LOCAL: &str = "describe the programme with `local`";
const VOUCHER: &str =
    "check the condition on the voucher and say `eligible: true`, or describe the programme with `local`";

/// A column that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt {
    pub(super) column: u16,
    pub(super) title: &'static str,
    pub(super) value: String,
    pub(super) why: &'static str,
    pub(super) help: &'static str,
}

/// A row that covers the patient, or may.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) key: String,
    pub(super) local: Local,
    pub(super) doubts: Vec<Doubt>,
}

/// Reads a row; none when it does not cover the patient.
pub(super) fn read(masters: &Masters, row: LocalSubsidy<'_>, wanted: &Wanted<'_>) -> Option<Candidate> {
    let mut reader = Reader { masters, row, wanted, doubts: Vec::new(), certainty: row.certainty() };
    if !reader.covers() {
        return None;
    }
    reader.conditions();
    let pattern = reader.pattern();
    let name = if row.name().is_empty() { "地方単独" } else { row.name() };
    let local = Local { name: name.to_owned(), pattern, certainty: reader.certainty, meals: false };
    Some(Candidate { key: format!("{}（{name}）", row.code()), local, doubts: reader.doubts })
}

struct Reader<'a> {
    masters: &'a Masters,
    row: LocalSubsidy<'a>,
    wanted: &'a Wanted<'a>,
    doubts: Vec<Doubt>,
    certainty: Certainty,
}

impl<'a> Reader<'a> {
    /// A column by its place in the published file (from the 12th on the pack has the same places).
    fn text(&self, column: u16) -> &'a str {
        self.row.table.text(column, self.row.row)
    }

    fn inpatient(&self) -> bool {
        self.wanted.setting == Setting::Inpatient
    }

    fn doubt(&mut self, column: u16, title: &'static str, why: &'static str, help: &'static str) {
        let value = self.text(column).to_owned();
        self.doubts.push(Doubt { column, title, value, why, help });
    }

    /// What a value of a list of values means.
    fn meaning(&mut self, list: &str, column: u16, title: &'static str) -> Option<i64> {
        let name = format!("subsidy.{list}.{}", self.text(column));
        let found: Option<Figure<'_>> = figure(self.masters, &name, self.wanted.on);
        match found {
            Some(found) => {
                self.certainty = self.certainty.max(found.certainty);
                Some(found.value)
            }
            None => {
                self.doubt(column, title, "what this value means is not known", LOCAL);
                None
            }
        }
    }

    /// Yes or no; none when the column is blank or its value not known.
    fn flag(&mut self, column: u16, title: &'static str) -> Option<bool> {
        if self.text(column).is_empty() {
            return None;
        }
        self.meaning("flag", column, title).map(|value| value != 0)
    }

    fn number(&mut self, column: u16, title: &'static str) -> Option<i64> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok().filter(|number| (0..=1_000_000_000).contains(number));
        if number.is_none() {
            self.doubt(column, title, "this is no number of yen, times, days or years", LOCAL);
        }
        number
    }

    fn yen(&mut self, column: u16, title: &'static str) -> Option<Yen> {
        self.number(column, title).and_then(|number| Yen::new(number).ok())
    }

    fn count(&mut self, column: u16, title: &'static str) -> Option<u32> {
        self.number(column, title).and_then(|number| u32::try_from(number).ok())
    }

    /// Whether the row covers this age, setting and insurance. What cannot be told is a doubt, not a no.
    fn covers(&mut self) -> bool {
        let (inpatient, outpatient) = (self.flag(16, "医科 入院"), self.flag(17, "医科 外来"));
        let mine = if self.inpatient() { inpatient } else { outpatient };
        // Where one of them is said, the blank one is not covered; where none is, the row is for both.
        if mine == Some(false) || (mine.is_none() && (inpatient == Some(true) || outpatient == Some(true))) {
            return false;
        }
        let insured = [
            (Insurance::Employees, self.flag(18, "保険種別 社保")),
            (Insurance::National, self.flag(19, "保険種別 国保")),
            (Insurance::LateElderly, self.flag(20, "保険種別 後期高齢")),
        ];
        let said = insured.iter().any(|(_, flag)| flag.is_some());
        if said && !insured.iter().all(|(_, flag)| *flag == Some(true)) {
            match self.wanted.insurance {
                Some(mine) if insured.iter().any(|(kind, flag)| *kind == mine && *flag == Some(true)) => {}
                Some(_) => return false,
                None => self.doubt(
                    18,
                    "保険種別",
                    "the benefit depends on the insurance",
                    "give coverage.insurer (保険者番号)",
                ),
            }
        }
        self.old_enough() && self.young_enough()
    }

    /// 年齢（以上）
    fn old_enough(&mut self) -> bool {
        let Some(years) = self.count(13, "対象年齢（以上）") else { return true };
        let Some(age) = Age::on(self.wanted.month.birth_date, self.wanted.on) else { return false };
        // Every basis lies within a year of the birthday.
        if age.years() > years {
            return true;
        }
        if age.years().saturating_add(1) < years {
            return false;
        }
        match self.age_basis(12, "年齢基準（以上）") {
            Some(AgeBasis::Birthday) => age.years() >= years,
            Some(AgeBasis::SchoolYear) => {
                self.doubt(12, "年齢基準（以上）", "with which school year it begins is not said", LOCAL);
                true
            }
            None => true,
        }
    }

    /// 年齢（未満）
    fn young_enough(&mut self) -> bool {
        let Some(years) = self.count(15, "対象年齢（未満）") else { return true };
        let Some(age) = Age::on(self.wanted.month.birth_date, self.wanted.on) else { return false };
        if age.years().saturating_add(1) < years {
            return true;
        }
        if age.years() > years {
            return false;
        }
        match self.age_basis(14, "年齢基準（未満）") {
            Some(AgeBasis::Birthday) => age.years() < years,
            Some(AgeBasis::SchoolYear) => age.within_school_year_of(years),
            None => true,
        }
    }

    fn age_basis(&mut self, column: u16, title: &'static str) -> Option<AgeBasis> {
        if self.text(column).is_empty() {
            self.doubt(column, title, "at this age it matters on which day the age counts", LOCAL);
            return None;
        }
        Some(if self.meaning("age", column, title)? == 2 { AgeBasis::SchoolYear } else { AgeBasis::Birthday })
    }

    /// Conditions on the person, and what no pattern has.
    fn conditions(&mut self) {
        let payer = self.wanted.month.payers.get(self.wanted.place);
        let judged = payer.is_some_and(|payer| payer.eligible);
        for (column, title) in CONDITIONS {
            if !judged && !self.silent(column) {
                self.doubt(column, title, "the benefit depends on this condition", VOUCHER);
            }
        }
        for (column, title) in NOT_FOLLOWED {
            if !self.silent(column) {
                self.doubt(column, title, "this condition is not worked out", LOCAL);
            }
        }
        if self.inpatient() && !self.wanted.month.meals.is_empty() {
            for (column, title) in MEALS {
                if !self.silent(column) {
                    self.doubt(column, title, "what it leaves of meals and living care is not worked out", LOCAL);
                }
            }
        }
        if self.wanted.beside && self.flag(90, "他の公費負担医療の自己負担 助成有無") != Some(true) {
            let why = "whether the programme takes over what another public payer leaves is not said";
            self.doubt(90, "他の公費負担医療の自己負担 助成有無", why, LOCAL);
        }
        for (column, title) in [(91, "他事業の指定(1)"), (92, "他事業の指定(2)"), (93, "他事業の指定(3)")]
        {
            if self.wanted.beside && !self.silent(column) {
                self.doubt(column, title, "which programmes are meant is not worked out", LOCAL);
            }
        }
    }

    /// Whether a column says nothing. A zero of a column of conditions is a no.
    fn silent(&self, column: u16) -> bool {
        matches!(self.text(column), "" | "0")
    }

    fn pattern(&mut self) -> LocalPattern {
        let refunded = !self.text(35).is_empty() && self.meaning("method", 35, "助成方法") == Some(0);
        let mut pattern = if self.inpatient() { self.inpatient_limits() } else { self.outpatient_limits() };
        pattern.refunded = refunded;
        pattern.first_visit_only = !self.inpatient() && self.flag(37, "初診時のみ条件") == Some(true);
        if pattern.first_visit_only && !matches!(self.text(36), "" | "1") {
            // 設定条件フラグ: whether the condition is one of the benefit or of what is left to the patient.
            if self.meaning("condition", 36, "設定条件フラグ") != Some(1) {
                self.doubt(36, "設定条件フラグ", "whose condition 初診時のみ is, is not known", LOCAL);
            }
        }
        let joint = self.flag(66, "上限額入院外来合算フラグ") == Some(true);
        let settings = |setting: Setting| self.wanted.month.visits.iter().any(|visit| visit.setting == setting);
        if joint && settings(Setting::Inpatient) && settings(Setting::Outpatient) {
            let why = "one limit over inpatient and outpatient care is not worked out";
            self.doubt(66, "上限額入院外来合算フラグ", why, LOCAL);
        }
        let limited = [pattern.visit_max, pattern.day_max, pattern.month_max].iter().any(Option::is_some);
        if limited && self.flag(65, "上限額識別フラグ") == Some(false) {
            self.doubt(65, "上限額識別フラグ", "it denies the limits that the row has", LOCAL);
        }
        let scope = self.scope(&mut pattern);
        self.rounding(&mut pattern);
        if scope == Some(Scope::Everything) {
            // Nothing is left to the patient, whatever the limits.
            return LocalPattern { refunded, ..free() };
        }
        if scope.is_none() && !limited && self.doubts.is_empty() {
            let (column, title) = if self.inpatient() { (50, SCOPE_IN) } else { (55, SCOPE_OUT) };
            self.doubt(column, title, "the row names neither a share nor a limit", LOCAL);
        }
        pattern
    }

    fn outpatient_limits(&mut self) -> LocalPattern {
        let many = self
            .frequent_limit((68, "多数回該当上限額変動フラグ 外来"), (81, "1月当たりの上限額（多数回該当）（外来）"));
        let usual = self.yen(80, "1月当たりの上限額（外来）");
        LocalPattern {
            visit_max: self.yen(76, "1回当たりの上限額（外来）"),
            visit_count: self.count(77, "1回当たりの上限額の適用上限回数"),
            day_max: self.yen(78, "1日当たりの上限額（外来）"),
            day_count: self.count(79, "1日当たりの上限額の適用上限日数"),
            month_max: many.or(usual),
            ..LocalPattern::default()
        }
    }

    fn inpatient_limits(&mut self) -> LocalPattern {
        for (column, title) in [(72, "入院日数条件開始日"), (73, "入院日数条件終了日")] {
            if !self.silent(column) {
                self.doubt(column, title, "days of a stay with a limit of their own are not worked out", LOCAL);
            }
        }
        let many = self
            .frequent_limit((67, "多数回該当上限額変動フラグ 入院"), (75, "1月当たりの上限額（多数回該当）（入院）"));
        let usual = self.yen(74, "1月当たりの上限額（入院）");
        LocalPattern {
            day_max: self.yen(71, "1日当たりの上限額（入院）"),
            month_max: many.or(usual),
            ..LocalPattern::default()
        }
    }

    /// The month's limit of 多数回該当, where it changes and the patient is one.
    fn frequent_limit(&mut self, flag: (u16, &'static str), limit: (u16, &'static str)) -> Option<Yen> {
        if !self.wanted.month.coverage.frequent || self.flag(flag.0, flag.1) != Some(true) {
            return None;
        }
        let yen = self.yen(limit.0, limit.1);
        if yen.is_none() {
            self.doubt(limit.0, limit.1, "the flag says that the limit changes, but no amount stands here", LOCAL);
        }
        yen
    }

    /// 助成・自己負担範囲詳細 with its figures.
    fn scope(&mut self, pattern: &mut LocalPattern) -> Option<Scope> {
        let inpatient = self.inpatient();
        let at = |place: u16| if inpatient { 50 + place } else { 55 + place };
        let title = if inpatient { SCOPE_IN } else { SCOPE_OUT };
        let scope = match self.text(at(0)) {
            "" => None,
            _ => self.meaning("scope", at(0), title),
        };
        if !self.text(at(1)).is_empty() {
            self.doubt(at(1), "固定額", "a visit, a day or a month: the row does not say of what", LOCAL);
        }
        for (place, title) in [(3, "分数：分子"), (4, "分数：分母")] {
            if !self.text(at(place)).is_empty() {
                self.doubt(at(place), title, "of what it is a part is not said", LOCAL);
            }
        }
        let percent = self.number(at(2), "割合");
        match (scope, percent) {
            (Some(0), _) => return Some(Scope::Everything),
            (Some(1), Some(percent)) => match u8::try_from(percent).ok().filter(|percent| *percent <= 100) {
                Some(percent) => pattern.percent = Some(percent),
                None => self.doubt(at(2), "割合", "this is no percentage", LOCAL),
            },
            (_, Some(_)) => self.doubt(at(2), "割合", "whose part it is, is not said", LOCAL),
            _ => {}
        }
        scope.map(|_| Scope::Part)
    }

    /// 端数条件
    fn rounding(&mut self, pattern: &mut LocalPattern) {
        const TITLES: [&str; 2] = ["端数条件 計算単位", "端数条件 計算方法"];
        if self.text(69).is_empty() && self.text(70).is_empty() {
            if pattern.percent.is_some() {
                self.doubt(70, TITLES[1], "how the percentage is rounded is not said", LOCAL);
            }
            return;
        }
        let (unit, how) = (self.meaning("unit", 69, TITLES[0]), self.meaning("rounding", 70, TITLES[1]));
        let (Some(unit), Some(how)) = (unit, how) else { return };
        let rounding = match (unit, how) {
            (10, 0) => LocalRounding::TenDown,
            (10, 1) => LocalRounding::Ten,
            (10, 2) => LocalRounding::TenUp,
            (1, 0) => LocalRounding::OneDown,
            (1, 1) => LocalRounding::One,
            (1, 2) => LocalRounding::OneUp,
            _ => return self.doubt(69, TITLES[0], "no such unit", LOCAL),
        };
        pattern.rounding = rounding;
        // Without a percentage it is the share of insurance that would be rounded; the window has done so to ten yen.
        if pattern.percent.is_none() && rounding != LocalRounding::Ten {
            self.doubt(70, TITLES[1], "a rounding of the insurance's own share is not worked out", LOCAL);
        }
    }
}

/// How much of the patient's share the programme takes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Everything,
    Part,
}

/// On which day an age counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AgeBasis {
    Birthday,
    SchoolYear,
}
