//! The patient's papers: 領収証 with the sums of each part, 明細書 with every line (療担規則 第5条の2・第5条の2の2).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    calculation::Calculation,
    claim::{
        detail::DetailKind,
        kinds::{ClaimType, PayerClass},
        view::{Claim, Header},
    },
    code::ProcedureCode,
    copay::{Copay, rate},
    date::ServiceDate,
    fee::{Verdict, VisitStatement},
    master::{Masters, Procedure, Role},
    money::Yen,
};

use super::{
    html::{Html, figure},
    meals, names,
};

/// The parts of the form, in its order.
const PARTS: [&str; 18] = [
    "初・再診料",
    "入院料等",
    "医学管理等",
    "在宅医療",
    "検査",
    "画像診断",
    "投薬",
    "注射",
    "リハビリテーション",
    "精神科専門療法",
    "処置",
    "手術",
    "麻酔",
    "放射線治療",
    "病理診断",
    "その他",
    "食事・生活療養（円）",
    "うち標準負担額（円）",
];
const OTHER: usize = 15;
const MEALS: usize = 16;
const CHARGE: usize = 17;

/// What a paper says.
#[derive(Default)]
pub(super) struct Bill {
    pub(super) facility: String,
    pub(super) patient: String,
    pub(super) period: String,
    lines: Vec<BillLine>,
    total: i64,
    /// 負担割合 in tenths.
    tenths: Option<u8>,
    amount: Option<i64>,
    /// 標準負担額 of meals; an error where the claim does not tell it.
    meals: Option<Result<i64, &'static str>>,
    /// Where the amount comes from, or why there is none.
    note: String,
    /// What lies outside the insurance.
    outside: Vec<(String, Option<i64>)>,
}

struct BillLine {
    part: usize,
    names: Vec<String>,
    points: Option<i64>,
    count: u32,
}

/// The part of a section; what stands under その他 goes by the letter of the fee schedule.
fn part(section: u8, fee_item: &str) -> usize {
    match (section, fee_item.chars().next()) {
        (11 | 12, _) => 0,
        (90 | 92, _) => 1,
        (13, _) => 2,
        (14, _) => 3,
        (60, Some('N')) => 14,
        (60, _) => 4,
        (70, _) => 5,
        (20..=29, _) | (_, Some('F')) => 6,
        (30..=39, _) => 7,
        (_, Some('H')) => 8,
        (_, Some('I')) => 9,
        (40, _) => 10,
        (50, _) => 11,
        (54, _) => 12,
        (_, Some('M')) => 13,
        (97, _) => MEALS,
        _ => OTHER,
    }
}

impl Bill {
    /// What a claim says of the month.
    pub(super) fn of_claim(masters: &Masters, claim: &Claim<'_>) -> Option<Self> {
        let header = claim.header()?;
        let month = header.service_month()?;
        let on = month.last_day();
        let mut bill = Self {
            facility: claim.facility().map_or_else(String::new, |facility| facility.name().into_owned()),
            patient: header.name().into_owned(),
            period: format!("{} ～ {}", month.first_day().era(), month.last_day().era()),
            ..Self::default()
        };
        let mut days: BTreeMap<u32, i64> = BTreeMap::new();
        for unit in claim.units() {
            let items: Vec<_> = unit.items().collect();
            let (Some(first), Some(points)) = (items.first(), unit.points()) else { continue };
            let names = items.iter().map(|line| {
                let (name, measure) = names::of_line(masters, *line, on);
                let amount =
                    line.quantity().map_or_else(String::new, |amount| format!("　{}{measure}", amount.normalize()));
                format!("{name}{amount}")
            });
            let item = if first.kind == DetailKind::Procedure {
                fee_item(masters, first.code_text(), on)
            } else {
                String::new()
            };
            let part = match part(unit.section(), &item) {
                MEALS if meals::of_unit(masters, &unit, on) == meals::Of::Charge => CHARGE,
                part => part,
            };
            let (points, count) = (i64::from(points), unit.count().unwrap_or(0));
            bill.lines.push(BillLine { part, names: names.collect(), points: Some(points), count });
            if !matches!(part, MEALS | CHARGE) {
                bill.total = bill.total.saturating_add(points.saturating_mul(i64::from(count)));
                for (day, times) in (1_u32..).zip(unit.days()).filter(|(_, times)| *times > 0) {
                    let sum = days.entry(day).or_default();
                    *sum = sum.saturating_add(points.saturating_mul(i64::from(times)));
                }
            }
        }
        bill.meals = meals::charge(masters, claim, on);
        bill.window(masters, claim, &days);
        Some(bill)
    }

    /// What the patient paid, as far as the claim tells.
    fn window(&mut self, masters: &Masters, claim: &Claim<'_>, days: &BTreeMap<u32, i64>) {
        self.tenths = tenths(masters, claim);
        let last = claim.public_payers().last();
        if let Some(copay) = last.and_then(|payer| payer.copay()) {
            self.amount = Some(i64::from(copay));
            "明細書の公費の負担金額による".clone_into(&mut self.note);
        } else if last.is_some() {
            "公費の負担金額が明細書にない".clone_into(&mut self.note);
        } else if let Some(copay) = claim.insurer().and_then(|insurer| insurer.copay()) {
            self.amount = Some(i64::from(copay));
            "明細書の負担金額（高額療養費の限度額）による".clone_into(&mut self.note);
        } else if let Some(tenths) = self.tenths {
            let day = |points: &i64| Yen::new(points.checked_mul(10)?).ok()?.share(tenths).ok()?.rounded_to_ten().ok();
            let sum = days.values().try_fold(0_i64, |sum, points| sum.checked_add(day(points)?.get()));
            let whole = days.values().try_fold(0_i64, |sum, points| sum.checked_add(*points)) == Some(self.total);
            let stay = claim.header().and_then(Header::claim_type).is_some_and(ClaimType::inpatient);
            self.amount = if stay { day(&self.total).map(Yen::get) } else { sum.filter(|_| whole) };
            let note = if stay {
                "1月分の10円未満を四捨五入した額（健康保険法 第75条）"
            } else if self.amount.is_some() {
                "1日ごとに10円未満を四捨五入した額（健康保険法 第75条）"
            } else {
                "算定日のない行があり、窓口の額が定まらない"
            };
            note.clone_into(&mut self.note);
        } else {
            "負担割合が明細書から定まらない".clone_into(&mut self.note);
        }
    }

    /// One visit of a calculation.
    pub(super) fn of_visit(
        masters: &Masters,
        visit: &VisitStatement,
        copay: Option<&Copay>,
        who: (&str, &str),
    ) -> Self {
        let (facility, patient) = (who.0.to_owned(), who.1.to_owned());
        let mut bill = Self { facility, patient, period: visit.date.era(), ..Self::default() };
        for line in visit.lines.iter().filter(|line| line.verdict == Verdict::Charged) {
            let section: u8 = line.section.parse().unwrap_or(80);
            let item =
                line.code.as_deref().map_or_else(String::new, |code| fee_item(masters, code.as_bytes(), visit.date));
            let mut names = vec![line.name.clone()];
            if let (Some(quantity), Some(unit)) = (&line.quantity, &line.unit) {
                names = vec![format!("{}　{quantity}{unit}", line.name)];
            }
            if !line.drugs.is_empty() {
                names =
                    line.drugs.iter().map(|drug| format!("{}　{}{}", drug.name, drug.quantity, drug.unit)).collect();
            }
            let mut part = part(section, &item);
            let mut points = line.points.map(|points| points.get());
            let mut count = line.count;
            if let Some(yen) = line.yen {
                (points, count) = (Some(yen.get()), 1);
                let code = line.code.as_deref().unwrap_or_default();
                if part == MEALS && meals::of_code(masters, code.as_bytes(), visit.date) == meals::Of::Charge {
                    part = CHARGE;
                    let sum = bill.meals.and_then(Result::ok).unwrap_or(0);
                    bill.meals = Some(Ok(sum.saturating_add(yen.get())));
                }
            }
            bill.lines.push(BillLine { part, names, points, count });
        }
        bill.total = visit.total_points.get();
        bill.tenths = copay.and_then(|copay| copay.rate_tenths);
        bill.amount = copay.filter(|_| visit.settled).and_then(|copay| copay.amount).map(Yen::get);
        bill.note =
            if visit.settled { String::new() } else { "要確認の行があり、額は定まらない".to_owned() };
        bill.outside = visit
            .elective_care
            .iter()
            .map(|care| (format!("選定療養 {}", care.names.join("、")), care.amount.map(Yen::get)))
            .collect();
        bill
    }

    /// 領収証.
    pub(super) fn receipt(&self, out: &mut Html) {
        out.raw("<section class=\"sheet\">").element("h1", "", "領収証");
        self.head(out);
        out.raw("<table><thead><tr>");
        for head in ["区分", "点数", "区分", "点数"] {
            out.element("th", "", head);
        }
        out.raw("</tr></thead><tbody>");
        let mut cells = PARTS.iter().enumerate().map(|(part, name)| {
            let own: Vec<&BillLine> = self.lines.iter().filter(|line| line.part == part).collect();
            let sum = own
                .iter()
                .try_fold(0_i64, |sum, line| sum.checked_add(line.points?.checked_mul(i64::from(line.count))?));
            (*name, if own.is_empty() { String::new() } else { sum.map_or_else(|| "？".to_owned(), figure) })
        });
        while let Some((name, sum)) = cells.next() {
            out.raw("<tr>").element("th", "", name).element("td", "n", &sum);
            let (name, sum) = cells.next().unwrap_or(("", String::new()));
            out.element("th", "", name).element("td", "n", &sum).raw("</tr>");
        }
        out.raw("</tbody></table><table class=\"pairs\">");
        out.pair("合計", &format!("{}点（{}円）", figure(self.total), figure(self.total.saturating_mul(10))));
        out.pair("負担割合", &self.tenths.map_or_else(|| "—".to_owned(), |tenths| format!("{tenths}割")));
        for (name, amount) in &self.outside {
            out.pair("保険外負担", &format!("{name}　{}円", amount.map_or_else(|| "？".to_owned(), figure)));
        }
        out.raw("</table><p>").element("span", "", "今回請求額（保険分）　");
        out.element(
            "span",
            "big",
            &self.amount.map_or_else(|| "定まらない".to_owned(), |yen| format!("{}円", figure(yen))),
        );
        out.raw("</p>");
        if let Some(meals) = self.meals {
            let yen = meals.map_or_else(|why| format!("定まらない（{why}）"), |yen| format!("{}円", figure(yen)));
            out.raw("<p>").element("span", "", "食事・生活療養の標準負担額　").element("span", "big", &yen).raw("</p>");
        }
        out.element("p", "note", &self.note);
        out.element(
            "p",
            "note",
            "厚生労働省が定める診療報酬や薬価等には、医療機関等が仕入れ時に負担する消費税が反映されています。",
        );
        out.raw("</section>");
    }

    /// 明細書.
    pub(super) fn statement(&self, out: &mut Html) {
        out.raw("<section class=\"sheet\">").element("h1", "", "診療明細書");
        self.head(out);
        out.raw("<table><thead><tr>");
        for head in ["部", "項目名", "点数", "回数"] {
            out.element("th", "", head);
        }
        out.raw("</tr></thead><tbody>");
        for (part, name) in PARTS.iter().enumerate() {
            let mut first = true;
            for line in self.lines.iter().filter(|line| line.part == part) {
                out.raw(if first { "<tr class=\"first\">" } else { "<tr>" });
                out.element("td", "", if first { name } else { "" }).raw("<td>");
                for name in &line.names {
                    out.element("div", "", name);
                }
                let points = line.points.map_or_else(|| "？".to_owned(), figure);
                out.raw("</td>").element("td", "n", &points).element("td", "n", &line.count.to_string()).raw("</tr>");
                first = false;
            }
        }
        out.raw("</tbody><tfoot><tr>").element("td", "", "合計").element("td", "", "");
        out.element("td", "n", &figure(self.total)).element("td", "", "").raw("</tr></tfoot></table></section>");
    }

    fn head(&self, out: &mut Html) {
        out.raw("<table class=\"pairs\">");
        out.pair("氏名", &self.patient).pair("診療日・期間", &self.period).pair("医療機関", &self.facility);
        out.raw("</table>");
    }
}

/// What a calculation says, visit by visit.
pub(super) fn of_calculation(masters: &Masters, calculation: &Calculation, who: (&str, &str)) -> Vec<Bill> {
    let visits = &calculation.statement.visits;
    visits
        .iter()
        .enumerate()
        .map(|(place, visit)| Bill::of_visit(masters, visit, calculation.copay.get(place), who))
        .collect()
}

fn fee_item(masters: &Masters, code: &[u8], on: ServiceDate) -> String {
    let code: Option<ProcedureCode> = core::str::from_utf8(code).ok().and_then(|code| code.parse().ok());
    let row: Option<Procedure<'_>> = code.and_then(|code| masters.row(&code, on));
    row.map_or_else(String::new, |row| row.fee_item().to_owned())
}

/// 負担割合 by レセプト種別 and 特記事項, where they tell it.
fn tenths(masters: &Masters, claim: &Claim<'_>) -> Option<u8> {
    let header = claim.header()?;
    let kind = header.claim_type()?;
    if let Some(rate) = header.benefit_rate().filter(|rate| *rate <= 100 && rate % 10 == 0) {
        return u8::try_from((100 - rate) / 10).ok();
    }
    let on = header.service_month()?.first_day();
    let late = kind.payer_class() == PayerClass::LateElderly;
    let class = match (kind.payer_class(), kind.patient_digit()) {
        (PayerClass::Public, _) => return None,
        (_, 9 | 0) if late => "late_elderly.active",
        (_, 9 | 0) => "70_to_74.active",
        (_, 1 | 2 | 5 | 6) => "standard",
        (_, 3 | 4) => "preschool",
        // Before there were two tenths there was nothing that a note had to tell.
        (PayerClass::LateElderly, _) if rate::tenths(masters, "late_elderly.above_threshold", on).is_none() => {
            "late_elderly.general"
        }
        (PayerClass::LateElderly, _) => header.notes().find_map(|note| class_of_note(masters, note, on))?,
        _ if rate::is_special(masters, header.birth_date()?, on) => "70_to_74.special",
        _ => "70_to_74.general",
    };
    rate::tenths(masters, class, on)
}

/// The class of a late-elderly patient's share by the note of the ceiling class (`note.…` of masters/roles.csv).
fn class_of_note(masters: &Masters, note: &str, on: ServiceDate) -> Option<&'static str> {
    const CLASSES: [(&str, &str); 4] = [
        ("late.general_2", "late_elderly.above_threshold"),
        ("late.general_1", "late_elderly.general"),
        ("from_70.low_2", "late_elderly.low"),
        ("from_70.low_1", "late_elderly.low"),
    ];
    let number: Decimal = note.parse().ok()?;
    let is = |key: &str| masters.row::<Role<'_>>(key, on).is_some_and(|row| row.value() == number);
    let own = |class: &str| is(&format!("note.{class}")) || is(&format!("note.{class}.frequent"));
    CLASSES.iter().find(|(class, _)| own(class)).map(|(_, share)| *share)
}
