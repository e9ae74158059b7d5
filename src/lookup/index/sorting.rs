//! Sorting by numbers, a byte at each step, so that a page can go on drawing between the steps; equal ones stay in their order.

/// Numbers, each with a place, on their way into order.
#[derive(Default)]
pub(super) struct Sorting {
    items: Vec<(u64, u32)>,
    spare: Vec<(u64, u32)>,
    /// The bits in which the numbers differ and that have not been sorted by.
    left: u64,
}

impl Sorting {
    pub(super) fn new(items: Vec<(u64, u32)>) -> Self {
        let first = items.first().map_or(0, |(number, _)| *number);
        let left = items.iter().fold(0, |left, (number, _)| left | (number ^ first));
        let left = if items.is_sorted_by_key(|(number, _)| *number) { 0 } else { left };
        Self { items, spare: Vec::new(), left }
    }

    /// Sorts by the next byte; the items, once they are in order.
    pub(super) fn step(&mut self) -> Option<Vec<(u64, u32)>> {
        if self.left == 0 {
            return Some(core::mem::take(&mut self.items));
        }
        let shift = self.left.trailing_zeros() / 8 * 8;
        let byte = |number: u64| usize::try_from(number >> shift & 0xff).unwrap_or(0);
        let mut next = [0_usize; 256];
        for (number, _) in &self.items {
            if let Some(count) = next.get_mut(byte(*number)) {
                *count += 1;
            }
        }
        let mut start = 0;
        for count in &mut next {
            start += core::mem::replace(count, start);
        }
        self.spare.resize(self.items.len(), (0, 0));
        for item in &self.items {
            if let Some(place) = next.get_mut(byte(item.0)) {
                if let Some(slot) = self.spare.get_mut(*place) {
                    *slot = *item;
                }
                *place += 1;
            }
        }
        core::mem::swap(&mut self.items, &mut self.spare);
        self.left &= !(0xff << shift);
        None
    }

    /// The items in order.
    pub(super) fn finish(mut self) -> Vec<(u64, u32)> {
        loop {
            if let Some(items) = self.step() {
                return items;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn as_the_standard_library_sorts(
            numbers in proptest::collection::vec((0_u64..6, 0_u32..64), 0..200),
        ) {
            let mut items: Vec<(u64, u32)> = numbers.iter().map(|(low, shift)| low << shift).zip(0..).collect();
            let sorted = Sorting::new(items.clone()).finish();
            items.sort_by_key(|(number, _)| *number);
            proptest::prop_assert_eq!(sorted, items);
        }
    }
}
