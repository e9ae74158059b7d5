//! What goes into a pack comes out, and a pack with any byte changed is refused.

use proptest::{collection::vec, prelude::*};
use santei::pack::{Cell, Pack, PackMeta, PackWriter, TableRows, Tag};

const FIRST: Tag = Tag(*b"ONE_");
const SECOND: Tag = Tag(*b"TWO_");

/// The numbers of a row, then its texts.
type TestRow = (Vec<u64>, Vec<String>);
/// A table with the number of its columns of numbers.
type TestTable<'t> = (Tag, usize, &'t [TestRow]);

fn number() -> impl Strategy<Value = u64> {
    // Small numbers, borders of widths, and any.
    prop_oneof![0u64..4, Just(255u64), Just(256), Just(65_535), Just(65_536), Just(u64::from(u32::MAX)), any::<u64>()]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[あ-んア-ン]{0,6}", "\\PC{0,12}", Just(String::new()), Just("初診料".to_owned())]
}

/// Rows of some columns of numbers and some of texts.
fn table() -> impl Strategy<Value = (usize, Vec<TestRow>)> {
    (1usize..5, 0usize..4)
        .prop_flat_map(|(numbers, texts)| (Just(numbers), vec((vec(number(), numbers), vec(text(), texts)), 0..80)))
}

fn rows(numbers: usize, table: &[TestRow]) -> TableRows {
    let texts = table.first().map_or(0, |row| row.1.len());
    let rows = table.iter().map(|(numbers, texts)| {
        let numbers = numbers.iter().map(|number| Cell::Number(*number));
        numbers.chain(texts.iter().map(|text| Cell::Text(text.clone()))).collect()
    });
    TableRows {
        columns: (0..(numbers + texts) as u16).map(|id| id * 3 + 1).collect(),
        rows: rows.collect(),
        pairs: false,
    }
}

fn written(tables: &[TestTable<'_>]) -> Vec<u8> {
    let mut writer = PackWriter::new(PackMeta { engine: "test".to_owned(), sources: Vec::new() });
    for (tag, numbers, table) in tables {
        writer.table(*tag, rows(*numbers, table)).unwrap();
    }
    writer.finish().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn round_trip((n1, one) in table(), (n2, two) in table()) {
        let bytes = written(&[(FIRST, n1, &one), (SECOND, n2, &two)]);
        prop_assert_eq!(&bytes, &written(&[(FIRST, n1, &one), (SECOND, n2, &two)]), "not the same bytes twice");
        let pack = Pack::from_vec(bytes, &[FIRST, SECOND]).unwrap();
        for (tag, numbers, rows) in [(FIRST, n1, &one), (SECOND, n2, &two)] {
            let table = pack.table(tag).unwrap();
            prop_assert_eq!(table.rows(), rows.len());
            for (at, row) in rows.iter().enumerate() {
                for (column, number) in row.0.iter().enumerate() {
                    prop_assert_eq!(table.number(column as u16 * 3 + 1, at), *number);
                }
                for (column, text) in row.1.iter().enumerate() {
                    prop_assert_eq!(table.text((numbers + column) as u16 * 3 + 1, at), text);
                }
            }
            // Beyond the rows and columns there is nothing, and no panic.
            prop_assert_eq!((table.number(1, rows.len()), table.text(2, 0)), (0, ""));
        }
    }

    #[test]
    fn no_byte_may_change((n, one) in table(), at in any::<prop::sample::Index>(), change in 1u8..=255) {
        let mut bytes = written(&[(FIRST, n, &one)]);
        let place = at.index(bytes.len());
        bytes[place] ^= change;
        prop_assert!(Pack::from_vec(bytes.clone(), &[FIRST]).is_err(), "byte {} of {} changed", place, bytes.len());
    }

    #[test]
    fn no_part_of_a_pack_is_one((n, one) in table(), at in any::<prop::sample::Index>()) {
        let mut bytes = written(&[(FIRST, n, &one)]);
        bytes.truncate(at.index(bytes.len()));
        prop_assert!(Pack::from_vec(bytes, &[FIRST]).is_err());
    }

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..400)) {
        prop_assert!(Pack::from_vec(bytes, &[FIRST]).is_err());
    }
}
