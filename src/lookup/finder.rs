//! Searches every master and puts what is found in one order.

use core::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::{
    date::Period,
    master::{MasterKind, Masters, schema},
    pack::Table,
};

use super::{
    Found, FoundNote, FoundReason, Hit, Rank, Search, Setting,
    candidate::{Candidate, merged},
    hits::Columns,
    index::{Builder, Entry, Index, Match, Wanted},
    keys::{SEARCHED, Searched},
    numbers::{Numbers, RowId},
    query::{MAX_LETTERS, MAX_WORDS, NoQuery, Query, Spelled},
    rows,
    validate::askable,
};

/// Searches masters. What it needs is built on the first search and kept, each master by itself; cloning the masters
/// into it is cheap.
pub struct Finder {
    masters: Masters,
    /// Of each searched master.
    slots: Vec<Slot>,
    numbers: Numbers,
}

#[derive(Default)]
struct Slot {
    columns: OnceLock<Columns>,
    index: OnceLock<Index>,
    /// The index while it is built piece by piece.
    work: Mutex<Option<Builder>>,
}

impl core::fmt::Debug for Finder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Finder").field("masters", &self.masters).finish_non_exhaustive()
    }
}

/// Searches once; keep a [`Finder`] to search again.
#[must_use]
pub fn find(masters: &Masters, search: &Search<'_>) -> Vec<Hit> {
    Finder::new(masters).find(search)
}

impl Finder {
    /// A finder for these masters as they are now.
    #[must_use]
    pub fn new(masters: &Masters) -> Self {
        Self {
            masters: masters.clone(),
            slots: SEARCHED.iter().map(|_| Slot::default()).collect(),
            numbers: Numbers::new(masters),
        }
    }

    /// The masters that are searched.
    #[must_use]
    pub fn masters(&self) -> &Masters {
        &self.masters
    }

    /// Goes on building what searches of these masters need (none: of all), for about so many rows, and says whether
    /// everything is ready. A search builds the rest by itself; a page that calls this between two frames never waits.
    pub fn prepare(&self, kinds: &[MasterKind], rows: usize) -> bool {
        for (place, searched) in SEARCHED.iter().enumerate() {
            let Some(slot) = self.slots.get(place).filter(|_| kinds.is_empty() || kinds.contains(&searched.kind))
            else {
                continue;
            };
            if slot.index.get().is_some() {
                continue;
            }
            let mut work = slot.work.lock().unwrap_or_else(PoisonError::into_inner);
            if work.get_or_insert_with(|| Builder::new(searched)).step(&self.masters, rows)
                && let Some(whole) = work.take()
            {
                slot.index.get_or_init(|| whole.finish(&self.masters));
            }
            return false;
        }
        true
    }

    /// The best hits, in the order that [`crate::lookup`] describes; none for a query that is none.
    #[must_use]
    pub fn find(&self, search: &Search<'_>) -> Vec<Hit> {
        self.search(search).hits
    }

    /// The best hits, and why there are none or only near ones.
    #[must_use]
    pub fn search(&self, search: &Search<'_>) -> Found {
        match Query::read(search.query) {
            Err(no) => Found { hits: Vec::new(), note: Some(no.note()) },
            Ok(query) => {
                let (candidates, note) = self.candidates(&query, search);
                let read = candidates.first().and_then(|first| first.renumbered.then(|| query.renumbered())?);
                let hits = self.hits(&candidates, read.as_ref().unwrap_or(&query));
                Found { hits, note: note.map(|reason| reason.note(search)) }
            }
        }
    }

    /// The rows of the best hits alone: many times cheaper where only the first few are shown.
    #[must_use]
    pub fn rows(&self, search: &Search<'_>) -> Vec<RowId> {
        let Ok(query) = Query::read(search.query) else { return Vec::new() };
        let candidates = self.candidates(&query, search).0;
        candidates.iter().map(|candidate| self.number(candidate.place, candidate.entry)).collect()
    }

    /// The best rows of all masters in their order, and what there is to say of them.
    fn candidates(&self, query: &Query, search: &Search<'_>) -> (Vec<Candidate<'_>>, Option<FoundReason>) {
        if search.on.is_some_and(|day| askable(day).is_err()) {
            return (Vec::new(), Some(FoundReason::NotCovered));
        }
        let found = self.matching(query, search, search.limit, false);
        if !found.is_empty() || search.limit == 0 {
            return (found, None);
        }
        let tables = || {
            let wanted = SEARCHED.iter().filter(|searched| search.wants(searched));
            wanted.flat_map(|searched| self.masters.tables(searched.kind))
        };
        if tables().next().is_none() {
            return (found, Some(FoundReason::NoTable));
        }
        if let Some(day) = search.on {
            if !tables().any(|table| table.covers(day.packed())) {
                return (found, Some(FoundReason::NotCovered));
            }
            if !self.matching(query, &Search { on: None, ..*search }, 1, false).is_empty() {
                return (found, Some(FoundReason::OtherDays));
            }
        }
        // Ⅱ型糖尿病 is written ２型糖尿病 in the master.
        if let Some(other) = query.renumbered() {
            let mut found = self.matching(&other, search, search.limit, false);
            if !found.is_empty() {
                found.iter_mut().for_each(|candidate| (candidate.rank, candidate.renumbered) = (Rank::Fuzzy, true));
                return (found, Some(FoundReason::OnlyNear));
            }
        }
        let near = self.matching(query, search, search.limit, true);
        let reason = if near.is_empty() { FoundReason::NothingFound } else { FoundReason::OnlyNear };
        (near, Some(reason))
    }

    fn matching(&self, query: &Query, search: &Search<'_>, need: usize, near: bool) -> Vec<Candidate<'_>> {
        let mut all: Vec<Candidate<'_>> = Vec::new();
        // The rows of one master are in order already.
        let mut lists: Vec<Range<usize>> = Vec::new();
        let spelled = Spelled::new(query);
        for (place, searched) in SEARCHED.iter().enumerate() {
            if !search.wants(searched) || self.masters.tables(searched.kind).next().is_none() {
                continue;
            }
            let Some(index) = self.index(place) else { continue };
            let counts = |n| index.entry(n).is_some_and(|entry| self.counts(searched, entry, search));
            let (whole, words) = spelled.of(searched);
            let wanted = Wanted { whole, words, need, counts: &counts };
            let before = all.len();
            let mut push = |found: Match, edits| {
                let entry = index.entry(found.n);
                all.extend(entry.map(|entry| Candidate::new(place, searched.claimed, index, entry, found, edits)));
            };
            if near {
                for near in index.near(&wanted) {
                    push(Match { n: near.n, rank: Rank::Fuzzy, code: None }, near.edits);
                }
            } else {
                index.search(&wanted).into_iter().for_each(|found| push(found, 0));
            }
            if all.len() > before {
                lists.push(before..all.len());
            }
        }
        if lists.len() > 1 { merged(&all, lists, need) } else { all }
    }

    fn index(&self, place: usize) -> Option<&Index> {
        let (slot, searched) = (self.slots.get(place)?, SEARCHED.get(place)?);
        Some(slot.index.get_or_init(|| {
            let begun = slot.work.lock().unwrap_or_else(PoisonError::into_inner).take();
            begun.unwrap_or_else(|| Builder::new(searched)).finish(&self.masters)
        }))
    }

    /// Whether a row is one that may be shown.
    fn counts(&self, searched: &Searched, entry: &Entry, search: &Search<'_>) -> bool {
        let in_time = match search.on {
            Some(day) => entry.from <= day.packed() && day.packed() < entry.until,
            None => entry.newest,
        };
        if !in_time {
            return false;
        }
        let narrow = search.section.is_some_and(|section| !section.is_empty()) || search.setting.is_some();
        let contested = entry.contested && search.on.is_some();
        if !narrow && !contested {
            return true;
        }
        let Some(table) = self.table(searched.kind, usize::from(entry.layer)) else { return false };
        let row = entry.row as usize;
        in_section(searched.kind, table, row, search)
            && in_setting(searched.kind, table, row, search.setting)
            && search.on.is_none_or(|day| !self.hidden(searched.kind, table, entry, |period| period.contains(day)))
    }

    /// Whether a pack that was added later has the row that counts instead.
    fn hidden(&self, kind: MasterKind, own: Table<'_>, entry: &Entry, on: impl Fn(Period) -> bool) -> bool {
        if !entry.contested {
            return false;
        }
        let key = schema::schema(kind).key.value_at(own, entry.row as usize);
        (0..usize::from(entry.layer))
            .filter_map(|layer| self.table(kind, layer))
            .any(|table| rows::rows_of(table, &key).any(|row| on(schema::period_of(table, row))))
    }

    pub(super) fn table(&self, kind: MasterKind, layer: usize) -> Option<Table<'_>> {
        self.masters.packs().get(layer)?.known(schema::place(kind))
    }

    pub(super) fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The columns of a searched master that a hit shows.
    pub(super) fn columns(&self, place: usize) -> Option<&Columns> {
        let (slot, searched) = (self.slots.get(place)?, SEARCHED.get(place)?);
        Some(slot.columns.get_or_init(|| Columns::of(searched)))
    }
}

fn in_section(kind: MasterKind, table: Table<'_>, row: usize, search: &Search<'_>) -> bool {
    let Some(section) = search.section.filter(|section| !section.is_empty()) else { return true };
    let schema = schema::schema(kind);
    if section.starts_with(|first: char| first.is_ascii_digit()) {
        // 点数欄集計先識別 is the 診療識別 with a third digit; 300 is the one of other injections, 33.
        let tally = |name: &str| {
            let tally = schema.column(name).map_or(0, |column| table.number(column.id, row));
            let tally = if tally == 300 { 330 } else { tally };
            tally != 0 && tally.to_string().starts_with(section)
        };
        let (out, stay) = (search.setting != Some(Setting::Inpatient), search.setting != Some(Setting::Outpatient));
        return (out && tally("section_out")) || (stay && tally("section_in"));
    }
    let item = schema.column("fee_item").map_or("", |column| table.text(column.id, row));
    item.get(..section.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(section))
}

fn in_setting(kind: MasterKind, table: Table<'_>, row: usize, setting: Option<Setting>) -> bool {
    let Some((setting, column)) = setting.zip(schema::schema(kind).column("in_out")) else { return true };
    match table.number(column.id, row) {
        1 => setting == Setting::Inpatient,
        2 => setting == Setting::Outpatient,
        _ => true,
    }
}

impl NoQuery {
    fn note(&self) -> FoundNote {
        let (reason, message) = match self {
            Self::Empty => (FoundReason::Empty, "expected a code or a part of a name, got only blanks".to_owned()),
            Self::Letters(got) => (
                FoundReason::TooLong,
                format!("expected at most {MAX_LETTERS} characters, got {got}; shorten the query"),
            ),
            Self::Words(got) => {
                (FoundReason::TooManyWords, format!("expected at most {MAX_WORDS} words, got {got}; leave some out"))
            }
        };
        FoundNote { reason, message }
    }
}

impl FoundReason {
    fn note(self, search: &Search<'_>) -> FoundNote {
        let day = search.on.map_or_else(String::new, |day| day.to_string());
        let message = match self {
            Self::NoTable => "no pack has a table of these masters; add a pack that does".to_owned(),
            Self::NotCovered if search.on.is_some_and(|day| askable(day).is_err()) => {
                format!("expected a day from 1985-01-01 to 2100-12-31, got {day}; name another day")
            }
            Self::NotCovered => format!("no row of these masters is in force on {day}; name another day"),
            Self::OtherDays => format!("what matches is not in force on {day}; leave the day out to see it"),
            Self::OnlyNear => {
                "nothing matches as typed; the hits differ by a letter or two, or in how a numeral is written"
                    .to_owned()
            }
            _ => "nothing matches; try a shorter part of the name".to_owned(),
        };
        FoundNote { reason: self, message }
    }
}
