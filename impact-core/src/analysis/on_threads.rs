//! Threads: the same question of several things, some of them at a time.
//!
//! One rule: each answer is found by one thread alone, so that their number changes no bit of it. The caller is asked, on its own
//! thread, before each batch and after the last.

use crate::simulation::{Cancelled, Progress};
use std::ops::ControlFlow;

/// The answers in the order of the items, found on some threads. An item counts as `draws` draws of progress.
pub(super) fn on_threads<I: Sync, T: Send>(
    items: &[I],
    draws: u64,
    threads: usize,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    answer: impl Fn(&I) -> T + Sync,
) -> Result<Vec<T>, Cancelled> {
    let times = |items: usize| draws.saturating_mul(items as u64);
    let of = times(items.len());
    let mut ask = |done: u64| match progress(Progress { done, of }) {
        ControlFlow::Break(()) => Err(Cancelled { done, of }),
        ControlFlow::Continue(()) => Ok(()),
    };
    let mut answers = Vec::with_capacity(items.len());
    for batch in items.chunks(threads.max(1)) {
        ask(times(answers.len()))?;
        let Some((first, others)) = batch.split_first() else { continue };
        std::thread::scope(|scope| {
            // Where no thread can be had, the calling thread does the work.
            let answer = &answer;
            let spawned: Vec<_> = others
                .iter()
                .map(|item| (item, std::thread::Builder::new().spawn_scoped(scope, move || answer(item))))
                .collect();
            answers.push(answer(first));
            for (item, thread) in spawned {
                answers.push(match thread.map(std::thread::ScopedJoinHandle::join) {
                    Ok(Ok(found)) => found,
                    Ok(Err(panic)) => std::panic::resume_unwind(panic),
                    Err(_) => answer(item),
                });
            }
        });
    }
    ask(of)?;
    Ok(answers)
}
