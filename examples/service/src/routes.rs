//! Routes: which path leads where.

use crate::appraise::appraised;
use crate::pool::Pool;
use crate::settle::settled;
use crate::simulate::{Asked, simulated};
use crate::{Limits, Refusal, answer, body, log};
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{Response, StatusCode};
use axum::middleware::from_fn;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::json;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

struct Service {
    limits: Limits,
    pool: Pool,
}

type Answer = Result<Response<Body>, Refusal>;

/// The service as a router: `POST /appraise`, `/simulate` and `/settle`, `GET /health`. With `logged` it writes a line a request
/// to the error stream.
pub fn routes(limits: Limits, logged: bool) -> Router {
    let service = Arc::new(Service { limits, pool: Pool::new(&limits) });
    let router = Router::new()
        .route("/appraise", post(appraise))
        .route("/simulate", post(simulate))
        .route("/settle", post(settle))
        .route("/health", get(health))
        .method_not_allowed_fallback(async || Refusal::Method)
        .fallback(async || Refusal::Path)
        .with_state(service);
    if logged { router.layer(from_fn(log::logged)) } else { router }
}

async fn appraise(State(service): State<Arc<Service>>, request: Request) -> Answer {
    service.answered(request, |model, _, _| appraised(&model)).await
}

async fn simulate(
    State(service): State<Arc<Service>>,
    query: Result<Query<HashMap<String, String>>, QueryRejection>,
    request: Request,
) -> Answer {
    let unread = |_| Refusal::Request { place: "query", message: "is no query".to_owned() };
    let asked = Asked::of(&query.map_err(unread)?.0, &service.limits)?;
    service.answered(request, move |model, limits, end| simulated(&model, asked, &limits, end)).await
}

async fn settle(State(service): State<Arc<Service>>, request: Request) -> Answer {
    service.answered(request, |body, _, _| settled(&body)).await
}

async fn health() -> Response<Body> {
    let json = answer::json(&json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }));
    json.map_or_else(|_| Refusal::Broken.into_response(), |json| answer::response(StatusCode::OK, json))
}

impl Service {
    /// Takes a place, reads the body, and answers it on a thread of the pool.
    async fn answered(
        &self,
        request: Request,
        work: impl FnOnce(Vec<u8>, Limits, Instant) -> Result<Vec<u8>, Refusal> + Send + 'static,
    ) -> Answer {
        let place = self.pool.enter()?;
        let (head, posted) = request.into_parts();
        let posted = body::read(&head.headers, posted, &self.limits).await?;
        let limits = self.limits;
        let json = self.pool.work(place, move |end| work(posted, limits, end)).await?;
        Ok(answer::response(StatusCode::OK, json))
    }
}
