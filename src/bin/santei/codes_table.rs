//! The answers of the commands of codes as text.

use std::io::{self, Write};

use santei::lookup::{
    comment::{CommentCard, Comments, ComposedComment},
    disease::{ComposedDisease, Decomposed, Icd10Role, Succession},
    drug::{DrugCard, DrugProduct, DrugRole},
    item::FeeItem,
    lab::{LabCard, LabOfProcedure},
};

use crate::{calc::plain_table, codes::faults};

pub(crate) fn composed(found: &ComposedDisease, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", found.name)?;
    if let Some(base) = &found.base {
        writeln!(out, "傷病名コード {}　修飾語コード {}", base.code, found.modifier_codes)?;
    }
    let icd10: Vec<String> = found.icd10.iter().map(|part| format!("{}{}", part.shown, mark(part.role))).collect();
    if !icd10.is_empty() {
        writeln!(out, "ICD-10 {}", icd10.join(" "))?;
    }
    let mut marks = Vec::new();
    marks.extend(found.suspected.then_some("疑い"));
    marks.extend(found.main.then_some("主傷病"));
    if !marks.is_empty() {
        writeln!(out, "{}", marks.join("　"))?;
    }
    faults(&found.faults, out)
}

fn mark(role: Icd10Role) -> &'static str {
    match role {
        Icd10Role::Etiology => "†",
        Icd10Role::Manifestation => "*",
        _ => "",
    }
}

pub(crate) fn decomposed(found: &Decomposed, out: &mut impl Write) -> io::Result<()> {
    if !found.whole {
        let said =
            if found.readings.is_empty() { "病名が見つかりません" } else { "読み残しがあります" };
        writeln!(out, "{said}")?;
    }
    for reading in &found.readings {
        let modifiers: Vec<String> =
            reading.composed.modifiers.iter().map(|part| format!("{} {}", part.code, part.name)).collect();
        let base = reading.composed.base.as_ref().map_or("", |base| base.name.as_str());
        let over: Vec<&str> = reading.uncovered.iter().map(|part| part.text.as_str()).collect();
        let over = if over.is_empty() { String::new() } else { format!("　読み残し {}", over.join("、")) };
        writeln!(out, "{}　{} {base}　{}{over}", reading.composed.name, reading.disease, modifiers.join("、"))?;
    }
    if found.more {
        writeln!(out, "ほかにもあります（--limit）")?;
    }
    Ok(())
}

pub(crate) fn succession(found: &Succession, out: &mut impl Write) -> io::Result<()> {
    for step in &found.steps {
        let name = |name: &Option<String>| name.clone().unwrap_or_default();
        writeln!(
            out,
            "{} {} → {} {}　出典 {}",
            step.from,
            name(&step.from_name),
            step.to,
            name(&step.to_name),
            step.source
        )?;
    }
    match (&found.current, &found.name) {
        (Some(code), Some(name)) => writeln!(out, "{code} {name}"),
        _ if found.known => writeln!(out, "この日に使えるコードが、読み込んだマスターにありません"),
        _ => writeln!(out, "読み込んだマスターに {} がありません", found.code),
    }
}

pub(crate) fn drug(found: &DrugCard, out: &mut impl Write) -> io::Result<()> {
    for product in &found.products {
        one_drug(product, out)?;
    }
    if let Some(group) = &found.group {
        let name = group.name.as_deref().unwrap_or("同じ成分・剤形・規格");
        writeln!(out, "\n{name}（{}）", group.code)?;
        let mut table = plain_table();
        table.set_header(["コード", "名称", "薬価", "差", "区分"]);
        for member in &group.members {
            let other = if member.role == DrugRole::PatientChoice { "保険で払う額" } else { "単位が違う" };
            let less = if member.cheaper == Some(true) { "安い " } else { "" };
            table.add_row([
                member.code.to_string(),
                member.name.clone(),
                format!("{}円/{}", member.price, member.unit),
                format!("{less}{}", member.saves.as_deref().unwrap_or(other)),
                role(member.role).to_owned(),
            ]);
        }
        writeln!(out, "{table}")?;
    }
    faults(&found.faults, out)
}

fn one_drug(product: &DrugProduct, out: &mut impl Write) -> io::Result<()> {
    let held = if product.in_force { "" } else { "（この日は使えません）" };
    writeln!(out, "{} {}{held}", product.code, product.name)?;
    writeln!(out, "  {}円/{}　{}", product.price, product.unit, role(product.role))?;
    let mut codes = vec![format!("薬価基準 {}", product.price_code)];
    codes.extend(product.yj.iter().map(|code| format!("YJ {code}")));
    codes.extend(product.hot9.iter().map(|code| format!("HOT9 {code}")));
    codes.extend(product.generic_name_code.iter().map(|code| format!("一般名 {code}")));
    writeln!(out, "  {}", codes.join("　"))?;
    if let Some(pair) = product.elective_pair {
        writeln!(out, "  選定療養で対になるコード {pair}")?;
    }
    for price in &product.prices {
        let until = price.last_day.map(|day| day.to_string()).unwrap_or_default();
        writeln!(out, "  {}～{until}　{}円　出典 {}", price.from, price.price, price.source)?;
    }
    for package in &product.packages {
        let parts = [&package.form, &package.contents, &package.total, &package.seller].map(|part| part.as_deref());
        let said: Vec<&str> = parts.into_iter().flatten().collect();
        let jan = package.jan.as_deref().map(|jan| format!("　JAN {jan}")).unwrap_or_default();
        let gone = if package.current { "" } else { "　（中止・削除）" };
        writeln!(out, "  HOT13 {}　{}{jan}{gone}", package.hot13, said.join(" "))?;
    }
    Ok(())
}

fn role(role: DrugRole) -> &'static str {
    match role {
        DrugRole::Generic => "後発品",
        DrugRole::LongListed => "長期収載品（選定療養の対象）",
        DrugRole::PatientChoice => "長期収載品（患者の希望による選定療養）",
        DrugRole::Other => "",
    }
}

pub(crate) fn lab(found: &LabCard, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} {}", found.code, found.name.as_deref().unwrap_or(""))?;
    for axis in &found.axes {
        writeln!(out, "  {} {} {}", axis.title, axis.code, axis.name.as_deref().unwrap_or("（名称なし）"))?;
    }
    for (system, links) in [("JLAC10", &found.jlac10), ("JLAC11", &found.jlac11)] {
        for link in links {
            writeln!(out, "  {system} {} {} {}", link.code, link.name, link.product)?;
        }
    }
    for row in &found.procedures {
        let (item, name) = (row.fee_item.as_deref().unwrap_or(""), row.name.as_deref().unwrap_or(""));
        let sure = row.certainty.name();
        writeln!(out, "  診療行為 {} {name} {item}　{}（{} の対応表、{sure}）", row.procedure, row.note, row.curator)?;
    }
    faults(&found.faults, out)
}

pub(crate) fn labs(found: &Vec<LabOfProcedure>, out: &mut impl Write) -> io::Result<()> {
    if found.is_empty() {
        writeln!(out, "この診療行為に対応する検査項目は、表にありません")?;
    }
    for row in found {
        writeln!(out, "{}（{} の対応表、{}）", row.pattern, row.curator, row.certainty.name())?;
        for item in &row.items {
            writeln!(out, "  {} {}", item.code, item.name)?;
        }
    }
    Ok(())
}

pub(crate) fn item(found: &FeeItem, out: &mut impl Write) -> io::Result<()> {
    if !found.procedures.is_empty() {
        let mut table = plain_table();
        table.set_header(["項番", "コード", "名称", "点数", "確かさ"]);
        for row in &found.procedures {
            let number = if row.number == 0 { String::new() } else { row.number.to_string() };
            let sure = row.certainty.name().to_owned();
            table.add_row([number, row.code.to_string(), row.name.clone(), row.points.clone(), sure]);
        }
        writeln!(out, "{table}")?;
    }
    for below in &found.below {
        writeln!(out, "{}　{}　{}件", below.item, below.name, below.procedures)?;
    }
    Ok(())
}

pub(crate) fn comments(found: &Comments, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} {}", found.code, found.name.as_deref().unwrap_or(""))?;
    for group in &found.groups {
        let dpc = if group.dpc_may_omit { "（DPC医療機関は省略可）" } else { "" };
        writeln!(out, "{} 項番{}-{}　{}{dpc}", group.item, group.item_no, group.branch, group.when)?;
        for option in &group.options {
            let form = option.form.as_ref().map_or("", |form| form.title);
            writeln!(out, "  {} {}　{form}", option.code, option.name.as_deref().unwrap_or(""))?;
        }
    }
    if found.relations_loaded && found.groups.is_empty() {
        writeln!(out, "求められるコメントはありません")?;
    }
    faults(&found.faults, out)
}

pub(crate) fn comment(found: &CommentCard, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} {}", found.code, found.name)?;
    let example = if found.form.example.is_empty() { String::new() } else { format!("　例 {}", found.form.example) };
    writeln!(out, "  パターン {}　{}{example}", found.form.pattern, found.form.title)
}

pub(crate) fn composed_comment(found: &ComposedComment, out: &mut impl Write) -> io::Result<()> {
    if found.valid {
        writeln!(out, "{}", found.text)?;
        writeln!(out, "  {} {}", found.code, found.record)?;
    }
    faults(&found.faults, out)
}
