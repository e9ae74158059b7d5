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

    /// Takes in the rows of one set that another one lacks.
    pub(super) fn or_lacking(&mut self, one: &Self, lacking: &Self) {
        let both = one.0.iter().zip(&lacking.0);
        self.0.iter_mut().zip(both).for_each(|(word, (one, lacking))| *word |= one & !lacking);
    }

    /// Leaves out the rows of another set.
    pub(super) fn without(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
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
