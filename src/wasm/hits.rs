//! The hits of a search as one text for `pkg/api.mjs`: numbers as letters, and the texts between them. Twenty objects with
//! their properties one by one would take ten times as long as the search.

use wasm_bindgen::prelude::*;

use super::engine::{FindOptions, Masters};
use crate::{
    date::ServiceDate,
    lookup::{self, Elsewhere, Found, Hit, Rank, RowId},
    master::Certainty,
};

/// In place of the number of a row that is none.
const NO_ROW: u32 = u32::MAX;

/// The names that numbers in a text of hits stand for: kinds, ranks, certainties, a line each.
#[wasm_bindgen(js_name = hitWords)]
pub fn hit_words() -> String {
    let kinds: Vec<&str> = lookup::kinds().map(|(_, name, _)| name).collect();
    let certainties = Certainty::ALL.map(Certainty::name);
    [kinds.join(","), "exact,prefix,word_start,contains,fuzzy".to_owned(), certainties.join(",")].join("\n")
}

#[wasm_bindgen]
impl Masters {
    /// The hits of a search, best first, and what there is to say of them.
    #[wasm_bindgen(js_name = findHits)]
    pub fn find_hits(&self, query: &str, options: &FindOptions) -> String {
        written(&self.finder().search(&options.search(query)))
    }

    /// The number of the row of a code.
    #[wasm_bindgen(js_name = rowOf)]
    pub fn row_of(&self, code: &str, options: &FindOptions) -> u32 {
        self.finder().row(code, options.kinds(), options.day()).map_or(NO_ROW, |row| row.0)
    }

    /// The same for a code of digits: a number takes no memory on its way.
    #[wasm_bindgen(js_name = rowOfDigits)]
    pub fn row_of_digits(&self, digits: u32, number: u32, options: &FindOptions) -> u32 {
        let digits = usize::try_from(digits).unwrap_or(0);
        let row = self.finder().row_of_digits(digits, number, options.kinds(), options.day());
        row.map_or(NO_ROW, |row| row.0)
    }

    /// The name of a row; nothing for a number that is none.
    #[wasm_bindgen(js_name = rowName)]
    pub fn row_name(&self, row: u32) -> Option<String> {
        self.finder().named(RowId(row)).map(|(_, _, name)| name.to_owned())
    }
}

/// A text that is read from its beginning.
struct Out {
    text: String,
    /// The kind of the last hit, and its place among the kinds.
    kind: (&'static str, usize),
}

fn written(found: &Found) -> String {
    let mut out = Out { text: String::with_capacity(found.hits.len() * 128 + 16), kind: ("", 0) };
    // What there is to say is rare, and JSON.
    out.text(&found.note.as_ref().map(crate::json::to_string).unwrap_or_default());
    out.count(found.hits.len());
    found.hits.iter().for_each(|hit| out.hit(hit));
    out.text
}

impl Out {
    /// Fourteen bits a letter, the lowest first; a letter that is not the last has the fifteenth. No surrogate is among them.
    fn number(&mut self, mut number: u32) {
        loop {
            let low = number & 0x3fff;
            number >>= 14;
            let more = if number == 0 { 0 } else { 0x4000 };
            self.text.push(char::from_u32(low | more).unwrap_or_default());
            if number == 0 {
                return;
            }
        }
    }

    fn count(&mut self, count: usize) {
        self.number(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// Its length in units of UTF-16 and the text.
    fn text(&mut self, text: &str) {
        self.count(if text.is_ascii() { text.len() } else { text.encode_utf16().count() });
        self.text.push_str(text);
    }

    /// The same, one more; 0 for none.
    fn some(&mut self, text: Option<&String>) {
        match text {
            None => self.number(0),
            Some(text) => {
                self.count(text.encode_utf16().count() + 1);
                self.text.push_str(text);
            }
        }
    }

    fn day(&mut self, day: Option<ServiceDate>) {
        let packed = day.map_or(0, ServiceDate::packed);
        self.number(packed / 10_000);
        self.number(packed % 10_000);
    }

    fn marks(&mut self, marks: &[[u32; 2]]) {
        self.count(marks.len());
        marks.iter().flatten().for_each(|mark| self.number(*mark));
    }

    fn hit(&mut self, hit: &Hit) {
        if self.kind.0 != hit.kind {
            self.kind = (hit.kind, lookup::kinds().position(|(_, name, _)| name == hit.kind).unwrap_or(0));
        }
        self.count(self.kind.1);
        self.text(&hit.code);
        self.text(&hit.name);
        self.number(match hit.rank {
            Rank::Exact => 0,
            Rank::Prefix => 1,
            Rank::WordStart => 2,
            Rank::Contains => 3,
            Rank::Fuzzy => 4,
        });
        self.day(Some(hit.from));
        self.day(hit.last_day);
        self.count(Certainty::ALL.iter().position(|certainty| *certainty == hit.certainty).unwrap_or(0));
        self.some(hit.points.as_ref());
        self.number(hit.point_kind.map_or(0, |kind| kind.saturating_add(1)));
        self.some(hit.price.as_ref());
        self.some(hit.unit.as_ref());
        self.some(hit.icd10.as_ref());
        self.marks(&hit.marks);
        self.count(hit.elsewhere.len());
        for Elsewhere { column, text, marks } in &hit.elsewhere {
            self.text(column);
            self.text(text);
            self.marks(marks);
        }
    }
}
