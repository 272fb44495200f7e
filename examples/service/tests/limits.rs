//! Limits: the queue, the times, and what becomes of a request that is given up.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use common::{BEGINNER, post, show};
use futures_util::stream;
use impact_service::{Limits, routes};
use std::convert::Infallible;
use std::time::Duration;

const MAP: &str = include_str!("../../../fixtures/models/map-12x10.toml");

/// A body that never ends.
fn endless() -> Body {
    Body::from_stream(stream::pending::<Result<Bytes, Infallible>>())
}

#[tokio::test]
async fn one_more_than_the_queue_holds_is_told_to_come_back() {
    let limits = Limits { workers: 1, queue: 1, reading: Duration::from_millis(300), ..Limits::default() };
    let service = routes(limits, false);
    let holding: Vec<_> = (0..2).map(|_| tokio::spawn(post(service.clone(), "/appraise", endless()))).collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let refused = post(service.clone(), "/appraise", BEGINNER).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", show(&refused));
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
    for held in holding {
        assert_eq!(
            held.await.unwrap().status,
            StatusCode::REQUEST_TIMEOUT,
            "a body that does not come gives its place back"
        );
    }
    assert_eq!(post(service, "/appraise", BEGINNER).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_simulation_ends_with_its_time() {
    let limits = Limits { working: Duration::ZERO, ..Limits::default() };
    let got = post(routes(limits, false), "/simulate?draws=200000", MAP).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(got.json["error"]["kind"], "limit");
}

#[tokio::test]
async fn a_caller_who_goes_away_gives_the_place_back_when_the_work_is_over() {
    let limits = Limits { workers: 1, queue: 0, ..Limits::default() };
    let service = routes(limits, false);
    let gone = tokio::spawn(post(service.clone(), "/simulate?draws=20000", MAP));
    tokio::time::sleep(Duration::from_millis(20)).await;
    gone.abort();
    for _ in 0..600 {
        if post(service.clone(), "/appraise", BEGINNER).await.status == StatusCode::OK {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the place was never given back");
}

#[tokio::test]
async fn a_body_in_a_coding_is_refused() {
    use axum::http::Request;
    use tower::ServiceExt;
    let request = Request::post("/appraise").header("content-encoding", "gzip").body(Body::from("x")).unwrap();
    let got = routes(Limits::default(), false).oneshot(request).await.unwrap();
    assert_eq!(got.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
