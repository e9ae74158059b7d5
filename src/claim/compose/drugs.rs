//! Drugs handed out in a stay (F200): a 剤 is priced by itself. The rules for prescriptions are those of outpatients.

use crate::{
    claim::compose::groups::{Item, Made, unit},
    fee::{
        Verdict, VisitStatement,
        encounter::{Dispensing, DrugUse, Rp, Visit},
        written::{DrugsOf, Written, price},
    },
    master::{Masters, Procedure, Role},
};

use super::input::ClaimPatient;

/// The groups of a day's prescriptions, or what keeps them from being written.
pub(super) fn of_visit(
    masters: &Masters,
    patient: &ClaimPatient,
    statement: &VisitStatement,
    problems: &mut Vec<String>,
) -> Vec<Made> {
    let mut out = Vec::new();
    let Some(visit) = patient.visits.get(statement.visit) else { return out };
    if visit.prescriptions.is_empty() {
        return out;
    }
    if let Some(name) = includes_drugs(masters, statement) {
        problems.push(format!(
            "{}: {name} に投薬の費用が含まれるかを確かめ、含まれない薬だけを診療行為に付けて入力する",
            visit.date
        ));
        return out;
    }
    for (number, prescription) in visit.prescriptions.iter().enumerate() {
        let path = format!("visits[{}].prescriptions[{number}]", statement.visit);
        if prescription.dispensing == Dispensing::Pharmacy {
            problems.push(format!("{path}: 入院中の患者の処方箋は書けない"));
            continue;
        }
        for (place, rp) in prescription.rps.iter().enumerate() {
            let path = format!("{path}.rps[{place}]");
            match of_rp(masters, visit, rp) {
                Ok(mut made) => {
                    made.payers = (0..patient.payers.len())
                        .filter(|payer| {
                            patient.payers.get(*payer).is_some_and(|payer| payer.has(statement.visit, &path))
                        })
                        .collect();
                    made.order = Some(path);
                    out.push(made);
                }
                Err(why) => problems.push(format!("{path}: {why}")),
            }
        }
    }
    out
}

/// What is charged for the day and may have drugs in it: 特定入院料, or a ward that `masters/roles.csv` names.
fn includes_drugs<'a>(masters: &Masters, statement: &'a VisitStatement) -> Option<&'a str> {
    let charged = statement.lines.iter().filter(|line| line.verdict == Verdict::Charged);
    let included = |code: &str| {
        let row: Option<Procedure<'_>> = code.parse().ok().and_then(|code| masters.row(&code, statement.date));
        // A line without a row settles nothing.
        row.is_none_or(|row| {
            masters.row::<Role<'_>>(&format!("stay.drugs.{}", row.fee_item()), statement.date).is_some()
        })
    };
    let mut stay = charged.filter(|line| matches!(line.section.as_str(), "90" | "92"));
    stay.find(|line| line.section == "92" || line.code.as_deref().is_some_and(included)).map(|line| line.name.as_str())
}

fn of_rp(masters: &Masters, visit: &Visit, rp: &Rp) -> Result<Made, String> {
    let section = match rp.usage {
        DrugUse::Internal => 21,
        DrugUse::AsNeeded => 22,
        DrugUse::External => 23,
    };
    if rp.drugs.iter().any(|drug| drug.choice.is_some()) {
        return Err("入院中の患者に長期収載品の選定療養はない".to_owned());
    }
    let drugs: Vec<Written> = rp.drugs.iter().map(|drug| Written::Drug(drug.drug, drug.quantity)).collect();
    let priced = price(masters, visit.date, &drugs, DrugsOf::Prescription, None)
        .map_err(|error| error.told(masters, visit.date, &drugs))?;
    let item = |drug: &crate::fee::encounter::DrugAmount| Item::Drug {
        code: drug.drug.to_string(),
        amount: drug.quantity.normalize().to_string(),
    };
    let items = rp.drugs.iter().map(item).collect();
    let units = unit(items, priced.points.get()).into_iter().collect();
    Ok(Made { section, count: rp.count, units, payers: Vec::new(), order: None })
}
