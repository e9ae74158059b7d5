//! Numbers of one width, one after another.

/// Where numbers stand in a pack, and how.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Words {
    start: usize,
    width: usize,
    count: usize,
    /// From one number to the next, and from one byte of a number to its next: in version 1 the bytes of a number stand side
    /// by side, since version 2 the lowest bytes of all numbers come first, then the next ones. What is alike stands
    /// together then, which halves the packed pack.
    next: usize,
    up: usize,
}

impl Words {
    /// Numbers that begin at a byte of the pack.
    pub(super) fn new(version: u16, start: usize, width: usize, count: usize) -> Self {
        let (next, up) = if version < 2 { (width, 1) } else { (1, count) };
        Self { start, width, count, next, up }
    }

    /// How many numbers there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Whether every number is zero.
    pub(super) fn are_zero(&self) -> bool {
        self.width == 0
    }

    /// The number at a place; zero past the end.
    #[inline]
    pub(super) fn get(&self, pack: &[u8], place: usize) -> u64 {
        if place >= self.count {
            return 0;
        }
        // INVARIANT: the numbers were inside the pack when it was opened, so that nothing here overflows.
        let byte = |up: usize| {
            let at = self.start.wrapping_add(place.wrapping_mul(self.next)).wrapping_add(up.wrapping_mul(self.up));
            pack.get(at).map_or(0, |byte| u64::from(*byte))
        };
        match self.width {
            0 => 0,
            1 => byte(0),
            2 => byte(0) | byte(1) << 8,
            3 => byte(0) | byte(1) << 8 | byte(2) << 16,
            4 => byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24,
            width => (0..width.min(8)).rev().fold(0, |word, up| word << 8 | byte(up)),
        }
    }
}

/// Writes numbers, each in `width` bytes.
pub(super) fn write(values: &[u64], width: u8, out: &mut Vec<u8>) {
    for up in 0..usize::from(width.min(8)) {
        out.extend(values.iter().filter_map(|value| value.to_le_bytes().get(up).copied()));
    }
}

/// The fewest bytes that hold the value; none at all for zero.
pub(super) fn width(max: u64) -> u8 {
    (0..8u8).find(|bytes| max < 1u64 << (8 * bytes)).unwrap_or(8)
}
