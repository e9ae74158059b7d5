//! Where a line comes from: a place in the input, written as a JSON path when it is needed.

use core::fmt;

use crate::json::Json;

/// A place among the orders and the prescriptions of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Path {
    visit: u32,
    /// Of the order, or of the prescription.
    place: u32,
    within: Within,
}

/// What of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    Order,
    Addition(u32),
    Drugs,
    Material(u32),
    Prescription,
    Rp(u32),
}

/// A place as it is kept; there are never so many that one does not fit.
fn kept(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Path {
    /// `visits[…].orders[…]`.
    pub(crate) fn order(visit: usize, place: usize) -> Self {
        Self { visit: kept(visit), place: kept(place), within: Within::Order }
    }

    /// `visits[…].prescriptions[…]`.
    pub(crate) fn prescription(visit: usize, place: usize) -> Self {
        Self { visit: kept(visit), place: kept(place), within: Within::Prescription }
    }

    /// `….additions[…]` of an order.
    pub(crate) fn addition(self, place: usize) -> Self {
        Self { within: Within::Addition(kept(place)), ..self }
    }

    /// `….drugs` of an order.
    pub(crate) fn drugs(self) -> Self {
        Self { within: Within::Drugs, ..self }
    }

    /// `….materials[…]` of an order.
    pub(crate) fn material(self, place: usize) -> Self {
        Self { within: Within::Material(kept(place)), ..self }
    }

    /// `….rps[…]` of a prescription.
    pub(crate) fn rp(self, place: usize) -> Self {
        Self { within: Within::Rp(kept(place)), ..self }
    }

    /// Hands over the path piece by piece: words, and the number behind each.
    fn pieces(self, mut take: impl FnMut(&'static str, Option<u32>)) {
        take("visits[", Some(self.visit));
        let (list, within) = match self.within {
            Within::Order => ("].orders[", None),
            Within::Addition(place) => ("].orders[", Some(("].additions[", Some(place)))),
            Within::Drugs => ("].orders[", Some(("].drugs", None))),
            Within::Material(place) => ("].orders[", Some(("].materials[", Some(place)))),
            Within::Prescription => ("].prescriptions[", None),
            Within::Rp(place) => ("].prescriptions[", Some(("].rps[", Some(place)))),
        };
        take(list, Some(self.place));
        if let Some((list, place)) = within {
            take(list, place);
        }
        if self.within != Within::Drugs {
            take("]", None);
        }
    }

    fn push(self, out: &mut String) {
        self.pieces(|words, number| {
            out.push_str(words);
            if let Some(number) = number {
                out.push_str(itoa::Buffer::new().format(number));
            }
        });
    }
}

impl Json for Path {
    fn json(&self, out: &mut String) {
        out.push('"');
        self.push(out);
        out.push('"');
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push(&mut text);
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place() {
        let order = Path::order(12, 3);
        let prescription = Path::prescription(0, 1);
        for (path, text) in [
            (order, "visits[12].orders[3]"),
            (order.addition(0), "visits[12].orders[3].additions[0]"),
            (order.drugs(), "visits[12].orders[3].drugs"),
            (order.material(19), "visits[12].orders[3].materials[19]"),
            (prescription, "visits[0].prescriptions[1]"),
            (prescription.rp(7), "visits[0].prescriptions[1].rps[7]"),
        ] {
            assert_eq!(path.to_string(), text);
            let mut json = String::new();
            path.json(&mut json);
            assert_eq!(json, format!("\"{text}\""));
        }
    }
}
