//! Who gives way to whom: the one procedure by which bundling and exclusion are decided.
//!
//! Each relation of the tables is an edge: one party stands, the other gives way. A party that gives way does not make
//! others give way, so a line falls only to a line that is itself charged. The answer is the one that this reading
//! determines alone (the well-founded one); where it determines none, as in a ring, a person must decide. It does not
//! depend on the order of the parties.

/// How a party stands before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Charged as far as is known.
    Charged,
    /// Whether it is charged is open.
    Open,
    /// Not charged, because of a line of this calculation or its own conditions.
    Fallen,
    /// Not charged because of the patient's past. To others it is as good as open: a longer past must never bring a line
    /// back that the fallen one had kept down.
    FallenToPast,
}

/// One party.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) standing: Standing,
    /// Charged before: it cannot fall.
    pub(crate) past: bool,
    /// The party without which this one is not charged: an addition's base.
    pub(crate) base: Option<usize>,
    /// What a rule added this one for: it goes with any of these. None for what stands by itself.
    pub(crate) causes: Option<Vec<usize>>,
}

/// One relation: if `winner` is charged, `loser` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) winner: usize,
    pub(crate) loser: usize,
    /// 特例条件, or a choice that the tables leave open: the loser is open, not cut.
    pub(crate) open: bool,
}

/// What became of a party: its standing, and the edge that decided it where one did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) standing: Standing,
    pub(crate) edge: Option<usize>,
}

/// Decides every party.
///
/// A winner over the past cannot make it fall, so it is open itself: the edge then counts against the winner.
pub(crate) fn decide(parties: &[Party], edges: &[Edge]) -> Vec<Outcome> {
    let mut against: Vec<Vec<usize>> = vec![Vec::new(); parties.len()];
    for (index, edge) in edges.iter().enumerate() {
        let past = parties.get(edge.loser).is_some_and(|party| party.past);
        let suffers = if past { edge.winner } else { edge.loser };
        if let Some(list) = against.get_mut(suffers) {
            list.push(index);
        }
    }
    let mut decided: Vec<Option<Standing>> = parties
        .iter()
        .map(|party| match party.standing {
            _ if party.past => Some(Standing::Charged),
            Standing::Fallen | Standing::FallenToPast => Some(party.standing),
            _ => None,
        })
        .collect();
    // Each round decides at least one party or is the last. What the past has certainly barred waits for no ring.
    let mut patient = true;
    loop {
        let mut progress = false;
        for (at, party) in parties.iter().enumerate() {
            let step = |decided: &[Option<Standing>]| step(at, party, parties, edges, &against, decided, patient);
            if decided.get(at).is_some_and(Option::is_none)
                && let Some(standing) = step(&decided)
                && let Some(place) = decided.get_mut(at)
            {
                *place = Some(standing);
                progress = true;
            }
        }
        match (progress, patient) {
            (true, _) => patient = true,
            (false, true) => patient = false,
            (false, false) => break,
        }
    }
    (0..parties.len()).map(|at| outcome(at, parties, edges, &against, &decided)).collect()
}

/// The standing of one party, as soon as those against it leave only one.
fn step(
    at: usize,
    party: &Party,
    parties: &[Party],
    edges: &[Edge],
    against: &[Vec<usize>],
    decided: &[Option<Standing>],
    patient: bool,
) -> Option<Standing> {
    let of = |index: usize| decided.get(index).copied().flatten();
    let base = party.base.map(of);
    if let Some(Some(fallen @ (Standing::Fallen | Standing::FallenToPast))) = base {
        return Some(fallen);
    }
    let cause = party.causes.as_ref().map(|causes| best(causes.iter().map(|cause| of(*cause))));
    if let Some(Some(fallen @ (Standing::Fallen | Standing::FallenToPast))) = cause {
        return Some(fallen);
    }
    let mut waits = base == Some(None) || cause == Some(None);
    let mut open = cause == Some(Some(Standing::Open));
    let mut past = false;
    for edge in against.get(at).into_iter().flatten().filter_map(|index| edges.get(*index)) {
        let over_past = edge.winner == at;
        let other = if over_past { edge.loser } else { edge.winner };
        let is_past = parties.get(other).is_some_and(|party| party.past);
        match beating(of(other), other, parties, &of) {
            None => waits = true,
            Some(Standing::Charged) if !edge.open && !over_past && !is_past => return Some(Standing::Fallen),
            Some(Standing::Charged) if !edge.open && !over_past => past = true,
            Some(Standing::Fallen) => {}
            Some(_) => open = true,
        }
    }
    // What falls to the past may still fall to a line of this calculation, which keeps others from being open.
    match (waits, past, open) {
        (true, true, _) if !patient => Some(Standing::FallenToPast),
        (true, ..) => None,
        (_, true, _) => Some(Standing::FallenToPast),
        (_, _, true) => Some(Standing::Open),
        _ => Some(party.standing),
    }
}

/// How what a derived line goes with stands: one charged cause is enough, and it falls with the last.
fn best(causes: impl Iterator<Item = Option<Standing>>) -> Option<Standing> {
    let mut best = Some(Standing::Fallen);
    for cause in causes {
        best = match (best, cause) {
            (_, Some(Standing::Charged)) => return cause,
            (None, _) | (_, None) => None,
            (Some(Standing::Open), _) | (_, Some(Standing::Open)) => Some(Standing::Open),
            (Some(Standing::FallenToPast), _) | (_, Some(Standing::FallenToPast)) => Some(Standing::FallenToPast),
            (best, _) => best,
        };
    }
    best
}

/// How a party counts against others: an addition whose base is open is open too.
fn beating(
    own: Option<Standing>,
    at: usize,
    parties: &[Party],
    of: &impl Fn(usize) -> Option<Standing>,
) -> Option<Standing> {
    let base = parties.get(at).and_then(|party| party.base);
    match (own?, base.map(of)) {
        (Standing::Charged, Some(Some(Standing::Open))) => Some(Standing::Open),
        (own, _) => Some(own),
    }
}

/// The final standing, and the first edge that explains it.
fn outcome(
    at: usize,
    parties: &[Party],
    edges: &[Edge],
    against: &[Vec<usize>],
    decided: &[Option<Standing>],
) -> Outcome {
    let before = parties.get(at).map_or(Standing::Open, |party| party.standing);
    // Nothing decided it: it stands in a ring.
    let standing = decided.get(at).copied().flatten().unwrap_or(Standing::Open);
    let of = |index: usize| decided.get(index).copied().flatten();
    let mut causes = against.get(at).into_iter().flatten().copied().filter(|index| {
        let Some(edge) = edges.get(*index) else { return false };
        let other = if edge.winner == at { edge.loser } else { edge.winner };
        let counts = beating(of(other), other, parties, &of);
        let cuts = !edge.open && edge.winner != at && counts == Some(Standing::Charged);
        match standing {
            Standing::Charged => false,
            Standing::Fallen => cuts && parties.get(other).is_some_and(|party| !party.past),
            Standing::FallenToPast => cuts,
            Standing::Open => counts != Some(Standing::Fallen),
        }
    });
    let edge = if standing == before { None } else { causes.next() };
    Outcome { standing, edge }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHARGED: Party = Party { standing: Standing::Charged, past: false, base: None, causes: None };
    const PAST: Party = Party { past: true, ..CHARGED };

    fn edge(winner: usize, loser: usize) -> Edge {
        Edge { winner, loser, open: false }
    }

    fn standings(parties: &[Party], edges: &[Edge]) -> Vec<Standing> {
        decide(parties, edges).into_iter().map(|outcome| outcome.standing).collect()
    }

    #[test]
    fn what_has_fallen_keeps_nobody_down() {
        use Standing::{Charged, Fallen};
        let edges = [edge(0, 1), edge(1, 2)];
        assert_eq!(standings(&[CHARGED; 3], &edges), [Charged, Fallen, Charged]);
    }

    #[test]
    fn a_ring_is_open() {
        use Standing::Open;
        assert_eq!(standings(&[CHARGED; 3], &[edge(0, 1), edge(1, 2), edge(2, 0)]), [Open; 3]);
        assert_eq!(standings(&[CHARGED; 2], &[edge(0, 1), edge(1, 0)]), [Open; 2]);
    }

    #[test]
    fn a_special_condition_is_never_a_cut() {
        use Standing::{Charged, Open};
        let special = Edge { open: true, ..edge(0, 1) };
        assert_eq!(standings(&[CHARGED; 2], &[special]), [Charged, Open]);
    }

    #[test]
    fn the_past_stands_and_its_rival_is_open() {
        use Standing::{Charged, FallenToPast, Open};
        assert_eq!(standings(&[PAST, CHARGED], &[edge(1, 0)]), [Charged, Open]);
        assert_eq!(standings(&[PAST, CHARGED], &[edge(0, 1)]), [Charged, FallenToPast]);
        // What fell to the past still leaves its own loser open.
        assert_eq!(standings(&[PAST, CHARGED, CHARGED], &[edge(0, 1), edge(1, 2)]), [Charged, FallenToPast, Open]);
    }

    #[test]
    fn what_was_added_falls_with_its_last_cause() {
        use Standing::{Charged, Fallen, Open};
        let derived = || Party { causes: Some(vec![0, 1]), ..CHARGED };
        let parties = || [CHARGED, CHARGED, derived(), CHARGED, CHARGED];
        assert_eq!(standings(&parties(), &[edge(3, 0), edge(2, 4)]), [Fallen, Charged, Charged, Charged, Fallen]);
        let both = [edge(3, 0), edge(3, 1), edge(2, 4)];
        assert_eq!(standings(&parties(), &both), [Fallen, Fallen, Fallen, Charged, Charged]);
        let special = |winner, loser| Edge { open: true, ..edge(winner, loser) };
        let asked = [edge(3, 0), special(3, 1), edge(2, 4)];
        assert_eq!(standings(&parties(), &asked), [Fallen, Open, Open, Charged, Open]);
    }

    #[test]
    fn an_addition_falls_with_its_base() {
        use Standing::{Charged, Fallen};
        let addition = Party { base: Some(1), ..CHARGED };
        let parties = [CHARGED, CHARGED, addition, CHARGED];
        assert_eq!(standings(&parties, &[edge(0, 1), edge(2, 3)]), [Charged, Fallen, Fallen, Charged]);
    }
}
