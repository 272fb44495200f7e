//! The queue: pieces of work in an order, taken by some threads one after the other, their answers in that order.
//!
//! One rule: each piece is worked by one worker alone, and what it answers depends on the piece only, so that neither the number of
//! threads nor who takes what changes a bit. The caller is heard on its own thread, before each batch and after the last.

use super::progress::{Cancelled, Heard};
use std::sync::{Mutex, PoisonError};

/// Pieces of work, each with how much it counts for.
pub(crate) struct Queue<I> {
    pub pieces: I,
    /// Pieces between two questions to the caller; more where there are more workers.
    pub batch: usize,
}

/// So many workers are given something to do: no more than there are pieces, and at least one.
pub(crate) fn workers(threads: usize, pieces: usize) -> usize {
    threads.clamp(1, pieces.max(1))
}

impl<P: Send, I: Iterator<Item = (u64, P)>> Queue<I> {
    /// Works through all pieces; `take` is handed the answers in the order of the pieces, on the calling thread.
    pub fn work<W: Send, T: Send>(
        self,
        workers: &mut [W],
        heard: &mut Heard<'_>,
        each: &(impl Fn(&mut W, P) -> T + Sync),
        mut take: impl FnMut(T),
    ) -> Result<(), Cancelled> {
        let most = self.batch.max(workers.len()).max(1);
        let mut pieces = self.pieces.peekable();
        while pieces.peek().is_some() {
            heard.ask()?;
            let (sizes, batch): (Vec<u64>, Vec<P>) = pieces.by_ref().take(most).unzip();
            match workers {
                // Alone, an answer is taken before the next is made: so many are never held at once.
                [alone] => batch.into_iter().for_each(|piece| take(each(alone, piece))),
                _ => at_once(workers, batch, each).into_iter().for_each(&mut take),
            }
            heard.did(sizes.iter().fold(0, |all, size| all.saturating_add(*size)));
        }
        // An ear for a cancellation that came during the last batch.
        heard.ask()
    }
}

/// The answers to the same question of several things, found on some threads; each thing counts for `size`.
pub(crate) fn answers<I: Sync, T: Send>(
    things: &[I],
    size: u64,
    threads: usize,
    heard: &mut Heard<'_>,
    answer: impl Fn(&I) -> T + Sync,
) -> Result<Vec<T>, Cancelled> {
    let mut found = Vec::with_capacity(things.len());
    let mut workers = vec![(); workers(threads, things.len())];
    let queue = Queue { pieces: things.iter().map(|thing| (size, thing)), batch: workers.len() };
    queue.work(&mut workers, heard, &|(), thing| answer(thing), |answer| found.push(answer))?;
    Ok(found)
}

/// A batch on all workers; the calling thread is one of them.
fn at_once<P: Send, W: Send, T: Send>(
    workers: &mut [W],
    batch: Vec<P>,
    each: &(impl Fn(&mut W, P) -> T + Sync),
) -> Vec<T> {
    let needed = workers.len().min(batch.len());
    let mut found: Vec<Option<T>> = batch.iter().map(|_| None).collect();
    let queue = Mutex::new(batch.into_iter().zip(found.iter_mut()));
    let one = |worker: &mut W| {
        loop {
            // A worker that panicked holds no lock: the queue is only ever locked for taking.
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((piece, place)) = next else { break };
            *place = Some(each(worker, piece));
        }
    };
    let Some((first, others)) = workers.get_mut(..needed).and_then(<[W]>::split_first_mut) else { return Vec::new() };
    std::thread::scope(|scope| {
        // Where no thread can be had, the calling thread does the work.
        let spawned: Vec<_> = others
            .iter_mut()
            .filter_map(|worker| std::thread::Builder::new().spawn_scoped(scope, || one(worker)).ok())
            .collect();
        one(first);
        for thread in spawned {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::progress::{Counted, Progress};
    use super::*;
    use std::ops::ControlFlow;
    use std::sync::Barrier;
    use std::thread::{ThreadId, current};

    /// What each piece was answered, and on how many threads; what the caller was told.
    fn run(pieces: u64, threads: usize, batch: usize) -> (Vec<u64>, usize, Vec<u64>) {
        let mut told = Vec::new();
        let mut progress = |at: Progress| {
            told.push(at.done);
            ControlFlow::Continue(())
        };
        let mut heard = Heard::new(Counted::Draws, 2 * pieces, &mut progress);
        let mut at_work: Vec<Option<ThreadId>> = vec![None; workers(threads, pieces as usize)];
        // No worker goes on before all have come: none may be left without a piece.
        let all_here = Barrier::new(at_work.len());
        let each = |own: &mut Option<ThreadId>, piece: u64| {
            if own.replace(current().id()).is_none() {
                all_here.wait();
            }
            piece * piece
        };
        let mut found = Vec::new();
        let queue = Queue { pieces: (0..pieces).map(|piece| (2, piece)), batch };
        queue.work(&mut at_work, &mut heard, &each, |answer| found.push(answer)).unwrap();
        let busy = at_work.iter().flatten().count();
        (found, busy, told)
    }

    #[test]
    fn answers_come_in_the_order_of_their_pieces_however_many_work() {
        let squares: Vec<u64> = (0..200).map(|piece| piece * piece).collect();
        for threads in [1, 2, 7] {
            let (found, _, told) = run(200, threads, 64);
            assert_eq!(found, squares);
            assert_eq!(told, [0, 128, 256, 384, 400], "{threads} threads");
        }
    }

    #[test]
    fn every_worker_has_something_to_do() {
        assert_eq!(run(200, 100, 64).1, 100, "more workers than a batch has pieces");
        assert_eq!(run(3, 100, 64).1, 3, "no more workers than pieces");
        assert_eq!(run(0, 4, 64).0, [0_u64; 0]);
    }

    #[test]
    fn what_is_done_never_falls_over_several_passes() {
        let mut told = Vec::new();
        let mut progress = |at: Progress| {
            told.push((at.done, at.of));
            if at.done > 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut heard = Heard::new(Counted::Scenarios, 5, &mut progress);
        assert_eq!(answers(&[1, 2, 3], 1, 2, &mut heard, |thing| thing * 2).unwrap(), [2, 4, 6]);
        let ended = answers(&[4, 5], 1, 1, &mut heard, |thing| thing * 2).unwrap_err().to_string();
        assert_eq!(ended, "cancelled after 4 of 5 scenarios: nothing is kept");
        assert_eq!(told, [(0, 5), (2, 5), (3, 5), (3, 5), (4, 5)]);
    }
}
