//! What a file name says of a published file.

use crate::date::ServiceDate;

use super::{layout::Layout, layouts::LAYOUTS};

/// What a file name says.
pub(super) struct Named {
    /// The beginning, in small letters; of files of the 歯科電子点数表, with 歯科 behind it.
    pub(super) prefix: String,
    /// The date of the edition.
    pub(super) edition: Option<ServiceDate>,
}

/// Takes a file name apart: `s_ALL20240531.csv` is `s` of 2024-05-31, `03-1背反テーブル1.csv` is `03-1`.
pub(super) fn named(file: &str) -> Named {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let letters = |c: &char| c.is_ascii_alphabetic();
    let digits = |c: &char| c.is_ascii_digit();
    let mut prefix: String = stem.chars().take_while(letters).collect();
    let lettered = !prefix.is_empty();
    if !lettered {
        prefix = stem.chars().take_while(digits).collect();
    }
    // One of several tables of a master: 03-1, h-10. A date is no such number.
    let rest = stem.strip_prefix(prefix.as_str()).and_then(|rest| rest.strip_prefix('-'));
    let number: String = rest.into_iter().flat_map(str::chars).take_while(digits).collect();
    if matches!(number.len(), 1 | 2) {
        prefix.push('-');
        prefix.push_str(&number);
    }
    if !lettered && stem.contains("歯科") {
        prefix.push_str("歯科");
    }
    let edition = stem
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 8)
        .find_map(|run| run.parse().ok().and_then(|packed| ServiceDate::from_packed(packed).ok()));
    Named { prefix: prefix.to_ascii_lowercase(), edition }
}

/// The folder or archive that a file stands in.
pub(super) fn group(file: &str) -> &str {
    file.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
}

/// The layouts that a file name announces.
pub(super) fn announced(named: &Named) -> impl Iterator<Item = &'static Layout> {
    LAYOUTS.iter().filter(|layout| layout.prefix == named.prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (file, prefix, edition) in [
            ("s_ALL20240531.csv", "s", "2024-05-31"),
            ("Y_20251111.CSV", "y", "2025-11-11"),
            ("hb_20260101.txt", "hb", "2026-01-01"),
            ("m20250307.csv", "m", "2025-03-07"),
            ("a.zip/b_20250601.txt", "b", "2025-06-01"),
            ("h-2_20251201.csv", "h-2", "2025-12-01"),
            ("h-10_ALL20240531.csv", "h-10", "2024-05-31"),
            ("h-20251201.csv", "h", "2025-12-01"),
        ] {
            let named = named(file);
            assert_eq!((named.prefix.as_str(), named.edition.unwrap().to_string().as_str()), (prefix, edition));
            assert!(announced(&named).next().is_some());
        }
        for (file, prefix) in [
            ("01補助マスターテーブル.csv", "01"),
            ("01 補助マスターテーブル.csv", "01"),
            ("03-1 背反テーブル1.csv", "03-1"),
            ("tensuhyo/03-2背反テーブル2（歯科）.csv", "03-2歯科"),
            ("05算定回数テーブル.csv", "05"),
        ] {
            assert_eq!(named(file).prefix, prefix);
            assert!(announced(&named(file)).next().is_some(), "{file}");
        }
        assert!(announced(&named("export.csv")).next().is_none());
        assert_eq!(named("s_20241345.csv").edition, None);
    }
}
