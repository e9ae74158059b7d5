//! Several editions become one table with periods.
//!
//! A row of an edition is the state of a code from its 変更年月日 on. It ends where the next state begins, at its own
//! 廃止年月日, or where the next revision begins: what an edition cannot know is a gap, never a figure carried over.

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

use serde::Serialize;

use crate::{
    date::{Period, ServiceDate},
    master::{
        Certainty, CodeValue, MasterKind, MasterRow,
        schema::{self, TableSchema},
    },
};

use super::{
    layout::{Dating, Table},
    name, revisions,
    table::{Rows, State},
};

/// The rows of one file, and when it was published.
pub(super) struct Edition {
    pub(super) table: &'static Table,
    pub(super) file: String,
    /// The date in the file name, else the newest first day of a row.
    pub(super) date: ServiceDate,
    pub(super) rows: Rows,
}

/// What rows of several editions are the same: a code, and the mark of one of its rows.
type Key = (CodeValue, String);

/// The tables of the 電子点数表 carry no date of their own: those of one folder or archive are of one edition, as new as
/// the newest row in any of them.
pub(super) fn date_by_group(editions: &mut [Edition]) {
    let of_group =
        |edition: &Edition| edition.table.dating == Dating::Entered && name::named(&edition.file).edition.is_none();
    let mut newest: BTreeMap<String, (ServiceDate, Vec<&'static Table>)> = BTreeMap::new();
    for edition in editions.iter().filter(|edition| of_group(edition)) {
        let group = newest.entry(name::group(&edition.file).to_owned()).or_insert((edition.date, Vec::new()));
        group.0 = group.0.max(edition.date);
        group.1.push(edition.table);
    }
    // Twice the same table in one folder: more than one edition, and nothing says which file is of which.
    newest.retain(|_, (_, tables)| {
        let twice =
            |(place, table): (usize, &&Table)| tables.iter().skip(place + 1).any(|other| core::ptr::eq(*other, *table));
        !tables.iter().enumerate().any(twice)
    });
    for edition in editions.iter_mut().filter(|edition| of_group(edition)) {
        if let Some((date, _)) = newest.get(name::group(&edition.file)) {
            edition.date = *date;
        }
    }
}

/// A row that the editions themselves contradict, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Doubt {
    /// The master.
    pub kind: &'static str,
    /// The code.
    pub code: String,
    /// The first day of the row.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub from: ServiceDate,
    /// The last day on which the row is sure; the days after it are a gap.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub sure_to: ServiceDate,
    /// Why it is not sure for longer, and what would settle it.
    pub why: String,
}

/// One state, with the place of its edition.
struct Stated {
    edition: usize,
    state: State,
}

/// Joins the editions of one master. The rows come sorted by code and first day, without overlaps.
pub(super) fn merge(kind: MasterKind, mut editions: Vec<Edition>) -> (Vec<MasterRow>, Vec<Doubt>) {
    // Of two editions that give the same state, the later one counts: it may have been corrected.
    editions.sort_by(|a, b| (a.date, a.rows.newest, &a.file).cmp(&(b.date, b.rows.newest, &b.file)));
    let firsts = |edition: &Edition| edition.rows.states.iter().map(|state| state.from).collect::<Vec<_>>();
    let days = revisions::days(kind, editions.iter().map(firsts));
    let revisions: Vec<Option<ServiceDate>> = editions
        .iter()
        .map(|edition| {
            if edition.table.dating == Dating::Entered {
                return days.iter().rev().find(|day| **day <= edition.date).copied();
            }
            let newest = edition.rows.newest.unwrap_or(edition.date);
            let middle = revisions::middle(firsts(edition)).unwrap_or(edition.date);
            revisions::revision(&days, edition.date, newest, middle)
        })
        .collect();
    let schema = schema::schema(kind);
    let place = |name| schema.columns.iter().position(|column| column.name == name);
    let figure = editions.iter().find_map(|edition| edition.table.figure);
    let money = figure.and_then(|figure| Some((place(figure.now)?, place(figure.before)?)));
    let listed: Vec<bool> =
        editions.iter().map(|edition| matches!(edition.table.dating, Dating::Listed { .. })).collect();
    let mut ended: HashMap<CodeValue, ServiceDate> = HashMap::new();
    let mut erased: HashMap<Key, Vec<(usize, ServiceDate)>> = HashMap::new();
    let mut all: Vec<Stated> = Vec::new();
    for (index, edition) in editions.iter_mut().enumerate() {
        for (code, mark, from) in edition.rows.erased.drain(..) {
            erased.entry((code, mark)).or_default().push((index, from));
        }
        for (code, last) in edition.rows.ended.drain(..) {
            match ended.entry(code) {
                Entry::Occupied(mut known) => *known.get_mut() = last.min(*known.get()),
                Entry::Vacant(place) => {
                    place.insert(last);
                }
            }
        }
        // A row that keeps its day when it is changed is known from its edition's own revision on.
        let floor = revisions.get(index).copied().flatten().filter(|_| edition.table.dating == Dating::Entered);
        all.extend(edition.rows.states.drain(..).map(|mut state| {
            state.from = floor.map_or(state.from, |floor| state.from.max(floor));
            Stated { edition: index, state }
        }));
    }
    if !erased.is_empty() {
        all.retain(|stated| !is_erased(&erased, stated));
    }
    // Stable, so that the later edition of one state comes last and is the one that stays.
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut states: Vec<Stated> = Vec::with_capacity(all.len());
    for stated in all {
        match states.last_mut() {
            Some(last) if last.order() == stated.order() => *last = stated,
            // A list that is published again says the same again.
            Some(last) if listed.get(stated.edition) == Some(&true) && last.is_continued_by(&stated) => {
                last.edition = stated.edition;
            }
            _ => states.push(stated),
        }
    }
    Merge { schema, editions, days, revisions, money, ended, erased, doubts: Vec::new() }.rows(states)
}

/// Whether a later edition takes the state out.
fn is_erased(erased: &HashMap<Key, Vec<(usize, ServiceDate)>>, stated: &Stated) -> bool {
    let key = (stated.state.code.clone(), stated.state.mark.clone());
    erased.get(&key).is_some_and(|times| {
        times.iter().any(|(edition, from)| *edition > stated.edition && stated.state.from >= *from)
    })
}

impl Stated {
    fn order(&self) -> (&CodeValue, &str, ServiceDate) {
        (&self.state.code, &self.state.mark, self.state.from)
    }

    fn is_continued_by(&self, next: &Self) -> bool {
        let (own, next) = (&self.state, &next.state);
        own.code == next.code && own.mark == next.mark && own.cells == next.cells && own.last == next.last
    }
}

struct Merge {
    schema: &'static TableSchema,
    editions: Vec<Edition>,
    /// The days of revision that bear on the master.
    days: Vec<ServiceDate>,
    /// The revision that each edition gives.
    revisions: Vec<Option<ServiceDate>>,
    /// Where a row has its money, and the money before its last change.
    money: Option<(usize, usize)>,
    ended: HashMap<CodeValue, ServiceDate>,
    /// The editions that take a row out, and from when on.
    erased: HashMap<Key, Vec<(usize, ServiceDate)>>,
    doubts: Vec<Doubt>,
}

impl Merge {
    fn rows(mut self, states: Vec<Stated>) -> (Vec<MasterRow>, Vec<Doubt>) {
        let mut rows = Vec::with_capacity(states.len());
        let mut states = states.into_iter().peekable();
        let mut before: Option<Key> = None;
        while let Some(stated) = states.next() {
            let same = |next: &&Stated| next.state.code == stated.state.code && next.state.mark == stated.state.mark;
            let next = states.peek().filter(same);
            let until = self.until(&stated, next);
            let State { code, mark, from, since, cells, .. } = stated.state;
            let first = before.as_ref().is_none_or(|(known, other)| (known, other) != (&code, &mark));
            before = Some((code.clone(), mark));
            if until.is_some_and(|until| until <= from) {
                continue;
            }
            // INVARIANT: every state has its edition.
            let Some(edition) = self.editions.get(stated.edition) else { continue };
            let (source, certainty) = (edition.file.clone(), edition.table.certainty);
            // The name was there before its last change; its marks may have been others.
            if let Some(since) = since.filter(|since| first && *since < from) {
                rows.push(MasterRow {
                    code: code.clone(),
                    period: Period { from: since, until: Some(from) },
                    certainty: Certainty::Unverified,
                    source: source.clone(),
                    cells: cells.clone(),
                });
            }
            let period = Period { from, until };
            rows.push(MasterRow { code, period, certainty, source, cells });
        }
        (rows, self.doubts)
    }

    /// The first day on which a state no longer holds, or is no longer known to.
    fn until(&mut self, stated: &Stated, next: Option<&Stated>) -> Option<ServiceDate> {
        let State { code, from, last, .. } = &stated.state;
        // INVARIANT: every state has its edition; without one it would be known on no day.
        let Some(edition) = self.editions.get(stated.edition) else { return Some(*from) };
        let revision = self.revisions.get(stated.edition).copied().flatten();
        let ended = self.ended.get(code).copied().filter(|last| last >= from);
        let ends = [
            next.map(|next| next.state.from),
            last.map(ServiceDate::next),
            ended.map(ServiceDate::next),
            revisions::next(&self.days, edition.date, revision, *from),
            self.erased_on(stated),
        ];
        let end = ends.into_iter().flatten().chain(self.left_out(stated, next)).min();
        let doubt = match next {
            Some(next) => self.contradicted(stated, next, end),
            None => self.vanished(stated),
        };
        let Some(why) = doubt else { return end };
        // The edition vouches for the day of its date, and for the first day of what it announces.
        let sure = edition.date.max(*from);
        if end.is_some_and(|end| end <= sure.next()) {
            return end;
        }
        let code = self.schema.key.text(code);
        self.doubts.push(Doubt { kind: self.schema.name, code, from: *from, sure_to: sure, why });
        Some(sure.next())
    }

    /// The day of an erasure that is dated after the state: what was erased then does not go on as it was before.
    fn erased_on(&self, stated: &Stated) -> Option<ServiceDate> {
        let times = self.erased.get(&(stated.state.code.clone(), stated.state.mark.clone()))?;
        let later = times.iter().filter(|(edition, from)| *edition > stated.edition && *from > stated.state.from);
        later.map(|(_, from)| *from).min()
    }

    /// The day of the first later whole edition that no longer has a row of a table whose rows give no day of change.
    fn left_out(&self, stated: &Stated, next: Option<&Stated>) -> Option<ServiceDate> {
        let table = self.editions.get(stated.edition)?.table;
        if matches!(table.dating, Dating::Changed { .. }) {
            return None;
        }
        let next = next.map_or(usize::MAX, |next| next.edition);
        let later = self.editions.iter().enumerate().skip(stated.edition + 1).take_while(|(index, _)| *index < next);
        later
            .filter(|(_, edition)| edition.rows.whole && core::ptr::eq(edition.table, table))
            .map(|(_, edition)| edition.date)
            .find(|date| *date > stated.state.from)
    }

    /// Whether the next state knows of another figure before it than this state has.
    fn contradicted(&self, stated: &Stated, next: &Stated, end: Option<ServiceDate>) -> Option<String> {
        let (now, before) = self.money?;
        let figure = |stated: &Stated, place: usize| stated.state.cells.get(place).cloned();
        let (own, later) = (figure(stated, now), figure(next, now));
        // Only where the two states touch: over a gap the figure may well have changed.
        let touch = end == Some(next.state.from) && next.edition != stated.edition;
        if !touch || own == later || own == figure(next, before) {
            return None;
        }
        Some(format!(
            "{} gives another figure before {}: there was a change in between; add the edition that has it",
            self.editions.get(next.edition)?.file,
            next.state.from,
        ))
    }

    /// Whether a later whole edition of the same revision no longer has the code.
    fn vanished(&self, stated: &Stated) -> Option<String> {
        self.money?;
        let own = self.editions.get(stated.edition)?;
        let revision = self.revisions.get(stated.edition).copied().flatten()?;
        if stated.state.last.is_some() {
            return None;
        }
        let mut editions = self.editions.iter().zip(&self.revisions);
        let (later, _) = editions
            .find(|(edition, other)| edition.date > own.date && edition.rows.whole && **other == Some(revision))?;
        Some(format!("{} no longer has the code; add the edition that gives its last day", later.file))
    }
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
