//! Folding: a range of draws worked through, block by block, on some threads.
//!
//! One rule: what depends on an order goes into the tree; what a thread may keep for itself (counts) does not. The caller is asked,
//! between batches and on its own thread, whether to go on.

use super::blocks::{BLOCK, Blocks, Drawn, Stage};
use super::progress::{Cancelled, Heard};
use super::queue::{Queue, workers};
use super::tree::{Merge, Tree};
use std::ops::Range;

/// Blocks of a batch: the caller is asked between batches.
const BATCH: usize = 64;

/// What a range of draws came to.
pub(crate) struct Folded<T, L> {
    pub tree: Tree<T>,
    /// What each thread kept for itself.
    pub local: Vec<L>,
}

/// A run of draws within one block.
#[derive(Debug, Clone, Copy)]
struct Piece {
    block: u64,
    first: u64,
    draws: usize,
}

/// Works through a range of draws that begins and ends where blocks do. `each` sees every block as drawn, with what its
/// thread keeps and a `place` of the block's own; what it returns is merged along the tree.
pub(crate) fn fold<T: Merge + Send, L: Default + Send, K: Send>(
    blocks: &Blocks,
    range: Range<u64>,
    stage: Stage,
    threads: usize,
    heard: &mut Heard<'_>,
    mut place: impl FnMut() -> K,
    each: &(impl Fn(&Drawn, &mut L, K) -> T + Sync),
) -> Result<Folded<T, L>, Cancelled> {
    let many = usize::try_from(range.end.saturating_sub(range.start).div_ceil(BLOCK as u64)).unwrap_or(usize::MAX);
    let worker = || (blocks.room(stage), L::default());
    let mut workers: Vec<(Drawn, L)> = std::iter::repeat_with(worker).take(workers(threads, many)).collect();
    let mut tree = Tree::default();
    let pieces = pieces(range).map(|piece| (piece.draws as u64, (piece, place())));
    let one = |(drawn, local): &mut (Drawn, L), (piece, kept): (Piece, K)| {
        blocks.draw(piece.first, piece.draws, drawn);
        (piece.block, each(drawn, local, kept))
    };
    let queue = Queue { pieces, batch: BATCH };
    queue.work(&mut workers, heard, &one, |(block, value)| tree.insert(block, value))?;
    Ok(Folded { tree, local: workers.into_iter().map(|(_, local)| local).collect() })
}

/// The draws of a range, cut where blocks begin.
fn pieces(range: Range<u64>) -> impl Iterator<Item = Piece> {
    let mut next = range.start;
    std::iter::from_fn(move || {
        let block = next / BLOCK as u64;
        let end = block.checked_add(1)?.saturating_mul(BLOCK as u64).min(range.end);
        let draws = end.checked_sub(next).filter(|draws| *draws > 0)?;
        let piece = Piece { block, first: next, draws: usize::try_from(draws).ok()? };
        next = end;
        Some(piece)
    })
}
