//! Which codes of one system belong to which of another, and how the two meanings lie.

use crate::{
    date::ServiceDate,
    lookup::{
        System,
        validate::entries::{Entry, newest},
    },
    master::{LabProcedure, MasterKind},
};

use super::Terminology;

/// How the meaning of a target lies to that of its source, in the words of FHIR R4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Equivalence {
    Equivalent,
    /// The target means more.
    Wider,
    /// The target means less.
    Narrower,
    RelatedTo,
}

impl Equivalence {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::RelatedTo => "relatedto",
        }
    }
}

/// How the systems of a pair lie to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    /// Always this.
    Fixed(Equivalence),
    /// A group of products is wider than each of them; else as the numbers of codes on both sides say: one to one is equivalent,
    /// one of many is narrower, one for many is wider.
    Counted,
}

/// The systems of drugs, from the widest meaning to the narrowest; those of one number are counted.
const DRUGS: &[(System, u8)] = &[
    (System::GenericName, 0),
    (System::Hot7, 1),
    (System::PriceCode, 2),
    (System::Drug, 2),
    (System::Yj, 2),
    (System::Hot9, 2),
    (System::Hot11, 3),
    (System::Hot13, 4),
    (System::Gtin, 4),
];

const DISEASES: &[System] = &[System::Disease, System::DiseaseManagement, System::DiseaseExchange, System::Icd10];
const MODIFIERS: &[System] = &[System::Modifier, System::ModifierManagement, System::ModifierExchange];

fn relation(from: System, to: System) -> Option<Relation> {
    use Equivalence::{Equivalent, Narrower, RelatedTo, Wider};
    if from == to {
        return None;
    }
    let drug = |system| DRUGS.iter().find(|(known, _)| *known == system).map(|(_, level)| *level);
    if let (Some(a), Some(b)) = (drug(from), drug(to)) {
        return Some(match (a, b) {
            // 一般名 and HOT7 both stand for an ingredient in a form and a strength; which of the two is wider is not settled.
            (0 | 1, 0 | 1) => Relation::Fixed(RelatedTo),
            _ if a > b => Relation::Fixed(Wider),
            _ if a < b => Relation::Fixed(Narrower),
            _ => Relation::Counted,
        });
    }
    let both = |systems: &[System]| systems.contains(&from) && systems.contains(&to);
    Some(match (from, to) {
        (_, System::Icd10) if both(DISEASES) => Relation::Fixed(Wider),
        (System::Icd10, _) if both(DISEASES) => Relation::Fixed(Narrower),
        // Terms with one exchange code are synonyms of one concept (採択区分 3).
        (System::DiseaseExchange, _) | (_, System::DiseaseExchange) if both(DISEASES) => Relation::Fixed(Equivalent),
        _ if both(DISEASES) || both(MODIFIERS) => Relation::Counted,
        // A method of JLAC11 is one product's, where JLAC10 has the kind of method.
        (System::Jlac11, System::Jlac10) => Relation::Fixed(Wider),
        (System::Jlac10, System::Jlac11) => Relation::Fixed(Narrower),
        // What is measured, and the act that is charged for it.
        (System::Jlac10, System::Procedure) | (System::Procedure, System::Jlac10) => Relation::Fixed(RelatedTo),
        _ => return None,
    })
}

/// The systems to which codes of a system lead.
pub(super) fn targets(from: System) -> impl Iterator<Item = System> {
    System::ALL.iter().copied().filter(move |to| relation(from, *to).is_some())
}

impl Terminology {
    /// The codes of another system that belong to a code, with how they lie to it.
    pub(super) fn translated(
        &self,
        from: System,
        code: &str,
        to: System,
        on: Option<ServiceDate>,
    ) -> Vec<(String, Equivalence)> {
        let Some(relation) = relation(from, to) else { return Vec::new() };
        let codes = self.mapped(from, code, to, on);
        match relation {
            Relation::Fixed(equivalence) => codes.into_iter().map(|code| (code, equivalence)).collect(),
            Relation::Counted => {
                let group = self.is_group(from, code, on);
                let groups: Vec<bool> = codes.iter().map(|code| self.is_group(to, code, on)).collect();
                let own = groups.iter().filter(|group| !**group).count();
                let judged = codes.into_iter().zip(groups).map(|(target, of_group)| {
                    let equivalence = match (group, of_group) {
                        (true, true) => Equivalence::Equivalent,
                        (false, true) => Equivalence::Wider,
                        (true, false) => Equivalence::Narrower,
                        (false, false) => {
                            let back = self.mapped(to, &target, from, on);
                            let back = back.iter().filter(|code| !self.is_group(from, code, on)).count();
                            match (own, back) {
                                (..=1, ..=1) => Equivalence::Equivalent,
                                (_, ..=1) => Equivalence::Narrower,
                                _ => Equivalence::Wider,
                            }
                        }
                    };
                    (target, equivalence)
                });
                judged.collect()
            }
        }
    }

    /// Whether a code stands for a group of products that are listed under one name (統一名収載): HOT has it as the second code of
    /// products; a price list code is a group's when products have codes of their own or several drugs share it.
    fn is_group(&self, system: System, code: &str, on: Option<ServiceDate>) -> bool {
        let directory = self.directory();
        match system {
            System::Drug => {
                let leading = directory.leading(System::Drug, code, on);
                leading.iter().any(|row| directory.text(row, "drug_code_2") == code)
            }
            System::PriceCode => {
                let rows = directory.at(System::PriceCode, code, on);
                let drugs = rows.iter().filter(|row| row.kind == MasterKind::Drug).count();
                drugs > 1 || rows.iter().any(|row| !["", code].contains(&directory.text(row, "yj_code").as_str()))
            }
            _ => false,
        }
    }

    /// The codes of another system in the rows of a code, those of preferred names first.
    fn mapped(&self, from: System, code: &str, to: System, on: Option<ServiceDate>) -> Vec<String> {
        let directory = self.directory();
        let mut rows: Vec<&Entry> = directory.at(from, code, on);
        rows.extend(directory.leading(from, code, on));
        // From a row of the HOT table to the drugs that it names, and from a drug to the rows that name it.
        if DRUGS.iter().any(|(system, _)| *system == to) {
            let crossed: Vec<&Entry> = rows
                .iter()
                .flat_map(|row| match row.kind {
                    MasterKind::HotDrug if to == System::GenericName => {
                        let drugs = directory.codes(row, System::Drug);
                        drugs.iter().flat_map(|drug| directory.at(System::Drug, drug, on)).collect()
                    }
                    MasterKind::Drug if from == System::GenericName || from == System::Drug => {
                        let drugs = directory.codes(row, System::Drug);
                        drugs.iter().flat_map(|drug| directory.leading(System::Drug, drug, on)).collect()
                    }
                    _ => Vec::new(),
                })
                .collect();
            rows.extend(crossed);
        }
        if from == System::DiseaseExchange {
            crate::order::by_key(&mut rows, |row| directory.text(row, "adoption").parse::<u8>().unwrap_or(u8::MAX));
        }
        let mut codes: Vec<String> = Vec::new();
        for code in rows.iter().flat_map(|row| directory.codes(row, to)) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        for code in self.charged(from, code, to, on) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes.retain(|code| self.other(to, code, on).is_some());
        codes
    }

    /// Items of laboratories and the procedures by which they are charged, by the project's own table of the two.
    fn charged(&self, from: System, code: &str, to: System, on: Option<ServiceDate>) -> Vec<String> {
        let directory = self.directory();
        let rows = || directory.masters().in_force::<LabProcedure<'_>>(on.unwrap_or(ServiceDate::LAST));
        match (from, to) {
            (System::Jlac10, System::Procedure) => {
                rows().filter(|row| fits(row.code(), code)).map(|row| row.procedure_code().to_string()).collect()
            }
            (System::Procedure, System::Jlac10) => {
                let patterns: Vec<&str> =
                    rows().filter(|row| row.procedure_code().to_string() == code).map(LabProcedure::code).collect();
                let groups = directory.list(System::Jlac10).groups().filter(|group| !newest(group, on).is_empty());
                let codes = groups.filter_map(|group| group.first()).map(|entry| &*entry.code);
                codes.filter(|code| patterns.iter().any(|known| fits(known, code))).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Whether a JLAC10 code has the axes of a row, which are joined by `-`; `*` is any.
fn fits(pattern: &str, code: &str) -> bool {
    let places = [0..5, 5..9, 9..12, 12..15, 15..17];
    pattern.split('-').zip(places).all(|(known, place)| known == "*" || code.get(place) == Some(known))
}
