//! The pool: a queue with a length, and a few threads behind it.
//!
//! One rule: a place in the queue is taken before anything is read, and given back when the work is truly over, whether or not
//! anybody still waits for it.

use crate::{Limits, Refusal};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

pub(crate) struct Pool {
    places: Arc<Semaphore>,
    threads: Arc<Semaphore>,
    waiting: Duration,
    working: Duration,
}

/// A place in the queue.
pub(crate) struct Place {
    _held: OwnedSemaphorePermit,
}

impl Pool {
    pub fn new(limits: &Limits) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.workers + limits.queue)),
            threads: Arc::new(Semaphore::new(limits.workers)),
            waiting: limits.waiting,
            working: limits.working,
        }
    }

    /// A place, unless the queue is full.
    pub fn enter(&self) -> Result<Place, Refusal> {
        let held = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refusal::Busy)?;
        Ok(Place { _held: held })
    }

    /// Does the work on a thread of the pool, which is told when it must be done.
    pub async fn work<T: Send + 'static>(
        &self,
        place: Place,
        work: impl FnOnce(Instant) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let thread = timeout(self.waiting, Arc::clone(&self.threads).acquire_owned()).await;
        let thread = thread.map_err(|_| Refusal::Busy)?.map_err(|_| Refusal::Ending)?;
        let end = Instant::now() + self.working;
        let done = tokio::task::spawn_blocking(move || {
            let _held = (place, thread);
            work(end)
        });
        match timeout(self.working, done).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Refusal::Broken),
            Err(_) => Err(Refusal::Long { seconds: self.working.as_secs() }),
        }
    }
}
