//! The log: one line a request.
//!
//! One rule: nothing that a user wrote is in it, neither of the path beyond its route, nor of the query, the headers or the body. So
//! no person's id and no figure of a document gets there.

use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use std::time::{Duration, Instant};

/// Writes the line of a request.
pub(crate) async fn logged(request: Request, next: Next) -> Response {
    let begin = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    eprintln!("{}", line(&method, route.as_deref(), response.status(), begin.elapsed()));
    response
}

/// The line: method and route where they are the service's own, status, milliseconds.
///
/// # Examples
/// ```
/// use axum::http::{Method, StatusCode};
/// use std::time::Duration;
/// let line = impact_service::log::line(&Method::POST, Some("/settle"), StatusCode::OK, Duration::from_millis(12));
/// assert_eq!(line, "POST /settle 200 12.0 ms");
/// ```
pub fn line(method: &Method, route: Option<&str>, status: StatusCode, took: Duration) -> String {
    let known = [Method::GET, Method::HEAD, Method::POST].contains(method);
    let method = if known { method.as_str() } else { "other" };
    let milliseconds = took.as_secs_f64() * 1e3;
    format!("{method} {} {} {milliseconds:.1} ms", route.unwrap_or("other"), status.as_u16())
}
