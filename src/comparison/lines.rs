//! Which line under one revision is which under the other.

use std::collections::{HashMap, VecDeque};

use crate::fee::Line;

use super::{Change, LineChange, LineFigure};

/// A line is the same line when it comes from the same order, charges the same code (or figure), and belongs to the same
/// base. Of several, the first is the first.
#[derive(PartialEq, Eq, Hash)]
struct Identity<'a> {
    path: Option<&'a str>,
    own: &'a str,
    base: Option<(Option<&'a str>, &'a str)>,
}

fn own(line: &Line) -> &str {
    line.code.as_deref().unwrap_or(&line.name)
}

fn identified(lines: &[Line]) -> impl Iterator<Item = (Identity<'_>, &Line)> {
    let mut base = None;
    lines.iter().map(move |line| {
        let (path, own) = (line.path.as_deref(), own(line));
        if !line.addition {
            base = Some((path, own));
        }
        (Identity { path, own, base: base.filter(|_| line.addition) }, line)
    })
}

/// The lines that differ: first those of `from` in their order, then those that are new.
pub(super) fn changes(from: &[Line], to: &[Line]) -> Vec<LineChange> {
    let mut others: HashMap<Identity<'_>, VecDeque<usize>> = HashMap::new();
    for (place, (identity, _)) in identified(to).enumerate() {
        others.entry(identity).or_default().push_back(place);
    }
    let mut met = vec![false; to.len()];
    let mut changes = Vec::new();
    for (identity, line) in identified(from) {
        let place = others.get_mut(&identity).and_then(VecDeque::pop_front);
        let other = place.and_then(|place| to.get(place));
        if let Some(met) = place.and_then(|place| met.get_mut(place)) {
            *met = true;
        }
        changes.extend(change(Some(line), other));
    }
    let new = to.iter().zip(met).filter(|(_, met)| !met);
    changes.extend(new.filter_map(|(line, _)| change(None, Some(line))));
    changes
}

fn change(from: Option<&Line>, to: Option<&Line>) -> Option<LineChange> {
    let line = to.or(from)?;
    let (before, after) = (from.map(figure), to.map(figure));
    let change = match (&before, &after) {
        (None, _) => Change::New,
        (_, None) => Change::Gone,
        (Some(before), Some(after)) if before.verdict != after.verdict => Change::Verdict,
        (Some(before), Some(after)) if before != after => Change::Points,
        _ => return None,
    };
    // A line that is not there gives nothing; one that asks for a review gives what nobody knows.
    let total = |figure: Option<LineFigure>| match figure {
        Some(figure) => figure.total.map(crate::money::Points::get),
        None => Some(0),
    };
    let difference = total(after).zip(total(before)).map(|(after, before)| after - before);
    Some(LineChange {
        change,
        section: line.section.clone(),
        code: line.code.clone(),
        name: line.name.clone(),
        path: line.path.clone(),
        from: before,
        to: after,
        difference,
    })
}

fn figure(line: &Line) -> LineFigure {
    LineFigure { verdict: line.verdict, points: line.points, count: line.count, total: line.total, yen: line.yen }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fee::{Origin, Verdict},
        master::Certainty,
        money::Points,
    };

    fn line(code: &str, path: Option<&str>, points: i64) -> Line {
        let points = Points::new(points).ok();
        Line {
            section: "60".to_owned(),
            code: Some(code.to_owned()),
            name: code.to_owned(),
            quantity: None,
            unit: None,
            points,
            count: 1,
            total: points,
            yen: None,
            verdict: Verdict::Charged,
            origin: Origin::Ordered,
            path: path.map(str::to_owned),
            addition: false,
            certainty: Certainty::Official,
            source: String::new(),
            drugs: Vec::new(),
            reasons: Vec::new(),
        }
    }

    fn shown(from: &[Line], to: &[Line]) -> Vec<(Change, String, Option<i64>)> {
        changes(from, to).into_iter().map(|change| (change.change, change.name, change.difference)).collect()
    }

    #[test]
    fn the_same_lines_in_another_order_are_no_change() {
        let (a, b) = (line("1", Some("visits[0].orders[0]"), 10), line("1", Some("visits[0].orders[1]"), 20));
        assert_eq!(shown(&[a.clone(), b.clone()], &[b, a]), []);
    }

    #[test]
    fn every_kind_of_change() {
        let open = Line { verdict: Verdict::NeedsReview, points: None, total: None, ..line("4", None, 0) };
        let bundled = Line { verdict: Verdict::Bundled, total: Some(Points::ZERO), ..line("3", None, 30) };
        let from = [line("1", None, 10), line("2", None, 20), line("3", None, 30), line("4", None, 40)];
        let to = [line("2", None, 25), bundled, open, line("5", None, 50)];
        let name = |code: &str| code.to_owned();
        assert_eq!(
            shown(&from, &to),
            [
                (Change::Gone, name("1"), Some(-10)),
                (Change::Points, name("2"), Some(5)),
                (Change::Verdict, name("3"), Some(-30)),
                (Change::Verdict, name("4"), None),
                (Change::New, name("5"), Some(50)),
            ]
        );
    }

    #[test]
    fn an_addition_belongs_to_its_base() {
        let addition = |points| Line { addition: true, ..line("9", None, points) };
        let from = [line("1", None, 10), addition(1), line("2", None, 20), addition(2)];
        let to = [line("2", None, 20), addition(2), line("1", None, 10), addition(1)];
        assert_eq!(shown(&from, &to), []);
        // Of two equal lines one is gone.
        assert_eq!(
            shown(&[line("1", None, 10), line("1", None, 10)], &[line("1", None, 10)]),
            [(Change::Gone, "1".to_owned(), Some(-10))]
        );
    }
}
