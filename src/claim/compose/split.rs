//! Which public payers share a line: all of a visit, or the parts of it that the input names.

use std::collections::BTreeMap;

use crate::{
    fee::{Line, Verdict, VisitStatement},
    master::{Masters, Procedure},
};

use super::{
    groups::part_of,
    input::{ClaimPatient, ClaimPayer},
};

/// The sections of a visit's own fee: 初診 and 再診.
const CONSULTATION: [&str; 2] = ["11", "12"];

/// For every line of a visit the places of its public payers in the input.
pub(super) fn of_visit(
    masters: &Masters,
    patient: &ClaimPatient,
    visit: &VisitStatement,
) -> Result<Vec<Vec<usize>>, String> {
    let mut shares = vec![Vec::new(); visit.lines.len()];
    for (place, payer) in patient.payers.iter().enumerate() {
        let under = lines_under(masters, payer, visit).map_err(|name| {
            format!(
                "payers[{place}].parts: {}の {name} が公費の対象かどうかが定まらない。visits[{}].（コード）を書くか外す",
                visit.date, visit.visit
            )
        })?;
        for (payers, under) in shares.iter_mut().zip(under) {
            if under {
                payers.push(place);
            }
        }
    }
    of_figures(visit, &mut shares)?;
    Ok(shares)
}

/// Whether each line falls under a payer, or the name of one for which that is open.
fn lines_under(masters: &Masters, payer: &ClaimPayer, visit: &VisitStatement) -> Result<Vec<bool>, String> {
    if payer.covers(visit.visit) {
        return Ok(vec![true; visit.lines.len()]);
    }
    if !payer.touches(visit.visit) {
        return Ok(vec![false; visit.lines.len()]);
    }
    let named = |part: &str| payer.names(&format!("visits[{}].{part}", visit.visit));
    let consultation = named("consultation");
    // 検査等実施判断グループ区分 (51): a judgement fee goes with the tests of its group.
    let group = |line: &Line| {
        let code = line.code.as_deref()?.parse().ok()?;
        masters.row::<Procedure<'_>>(&code, visit.date).map(Procedure::exam_group).filter(|group| *group != 0)
    };
    // What was ordered, by section and by group: how many lines fall under the payer, and how many do not.
    let mut ordered: BTreeMap<(&str, Option<u32>), (usize, usize)> = BTreeMap::new();
    let done = |line: &&Line| matches!(line.verdict, Verdict::Charged | Verdict::Bundled);
    for line in visit.lines.iter().filter(|line| !line.addition).filter(done) {
        if let Some(path) = &line.path {
            for group in [None, group(line)].into_iter().take(1 + usize::from(group(line).is_some())) {
                let (under, other) = ordered.entry((line.section.as_str(), group)).or_default();
                if payer.names(path) { *under += 1 } else { *other += 1 }
            }
        }
    }
    let mut out: Vec<bool> = Vec::with_capacity(visit.lines.len());
    for line in &visit.lines {
        let base = out.last().copied();
        out.push(match (line.addition, base, &line.path) {
            (true, Some(base), _) => base,
            (_, _, Some(path)) => payer.names(path),
            _ if line.code.as_ref().is_some_and(|code| named(code)) => true,
            _ if CONSULTATION.contains(&line.section.as_str()) => consultation,
            // What the rules add goes with what was ordered beside it, else with the visit.
            _ => match ordered
                .get(&(line.section.as_str(), group(line)))
                .or_else(|| ordered.get(&(line.section.as_str(), None)))
            {
                None => consultation,
                Some((_, 0)) => true,
                Some((0, _)) => false,
                Some(_) if line.verdict != Verdict::Charged || line.code.is_none() => false,
                Some(_) => return Err(line.name.clone()),
            },
        });
    }
    Ok(out)
}

/// A figure that tests were rounded into falls under the payers of the tests.
fn of_figures(visit: &VisitStatement, shares: &mut [Vec<usize>]) -> Result<(), String> {
    let mut figures: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (line, payers) in visit.lines.iter().zip(&*shares) {
        if let Some(figure) = part_of(line)
            && figures.insert(figure, payers.clone()).is_some_and(|before| before != *payers)
        {
            return Err(format!("{}: {figure} の検査の一部だけが公費の対象である", visit.date));
        }
    }
    for (line, payers) in visit.lines.iter().zip(shares) {
        if line.code.is_none()
            && line.drugs.is_empty()
            && let Some(of_tests) = figures.remove(line.name.as_str())
        {
            *payers = of_tests;
        }
    }
    Ok(())
}

/// Points of the charged lines of a visit by their public payers, in the order in which they come.
pub(super) fn points<'a>(lines: impl Iterator<Item = (&'a Line, &'a Vec<usize>)>) -> Option<Vec<(Vec<usize>, i64)>> {
    let mut sums: Vec<(Vec<usize>, i64)> = Vec::new();
    for (line, payers) in lines {
        let Some(total) = line.total else { continue };
        match sums.iter_mut().find(|(own, _)| own == payers) {
            Some((_, sum)) => *sum = sum.checked_add(total.get())?,
            None => sums.push((payers.clone(), total.get())),
        }
    }
    Some(sums)
}

impl ClaimPayer {
    /// Whether all of a visit falls under it.
    pub(super) fn covers(&self, visit: usize) -> bool {
        let whole = || self.names(&format!("visits[{visit}]"));
        match &self.visits {
            Some(visits) => visits.contains(&visit) || whole(),
            None => self.parts.is_none() || whole(),
        }
    }

    /// Whether anything of a visit falls under it.
    pub(super) fn touches(&self, visit: usize) -> bool {
        let own = format!("visits[{visit}]");
        let inside = |part: &String| part.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('.'));
        self.covers(visit) || self.parts.iter().flatten().any(inside)
    }

    /// Whether a part of a visit falls under it.
    pub(super) fn has(&self, visit: usize, path: &str) -> bool {
        self.covers(visit) || self.names(path)
    }

    /// Whether a path, or what it lies in, is among the parts.
    fn names(&self, path: &str) -> bool {
        let holds = |part: &String| {
            path.strip_prefix(part.as_str())
                .is_some_and(|rest| rest.is_empty() || (!part.is_empty() && rest.starts_with(['.', '['])))
        };
        self.parts.iter().flatten().any(holds)
    }
}
