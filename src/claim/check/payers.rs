//! Who pays: the numbers of insurers, public payers and recipients, what goes with them, and the records SN and JD.

use super::{
    super::{
        kinds::PayerClass,
        record::{Record, RecordKind},
        view::{Eligibility, Insurer, PublicPayer},
    },
    case::{Case, content},
    finding::Severity,
    rules::*,
};
use crate::{
    code::{INSURER_LAWS, PayerNumber},
    master,
};

pub(super) fn check(case: &mut Case<'_>) {
    if let Some(insurer) = case.claim.insurer() {
        insurer_number(case, insurer);
    }
    let payers: Vec<PublicPayer<'_>> = case.claim.public_payers().collect();
    for payer in &payers {
        payer_number(case, *payer);
        recipient(case, *payer);
    }
    // Without all payers it cannot be told whom these records are of.
    if case.whole && case.amounts {
        order(case, &payers);
        eligibility(case, payers.len());
        visits(case, payers.len());
    }
}

fn insurer_number(case: &mut Case<'_>, insurer: Insurer<'_>) {
    let record = insurer.record();
    if !case.sound(record, &[2]) {
        return;
    }
    let number = insurer.number().unwrap_or_default();
    match PayerNumber::Insurer.check(number) {
        Ok(true) => {}
        Ok(false) => {
            let expected = "a number whose last digit checks the others";
            case.find(&NUMBER_INSURER, record, 2, number, expected);
            return;
        }
        Err(_) => {
            case.find(&FIELD_FORM, record, 2, content(record, 2), "eight digits, or two blanks and six digits");
            return;
        }
    }
    let law = if number.len() == 8 { number.get(..2).unwrap_or_default() } else { "" };
    if !law.is_empty() && !INSURER_LAWS.contains(&law) {
        case.find(&INSURER_LAW, record, 2, number, format!("one of {}, or six digits", INSURER_LAWS.join(" ")));
        return;
    }
    // Two digits for the prefecture stand behind those for the law.
    let prefecture = number.get(law.len()..law.len() + 2).and_then(|digits| digits.parse::<u8>().ok());
    if !prefecture.is_some_and(|prefecture| (1..=47).contains(&prefecture)) {
        let expected =
            if law.is_empty() { "01 to 47 before the other digits" } else { "01 to 47 as third and fourth digit" };
        case.find(&INSURER_PREFECTURE, record, 2, number, expected);
        return;
    }
    let claim_type = case.claim_type.filter(|_| case.header(&[3]).is_some());
    if let Some(claim_type) = claim_type {
        let (fits, expected) = match claim_type.payer_class() {
            PayerClass::LateElderly => (law == "39", "a number that begins with 39 (後期高齢者医療)"),
            PayerClass::Retired => (law == "67", "a number that begins with 67 (退職者医療)"),
            _ => (!matches!(law, "39" | "67"), "no number of 後期高齢者医療 (39) or 退職者医療 (67)"),
        };
        if !fits {
            case.find(&INSURER_CLASS, record, 2, number, format!("{expected}, with type {claim_type}"));
            return;
        }
    }
    // 支払基金 takes the claims of employees' insurance, 国保連 those of municipalities and of the late elderly.
    let community = law.is_empty() || matches!(law, "39" | "67");
    match case.claim.facility().and_then(|facility| facility.agency()) {
        Some(1) if community => {
            case.find(&INSURER_AGENCY, record, 2, number, "an insurer of 支払基金 (IR field 2 is 1)");
        }
        Some(2) if !community => {
            case.find(&INSURER_AGENCY, record, 2, number, "an insurer of 国保連 (IR field 2 is 2)");
        }
        _ => {}
    }
}

fn payer_number(case: &mut Case<'_>, payer: PublicPayer<'_>) {
    let record = payer.record();
    if !case.sound(record, &[2]) {
        return;
    }
    let number = payer.number().unwrap_or_default();
    match PayerNumber::PublicPayer.check(number) {
        Ok(true) => {
            if payer.law().is_some_and(of_insurance) {
                case.find(&PAYER_LAW, record, 2, number, "a number that begins with that of a public programme");
            }
        }
        Ok(false) => {
            let national = payer.law().is_some_and(|law| priority(case, law).is_some());
            let rule = if national { &NUMBER_PAYER } else { &NUMBER_PAYER_LOCAL };
            case.find(rule, record, 2, number, "a number whose last digit checks the others");
        }
        Err(_) => {
            case.find(&FIELD_FORM, record, 2, content(record, 2), "eight digits");
        }
    }
}

/// Whether no public programme has this 法別番号. Local ones have numbers that are not said here.
fn of_insurance(law: &str) -> bool {
    matches!(law, "00" | "01" | "02" | "03" | "04" | "06" | "07" | "31" | "32" | "33" | "34" | "39")
}

/// 公費適用順位 of a national programme; nothing for a number that the 国公費 master does not have.
fn priority(case: &Case<'_>, law: &str) -> Option<u32> {
    case.masters.versions::<master::PublicPayer<'_>>(law).find_map(|row| row.priority().parse().ok())
}

/// 地単優先.
fn local_first(case: &Case<'_>, law: &str) -> bool {
    case.masters.versions::<master::PublicPayer<'_>>(law).any(|row| row.local_first() == "1")
}

fn recipient(case: &mut Case<'_>, payer: PublicPayer<'_>) {
    let record = payer.record();
    if !case.sound(record, &[2, 3]) {
        return;
    }
    let Some(number) = payer.recipient() else {
        // 医療観察法 has none.
        if payer.law() != Some("30") {
            case.find(&NUMBER_RECIPIENT_MISSING, record, 3, "nothing", "seven digits");
        }
        return;
    };
    let whole = format!("{number:0>7}");
    let right = PayerNumber::Recipient.check(&whole) == Ok(true);
    match (number.len() == 7, right) {
        (true, true) => {}
        (true, false) => {
            let expected = "a number whose last digit checks the others";
            case.find(&NUMBER_RECIPIENT, record, 3, "7 digits, not shown", expected);
        }
        (false, right) => {
            let severity = if right { Severity::Warning } else { Severity::Error };
            let found = format!("{} digits, not shown", number.len());
            case.find_as(severity, &NUMBER_RECIPIENT, record, 3, found, "seven digits, with zeros before them");
        }
    }
}

fn order(case: &mut Case<'_>, payers: &[PublicPayer<'_>]) {
    if payers.len() < 2 {
        return;
    }
    let mut before: Option<(u32, &str)> = None;
    let mut local: Option<&str> = None;
    for (place, payer) in payers.iter().enumerate() {
        let record = payer.record();
        if !case.sound(record, &[2]) {
            continue;
        }
        let same =
            |other: &&PublicPayer<'_>| other.number() == payer.number() && other.recipient() == payer.recipient();
        if payers.iter().take(place).any(|other| same(&other)) {
            case.find(&PAYER_REPEATED, record, 2, content(record, 2), "each payer once");
            continue;
        }
        let Some(law) = payer.law() else { continue };
        let Some(priority) = priority(case, law) else {
            // Local ones pay what is left, but for programmes that look for the others first (地単優先).
            local = Some(law);
            continue;
        };
        let behind_local = local.filter(|_| !local_first(case, law));
        if let Some(other) = behind_local {
            case.find(&PAYER_ORDER, record, 2, format!("{law} behind {other}"), format!("{law} before {other}"));
            continue;
        }
        match before {
            Some((first, other)) if priority < first => {
                case.find(&PAYER_ORDER, record, 2, format!("{law} behind {other}"), format!("{law} before {other}"));
            }
            _ => before = Some((priority, law)),
        }
    }
}

/// Whether the claim has a payer: 1 the insurer, 2 to 5 the public ones.
fn has_payer(case: &Case<'_>, kind: u32, payers: usize) -> bool {
    match kind {
        1 => case.claim.insurer().is_some(),
        kind => usize::try_from(kind).is_ok_and(|kind| (2..2 + payers).contains(&kind)),
    }
}

fn eligibility(case: &mut Case<'_>, payers: usize) {
    let confirmed: Vec<Eligibility<'_>> = case.claim.eligibilities().collect();
    let mut seen = Vec::new();
    for eligibility in confirmed {
        let record = eligibility.record();
        let Some(kind) = record.number(2).filter(|_| case.sound(record, &[2])) else { continue };
        if !has_payer(case, kind, payers) {
            case.find(&ELIGIBILITY_PAYER, record, 2, kind.to_string(), "a payer of the claim: 1 HO, 2 to 5 the KO");
        } else if seen.contains(&kind) {
            case.find(&ELIGIBILITY_REPEATED, record, 2, kind.to_string(), "each payer once");
        }
        seen.push(kind);
        if case.sound(record, &[3]) && record.field(3) != b"01" {
            case.find(&ELIGIBILITY_KIND, record, 3, content(record, 3), "01 on a claim that was not sent back");
        }
    }
}

fn visits(case: &mut Case<'_>, payers: usize) {
    let own = |record: &Record<'_>| record.kind() == Some(RecordKind::VisitDays);
    let records: Vec<_> = case.claim.own_records().filter(own).collect();
    let mut seen = Vec::new();
    for record in records {
        let Some(kind) = record.number(2).filter(|_| case.sound(record, &[2])) else { continue };
        if !has_payer(case, kind, payers) {
            case.find(&VISITS_PAYER, record, 2, kind.to_string(), "a payer of the claim: 1 HO, 2 to 5 the KO");
        } else if seen.contains(&kind) {
            case.find(&VISITS_REPEATED, record, 2, kind.to_string(), "each payer once");
        }
        seen.push(kind);
        let of_agency = record.fields().skip(2).position(|day| day == b"9");
        if let Some(day) = of_agency.filter(|day| case.sound(record, &[day + 3])) {
            case.find(&VISITS_KIND, record, day + 3, "9", "1 or 2 on a claim that was not sent back");
        }
    }
}
