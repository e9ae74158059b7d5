//! Sorting in little code: the standard library's sort is some kilobytes for each type that it is used with, and the download
//! of the engine counts. Places are sorted by one function for all, then the items are put there.

use core::cmp::Ordering;

/// Sorts items; equal ones stay in their order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Every item once, in order.
pub(crate) fn distinct<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    sort(&mut items);
    items.dedup();
    items
}

/// Sorts items by a comparison; equal ones stay in their order.
pub(crate) fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    // Most lists are short and in order.
    if !items.is_sorted_by(|a, b| compare(a, b) != Ordering::Greater) {
        let places = sorted(items.len(), &|a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        });
        arrange(items, places);
    }
}

/// Sorts items by a number, which is made once for each; equal ones stay in their order.
pub(crate) fn by_number<T>(items: &mut [T], number: impl Fn(&T) -> u64) {
    let keys = places(items, number);
    if !keys.is_sorted_by_key(|(_, place)| *place) {
        arrange(items, keys.into_iter().map(|(_, place)| place).collect());
    }
}

/// The places of items in the order of a number, which is made once for each; equal ones stay in their order.
pub(crate) fn places<T>(items: &[T], number: impl Fn(&T) -> u64) -> Vec<(u64, usize)> {
    let mut keys: Vec<(u64, usize)> = items.iter().enumerate().map(|(place, item)| (number(item), place)).collect();
    keys.sort_unstable();
    keys
}

/// Sorts items by a key, which is made once for each; equal ones stay in their order.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    if items.len() > 1 {
        let keys: Vec<K> = items.iter().map(key).collect();
        if keys.is_sorted() {
            return;
        }
        let places = sorted(keys.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
        arrange(items, places);
    }
}

/// The places of so many items in their order.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Puts every item where its place stands in the list: along each ring of items that take each other's place.
fn arrange<T>(items: &mut [T], mut places: Vec<usize>) {
    for start in 0..places.len() {
        let mut to = start;
        // INVARIANT: the list holds every place once.
        while let Some(from) = places.get_mut(to).map(|place| core::mem::replace(place, to))
            && from != start
            && from < items.len()
        {
            items.swap(to, from);
            to = from;
        }
    }
}

/// Values by key, in the order of the keys: for few keys, or keys that come in order. A tree of the standard library is five
/// kilobytes for each type that it is used with.
pub(crate) struct Keyed<K, V>(Vec<(K, V)>);

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Keyed<K, V> {
    /// The value of a key, a new one if there is none.
    pub(crate) fn of(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let place =
            if self.0.last().is_some_and(|(last, _)| *last < key) { Err(self.0.len()) } else { self.place(&key) };
        let place = place.unwrap_or_else(|place| {
            self.0.insert(place, (key, V::default()));
            place
        });
        // INVARIANT: the place of an item, or where one was put.
        #[expect(clippy::indexing_slicing, reason = "see above")]
        &mut self.0[place].1
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.0.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.cmp(key))
    }
}

impl<K, V> IntoIterator for Keyed<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn keyed_as_a_tree() {
        let mut tree: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let mut keyed: Keyed<u64, Vec<u64>> = Keyed::default();
        for at in 0..500u64 {
            let key = (at * 2_654_435_761) >> 7 & 63;
            tree.entry(key).or_default().push(at);
            keyed.of(key).push(at);
            assert!((0..64).all(|key| keyed.get(&key) == tree.get(&key)));
        }
        assert_eq!(keyed.into_iter().collect::<Vec<_>>(), tree.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn as_the_standard_library_sorts() {
        for count in 0..60u64 {
            for seed in 1..30u64 {
                let items: Vec<(u64, u64)> = (0..count).map(|at| ((at * seed * 2_654_435_761) >> 7 & 15, at)).collect();
                let (mut keyed, mut compared, mut sorted) = (items.clone(), items.clone(), items.clone());
                let mut numbered = items.clone();
                let mut expected = items.clone();
                expected.sort_by_key(|item| item.0);
                by_key(&mut keyed, |item| item.0);
                by(&mut compared, |a, b| a.0.cmp(&b.0));
                by_number(&mut numbered, |item| item.0);
                assert_eq!((&keyed, &compared, &numbered), (&expected, &expected, &expected));
                expected.sort_by_key(|item| core::cmp::Reverse(*item));
                by(&mut sorted, |a, b| b.cmp(a));
                assert_eq!(sorted, expected);
                sort(&mut sorted);
                expected.sort();
                assert_eq!(sorted, expected);
            }
        }
    }
}
