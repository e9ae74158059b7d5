//! Fields of a line, eight bytes at a time. Most of a line are commas: the days of a month on which nothing was done.

const COMMAS: u64 = u64::from_ne_bytes([b','; 8]);
const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
const HIGH: u64 = !LOW;
/// Gathers the highest bits of eight bytes in the highest byte.
const GATHER: u64 = 0x0002_0408_1020_4081;

/// Bytes that are looked at together.
const WINDOW: usize = 64;

/// The bytes that are no commas, as bits from the first byte on. Of more than sixty-four the first are looked at.
fn filled(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.get(..WINDOW).unwrap_or(bytes).as_chunks::<8>();
    let (mut bits, mut shift) = (0_u64, 0_u32);
    for word in words {
        let other = u64::from_le_bytes(*word) ^ COMMAS;
        let high = (((other & LOW) + LOW) | other) & HIGH;
        bits |= (high.wrapping_mul(GATHER) >> 56) << shift;
        shift += 8;
    }
    for byte in rest {
        bits |= u64::from(*byte != b',') << shift;
        shift += 1;
    }
    bits
}

/// So many bits from the lowest on.
fn lowest(count: usize) -> u64 {
    u32::try_from(count).ok().and_then(|count| 1_u64.checked_shl(count)).map_or(u64::MAX, |bit| bit - 1)
}

fn zeros(bits: u64) -> usize {
    usize::try_from(bits.trailing_zeros()).unwrap_or(WINDOW)
}

/// How many commas there are.
pub(super) fn count(bytes: &[u8]) -> usize {
    let other: u32 = bytes.chunks(WINDOW).map(|window| filled(window).count_ones()).sum();
    bytes.len().saturating_sub(usize::try_from(other).unwrap_or(usize::MAX))
}

/// Notes where the first commas stand.
pub(super) fn note(bytes: &[u8], ends: &mut [u16]) {
    let mut ends = ends.iter_mut();
    for (number, window) in bytes.chunks(WINDOW).enumerate() {
        let mut commas = !filled(window) & lowest(window.len());
        while commas != 0 {
            let Some(end) = ends.next() else { return };
            *end = u16::try_from(number * WINDOW + zeros(commas)).unwrap_or(u16::MAX);
            commas &= commas - 1;
        }
    }
}

/// Hands over the fields that are not empty, each with its place, from 0 on, as long as it is asked to.
pub(super) fn fields<'b>(bytes: &'b [u8], mut take: impl FnMut(usize, &'b [u8]) -> bool) {
    let (mut at, mut place) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let mut bits = filled(rest);
        let (mut start, whole) = (0, rest.len() <= WINDOW);
        // Behind the window there may be more of a field that reaches its end.
        while bits != 0 {
            let empty = zeros(bits);
            bits >>= empty;
            (start, place) = (start + empty, place + empty);
            let length = zeros(!bits);
            if !whole && start + length >= WINDOW {
                break;
            }
            let Some(field) = rest.get(start..start + length) else { return };
            if !take(place, field) {
                return;
            }
            (start, place) = (start + length + 1, place + 1);
            bits = bits.checked_shr(u32::try_from(length + 1).unwrap_or(64)).unwrap_or(0);
        }
        match (whole, bits) {
            (true, _) => return,
            // Commas up to the end of the window.
            (false, 0) => {
                place += WINDOW.saturating_sub(start);
                at += start.max(WINDOW);
            }
            (false, _) if start > 0 => at += start,
            // A field longer than the window.
            (false, _) => {
                let length = memchr::memchr(b',', rest).unwrap_or(rest.len());
                if !rest.get(..length).is_some_and(|field| take(place, field)) {
                    return;
                }
                (at, place) = (at + length + 1, place + 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_length() {
        let short = b"SI,60,1,,160008010,\x00\x2d\x2c\x2b\xff,\xac,,,,,,,,,,,,1,,12,";
        let pattern =
            [&short[..], &[b'x'; 70], &[b','; 67], &[b'y'; 63], b",,", &short[..], &[b'z'; 64], b",1"].concat();
        for from in 0..pattern.len() {
            for to in (from..=pattern.len()).filter(|to| from < short.len() || (to + from) % 7 == 0) {
                let line = &pattern[from..to];
                let commas: Vec<usize> = (0..line.len()).filter(|place| line[*place] == b',').collect();
                assert_eq!(count(line), commas.len());
                let mut ends = [u16::MAX; 9];
                note(line, &mut ends);
                let expected: Vec<u16> = commas.iter().map(|comma| u16::try_from(*comma).unwrap()).collect();
                assert!(ends.iter().zip(expected.iter().chain([&u16::MAX; 9])).all(|(end, expected)| end == expected));
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
