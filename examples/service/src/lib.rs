//! An example of the library inside a service: documents are posted over HTTP and appraised, simulated or settled.
//!
//! One rule: the network waits, a bounded pool works. A request takes its place in a queue before its body is read, is worked on by
//! one of a few threads, and is told when the queue is full; what is kept in memory has a bound that can be worked out.
//!
//! | file | what it holds |
//! |---|---|
//! | `limits` | how large, how long, how many |
//! | `pool` | the queue and the threads behind it |
//! | `body` | a body, up to a size and a time |
//! | `appraise`, `simulate`, `settle` | from bytes to an answer: the library, and nothing of HTTP |
//! | `refusal` | what is wrong, with its places |
//! | `answer` | JSON that is harmless wherever it is shown |
//! | `routes` | which path leads where |
//! | `log` | one line a request, without anything a user wrote |
//! | `serve` | connections, and an orderly end |

pub mod answer;
mod appraise;
mod body;
mod limits;
pub mod log;
mod pool;
mod refusal;
mod routes;
mod serve;
mod settle;
mod simulate;

pub use limits::Limits;
pub use refusal::Refusal;
pub use routes::routes;
pub use serve::serve;
