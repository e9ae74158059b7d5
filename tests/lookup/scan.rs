//! The second reading of the search: every row is looked at, and all hits are sorted.

use std::collections::HashMap;

use santei::{
    date::{Period, ServiceDate},
    lookup::{Rank, Search, fold, kinds},
    master::MasterKind,
};

use crate::near;

/// A row as a plain reading of the masters gives it.
#[derive(Clone, Debug)]
pub(crate) struct Plain {
    pub(crate) kind: MasterKind,
    pub(crate) layer: usize,
    pub(crate) code: String,
    pub(crate) period: Period,
    pub(crate) name: String,
    pub(crate) adopted: bool,
    /// Folded.
    pub(crate) codes: Vec<String>,
    /// Folded.
    pub(crate) texts: Vec<String>,
}

/// What is compared of a hit.
pub(crate) type Seen = (String, Rank, ServiceDate);

/// All rows, and of each code which are the newest.
pub(crate) struct Scan {
    rows: Vec<Row>,
}

struct Row {
    plain: Plain,
    newest: bool,
    ended: bool,
    /// Rows of its code in packs that count before its own.
    above: Vec<Period>,
    /// All texts and codes, to pass over most rows quickly.
    all: String,
}

impl Scan {
    pub(crate) fn new(rows: Vec<Plain>) -> Self {
        let mut codes: HashMap<(MasterKind, &str), Vec<&Plain>> = HashMap::new();
        for row in &rows {
            codes.entry((row.kind, &row.code)).or_default().push(row);
        }
        // The last day that each table knows; a row without an end is known for good.
        let mut known: HashMap<(MasterKind, usize), Option<ServiceDate>> = HashMap::new();
        for row in &rows {
            let known = known.entry((row.kind, row.layer)).or_insert(row.period.until);
            *known = known.zip(row.period.until).map(|(known, until)| known.max(until));
        }
        let described = |row: &Plain| {
            let same = &codes[&(row.kind, &*row.code)];
            let newest = same.iter().min_by_key(|row| (std::cmp::Reverse(row.period.from), row.layer)).unwrap();
            let of_newest = |other: &&&Plain| other.period.from == newest.period.from && other.layer == newest.layer;
            Row {
                newest: of_newest(&&row),
                ended: same.iter().filter(of_newest).all(|row| {
                    let known = known[&(row.kind, row.layer)];
                    row.period.until.is_some_and(|until| known.is_none_or(|known| until < known))
                }),
                above: same.iter().filter(|other| other.layer < row.layer).map(|other| other.period).collect(),
                all: row.texts.iter().chain(&row.codes).fold(String::new(), |all, text| all + "\n" + text),
                plain: row.clone(),
            }
        };
        let described = rows.iter().map(described).collect();
        Self { rows: described }
    }

    pub(crate) fn rows(&self) -> impl ExactSizeIterator<Item = &Plain> {
        self.rows.iter().map(|row| &row.plain)
    }

    /// The masters of the rows.
    pub(crate) fn kinds(&self) -> Vec<MasterKind> {
        let mut kinds: Vec<MasterKind> = self.rows().map(|row| row.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The codes of what is only near: by edits, then in the order of equal hits.
    pub(crate) fn near(&self, search: &Search<'_>) -> Vec<String> {
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let folded = fold(search.query.trim());
        let mut words: Vec<Vec<u16>> = Vec::new();
        for word in folded.split(' ').filter(|word| !word.is_empty()).map(units) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.len() > 4 {
            return Vec::new();
        }
        let wanted = self.rows.iter().filter(|row| search.kind.is_none_or(|kind| kind == row.plain.kind) && row.newest);
        let mut hits: Vec<_> = wanted
            .filter_map(|row| {
                let texts: Vec<Vec<u16>> = row.plain.texts.iter().map(|text| units(text)).collect();
                let edits: Option<usize> = words.iter().map(|word| near::of_row(&texts, word)).sum();
                Some((edits?, place(row, Rank::Fuzzy, None)))
            })
            .collect();
        hits.sort();
        hits.into_iter().take(search.limit).map(|(_, place)| place.raw.to_owned()).collect()
    }

    /// What a search must give: nothing for what has no words, and nothing that is only near.
    pub(crate) fn find(&self, search: &Search<'_>) -> Vec<Seen> {
        let folded = fold(search.query.trim());
        let whole = folded.trim_matches(' ');
        let words: Vec<&str> = whole.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        // Each word in every spelling that a code may have.
        let spelled = |word: &&str| [Some((*word).to_owned()), undotted(word), Some(word.replace('ー', ""))];
        let spellings: Vec<_> = words.iter().map(spelled).collect();
        let mut hits: Vec<_> = self
            .rows
            .iter()
            .filter(|row| search.kind.is_none_or(|kind| kind == row.plain.kind))
            .filter(|row| match search.on {
                Some(day) => row.plain.period.contains(day) && !row.above.iter().any(|above| above.contains(day)),
                None => row.newest,
            })
            .filter(|row| spellings.iter().all(|word| word.iter().flatten().any(|word| row.all.contains(word))))
            .filter_map(|row| {
                let (rank, code) = rank(&row.plain, whole, &words)?;
                Some((place(row, rank, code), row))
            })
            .collect();
        hits.sort_by(|(a, _), (b, _)| a.cmp(b));
        let seen = hits.into_iter().map(|(place, row)| (row.plain.code.clone(), place.rank, row.plain.period.from));
        seen.take(search.limit).collect()
    }
}

/// By what hits are sorted.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place<'r> {
    rank: Rank,
    ended: bool,
    not_adopted: bool,
    only_explains: bool,
    by_text: bool,
    found: &'r str,
    length: usize,
    code: String,
    kind: usize,
    raw: &'r str,
    from: ServiceDate,
    layer: usize,
}

fn place<'r>(row: &'r Row, rank: Rank, found: Option<&'r str>) -> Place<'r> {
    let kind = |wanted| kinds().position(|(kind, ..)| kind == wanted).unwrap();
    Place {
        rank,
        ended: row.ended,
        not_adopted: !row.plain.adopted,
        // The masters of claims are named first.
        only_explains: kind(row.plain.kind) > kind(MasterKind::VisitingNursing),
        by_text: found.is_none(),
        found: found.unwrap_or(""),
        length: row.plain.name.chars().count(),
        code: fold(&row.plain.code),
        kind: kind(row.plain.kind),
        raw: &row.plain.code,
        from: row.plain.period.from,
        layer: row.plain.layer,
    }
}

/// The rank of a row, and the code by which one word found it.
fn rank<'r>(row: &'r Plain, whole: &str, words: &[&str]) -> Option<(Rank, Option<&'r str>)> {
    if let [word] = words {
        let by_text = row.texts.iter().filter_map(|text| in_text(text, word)).min();
        let by_code = row.codes.iter().filter_map(|code| Some((in_code(row.kind, code, word)?, &**code))).min();
        return match (by_text, by_code) {
            (None, None) => None,
            (Some(rank), Some((better, code))) if better <= rank => Some((better, Some(code))),
            (None, Some((rank, code))) => Some((rank, Some(code))),
            (Some(rank), _) => Some((rank, None)),
        };
    }
    let best = |word: &&str| {
        let texts = row.texts.iter().filter_map(|text| in_text(text, word));
        texts.chain(row.codes.iter().filter_map(|code| in_code(row.kind, code, word))).min()
    };
    let worst = words.iter().map(best).try_fold(Rank::Exact, |worst, rank| Some(worst.max(rank?)));
    [best(&whole), worst].into_iter().flatten().min().map(|rank| (rank, None))
}

fn in_code(kind: MasterKind, code: &str, word: &str) -> Option<Rank> {
    let other = match kind {
        MasterKind::Disease | MasterKind::Icd10 => undotted(word),
        MasterKind::Lab
        | MasterKind::JlacCode
        | MasterKind::JlacLink
        | MasterKind::HealthCheck
        | MasterKind::HotDrug => Some(word.replace('ー', "")).filter(|bare| !bare.is_empty()),
        _ => None,
    };
    let how = |word: &str| match code.strip_prefix(word) {
        Some("") => Some(Rank::Exact),
        Some(_) => Some(Rank::Prefix),
        None => None,
    };
    [how(word), other.and_then(|other| how(&other))].into_iter().flatten().min()
}

/// E11.9 is E119 for the codes of diseases.
fn undotted(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    let dotted = bytes.len() > 3
        && bytes[0].is_ascii_lowercase()
        && bytes[1..3].iter().all(u8::is_ascii_digit)
        && bytes[3] == b'.'
        && word.matches('.').count() == 1;
    dotted.then(|| word.replace('.', ""))
}

fn in_text(text: &str, word: &str) -> Option<Rank> {
    if text == word {
        return Some(Rank::Exact);
    }
    if text.starts_with(word) {
        return Some(Rank::Prefix);
    }
    let at: Vec<usize> = text.char_indices().map(|(at, _)| at).filter(|at| text[*at..].starts_with(word)).collect();
    let starts =
        |at: &usize| word_starts(text[..*at].chars().next_back().unwrap(), text[*at..].chars().next().unwrap());
    match at.iter().any(starts) {
        true => Some(Rank::WordStart),
        false if at.is_empty() => None,
        false => Some(Rank::Contains),
    }
}

/// A word begins after a sign or where the script changes.
fn word_starts(before: char, letter: char) -> bool {
    let script = |letter: char| match letter {
        '0'..='9' => 0,
        'a'..='z' | 'ß'..='ɏ' | 'α'..='ω' | 'а'..='я' => 1,
        'ァ'..='ヺ' | 'ー' => 2,
        // Signs: ASCII and Latin-1, punctuation, the blank and brackets of CJK, the middle dot, full-width forms.
        '\0'..='Þ' | '\u{2000}'..='\u{2fff}' | '\u{3000}'..='〄' | '〈'..='〠' | '・' | '\u{ff00}'..='\u{ffef}' => {
            3
        }
        _ => 4,
    };
    script(letter) != 3 && script(before) != script(letter)
}
