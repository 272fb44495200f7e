//! A request to the service without a network.
#![allow(dead_code, reason = "each test file uses its own part of this one")]

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use impact_service::{Limits, routes};
use serde_json::Value;
use tower::ServiceExt;

pub const BEGINNER: &str = include_str!("../../../../fixtures/models/beginner.toml");

/// What came back.
pub struct Got {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub json: Value,
}

impl Got {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub fn show(got: &Got) -> String {
    String::from_utf8_lossy(&got.body).into_owned()
}

/// The service with its usual limits.
pub fn service() -> Router {
    routes(Limits::default(), false)
}

pub async fn post(service: Router, path: &str, body: impl Into<Body>) -> Got {
    send(service, Method::POST, path, body).await
}

pub async fn send(service: Router, method: Method, path: &str, body: impl Into<Body>) -> Got {
    let request = Request::builder().method(method).uri(path).body(body.into()).unwrap();
    let (head, body) = service.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Got { status: head.status, headers: head.headers, body, json }
}
