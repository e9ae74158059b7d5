//! One column of a table: values side by side at one width, or a short list of values and the place of each in it.

use super::{u16_at, u32_at, u64_at};

/// Where a column stands and how it is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Column {
    /// First byte of the values, or of the places in the list.
    start: usize,
    /// Bytes of each of them; 0 when every value is zero.
    width: usize,
    /// The list of values: first byte and bytes of each; a width of 0 means that there is no list.
    list: (usize, usize),
}

impl Column {
    /// Bytes of a column's entry in the head of its table.
    pub(super) const ENTRY_LEN: usize = 16;

    /// Reads the entry of a column that has to begin at `next`. `data` is the table's section, `base` its place in the
    /// pack. Gives the column's id, the column, and where it ends.
    pub(super) fn check(
        entry: &[u8],
        data: &[u8],
        next: usize,
        base: usize,
        rows: usize,
    ) -> Option<(usize, Self, usize)> {
        let id = usize::from(u16_at(entry, 0)?);
        let width = usize::from(*entry.get(2)?);
        let value_width = usize::from(*entry.get(3)?);
        let listed = u32_at(entry, 4)? as usize;
        let start = usize::try_from(u64_at(entry, 8)?).ok()?;
        let widths = width <= 8 && value_width <= 8 && (value_width == 0) == (listed == 0);
        if start != next || !widths {
            return None;
        }
        let values = start.checked_add(listed.checked_mul(value_width)?)?;
        let end = values.checked_add(rows.checked_mul(width)?)?;
        data.get(start..end)?;
        let column = Self { start: base.checked_add(values)?, width, list: (base.checked_add(start)?, value_width) };
        Some((id, column, end))
    }

    /// The value of a row; zero for a place outside the list.
    pub(super) fn number(&self, pack: &[u8], row: usize) -> u64 {
        let Some(value) = word(pack, self.start, self.width, row) else { return 0 };
        match self.list {
            (_, 0) => value,
            (list, width) => {
                let place = usize::try_from(value).ok();
                place.and_then(|place| word(pack, list, width, place)).unwrap_or(0)
            }
        }
    }

    /// Writes a column that begins at `start` of its section: its entry into `head`, its bytes into `data`.
    pub(super) fn write(id: u16, values: &[u64], start: usize, head: &mut Vec<u8>, data: &mut Vec<u8>) {
        let plain = width(values.iter().copied().max().unwrap_or(0));
        let mut list: Vec<u64> = values.to_vec();
        list.sort_unstable();
        list.dedup();
        let place = width(list.len().saturating_sub(1) as u64);
        let size = |width: u8, count: usize| usize::from(width) * count;
        let with_list = list.len() <= usize::from(u16::MAX)
            && size(place, values.len()) + size(plain, list.len()) < size(plain, values.len());
        let (listed, value_width, own) = if with_list { (list.len(), plain, place) } else { (0, 0, plain) };
        head.extend(id.to_le_bytes());
        head.push(own);
        head.push(value_width);
        head.extend(u32::try_from(listed).unwrap_or(u32::MAX).to_le_bytes());
        head.extend((start as u64).to_le_bytes());
        if with_list {
            list.iter().for_each(|value| push(data, *value, plain));
        }
        for value in values {
            let value = if with_list { list.binary_search(value).map_or(0, |place| place as u64) } else { *value };
            push(data, value, own);
        }
    }
}

/// The value at a place of a list of values of one width.
fn word(bytes: &[u8], start: usize, width: usize, place: usize) -> Option<u64> {
    /// What eight bytes keep of a value that is narrower.
    const MASKS: [u64; 9] =
        [0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, 0xff_ffff_ffff, 0xffff_ffff_ffff, 0xff_ffff_ffff_ffff, u64::MAX];
    let at = start.checked_add(place.checked_mul(width)?)?;
    // One read of eight bytes is faster than a copy of a width known only now; the last bytes of a pack have no eight.
    if let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        return Some(u64::from_le_bytes(*eight) & MASKS.get(width)?);
    }
    let mut word = [0u8; 8];
    word.get_mut(..width)?.copy_from_slice(bytes.get(at..at.checked_add(width)?)?);
    Some(u64::from_le_bytes(word))
}

fn push(data: &mut Vec<u8>, value: u64, width: u8) {
    data.extend(value.to_le_bytes().into_iter().take(usize::from(width)));
}

/// The fewest bytes that hold the value; none at all for zero.
fn width(max: u64) -> u8 {
    (0..8u8).find(|bytes| max < 1u64 << (8 * bytes)).unwrap_or(8)
}
