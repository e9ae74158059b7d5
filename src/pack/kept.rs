//! Rows whose numbers were gathered from their columns. A calculation reads some dozen columns of a row, each of which
//! stands elsewhere in the pack.

use core::sync::atomic::AtomicU64;
use std::sync::OnceLock;

/// Rows are kept in pieces of this many, made when one of them is asked for.
const PIECE: usize = 256;

/// The numbers of a row behind one that others make of them; see [`super::Table::digest`].
pub(super) type Cells = Box<[AtomicU64]>;

type Piece = Box<[OnceLock<Cells>]>;

/// The rows of one table that were asked for.
#[derive(Default)]
pub(super) struct Kept(OnceLock<Box<[OnceLock<Piece>]>>);

impl Kept {
    /// A row of a table of so many, gathered when it is first asked for; none past the end.
    #[inline]
    pub(super) fn row(&self, row: usize, rows: usize, gather: impl FnOnce() -> Cells) -> Option<&[AtomicU64]> {
        let known = || self.0.get()?.get(row / PIECE)?.get()?.get(row % PIECE)?.get();
        if let Some(cells) = known() {
            return Some(cells);
        }
        self.first(row, rows, gather)
    }

    #[cold]
    fn first(&self, row: usize, rows: usize, gather: impl FnOnce() -> Cells) -> Option<&[AtomicU64]> {
        if row >= rows {
            return None;
        }
        let pieces = self.0.get_or_init(|| (0..rows.div_ceil(PIECE)).map(|_| OnceLock::new()).collect());
        let piece = pieces.get(row / PIECE)?.get_or_init(|| (0..PIECE).map(|_| OnceLock::new()).collect());
        Some(piece.get(row % PIECE)?.get_or_init(gather))
    }
}
