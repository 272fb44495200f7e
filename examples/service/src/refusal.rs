//! Refusals: why there is no answer, with every place in what was posted.
//!
//! One rule: what is wrong with a document is the library's to say, and comes as structured as it is there: document, address, line,
//! column, what is wrong and, where the library has one, a suggestion. A refusal never says more of the service than that.

use crate::answer;
use axum::body::Body;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use impact_core::address::Place;
use impact_core::error::{ModelError, Problem};
use serde::Serialize;

/// Characters of a message that are shown.
const LONGEST_MESSAGE: usize = 600;
/// Seconds after which one who is told to come back may try.
const RETRY_SECONDS: &str = "2";

/// Why there is no answer.
#[derive(Debug)]
pub enum Refusal {
    /// What is wrong with a posted document, and which one it is: `model`, `contract` or `observations`.
    Document {
        /// Which document.
        document: &'static str,
        /// All that is wrong with it.
        error: ModelError,
    },
    /// What is wrong with the request itself, and where: `query.draws`, `body`.
    Request {
        /// Where.
        place: &'static str,
        /// What.
        message: String,
    },
    /// No such path.
    Path,
    /// Another method than the path has.
    Method,
    /// A body above the limit.
    Large {
        /// The limit.
        bytes: usize,
    },
    /// A body in a coding such as gzip.
    Encoded,
    /// A body that ended before its end.
    Cut,
    /// A body that took too long to arrive.
    Slow {
        /// The limit.
        seconds: u64,
    },
    /// A document that takes too long to work on.
    Long {
        /// The limit.
        seconds: u64,
    },
    /// The queue is full.
    Busy,
    /// The service is about to end.
    Ending,
    /// A defect of the service.
    Broken,
}

#[derive(Serialize)]
struct Told<'a> {
    error: Error<'a>,
}

#[derive(Serialize)]
struct Error<'a> {
    kind: &'static str,
    message: String,
    /// How many problems there are; more than are listed where there are very many.
    total: usize,
    problems: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    document: &'a str,
    /// As a reader has it: `outcomes.work.deadweight (line 12, column 14)`.
    place: String,
    address: String,
    line: Option<u32>,
    column: Option<u32>,
    message: String,
    suggestion: Option<String>,
}

impl Refusal {
    /// A question that belongs to no place in a document.
    pub(crate) fn of_whole(document: &'static str, fault: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Document { document, error: ModelError::one(Place::document(), fault) }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::Document { .. } | Refusal::Long { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Request { .. } | Refusal::Cut => StatusCode::BAD_REQUEST,
            Refusal::Path => StatusCode::NOT_FOUND,
            Refusal::Method => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::Large { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Encoded => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Refusal::Slow { .. } => StatusCode::REQUEST_TIMEOUT,
            Refusal::Busy | Refusal::Ending => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Refusal::Document { .. } => "document",
            Refusal::Request { .. } | Refusal::Cut | Refusal::Encoded | Refusal::Path | Refusal::Method => "request",
            Refusal::Large { .. } | Refusal::Slow { .. } | Refusal::Long { .. } => "limit",
            Refusal::Busy | Refusal::Ending => "busy",
            Refusal::Broken => "service",
        }
    }

    /// Where it stands, where that is not in a document.
    fn place(&self) -> &'static str {
        match self {
            Refusal::Request { place, .. } => place,
            Refusal::Path | Refusal::Method => "path",
            _ => "body",
        }
    }

    fn message(&self) -> String {
        match self {
            Refusal::Document { document, error } if error.total() == 1 => format!("the {document} has a problem"),
            Refusal::Document { document, error } => format!("the {document} has {} problems", error.total()),
            Refusal::Request { message, .. } => message.clone(),
            Refusal::Path => "no such path: there are /appraise, /simulate, /settle and /health".to_owned(),
            Refusal::Method => "another method than this path has".to_owned(),
            Refusal::Large { bytes } => format!("more than {bytes} bytes"),
            Refusal::Encoded => "a coding that is not read: send it plain".to_owned(),
            Refusal::Cut => "ended before its end".to_owned(),
            Refusal::Slow { seconds } => format!("took more than {seconds} seconds to arrive"),
            Refusal::Long { seconds } => format!("takes more than {seconds} seconds: ask for less"),
            Refusal::Busy => "too many requests wait already: come back later".to_owned(),
            Refusal::Ending => "the service is about to end".to_owned(),
            Refusal::Broken => "the service failed".to_owned(),
        }
    }

    fn told(&self) -> Told<'_> {
        let (total, problems) = match self {
            Refusal::Document { document, error } => {
                (error.total(), error.problems().iter().map(|problem| listed(document, problem)).collect())
            }
            Refusal::Busy | Refusal::Ending | Refusal::Broken => (0, Vec::new()),
            _ => (1, vec![of_request(self.place(), self.message())]),
        };
        Told { error: Error { kind: self.kind(), message: self.message(), total, problems } }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let json = answer::json(&self.told()).unwrap_or_default();
        let mut response = answer::response(self.status(), json);
        if matches!(self, Refusal::Busy | Refusal::Ending) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
        }
        response
    }
}

fn listed<'a>(document: &'a str, problem: &Problem) -> Listed<'a> {
    let (line, column) = problem.place.span.map(|span| (span.line, span.column)).unzip();
    let message = problem.fault.to_string();
    Listed {
        document,
        place: shortened(&problem.place.to_string()),
        address: shortened(problem.place.address.as_str()),
        line,
        column,
        suggestion: suggestion(&message).map(shortened),
        message: shortened(&message),
    }
}

fn of_request(place: &str, message: String) -> Listed<'_> {
    let address = place.to_owned();
    Listed { document: "request", place: address.clone(), address, line: None, column: None, message, suggestion: None }
}

/// What the library suggests in its words: "did you mean `x`?".
fn suggestion(message: &str) -> Option<&str> {
    let (_, after) = message.rsplit_once("did you mean `")?;
    after.split_once("`?").map(|(near, _)| near)
}

/// A text up to a length: what a user wrote may be long, and is in many messages.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suggestion_is_the_one_the_library_makes() {
        let slip = impact_core::Model::from_toml("impact = 1\nnam = 'Garden'").unwrap_err();
        let found =
            slip.problems().iter().find_map(|problem| suggestion(&problem.fault.to_string()).map(str::to_owned));
        assert_eq!(found.as_deref(), Some("name"));
        assert_eq!(suggestion("no holder has the id `x`"), None);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "ø".repeat(10_000);
        assert_eq!(shortened(&long).chars().count(), LONGEST_MESSAGE + 1);
        assert_eq!(shortened("short"), "short");
    }
}
