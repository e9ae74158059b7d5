//! The last resort, read a second time: the edits between a word and every part of every text, by a table, letter by letter.

use santei::{
    lookup::{FoundReason, Rank, Search},
    master::MasterKind,
};

use crate::{published, small};

/// The fewest edits that change a word into a part of a text.
pub(crate) fn edits(word: &[u16], text: &[u16]) -> usize {
    let mut rows = vec![vec![0; text.len() + 1]; word.len() + 1];
    for i in 1..=word.len() {
        rows[i][0] = i;
        for j in 1..=text.len() {
            let other = rows[i - 1][j - 1] + usize::from(word[i - 1] != text[j - 1]);
            let mut best = other.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[word.len()].iter().copied().min().unwrap()
}

/// The edits that a word may have.
pub(crate) fn allowed(word: &[u16]) -> usize {
    match word.len() {
        3 if word.iter().any(|unit| (0x4e00..=0x9fff).contains(unit)) => 1,
        4..=7 => 1,
        8..=64 => 2,
        _ => 0,
    }
}

/// The edits by which a row's texts differ from a word, if they are few enough.
pub(crate) fn of_row(texts: &[Vec<u16>], word: &[u16]) -> Option<usize> {
    let allowed = allowed(word);
    // Of three letters two stand together, or the first two changed about.
    if let ([a, b, c], 1) = (word, allowed) {
        let pairs = [[*a, *b], [*b, *c], [*b, *a]];
        if !texts.iter().any(|text| text.windows(2).any(|two| pairs.iter().any(|pair| pair == two))) {
            return None;
        }
    }
    texts.iter().map(|text| edits(word, text)).min().filter(|edits| *edits <= allowed)
}

#[test]
fn a_table_counts_edits() {
    let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
    for (word, text, expected) in
        [("高血圧", "本態性高血圧症", 0), ("アロムジピン", "アムロジピン錠", 1), ("abcd", "xabxdx", 1), ("abcd", "", 4)]
    {
        assert_eq!(edits(&units(word), &units(text)), expected, "{word} {text}");
    }
}

/// Names with a letter that is wrong, missing or too many, or in the wrong place.
fn misspelled(name: &str, dice: &mut impl FnMut(usize) -> usize) -> String {
    let mut letters: Vec<char> = name.chars().filter(|letter| *letter != ' ').collect();
    let start = dice(letters.len().saturating_sub(4).max(1));
    let length = 3 + dice(9);
    letters = letters.into_iter().skip(start).take(length).collect();
    for _ in 0..1 + dice(2) {
        let at = dice(letters.len().max(1));
        match dice(4) {
            0 if at < letters.len() => letters[at] = '鱻',
            1 if at < letters.len() => drop(letters.remove(at)),
            2 if at + 1 < letters.len() => letters.swap(at, at + 1),
            _ => letters.insert(at.min(letters.len()), 'ン'),
        }
    }
    letters.into_iter().collect()
}

#[test]
fn nearest_rows_are_those_of_a_table() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut dice = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % limit
    };
    let mut seen = 0;
    for (finder, scan) in [Some((&small::STANDARD.2, &small::STANDARD.1)), published::both()].into_iter().flatten() {
        let rows = scan.rows().len();
        for round in 0..if cfg!(debug_assertions) { 20 } else { 200 } {
            let row = scan.rows().nth(dice(rows)).unwrap();
            let name = row.texts.first().map_or("", |text| text);
            let kind: Option<MasterKind> = (round % 2 == 0).then_some(row.kind);
            let query = misspelled(name, &mut dice);
            // Numerals written the other way are tried before.
            if query.contains(|letter: char| letter.is_ascii_digit() || "ivx".contains(letter)) {
                continue;
            }
            let kinds = if kind.is_some() { Vec::new() } else { scan.kinds() };
            let search = Search { query: &query, kind, kinds: &kinds, limit: 20, ..Search::default() };
            let found = finder.search(&search);
            let near = found.note.as_ref().is_some_and(|note| note.reason == FoundReason::OnlyNear);
            let none = found.note.as_ref().is_some_and(|note| note.reason == FoundReason::NothingFound);
            if !near && !none {
                continue;
            }
            seen += 1;
            assert!(found.hits.iter().all(|hit| hit.rank == Rank::Fuzzy));
            let codes: Vec<String> = found.hits.into_iter().map(|hit| hit.code).collect();
            assert_eq!(codes, scan.near(&search), "{search:?}");
        }
    }
    println!("note: {seen} queries with typing errors");
}
