//! Problems: the shape every error about an input has.
//!
//! One rule: a problem is raised once, with its place, and all problems of a document come together.

use crate::address::Place;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Problems kept of one input; the total is always said.
pub const MOST_PROBLEMS: usize = 200;

/// One thing wrong with the input, and where.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong: the error of the floor that found it, to be matched with `downcast_ref`.
    pub fault: Arc<dyn Error + Send + Sync + 'static>,
}

impl Problem {
    /// A problem at a place.
    #[cold]
    pub fn new(place: Place, fault: impl Error + Send + Sync + 'static) -> Self {
        Self { place, fault: Arc::new(fault) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl PartialEq for Problem {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && self.fault.to_string() == other.fault.to_string()
    }
}

/// Collects problems while an input is read.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    total: usize,
}

impl Problems {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a problem at a place.
    #[cold]
    pub fn add(&mut self, place: &Place, fault: impl Error + Send + Sync + 'static) {
        self.push(Problem::new(place.clone(), fault));
    }

    /// Notes a problem.
    #[cold]
    pub fn push(&mut self, problem: Problem) {
        self.total += 1;
        if self.kept.len() < MOST_PROBLEMS {
            self.kept.push(problem);
        }
    }

    /// Notes a problem that is made only where it is kept: of millions most are only counted.
    pub fn push_with(&mut self, problem: impl FnOnce() -> Problem) {
        match self.is_full() {
            true => self.total += 1,
            false => self.push(problem()),
        }
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// How many were noted.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Whether further problems are only counted.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= MOST_PROBLEMS
    }

    /// The problems said in another way, or not at all; what was only counted stays counted.
    pub fn mapped(self, say: impl FnMut(Problem) -> Option<Problem>) -> Self {
        let uncounted = self.total.saturating_sub(self.kept.len());
        let kept: Vec<Problem> = self.kept.into_iter().filter_map(say).collect();
        Self { total: kept.len().saturating_add(uncounted), kept }
    }

    /// Puts problems in an order; those of the same key stay as they are.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl FnMut(&Problem) -> K) {
        self.kept.sort_by_key(key);
    }

    /// `Ok` where nothing is wrong, else all problems, in the order of the text.
    pub fn into_result(mut self) -> Result<(), ModelError> {
        if self.total == 0 {
            return Ok(());
        }
        self.kept.sort_by_key(|problem| problem.place.span);
        Err(ModelError { problems: self.kept, total: self.total })
    }
}

/// Everything wrong with one input, each with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelError {
    problems: Vec<Problem>,
    total: usize,
}

impl ModelError {
    /// An error with a single problem.
    #[cold]
    pub fn one(place: Place, fault: impl Error + Send + Sync + 'static) -> Self {
        Self { problems: vec![Problem::new(place, fault)], total: 1 }
    }

    /// The problems in the order of the text, at most [`MOST_PROBLEMS`].
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.total
    }
}

impl fmt::Display for ModelError {
    /// One problem a line; a last line where more were found than are kept.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, problem) in self.problems.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(problem, f)?;
        }
        match self.total.saturating_sub(self.problems.len()) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more problems ({} in all)", self.total),
        }
    }
}

impl Error for ModelError {}
