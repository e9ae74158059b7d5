//! 包括 and 背反: the whole of tables 01, 02 and 03, row after row, over everything that stands in the visits and the
//! history; then who is charged, told again and again until nothing changes.

use serde_json::Value;

use crate::{
    days::{self, Day, day},
    fee_tables::{Exclusion, FeeTables, code},
    limits, pricing,
    rules::{Item, Visit},
    tables::{Certainty, Row, Tables, decimal},
};

/// A procedure of a visit or of the history.
struct Party {
    /// Place of the visit in their order; none for the history.
    visit: Option<usize>,
    /// Group and place in it, 0 for the base.
    item: (usize, usize),
    date: String,
    day: Day,
    code: u32,
    /// Its own points for its quantity; none while they are open.
    points: Option<i128>,
    /// An addition's base.
    base: Option<usize>,
    /// What a rule added it for: it goes with any of these. None for what stands by itself.
    causes: Option<Vec<usize>>,
    /// Asked for a review before.
    asked: bool,
    /// Asks for a review by itself.
    review: bool,
    state: State,
    /// Fell to what was charged before.
    to_past: bool,
    certainty: Certainty,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Open,
    Charged,
    Fallen(&'static str),
    Review,
}

/// One row that sets one party against another.
struct Edge {
    winner: usize,
    loser: usize,
    /// 特例条件, or points that are open.
    open: bool,
    verdict: &'static str,
    certainty: Certainty,
}

/// The span of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Span {
    Day,
    Month,
    Visit,
    /// Seven days, the first one counted.
    Week,
    /// The loser's day is that of the winner or one of the seven before it.
    BeforeOperation,
}

impl Span {
    fn holds(self, winner: &Party, loser: &Party) -> bool {
        let apart = days::serial(winner.day) - days::serial(loser.day);
        match self {
            Self::Day => apart == 0,
            Self::Month => days::month(winner.day) == days::month(loser.day),
            Self::Visit => winner.visit.is_some() && winner.visit == loser.visit,
            Self::Week => apart.abs() <= 6,
            Self::BeforeOperation => (0..=7).contains(&apart),
        }
    }

    /// A span that the guide leaves open makes what falls by it unverified.
    fn certainty(self) -> Certainty {
        match self {
            Self::Week | Self::BeforeOperation => Certainty::Unverified,
            _ => Certainty::Official,
        }
    }
}

/// Sets bundles and exclusions against each other, and writes the verdicts into the visits.
pub(crate) fn settle(tables: &Tables, encounter: &Value, visits: &mut [Visit<'_>]) {
    let mut parties = parties(tables, encounter, visits);
    let mut edges = edges(&tables.fees, &parties);
    first_month(tables, &parties, &mut edges);
    decide(&mut parties, &edges);
    for party in &parties {
        let Some(visit) = party.visit else { continue };
        let group = &mut visits[visit].groups[party.item.0];
        let item = match party.item.1 {
            0 => &mut group.base,
            place => &mut group.additions[place - 1],
        };
        match party.state {
            State::Fallen(verdict) => item.turn(verdict),
            State::Review => item.turn("needs_review"),
            State::Charged | State::Open => {}
        }
        item.to_past |= party.to_past;
        item.certainty = item.certainty.max(party.certainty);
    }
}

fn parties(tables: &Tables, encounter: &Value, visits: &[Visit<'_>]) -> Vec<Party> {
    let mut parties = Vec::new();
    for past in encounter["history"].as_array().into_iter().flatten() {
        let (date, text) = (past["date"].as_str().unwrap(), past["procedure"].as_str().unwrap());
        let quantity = past["quantity"].as_str().map(decimal);
        parties.push(Party {
            visit: None,
            item: (0, 0),
            date: date.to_owned(),
            day: day(date),
            code: code(text),
            points: tables.procedures.get(text, date).and_then(|row| pricing::own(row, quantity)),
            base: None,
            causes: None,
            asked: false,
            review: false,
            state: State::Charged,
            to_past: false,
            certainty: Certainty::Official,
        });
    }
    for (place, visit) in visits.iter().enumerate() {
        for (number, group) in visit.groups.iter().enumerate() {
            let mut base = None;
            for (at, item) in group.items().enumerate() {
                // What the row's own conditions bar is not charged, nor what is added to it.
                if !item.open() || !group.base.open() || item.row.is_none() {
                    continue;
                }
                if at == 0 {
                    base = Some(parties.len());
                }
                parties.push(party(place, (number, at), visit, item, base.filter(|_| at > 0)));
            }
        }
    }
    for at in 0..parties.len() {
        let Some(place) = parties[at].visit else { continue };
        let group = &visits[place].groups[parties[at].item.0];
        let Some(cause) = group.base.cause.as_ref().filter(|_| parties[at].item.1 == 0) else { continue };
        let bases = parties.iter().enumerate().filter(|(_, other)| other.visit == Some(place) && other.item.1 == 0);
        let fitting = bases.filter(|(_, other)| {
            visits[place].groups[other.item.0].base.row.is_some_and(|row| limits::is_cause(cause, row))
        });
        parties[at].causes = Some(fitting.map(|(other, _)| other).collect());
    }
    parties
}

fn party(place: usize, at: (usize, usize), visit: &Visit<'_>, item: &Item<'_>, base: Option<usize>) -> Party {
    Party {
        visit: Some(place),
        item: at,
        date: visit.date.to_owned(),
        day: visit.on,
        code: code(&item.code),
        points: item.row.and_then(|row| pricing::own(row, item.quantity)),
        base,
        causes: None,
        asked: item.verdict == "needs_review",
        review: item.verdict == "needs_review",
        state: State::Open,
        to_past: false,
        certainty: Certainty::Official,
    }
}

fn edges(fees: &FeeTables, parties: &[Party]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let stands = Marks::of(parties);
    bundles(fees, parties, &stands, &mut edges);
    for (table, span) in
        [(&fees.day, Span::Day), (&fees.month, Span::Month), (&fees.same, Span::Visit), (&fees.week, Span::Week)]
    {
        exclusions(table, span, parties, &stands, &mut edges);
    }
    edges
}

/// Codes that may stand among the parties, so that most rows are passed over at once.
struct Marks(Vec<bool>);

impl Marks {
    const SIZE: usize = 65_521;

    fn of(parties: &[Party]) -> Self {
        let mut marks = vec![false; Self::SIZE];
        for party in parties {
            marks[party.code as usize % Self::SIZE] = true;
        }
        Self(marks)
    }

    fn maybe(&self, code: u32) -> bool {
        self.0[code as usize % Self::SIZE]
    }
}

/// The later of two days.
fn later<'p>(one: &'p Party, other: &'p Party) -> &'p str {
    one.date.as_str().max(other.date.as_str())
}

/// Where the 補助マスター row names a group, every code of the group is contained.
fn bundles(fees: &FeeTables, parties: &[Party], stands: &Marks, edges: &mut Vec<Edge>) {
    for aux in fees.aux.iter().filter(|aux| stands.maybe(aux.code)) {
        for (winner, parent) in parties.iter().enumerate().filter(|(_, party)| party.code == aux.code) {
            for (unit, group) in &aux.bundles {
                let span = match unit {
                    0 => continue,
                    1 => Span::Day,
                    2 => Span::Month,
                    // 同時 and 1手術: one visit.
                    3 | 6 => Span::Visit,
                    5 => Span::BeforeOperation,
                    other => panic!("包括単位 {other}"),
                };
                for member in fees.members.iter().filter(|member| stands.maybe(member.code) && member.group == *group) {
                    for (loser, child) in parties.iter().enumerate().filter(|(_, party)| party.code == member.code) {
                        let on = later(parent, child);
                        // A code does not contain itself.
                        if parent.code != child.code
                            && span.holds(parent, child)
                            && aux.days.hold(on)
                            && member.days.hold(on)
                        {
                            edges.push(Edge {
                                winner,
                                loser,
                                open: member.special,
                                verdict: "bundled",
                                certainty: aux.certainty.max(member.certainty).max(span.certainty()),
                            });
                        }
                    }
                }
            }
        }
    }
}

/// What the notes of guidance fees say of the month after a first consultation (B000 注2, B001 の6 注2, 7 注3, 8 注2, 21 注2,
/// C010 注2), where it lies in the month after that consultation's.
fn first_month(tables: &Tables, parties: &[Party], edges: &mut Vec<Edge>) {
    let row = |party: &Party| tables.procedures.get(&format!("{:09}", party.code), &party.date);
    let itself = |row: &Row, item: &str| row.text("fee_item") == item && row.text("notice_1") == "1";
    for (winner, first) in parties.iter().enumerate() {
        if !row(first).is_some_and(|row| itself(row, "A000")) {
            continue;
        }
        let (year, month, number) = first.day;
        let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        for (loser, child) in
            parties.iter().enumerate().filter(|(_, child)| (child.day.0, child.day.1) == (year, month))
        {
            let Some(row) = row(child) else { continue };
            let chronic = itself(row, "B000");
            let guidance =
                itself(row, "C010") || itself(row, "B001") && matches!(row.text("item_no"), "6" | "7" | "8" | "21");
            let due = (year, month, number.min(days::length(year, month)));
            let within = if !chronic && due.2 < number { child.day <= due } else { child.day < due };
            if !(chronic || guidance) || !within {
                continue;
            }
            let mut open = false;
            if chronic {
                // The last day before a row of holidays that reaches to the day of the month: every day after it is one.
                let between: Vec<_> = (1..=due.2 - child.day.2).map(|by| days::shifted(child.day, by)).collect();
                let sunday = |day: &days::Day| days::serial(*day).rem_euclid(7) == 0;
                if between.iter().all(sunday) {
                    continue;
                }
                open = between.len() <= 7 && between.iter().all(|day| sunday(day) || holiday(*day));
            }
            edges.push(Edge { winner, loser, open, verdict: "bundled", certainty: Certainty::Official });
        }
    }
}

/// A day that may be a holiday but for Sundays.
fn holiday((year, month, day): days::Day) -> bool {
    let fixed = |month, day| match month {
        1 => day <= 3,
        2 => day == 11 || day == 23,
        3 => day == 20 || day == 21,
        4 => day == 29,
        5 => (3..=6).contains(&day),
        8 => day == 11,
        9 => (21..=23).contains(&day),
        11 => day == 3 || day == 23,
        12 => day >= 29,
        _ => false,
    };
    let monday = days::serial((year, month, day)).rem_euclid(7) == 1;
    let third = matches!(month, 7 | 9) && (15..=21).contains(&day);
    let second = matches!(month, 1 | 10) && (8..=14).contains(&day);
    let before = days::shifted((year, month, day), -1);
    let games = (year == 2020 || year == 2021)
        && (month == 7 && (22..=24).contains(&day) || month == 8 && (8..=10).contains(&day));
    fixed(month, day) || monday && (third || second || fixed(before.1, before.2)) || games
}

fn exclusions(table: &[Exclusion], span: Span, parties: &[Party], stands: &Marks, edges: &mut Vec<Edge>) {
    for row in table {
        if !stands.maybe(row.one) || !stands.maybe(row.other) {
            continue;
        }
        for (first, one) in parties.iter().enumerate().filter(|(_, party)| party.code == row.one) {
            for (second, other) in parties.iter().enumerate().filter(|(_, party)| party.code == row.other) {
                if first == second || !span.holds(one, other) || !row.days.hold(later(one, other)) {
                    continue;
                }
                let certainty = row.certainty.max(span.certainty());
                let mut edge = |winner, loser, open, certainty| {
                    edges.push(Edge { winner, loser, open, verdict: "excluded", certainty });
                };
                match row.rule {
                    1 => edge(first, second, row.special, certainty),
                    2 => edge(second, first, row.special, certainty),
                    // 主たるもの: our own reading of 何れか一方.
                    3 => match main(one, other) {
                        Some(true) => edge(first, second, row.special, Certainty::Unverified),
                        Some(false) => edge(second, first, row.special, Certainty::Unverified),
                        None => {
                            edge(first, second, true, Certainty::Unverified);
                            edge(second, first, true, Certainty::Unverified);
                        }
                    },
                    other => panic!("背反区分 {other}"),
                }
            }
        }
    }
}

/// Whether the first is the main one: more points, then the earlier, then the smaller code. Nothing where points are open.
fn main(one: &Party, other: &Party) -> Option<bool> {
    let (mine, theirs) = (one.points?, other.points?);
    Some((-mine, one.day, one.code) < (-theirs, other.day, other.code))
}

/// Tells who is charged.
fn decide(parties: &mut [Party], edges: &[Edge]) {
    // The past does not fall: what would beat it asks for a review.
    for edge in edges {
        if parties[edge.loser].visit.is_none() && parties[edge.winner].visit.is_some() {
            parties[edge.winner].review = true;
        }
    }
    loop {
        let mut changed = false;
        for at in 0..parties.len() {
            if parties[at].state == State::Open
                && let Some((state, to_past)) = decided(parties, edges, at)
            {
                (parties[at].state, parties[at].to_past) = (state, to_past);
                changed = true;
            }
        }
        if changed {
            continue;
        }
        // Nothing decides the rest. What the past beats falls at any rate, and that may decide others.
        let left: Vec<usize> = (0..parties.len()).filter(|at| parties[*at].state == State::Open).collect();
        let beaten: Vec<(usize, &str)> =
            left.iter().filter_map(|at| Some((*at, by_past(parties, edges, *at)?))).collect();
        for (at, verdict) in &beaten {
            (parties[*at].state, parties[*at].to_past) = (State::Fallen(verdict), true);
        }
        if !beaten.is_empty() {
            continue;
        }
        // What no row speaks of waits for its base alone.
        let in_ring = |at: &usize| parties[*at].causes.is_some() || edges.iter().any(|edge| edge.loser == *at);
        let ring: Vec<usize> = left.into_iter().filter(in_ring).collect();
        if ring.is_empty() {
            break;
        }
        for at in ring {
            parties[at].state = State::Review;
        }
    }
    assert!(parties.iter().all(|party| party.state != State::Open));
    // Bases come before their additions.
    for at in 0..parties.len() {
        let row = rests_on(parties, edges, at);
        parties[at].certainty = row.map_or(Certainty::Official, |edge| edge.certainty);
        if let State::Fallen(verdict) = parties[at].state {
            let base = parties[at].base.map(|base| parties[base].state);
            let with_base = match base {
                Some(State::Fallen(verdict)) => verdict,
                _ => verdict,
            };
            parties[at].state = State::Fallen(row.map_or(with_base, |edge| edge.verdict));
        }
    }
}

/// The verdict by which the past beats a party for certain: 包括 before 背反.
fn by_past(parties: &[Party], edges: &[Edge], at: usize) -> Option<&'static str> {
    let beats = |edge: &&Edge| edge.loser == at && !edge.open && parties[edge.winner].visit.is_none();
    edges.iter().filter(beats).map(|edge| edge.verdict).min()
}

/// How a winner counts: an addition whose base asks for a review may not be charged either.
fn stands(parties: &[Party], at: usize) -> State {
    match parties[at].base.map(|base| parties[base].state) {
        Some(State::Review) if parties[at].state == State::Charged => State::Review,
        _ => parties[at].state,
    }
}

/// The state of a party, if what is known already settles it, and whether it fell to the past.
fn decided(parties: &[Party], edges: &[Edge], at: usize) -> Option<(State, bool)> {
    let party = &parties[at];
    let against: Vec<&Edge> = edges.iter().filter(|edge| edge.loser == at).collect();
    if let Some(base) = party.base
        && let State::Fallen(verdict) = parties[base].state
    {
        return Some((State::Fallen(verdict), parties[base].to_past));
    }
    // A derived line goes with any of its causes.
    let causes = party.causes.iter().flatten().map(|cause| &parties[*cause]);
    if party.causes.is_some() && causes.clone().all(|cause| matches!(cause.state, State::Fallen(_))) {
        return Some((State::Fallen("excluded"), causes.clone().any(|cause| cause.to_past)));
    }
    let mine = |edge: &&&Edge| !edge.open && parties[edge.winner].visit.is_some();
    // Something of this calculation that is charged beats it.
    if let Some(edge) = against.iter().filter(mine).find(|edge| stands(parties, edge.winner) == State::Charged) {
        return Some((State::Fallen(edge.verdict), false));
    }
    let undecided = against.iter().any(|edge| parties[edge.winner].state == State::Open);
    let waits_for_base = party.base.is_some_and(|base| parties[base].state == State::Open);
    let has_cause = causes.clone().any(|cause| cause.state == State::Charged);
    let waits_for_cause = !has_cause && causes.clone().any(|cause| cause.state == State::Open);
    if undecided || waits_for_base || waits_for_cause {
        return None;
    }
    if let Some(verdict) = by_past(parties, edges, at) {
        return Some((State::Fallen(verdict), true));
    }
    let asks = against.iter().any(|edge| match stands(parties, edge.winner) {
        State::Charged => edge.open,
        State::Review => true,
        State::Fallen(_) => parties[edge.winner].to_past,
        State::Open => false,
    });
    let open = asks || party.review || (party.causes.is_some() && !has_cause);
    Some((if open { State::Review } else { State::Charged }, false))
}

/// The row that makes a party what it is: 包括 before 背反, then the surest.
fn rests_on<'e>(parties: &[Party], edges: &'e [Edge], at: usize) -> Option<&'e Edge> {
    let party = &parties[at];
    let cuts = |edge: &&Edge| {
        edge.loser == at
            && !edge.open
            && stands(parties, edge.winner) == State::Charged
            && (party.to_past || parties[edge.winner].visit.is_some())
    };
    let asks = |edge: &&Edge| {
        let over_past = edge.winner == at && parties[edge.loser].visit.is_none();
        over_past
            || edge.loser == at
                && match stands(parties, edge.winner) {
                    State::Fallen(_) => parties[edge.winner].to_past,
                    _ => true,
                }
    };
    let first = |edge: &&Edge| (edge.verdict, edge.certainty);
    match party.state {
        State::Fallen(_) => edges.iter().filter(cuts).min_by_key(first),
        // It asked for a review before the tables did.
        State::Review if party.asked => None,
        State::Review => edges.iter().filter(asks).min_by_key(first),
        State::Charged | State::Open => None,
    }
}
