//! A set of rows, a bit for each.

/// A set of rows. Without room it is empty and stays so.
#[derive(Clone, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn new(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)])
    }

    #[inline]
    pub(super) fn has(&self, n: u32) -> bool {
        self.0.get(n as usize / 64).is_some_and(|word| word >> (n % 64) & 1 == 1)
    }

    #[inline]
    pub(super) fn put(&mut self, n: u32) {
        if let Some(word) = self.0.get_mut(n as usize / 64) {
            *word |= 1 << (n % 64);
        }
    }

    pub(super) fn has_room(&self) -> bool {
        !self.0.is_empty()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn put_all(&mut self, rows: &[u32]) {
        rows.iter().for_each(|n| self.put(*n));
    }

    pub(super) fn and(&mut self, other: &Self) {
        if !other.has_room() {
            self.0.clear();
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// The rows 64 by 64, a bit for each; none past the end.
    #[inline]
    pub(super) fn block(&self, at: usize) -> u64 {
        self.0.get(at).copied().unwrap_or(0)
    }

    /// The same, to be changed.
    pub(super) fn blocks(&mut self) -> &mut [u64] {
        &mut self.0
    }

    /// How many rows there are.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        self.0.iter().zip((0u32..).step_by(64)).filter(|(word, _)| **word != 0).flat_map(|(word, first)| {
            let mut rest = *word;
            core::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    first + bit
                })
            })
        })
    }
}
