//! Fields of a line, eight bytes at a time. Most of a line are commas: the days of a month on which nothing was done.

const COMMAS: u64 = u64::from_ne_bytes([b','; 8]);
const LOW: u64 = u64::from_ne_bytes([0x7f; 8]);
const HIGH: u64 = !LOW;

/// The bytes that are no commas, as their highest bits; the first byte is the lowest.
fn filled(word: u64) -> u64 {
    let other = word ^ COMMAS;
    (((other & LOW) + LOW) | other) & HIGH
}

/// Eight bytes, or fewer at the end of the line, and how many there are. What is missing is commas.
fn words(bytes: &[u8]) -> impl Iterator<Item = (u64, usize)> {
    let (whole, rest) = bytes.as_chunks::<8>();
    let mut last = [b','; 8];
    for (byte, own) in last.iter_mut().zip(rest) {
        *byte = *own;
    }
    let last = (!rest.is_empty()).then_some((u64::from_le_bytes(last), rest.len()));
    whole.iter().map(|word| (u64::from_le_bytes(*word), 8)).chain(last)
}

/// How many bits of bytes stand below the lowest one that is set.
fn first(mask: u64) -> usize {
    // At most eight.
    usize::try_from(mask.trailing_zeros() / 8).unwrap_or(8)
}

/// How many commas there are.
pub(super) fn count(bytes: &[u8]) -> usize {
    let filled: u32 = words(bytes).map(|(word, _)| filled(word).count_ones()).sum();
    bytes.len().saturating_sub(usize::try_from(filled).unwrap_or(usize::MAX))
}

/// Where the commas stand.
pub(super) fn places(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut words = words(bytes);
    let (mut mask, mut start, mut next) = (0_u64, 0_usize, 0_usize);
    core::iter::from_fn(move || {
        while mask == 0 {
            let (word, length) = words.next()?;
            mask = !filled(word) & HIGH;
            if length < 8 {
                // Behind the end of the line stands nothing.
                mask &= (1_u64 << (length * 8)) - 1;
            }
            (start, next) = (next, next + length);
        }
        let place = start + first(mask);
        mask &= mask - 1;
        Some(place)
    })
}

/// The bytes that are no commas, each with the place of its field, from 0 on.
pub(super) fn bytes(line: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let mut words = words(line);
    let (mut word, mut mask, mut start, mut next) = (0_u64, 0_u64, 0_usize, 0_usize);
    // As many commas stand before a byte as bytes that are none do not.
    let mut before = 0_usize;
    core::iter::from_fn(move || {
        while mask == 0 {
            let length;
            (word, length) = words.next()?;
            mask = filled(word);
            (start, next) = (next, next + length);
        }
        let at = first(mask);
        mask &= mask - 1;
        let place = start + at - before;
        before += 1;
        let byte = word.to_le_bytes().get(at).copied()?;
        Some((place, byte))
    })
}

/// How many commas a line begins with.
pub(super) fn leading(line: &[u8]) -> usize {
    let mut passed = 0;
    for (word, length) in words(line) {
        match filled(word) {
            0 => passed += length,
            mask => return passed + first(mask),
        }
    }
    passed
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
                assert_eq!(places(line).collect::<Vec<_>>(), commas);
                assert_eq!(count(line), commas.len());
                assert_eq!(leading(line), line.iter().take_while(|byte| **byte == b',').count());
                let fields = line.split(|byte| *byte == b',').enumerate();
                let expected: Vec<_> =
                    fields.flat_map(|(place, field)| field.iter().map(move |byte| (place, *byte))).collect();
                assert_eq!(bytes(line).collect::<Vec<_>>(), expected);
            }
        }
    }
}
