//! Fields of a line, eight bytes at a time. Most of a line are commas: the days of a month on which nothing was done.

const COMMAS: u64 = u64::from_ne_bytes([b','; 8]);
const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
const HIGH: u64 = !LOW;

/// The bytes that are no commas, as their highest bits; the first byte is the lowest.
const fn filled(word: u64) -> u64 {
    let other = word ^ COMMAS;
    (((other & LOW) + LOW) | other) & HIGH
}

/// How many bytes stand below the lowest one that is marked: 8 where none is.
fn first(mask: u64) -> usize {
    usize::try_from(mask.trailing_zeros() / 8).unwrap_or(8)
}

/// The eight bytes from a place on; those behind the end of the line are `fill`.
#[inline]
fn word(bytes: &[u8], at: usize, fill: u8) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(word) = rest.first_chunk::<8>() {
        return u64::from_le_bytes(*word);
    }
    let mut word = [fill; 8];
    for (byte, own) in word.iter_mut().zip(rest) {
        *byte = *own;
    }
    u64::from_le_bytes(word)
}

/// How many commas there are.
pub(super) fn count(bytes: &[u8]) -> usize {
    let mut commas = 0;
    for at in (0..bytes.len()).step_by(8) {
        commas += (filled(word(bytes, at, 0)) ^ HIGH).count_ones();
    }
    usize::try_from(commas).unwrap_or(usize::MAX)
}

/// Notes where the first commas stand.
pub(super) fn note(bytes: &[u8], ends: &mut [u16]) {
    let mut ends = ends.iter_mut();
    for start in (0..bytes.len()).step_by(8) {
        let mut mask = filled(word(bytes, start, 0)) ^ HIGH;
        while mask != 0 {
            let Some(end) = ends.next() else { return };
            *end = u16::try_from(start + first(mask)).unwrap_or(u16::MAX);
            mask &= mask - 1;
        }
    }
}

/// The first place from one on at which no comma stands; the end of the line where there is none.
pub(super) fn next_filled(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        let mask = filled(word(bytes, at, b','));
        if mask != 0 {
            return at + first(mask);
        }
        at += 8;
    }
    bytes.len()
}

/// The first comma from a place on; the end of the line where there is none.
pub(super) fn next_comma(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        let mask = filled(word(bytes, at, b',')) ^ HIGH;
        if mask != 0 {
            return at + first(mask);
        }
        at += 8;
    }
    bytes.len()
}

/// Hands over the fields that are not empty, each with its place, from 0 on, as long as it is asked to.
pub(super) fn fields<'b>(bytes: &'b [u8], mut take: impl FnMut(usize, &'b [u8]) -> bool) {
    let (mut at, mut place) = (0, 0);
    while at < bytes.len() {
        let start = next_filled(bytes, at);
        let end = next_comma(bytes, start);
        place += start - at;
        match bytes.get(start..end) {
            Some(field) if !field.is_empty() && take(place, field) => (at, place) = (end + 1, place + 1),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_length() {
        let pattern = b"SI,60,1,,160008010,\x00\x2d\x2c\x2b\xff,\xac,,,,,,,,,,,,1,,12,";
        for from in 0..pattern.len() {
            for to in from..=pattern.len() {
                let line = &pattern[from..to];
                let commas: Vec<usize> = (0..line.len()).filter(|place| line[*place] == b',').collect();
                assert_eq!(count(line), commas.len());
                let mut ends = [u16::MAX; 9];
                note(line, &mut ends);
                let expected: Vec<u16> = commas.iter().map(|comma| u16::try_from(*comma).unwrap()).collect();
                assert!(ends.iter().zip(expected.iter().chain([&u16::MAX; 9])).all(|(end, expected)| end == expected));
                for at in 0..=line.len() {
                    let next = |comma: bool| (at..line.len()).find(|at| (line[*at] == b',') == comma);
                    assert_eq!(next_comma(line, at), next(true).unwrap_or(line.len()));
                    assert_eq!(next_filled(line, at), next(false).unwrap_or(line.len()));
                }
                let all = line.split(|byte| *byte == b',').enumerate().filter(|(_, field)| !field.is_empty());
                let all: Vec<_> = all.collect();
                for most in 0..=all.len() {
                    let mut found = Vec::new();
                    fields(line, |place, field| {
                        found.push((place, field));
                        found.len() < most
                    });
                    assert_eq!(found, all[..all.len().min(most.max(1))]);
                }
            }
        }
    }
}
