//! Finds the number of a pair: a hash table whose places are looked at one after another.

/// Of each place the number of the pair there and one; 0 for a free one. As many as a power of two, or none.
#[derive(Default)]
pub(super) struct Slots(Vec<u32>);

impl Slots {
    /// The number of a pair; `pair` says which pair has a number.
    #[inline]
    pub(super) fn find(&self, key: u32, pair: impl Fn(usize) -> Option<u32>) -> Option<usize> {
        let mask = self.0.len().checked_sub(1)?;
        let mut at = spread(key) & mask;
        loop {
            let number = self.0.get(at)?.checked_sub(1)? as usize;
            if pair(number) == Some(key) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Gives the pairs other numbers.
    pub(super) fn rename(&mut self, numbers: &[usize]) {
        for slot in &mut self.0 {
            let number = slot.checked_sub(1).and_then(|old| numbers.get(old as usize));
            *slot = number.and_then(|number| u32::try_from(number + 1).ok()).unwrap_or(0);
        }
    }

    fn put(&mut self, key: u32, number: u32) {
        let mask = self.0.len().wrapping_sub(1);
        let mut at = spread(key) & mask;
        while self.0.get(at).is_some_and(|slot| *slot != 0) {
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.0.get_mut(at) {
            *slot = number;
        }
    }
}

/// A number for each pair, in the order in which they come.
#[derive(Default)]
pub(super) struct Ids {
    pub(super) slots: Slots,
    pub(super) keys: Vec<u32>,
}

impl Ids {
    #[inline]
    pub(super) fn of(&mut self, key: u32) -> usize {
        match self.slots.find(key, |number| self.keys.get(number).copied()) {
            Some(number) => number,
            None => self.add(key),
        }
    }

    fn add(&mut self, key: u32) -> usize {
        self.keys.push(key);
        // At least half of the places are free: to look for a pair that is none ends soon.
        if self.keys.len() * 2 > self.slots.0.len() {
            let size = (self.slots.0.len() * 2).max(1024);
            self.slots.0 = vec![0; size];
            for (number, key) in (1..).zip(&self.keys) {
                self.slots.put(*key, number);
            }
        } else {
            self.slots.put(key, u32::try_from(self.keys.len()).unwrap_or(0));
        }
        self.keys.len() - 1
    }
}

fn spread(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 7) as usize
}
