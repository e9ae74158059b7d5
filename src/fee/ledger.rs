//! Every procedure of the calculation and of the patient's past, as the electronic fee table sees it.

use rust_decimal::Decimal;

use crate::{
    code::ProcedureCode,
    fee::{
        contest::{Edge, Outcome, Party, Standing, decide},
        draft::{Draft, Item, VisitDraft, reason},
        phase::causes,
        refusal::{InputError, InputErrorKind, Refusal},
        statement::Verdict,
        window::When,
    },
    master::{Certainty, FeeAux, Masters, Procedure},
};

/// Most relations that one calculation weighs: a bound on its time, far above what a claim has.
pub(crate) const MAX_RELATIONS: usize = 1_000_000;

/// Lines that charge the same at one visit, or what was charged on one day of the past.
pub(crate) struct Entry<'m> {
    pub(crate) code: ProcedureCode,
    pub(crate) when: When,
    pub(crate) row: Option<Procedure<'m>>,
    pub(crate) quantity: Option<Decimal>,
    /// What 補助マスターテーブル (01) says of the code on the day.
    pub(crate) aux: Option<FeeAux<'m>>,
    party: Party,
    /// The lines: group, and addition in the group.
    places: Vec<(usize, Option<usize>)>,
}

impl Entry<'_> {
    /// Not charged for certain: it keeps nothing down.
    pub(crate) fn has_fallen(&self) -> bool {
        self.party.standing == Standing::Fallen
    }

    pub(crate) fn is_past(&self) -> bool {
        self.party.past
    }

    /// Its name, for reasons.
    pub(crate) fn name(&self) -> &str {
        self.row.map_or("", Procedure::name)
    }
}

/// All entries: the past first, then the visits in their order.
pub(crate) struct Ledger<'m> {
    pub(crate) entries: Vec<Entry<'m>>,
}

/// What a relation rests on, for the reason on the line.
pub(crate) struct Ground {
    pub(crate) rule: &'static str,
    /// What becomes of a line that falls by it.
    pub(crate) verdict: Verdict,
    pub(crate) basis: String,
    /// The relation in words, such as 同一月の背反.
    pub(crate) words: &'static str,
    pub(crate) certainty: Certainty,
}

/// The relations that hold between entries.
#[derive(Default)]
pub(crate) struct Relations {
    edges: Vec<Edge>,
    grounds: Vec<Ground>,
}

impl Relations {
    pub(crate) fn add(&mut self, edge: Edge, ground: Ground) -> Result<(), Refusal> {
        if self.edges.len() >= MAX_RELATIONS {
            let text = "more lines bear on each other than the engine weighs at once";
            let error = InputError::new("visits", InputErrorKind::TooMuch, text)
                .expected(format!("at most {MAX_RELATIONS} relations of the electronic fee table"), "more");
            return Err(Refusal::one(error.help("split the encounter by month, or shorten the history")));
        }
        self.edges.push(edge);
        self.grounds.push(ground);
        Ok(())
    }

    /// Of several relations that decide a line the first is told: 包括 before 背反, then the surest.
    fn sort(&mut self) {
        let key = |ground: &Ground| (ground.verdict != Verdict::Bundled, ground.certainty);
        if self.grounds.is_sorted_by_key(key) {
            return;
        }
        let edges = core::mem::take(&mut self.edges);
        let mut both: Vec<(Edge, Ground)> = edges.into_iter().zip(core::mem::take(&mut self.grounds)).collect();
        crate::order::by_key(&mut both, |(_, ground)| key(ground));
        (self.edges, self.grounds) = both.into_iter().unzip();
    }
}

impl<'m> Ledger<'m> {
    /// Gathers the procedures of the visits, and of the past what is `near` to a visit.
    pub(crate) fn of(draft: &Draft<'m>, near: impl Fn(When, When) -> bool) -> Self {
        let mut entries = past(draft, near);
        for (place, visit) in draft.visits.iter().enumerate() {
            lines(draft.masters, place, visit, &mut entries);
        }
        Self { entries }
    }

    /// Decides who gives way, and turns the lines that do.
    pub(crate) fn settle(&self, draft: &mut Draft<'_>, mut relations: Relations) {
        if relations.edges.is_empty() {
            return;
        }
        relations.sort();
        let parties: Vec<Party> = self.entries.iter().map(|entry| entry.party.clone()).collect();
        let outcomes = decide(&parties, &relations.edges);
        for (entry, outcome) in self.entries.iter().zip(&outcomes) {
            if entry.is_past() || outcome.standing == entry.party.standing {
                continue;
            }
            let Some((edge, ground)) =
                outcome.edge.and_then(|index| Some((relations.edges.get(index)?, relations.grounds.get(index)?)))
            else {
                continue;
            };
            let Some(winner) = self.entries.get(edge.winner) else { continue };
            let Some(loser) = self.entries.get(edge.loser) else { continue };
            let own = loser.when == entry.when && loser.code == entry.code;
            let text = text(entry, if own { winner } else { loser }, own, edge.open, outcome, ground.words);
            draft.trace.step(ground.rule, || format!("{} {}: {text}", entry.code, entry.when.date));
            for place in &entry.places {
                let visit = entry.when.visit.and_then(|at| draft.visits.get_mut(at));
                let Some(item) = visit.and_then(|visit| item(visit, *place)) else { continue };
                match outcome.standing {
                    Standing::Fallen | Standing::FallenToPast => {
                        item.to_past |= outcome.standing == Standing::FallenToPast;
                        item.turn(ground.verdict, reason(ground.rule, ground.basis.clone(), text.clone()));
                    }
                    _ => item.turn(Verdict::NeedsReview, reason(ground.rule, ground.basis.clone(), text.clone())),
                }
                item.rests_on(ground.certainty);
            }
        }
    }
}

/// Why an entry is not charged, or open.
fn text(entry: &Entry<'_>, other: &Entry<'_>, own: bool, special: bool, outcome: &Outcome, words: &str) -> String {
    let when = match (other.is_past(), other.when.visit == entry.when.visit) {
        (true, _) => format!("{} に算定済みの", other.when.date),
        (false, true) => "同じ受診の".to_owned(),
        (false, false) => format!("{} の", other.when.date),
    };
    let other = format!("{when} {}（{}）", other.name(), other.code);
    match outcome.standing {
        Standing::Fallen | Standing::FallenToPast => format!("{other} がある（{words}）"),
        _ if !own => format!("{other} と併せて算定できない（{words}）。こちらを算定するなら、その算定を取り消す"),
        _ if special => format!("{other} と併せて算定できる条件があるかを確かめる（{words}）"),
        _ => format!("{other} を算定するかどうかで決まる（{words}）"),
    }
}

/// A line of a visit.
fn item<'a, 'm>(visit: &'a mut VisitDraft<'m>, (group, addition): (usize, Option<usize>)) -> Option<&'a mut Item<'m>> {
    let group = visit.groups.get_mut(group)?;
    match addition {
        Some(addition) => group.additions.get_mut(addition),
        None => Some(&mut group.base),
    }
}

/// What was charged before, one entry a code, quantity and day.
fn past<'m>(draft: &Draft<'m>, near: impl Fn(When, When) -> bool) -> Vec<Entry<'m>> {
    let mut known: Vec<_> = draft
        .encounter
        .history
        .iter()
        .map(|past| (past.date, past.procedure, past.quantity))
        .filter(|(date, ..)| {
            let when = When { date: *date, visit: None };
            draft.visits.iter().any(|visit| near(when, When { date: visit.date, visit: None }))
        })
        .collect();
    crate::order::sort(&mut known);
    known.dedup();
    let entry = |(date, code, quantity)| Entry {
        code,
        when: When { date, visit: None },
        row: draft.masters.row(&code, date),
        quantity,
        aux: draft.masters.row(&code, date),
        party: Party { standing: Standing::Charged, past: true, base: None, causes: None },
        places: Vec::new(),
    };
    known.into_iter().map(entry).collect()
}

/// The procedures of a visit: bases, then additions; equal ones together, so that the order of the input does not show.
fn lines<'m>(masters: &'m Masters, at: usize, visit: &VisitDraft<'m>, entries: &mut Vec<Entry<'m>>) {
    let when = When { date: visit.date, visit: Some(at) };
    let mut bases: Vec<_> = visit
        .groups
        .iter()
        .enumerate()
        .filter_map(|(place, group)| Some((key(&group.base, None)?, (place, None))))
        .collect();
    crate::order::sort(&mut bases);
    let start = entries.len();
    // Where each group's base stands among the entries.
    let mut base_of: Vec<Option<usize>> = vec![None; visit.groups.len()];
    let mut add = |items: &[(Key, (usize, Option<usize>))], base_of: &mut [Option<usize>]| {
        for equal in items.chunk_by(|a, b| a.0 == b.0) {
            let Some(((code, quantity, standing, base), (group, addition))) = equal.first().copied() else { continue };
            let group_of = |group: usize| visit.groups.get(group);
            let item = match addition {
                Some(addition) => group_of(group).and_then(|group| group.additions.get(addition)),
                None => group_of(group).map(|group| &group.base),
            };
            for (_, (group, addition)) in equal {
                if let (None, Some(place)) = (addition, base_of.get_mut(*group)) {
                    *place = Some(entries.len());
                }
            }
            entries.push(Entry {
                code,
                when,
                row: item.and_then(Item::row),
                quantity,
                aux: masters.row(&code, visit.date),
                party: Party { standing: of_rank(standing), past: false, base, causes: None },
                places: equal.iter().map(|(_, place)| *place).collect(),
            });
        }
    };
    add(&bases, &mut base_of);
    let mut additions: Vec<_> = visit
        .groups
        .iter()
        .enumerate()
        .flat_map(|(place, group)| {
            group.additions.iter().enumerate().map(move |(addition, item)| (place, addition, item))
        })
        .filter_map(|(place, addition, item)| {
            let base = base_of.get(place).copied().flatten();
            let (code, quantity, own, base) = key(item, base)?;
            // What had no base to go with from the first falls for that, not by a table.
            let fallen =
                visit.groups.get(place).and_then(|group| key(&group.base, None)).map_or(0, |(.., rank, _)| rank);
            let standing = if fallen > 1 { own.max(fallen) } else { own };
            Some(((code, quantity, standing, base), (place, Some(addition))))
        })
        .collect();
    crate::order::sort(&mut additions);
    add(&additions, &mut base_of);
    // A derived line goes with what it was derived from.
    for (group, place) in visit.groups.iter().zip(&base_of) {
        let (Some(cause), Some(place)) = (group.base.cause, place) else { continue };
        let fits = |at: &usize| {
            let bases = entries.get(*at).filter(|entry| entry.places.iter().all(|(_, addition)| addition.is_none()));
            bases.and_then(|entry| entry.row).is_some_and(|row| causes::fits(row, cause))
        };
        let causes = (start..entries.len()).filter(fits).collect();
        if let Some(entry) = entries.get_mut(*place) {
            entry.party.causes = Some(causes);
        }
    }
}

/// What makes lines of a visit equal: code, quantity, standing, base.
type Key = (ProcedureCode, Option<Decimal>, u8, Option<usize>);

fn key(item: &Item<'_>, base: Option<usize>) -> Option<Key> {
    let standing = match (item.verdict, item.to_past) {
        (Verdict::Charged, _) => 0,
        (Verdict::NeedsReview, _) => 1,
        (_, true) => 2,
        _ => 3,
    };
    Some((item.row()?.code(), item.quantity, standing, base))
}

fn of_rank(rank: u8) -> Standing {
    match rank {
        0 => Standing::Charged,
        1 => Standing::Open,
        2 => Standing::FallenToPast,
        _ => Standing::Fallen,
    }
}
