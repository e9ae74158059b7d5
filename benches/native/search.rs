//! The beginning of a code, and a part of a name: the first twenty, the best first, against literal scans that give the
//! same answer.

use std::{collections::BTreeMap, hint::black_box};

use criterion::{Criterion, Throughput};
use memchr::memmem::Finder as Needle;
use santei::{
    date::ServiceDate,
    lookup::{Finder, Rank, Search, fold},
    master::MasterKind,
};

use crate::data::{Data, Dice, Found};

const FIRST: usize = 20;
/// The masters whose rows the peers have.
const KINDS: &[MasterKind] = &[MasterKind::Procedure, MasterKind::Drug, MasterKind::Disease, MasterKind::Modifier];

fn search(query: &str, day: ServiceDate, limit: usize) -> Search<'_> {
    Search { query, kinds: KINDS, on: Some(day), limit, ..Search::default() }
}

pub(crate) fn bench(criterion: &mut Criterion, data: &Data) {
    let finder = Finder::new(&data.masters);
    let day = data.day;
    let find = |query: &str| finder.rows(&search(query, day, FIRST));
    prefix(criterion, data, |query| find(query).len());

    let scan = Scan::new(&data.rows);
    let queries = parts(&data.rows);
    for query in &queries {
        assert_eq!(scan.memmem(query, FIRST), scan.contains(query, FIRST), "{query}");
        // The peers' order is simpler; the rows are the same.
        let ours = finder.find(&search(query, day, usize::MAX));
        let mut ours: Vec<String> =
            ours.into_iter().filter(|hit| hit.rank != Rank::Fuzzy).map(|hit| hit.code).collect();
        let mut theirs = scan.memmem(query, usize::MAX);
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{query}");
    }
    println!("note: part of a name: {} answers are those of a literal scan", queries.len());
    let mut group = criterion.benchmark_group("part");
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function("santei", |b| b.iter(|| queries.iter().for_each(|q| drop(black_box(find(black_box(q)))))));
    let hits = |query: &String| drop(black_box(finder.find(&search(black_box(query), day, FIRST))));
    group.bench_function("santei_hits", |b| b.iter(|| queries.iter().for_each(hits)));
    let memmem = |query: &String| drop(black_box(scan.memmem(black_box(query), FIRST)));
    group.bench_function("memmem", |b| b.iter(|| queries.iter().for_each(memmem)));
    let contains = |query: &String| drop(black_box(scan.contains(black_box(query), FIRST)));
    group.bench_function("contains", |b| b.iter(|| queries.iter().for_each(contains)));
    group.finish();
}

/// Codes of which only the beginning is given, as they are typed.
fn prefix(criterion: &mut Criterion, data: &Data, find: impl Fn(&str) -> usize) {
    let tree: BTreeMap<&str, &Found> = data.rows.iter().map(|row| (row.code.as_str(), row)).collect();
    let mut sorted: Vec<&str> = tree.keys().copied().collect();
    sorted.sort_unstable();
    let mut dice = Dice::new();
    let queries: Vec<String> = (0..100)
        .map(|_| data.rows[dice.below(data.rows.len())].code.chars().take(4 + dice.below(4)).collect())
        .collect();
    // What one writes in place of a search: codes and names of the first that begin so.
    let from_tree = |query: &str| {
        let begin = tree.range(query..).take_while(|(code, _)| code.starts_with(query));
        begin.take(FIRST).map(|(code, row)| ((*code).to_owned(), row.name.clone())).collect::<Vec<_>>()
    };
    let from_list = |query: &str| {
        let start = sorted.partition_point(|code| *code < query);
        let begin = sorted[start..].iter().take_while(|code| code.starts_with(query));
        begin.take(FIRST).map(|code| (*code).to_owned()).collect::<Vec<_>>()
    };
    let mut group = criterion.benchmark_group("prefix");
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function("santei", |b| b.iter(|| queries.iter().map(|q| find(black_box(q))).sum::<usize>()));
    group.bench_function("btreemap", |b| b.iter(|| queries.iter().for_each(|q| drop(black_box(from_tree(q))))));
    group.bench_function("sorted_list", |b| b.iter(|| queries.iter().for_each(|q| drop(black_box(from_list(q))))));
    group.finish();
}

/// Two to four characters from within names.
fn parts(rows: &[Found]) -> Vec<String> {
    let mut dice = Dice::new();
    let mut queries = Vec::new();
    while queries.len() < 100 {
        let name: Vec<char> = rows[dice.below(rows.len())].name.chars().collect();
        let length = 2 + dice.below(3);
        if name.len() <= length {
            continue;
        }
        let start = dice.below(name.len() - length);
        let part: String = name[start..start + length].iter().collect();
        // What the fold turns into something shorter is no question of this kind.
        if fold(&part).trim().chars().count() >= 2 {
            queries.push(part);
        }
    }
    queries
}

/// All keys of all rows, to be read from the first to the last for every question.
struct Scan<'d> {
    rows: &'d [Found],
    blob: String,
    /// Where each row begins in the blob.
    starts: Vec<usize>,
}

impl<'d> Scan<'d> {
    fn new(rows: &'d [Found]) -> Self {
        let mut scan = Self { rows, blob: String::new(), starts: Vec::new() };
        for row in rows {
            scan.starts.push(scan.blob.len());
            for key in row.codes.iter().chain(&row.texts) {
                scan.blob.push('\u{1}');
                scan.blob.push_str(key);
            }
        }
        scan
    }

    fn memmem(&self, query: &str, first: usize) -> Vec<String> {
        let query = fold(query.trim());
        let mut matching = Vec::new();
        let mut row = 0;
        for at in Needle::new(query.as_bytes()).find_iter(self.blob.as_bytes()) {
            while self.starts.get(row + 1).is_some_and(|start| *start <= at) {
                row += 1;
            }
            if matching.last() != Some(&row) {
                matching.push(row);
            }
        }
        self.ranked(&query, matching.into_iter(), first)
    }

    fn contains(&self, query: &str, first: usize) -> Vec<String> {
        let query = fold(query.trim());
        let matches = |row: &Found| row.codes.iter().chain(&row.texts).any(|key| key.contains(&query));
        self.ranked(&query, (0..self.rows.len()).filter(|row| matches(&self.rows[*row])), first)
    }

    fn ranked(&self, query: &str, matching: impl Iterator<Item = usize>, first: usize) -> Vec<String> {
        let mut hits: Vec<_> = matching
            .filter_map(|row| {
                let row = &self.rows[row];
                let rank = rank(row, query)?;
                Some((rank, row.name.chars().count(), row.code.as_str()))
            })
            .collect();
        hits.sort_unstable();
        hits.into_iter().take(first).map(|(_, _, code)| code.to_owned()).collect()
    }
}

fn rank(row: &Found, query: &str) -> Option<Rank> {
    let codes = row.codes.iter().filter(|code| code.starts_with(query)).map(|code| (code == query, true));
    let texts = row.texts.iter().filter(|text| text.contains(query));
    let texts = texts.map(|text| (text == query, text.starts_with(query)));
    codes
        .chain(texts)
        .map(|found| match found {
            (true, _) => Rank::Exact,
            (false, true) => Rank::Prefix,
            (false, false) => Rank::Contains,
        })
        .min()
}
