//! A claim as a page like the paper form (診療報酬明細書, 様式第二).

use crate::{
    claim::{
        detail::{DetailKind, Unit},
        kinds::Month,
        view::{Claim, Facility},
    },
    date::ServiceDate,
    master::Masters,
};

use super::{
    html::{Html, figure},
    meals, names,
};

/// One sheet.
pub(super) fn sheet(masters: &Masters, claim: &Claim<'_>, out: &mut Html) {
    let Some(header) = claim.header() else { return };
    let month = header.service_month();
    let on = match month {
        Some(month) => month.last_day(),
        None => return,
    };
    out.raw("<section class=\"sheet\">");
    let place = if header.claim_type().is_some_and(|kind| kind.inpatient()) { "入院" } else { "入院外" };
    out.element("h1", "", &format!("診療報酬明細書（医科{place}）"));
    out.raw("<table class=\"pairs\">");
    out.pair("診療年月", &month.map_or_else(|| "？".to_owned(), |month| format!("{}（{month}）", era_month(month))));
    if let Some(kind) = header.claim_type() {
        out.pair("種別", &format!("{kind}　{}", names::of_type(kind)));
    }
    if let Some(facility) = claim.facility() {
        out.pair("医療機関", &facility_text(facility));
    }
    out.raw("</table>");
    payers(claim, out);
    patient(claim, out);
    diseases(masters, claim, on, out);
    out.raw("<div class=\"cols\">");
    parts(claim, out);
    details(masters, claim, on, out);
    out.raw("</div>");
    totals(masters, claim, on, out);
    out.raw("</section>");
}

fn facility_text(facility: Facility<'_>) -> String {
    let prefecture = facility.prefecture().map_or_else(String::new, |code| format!("{code:02}"));
    let code = facility.institution().unwrap_or_default();
    format!("{prefecture}-{code}　{}　{}", facility.name(), facility.phone().unwrap_or_default())
}

/// 令和8年7月.
fn era_month(month: Month) -> String {
    let era = month.first_day().era();
    era.find('月').and_then(|at| era.get(..at)).map_or_else(|| era.clone(), |text| format!("{text}月"))
}

fn payers(claim: &Claim<'_>, out: &mut Html) {
    out.raw("<table><thead><tr>");
    for head in ["", "保険者・負担者番号", "記号・番号／受給者番号", "実日数", "請求点", "負担金額"]
    {
        out.element("th", "", head);
    }
    out.raw("</tr></thead><tbody>");
    let mut row =
        |name: &str, number: &str, person: &str, days: Option<u32>, points: Option<u32>, copay: Option<u32>| {
            out.raw("<tr>").element("th", "", name).element("td", "", number).element("td", "", person);
            for value in [days, points, copay] {
                let text = value.map_or_else(String::new, |value| figure(i64::from(value)));
                out.element("td", "n", &text);
            }
            out.raw("</tr>");
        };
    if let Some(insurer) = claim.insurer() {
        let branch = claim.eligibilities().find(|one| one.payer() == Some(0)).and_then(|one| one.branch());
        let branch = branch.map_or_else(String::new, |branch| format!("（枝番）{branch}"));
        let person = format!("{}・{}{branch}", insurer.symbol(), insurer.insured_number());
        row(
            "保険",
            insurer.number().unwrap_or_default(),
            &person,
            insurer.days(),
            insurer.total_points(),
            insurer.copay(),
        );
    }
    for (place, payer) in ["第一公費", "第二公費", "第三公費", "第四公費"].iter().zip(claim.public_payers())
    {
        let recipient = payer.recipient().unwrap_or_default();
        row(place, payer.number().unwrap_or_default(), recipient, payer.days(), payer.total_points(), payer.copay());
    }
    out.raw("</tbody></table>");
}

fn patient(claim: &Claim<'_>, out: &mut Html) {
    let Some(header) = claim.header() else { return };
    out.raw("<table class=\"pairs\">");
    let sex = match header.sex() {
        Some(1) => "男",
        Some(2) => "女",
        _ => "",
    };
    let birth = header.birth_date().map_or_else(String::new, |day| day.era());
    out.pair("氏名", &format!("{}　{}", header.name(), header.kana()));
    out.pair("性別・生年月日", &format!("{sex}　{birth}"));
    let notes: Vec<String> = header.notes().map(|code| format!("{code}{}", names::of_note(code))).collect();
    if !notes.is_empty() {
        out.pair("特記事項", &notes.join("　"));
    }
    if let Some(chart) = header.chart_number() {
        out.pair("カルテ番号", chart);
    }
    if let Some(day) = header.admission_date() {
        out.pair("入院年月日", &day.era());
    }
    if let Some(rate) = header.benefit_rate() {
        out.pair("給付割合", &format!("{rate}%"));
    }
    out.raw("</table>");
}

fn diseases(masters: &Masters, claim: &Claim<'_>, on: ServiceDate, out: &mut Html) {
    out.raw("<table><thead><tr>");
    for head in ["傷病名", "診療開始日", "転帰"] {
        out.element("th", "", head);
    }
    out.raw("</tr></thead><tbody>");
    for disease in claim.diseases() {
        let mut name = names::of_disease(masters, disease, on);
        if disease.main() {
            name.push_str("（主）");
        }
        if !disease.remark().is_empty() {
            name = format!("{name}　{}", disease.remark());
        }
        let begun = disease.begun().map_or_else(String::new, |day| day.era());
        let outcome = match disease.outcome() {
            Some(2) => "治ゆ",
            Some(3) => "死亡",
            Some(4) => "中止",
            _ => "",
        };
        out.raw("<tr>").element("td", "", &name).element("td", "", &begun).element("td", "", outcome).raw("</tr>");
    }
    out.raw("</tbody></table>");
}

/// The left column: times and points of each part.
fn parts(claim: &Claim<'_>, out: &mut Html) {
    out.raw("<div><table><thead><tr>");
    for head in ["区分", "回", "点"] {
        out.element("th", "", head);
    }
    out.raw("</tr></thead><tbody>");
    let units: Vec<Unit<'_>> = claim.units().collect();
    for (from, to, name) in names::PARTS {
        let own = || units.iter().filter(|unit| (from..=to).contains(&unit.section()) && unit.points().is_some());
        if own().next().is_none() {
            continue;
        }
        let points: u64 = own().filter_map(Unit::total).sum();
        let times: u64 = own().filter_map(Unit::count).map(u64::from).sum();
        out.raw("<tr>").element("th", "", name).element("td", "n", &times.to_string());
        out.element("td", "n", &figure(i64::try_from(points).unwrap_or(i64::MAX))).raw("</tr>");
    }
    out.raw("</tbody></table></div>");
}

/// 摘要.
fn details(masters: &Masters, claim: &Claim<'_>, on: ServiceDate, out: &mut Html) {
    out.raw("<div><table><thead><tr>");
    for head in ["区分", "負担", "摘要", "点×回", "日"] {
        out.element("th", "", head);
    }
    out.raw("</tr></thead><tbody>");
    let mut group = None;
    for unit in claim.units() {
        let first = group != Some(unit.group);
        group = Some(unit.group);
        let price = unit
            .points()
            .map_or_else(String::new, |points| format!("{}×{}", figure(i64::from(points)), unit.count().unwrap_or(0)));
        out.raw(if first { "<tr class=\"group first\">" } else { "<tr class=\"group\">" });
        let section = if first { format!("{:02}", unit.section()) } else { String::new() };
        let mix = unit.payer_mix().filter(|_| first).map_or_else(String::new, |mix| mix.to_string());
        out.element("td", "", &section).element("td", "", &mix).raw("<td>");
        for line in &unit.lines {
            let (name, measure) = names::of_line(masters, *line, on);
            if line.kind == DetailKind::Comment {
                let text = line.remarks().map(|remark| super::decode(remark.text, line.record)).collect::<String>();
                out.element(
                    "div",
                    "remark",
                    &format!("{name}{}{text}", if name.is_empty() || text.is_empty() { "" } else { "　" }),
                );
                continue;
            }
            let quantity =
                line.quantity().map_or_else(String::new, |amount| format!("　{}{measure}", amount.normalize()));
            let product = line.product().map_or_else(String::new, |product| format!("　{product}"));
            out.element("div", "", &format!("{name}{quantity}{product}"));
            for remark in line.remarks() {
                let name = names::of_comment(masters, remark.code, on);
                out.element("div", "remark", &format!("{name}　{}", super::decode(remark.text, line.record)));
            }
        }
        out.raw("</td>").element("td", "n", &price).element("td", "", &days(&unit)).raw("</tr>");
    }
    for symptom in claim.symptoms() {
        out.raw("<tr class=\"first\"><td colspan=\"5\">").element("div", "remark", &symptom.text()).raw("</td></tr>");
    }
    out.raw("</tbody></table></div>");
}

fn days(unit: &Unit<'_>) -> String {
    let days = (1_u32..).zip(unit.days()).filter(|(_, count)| *count > 0);
    let one = |(day, count)| if count == 1 { format!("{day}") } else { format!("{day}×{count}") };
    days.map(one).collect::<Vec<_>>().join(" ")
}

fn totals(masters: &Masters, claim: &Claim<'_>, on: ServiceDate, out: &mut Html) {
    let points: u64 = claim.units().filter(|unit| unit.section() != 97).filter_map(|unit| unit.total()).sum();
    out.raw("<table class=\"pairs\">");
    out.pair("合計点数", &format!("{}点", figure(i64::try_from(points).unwrap_or(i64::MAX))));
    if let Some((Some(count), amount)) = claim.insurer().map(|insurer| insurer.meals()) {
        out.pair("食事・生活療養", &format!("{count}回　{}円", figure(i64::from(amount.unwrap_or(0)))));
    }
    if let Some(Ok(charge)) = meals::charge(masters, claim, on) {
        out.pair("標準負担額", &format!("{}円", figure(charge)));
    }
    out.raw("</table>");
}
