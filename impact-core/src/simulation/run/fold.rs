//! Folding: a range of draws worked through, block by block, on some threads.
//!
//! One rule: what depends on an order goes into the tree; what a thread may keep for itself (counts) does not. The caller is asked,
//! between batches and on its own thread, whether to go on.

use super::blocks::{BLOCK, Blocks, Drawn, Stage};
use super::tree::{Merge, Tree};
use super::{Cancelled, Progress};
use std::ops::{ControlFlow, Range};
use std::sync::Mutex;

/// Blocks of a batch: the caller is asked between batches.
const BATCH: u64 = 64;

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
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    mut place: impl FnMut() -> K,
    each: &(impl Fn(&Drawn, &mut L, K) -> T + Sync),
) -> Result<Folded<T, L>, Cancelled> {
    let of = range.end.saturating_sub(range.start);
    let mut workers: Vec<(Drawn, L)> = (0..threads.max(1)).map(|_| (blocks.room(stage), L::default())).collect();
    let mut tree = Tree::default();
    let mut pieces = pieces(range.clone()).peekable();
    let mut done = 0_u64;
    while pieces.peek().is_some() {
        if progress(Progress { done, of }).is_break() {
            return Err(Cancelled { done, of });
        }
        let batch: Vec<(Piece, K)> = pieces.by_ref().take(BATCH as usize).map(|piece| (piece, place())).collect();
        done = done.saturating_add(batch.iter().map(|(piece, _)| piece.draws as u64).sum());
        for (block, value) in work(blocks, &mut workers, batch, each) {
            tree.insert(block, value);
        }
    }
    // An ear for a cancellation that came during the last batch.
    match progress(Progress { done, of }) {
        ControlFlow::Break(()) => Err(Cancelled { done, of }),
        ControlFlow::Continue(()) => Ok(Folded { tree, local: workers.into_iter().map(|(_, local)| local).collect() }),
    }
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

/// A batch on all workers; the calling thread is one of them.
fn work<T: Send, L: Send, K: Send>(
    blocks: &Blocks,
    workers: &mut [(Drawn, L)],
    batch: Vec<(Piece, K)>,
    each: &(impl Fn(&Drawn, &mut L, K) -> T + Sync),
) -> Vec<(u64, T)> {
    let queue = Mutex::new(batch.into_iter());
    let one = |(drawn, local): &mut (Drawn, L)| {
        let mut values = Vec::new();
        loop {
            // A worker that panicked holds no lock: the queue is only ever locked for taking.
            let next = queue.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
            let Some((piece, kept)) = next else { break values };
            blocks.draw(piece.first, piece.draws, drawn);
            values.push((piece.block, each(drawn, local, kept)));
        }
    };
    match workers.split_first_mut() {
        Some((first, [])) => one(first),
        Some((first, others)) => std::thread::scope(|scope| {
            // Where no thread can be had, the calling thread does the work.
            let spawned: Vec<_> = others
                .iter_mut()
                .filter_map(|worker| std::thread::Builder::new().spawn_scoped(scope, || one(worker)).ok())
                .collect();
            let mut values = one(first);
            for thread in spawned {
                match thread.join() {
                    Ok(more) => values.extend(more),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            values
        }),
        None => Vec::new(),
    }
}
