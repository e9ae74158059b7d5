//! Read and written again, a file is the same byte by byte; and a record that is written reads as it was meant.

use proptest::prelude::*;
use santei::claim::{
    read::{Reader, SegmentKind},
    record::RecordKind,
    text::Encoding,
    view::Claim,
    write::NewRecord,
};

use crate::good::File;

/// The file put together again, batch by batch; and its lines with their ends.
fn again(bytes: &[u8], batch: usize) -> (Vec<u8>, Vec<u8>, u64) {
    let mut reader = Reader::new(bytes).with_batches_of(batch);
    let (mut whole, mut lines, mut last) = (Vec::new(), Vec::new(), 0);
    while let Some(batch) = reader.next_batch().unwrap() {
        whole.extend_from_slice(batch.bytes());
        for segment in batch.segments() {
            if segment.kind() == SegmentKind::Overlong {
                lines.extend_from_slice(segment.bytes());
            }
            for line in segment.lines() {
                assert!(line.number >= last);
                last = line.number;
                if line.number == 1 && segment.bytes().starts_with("\u{feff}".as_bytes()) && lines.is_empty() {
                    lines.extend_from_slice("\u{feff}".as_bytes());
                }
                lines.extend_from_slice(line.text);
                lines.extend_from_slice(line.end);
            }
        }
    }
    (whole, lines, last)
}

#[test]
fn files_as_they_are() {
    let text = File::good().text();
    let good = File::good().bytes();
    let files = [
        good.clone(),
        text.clone().into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        text.replace("\r\n", "\n").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        text.replace("\r\n", "\r\r\n\n").into_bytes(),
        [&good[..], &good, b"trailing \xff bytes \x1a\x1a\r\n\r\n"].concat(),
        good[..good.len() / 2].to_vec(),
        Vec::new(),
    ];
    for file in files {
        for batch in [1, 7, 100, 1_000_000] {
            let (whole, lines, _) = again(&file, batch);
            assert!(whole == file && lines == file);
        }
    }
}

/// Pieces that files are made of, wrong ones too.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(b"IR,1,13,1,1234567,,,202606,00,".to_vec()),
        Just(b"RE,1,1112,202605,A,1,19800101,,".to_vec()),
        Just(b"GO,1,2,99".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(vec![0x1a]),
        Just("\u{feff}".as_bytes().to_vec()),
        Just(crate::sjis("ＳＪ，症状")),
        proptest::collection::vec(any::<u8>(), 0..20),
    ]
}

/// A record with any texts in its fields.
fn record() -> impl Strategy<Value = NewRecord> {
    let kinds = proptest::sample::select(RecordKind::ALL.to_vec());
    let texts = proptest::collection::vec("[ -!#-+\\--~０-９ァ-ヶ山田]{0,12}", 0..12);
    (kinds, texts).prop_map(|(kind, texts)| {
        let mut record = NewRecord::new(kind);
        for (place, text) in texts.into_iter().enumerate() {
            record.set(place + 2, text);
        }
        record
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_pieces(pieces in proptest::collection::vec(piece(), 0..40), batch in 1_usize..200) {
        let file = pieces.concat();
        let (whole, lines, _) = again(&file, batch);
        prop_assert!(whole == file);
        prop_assert!(lines == file);
        // Batches of any size see the same segments.
        let segments = |batch| {
            let mut reader = Reader::new(&file[..]).with_batches_of(batch);
            let mut all = Vec::new();
            while let Some(batch) = reader.next_batch().unwrap() {
                all.extend(batch.segments().map(|segment| (segment.kind(), segment.first_line(), segment.bytes().to_vec())));
            }
            all
        };
        prop_assert_eq!(segments(batch), segments(1_000_000));
    }

    #[test]
    fn a_record_reads_as_it_was_written(record in record()) {
        for encoding in [Encoding::Cp932, Encoding::Utf8] {
            let mut bytes = b"RE,1\r\n".to_vec();
            record.write(encoding, &mut bytes).unwrap();
            let batch = Reader::new(&bytes[..]).next_batch().unwrap().unwrap();
            let read = batch.segments().flat_map(|segment| segment.records().collect::<Vec<_>>()).nth(1).unwrap();
            prop_assert_eq!(read.kind(), Some(record.kind()));
            prop_assert_eq!(read.fields().count(), record.kind().layout().fields.len().max(1));
            for number in 1..=read.fields().count() {
                let encoding = if record.get(number).is_ascii() { encoding } else { batch.encoding() };
                prop_assert_eq!(santei::claim::text::decode(read.field(number), encoding), record.get(number));
            }
        }
    }

    /// What a claim's views give is what was written.
    #[test]
    fn views(points in 0_u32..9_999_999, count in 1_u32..999, days in proptest::collection::vec((0_usize..31, 1_u16..999), 0..10)) {
        let mut line = NewRecord::new(RecordKind::Material);
        line.set(2, "40").set(3, "2").set(4, "700010000").set(5, "1.5").set(6, points.to_string()).set(7, count.to_string());
        let mut expected = [0_u16; 31];
        for (day, count) in days {
            expected[day] = count;
            line.set(18 + day, count.to_string());
        }
        let mut bytes = b"RE,1\r\n".to_vec();
        line.write(Encoding::Cp932, &mut bytes).unwrap();
        let batch = Reader::new(&bytes[..]).next_batch().unwrap().unwrap();
        let claim = Claim::of(batch.segments().next().unwrap());
        let unit = claim.units().next().unwrap();
        prop_assert_eq!(unit.points(), Some(points));
        prop_assert_eq!(unit.total(), Some(u64::from(points) * u64::from(count)));
        prop_assert_eq!(unit.days(), expected);
        prop_assert_eq!(unit.section(), 40);
    }
}
