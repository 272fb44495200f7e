//! Limits: how large a body may be, how long things may take, and how many may be at it.
//!
//! One rule: memory is bounded by them. At most `workers` + `queue` bodies are held at once, each of at most `largest_body`.

use std::time::Duration;

/// What the service allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body.
    pub largest_body: usize,
    /// Draws of a simulation.
    pub most_draws: u64,
    /// Requests worked on at once: one thread each.
    pub workers: usize,
    /// Requests that wait beside them; one more is told to come back.
    pub queue: usize,
    /// Connections held at once; further ones wait to be accepted.
    pub connections: usize,
    /// How long a head, and then a body, may take to arrive.
    pub reading: Duration,
    /// How long a request may wait for a thread.
    pub waiting: Duration,
    /// How long a document may be worked on.
    pub working: Duration,
    /// How long requests that are under way have left when the service ends.
    pub ending: Duration,
}

impl Default for Limits {
    /// A megabyte, 200,000 draws, a thread for each processor and 256 that wait.
    fn default() -> Self {
        Self {
            largest_body: 1024 * 1024,
            most_draws: 200_000,
            workers: std::thread::available_parallelism().map_or(1, usize::from),
            queue: 256,
            connections: 1_024,
            reading: Duration::from_secs(10),
            waiting: Duration::from_secs(30),
            working: Duration::from_secs(10),
            ending: Duration::from_secs(20),
        }
    }
}
