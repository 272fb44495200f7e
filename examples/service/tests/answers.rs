//! Answers of the service, without a network: what is posted comes back as the library's own figures, or as places.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use axum::http::{Method, StatusCode};
use common::{BEGINNER, Got, post, service, show};
use impact_core::contract::Observations;
use impact_core::report::{AppraisalReport, SimulationReport, StatementReport};
use impact_core::simulation::{Seed, Simulation};
use impact_core::{Contract, Model};
use impact_service::Limits;
use serde_json::{Value, json};
use std::ops::ControlFlow;

const LARVIK: &str = include_str!("../../../fixtures/models/larvik.toml");
const DENVER: &str = include_str!("../denver.json");
const DENVER_TERMS: &str = include_str!("../../../fixtures/contracts/denver.toml");
const DENVER_ROWS: &str = include_str!("../../../fixtures/contracts/denver.observations.toml");

/// The only problem, or the first.
fn problem(got: &Got) -> &Value {
    &got.json["error"]["problems"][0]
}

#[tokio::test]
async fn an_appraisal_is_the_librarys_own() {
    let model = Model::from_toml(BEGINNER).unwrap();
    let appraisal = model.appraise().unwrap();
    let wanted = serde_json::to_value(AppraisalReport::of(&appraisal).unwrap()).unwrap();
    let got = post(service(), "/appraise", BEGINNER).await;
    assert_eq!((got.status, &got.json), (StatusCode::OK, &wanted));
    assert_eq!(got.header("content-type"), "application/json");
    assert_eq!(got.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn a_model_may_be_json() {
    let toml = post(service(), "/appraise", BEGINNER).await;
    let model = Model::from_toml(BEGINNER).unwrap();
    let again = post(service(), "/appraise", model.to_json()).await;
    assert_eq!((again.status, &again.json["measures"]), (StatusCode::OK, &toml.json["measures"]));
}

#[tokio::test]
async fn a_simulation_is_the_librarys_own() {
    let model = Model::from_toml(LARVIK).unwrap();
    let simulated = model.simulate(&Simulation::new(3_000, Seed(7)), &mut |_| ControlFlow::Continue(())).unwrap();
    let wanted = serde_json::to_string(&SimulationReport::of(&simulated)).unwrap();
    let got = post(service(), "/simulate?draws=3000&seed=7", LARVIK).await;
    assert_eq!((got.status, got.json), (StatusCode::OK, serde_json::from_str(&wanted).unwrap()));
}

#[tokio::test]
async fn a_settlement_is_the_librarys_own() {
    let contract = Contract::from_toml(DENVER_TERMS).unwrap();
    let observed = Observations::from_toml(&contract, DENVER_ROWS).unwrap();
    let statement = contract.settle(&observed).unwrap();
    let wanted = serde_json::to_value(StatementReport::of(&statement, false).unwrap()).unwrap();
    let got = post(service(), "/settle", DENVER).await;
    assert_eq!((got.status, &got.json), (StatusCode::OK, &wanted));
    // 258,858 and 41,070 days at 15.12; 38 % is 8 of the 35 points between 4,800,000 and 6,130,000.
    assert_eq!(got.json["total"], "9638911.36");
}

#[tokio::test]
async fn rows_may_be_a_text_and_terms_an_object() {
    let listed: Value = serde_json::from_str(DENVER).unwrap();
    let rows = "metric,date,count\nhousing-days,2019-12-31,258858\nhousing-days,2020-12-31,41070\njail-reduction,2020-12-31,0.38\n";
    let terms: Value = serde_json::from_str(&Contract::from_toml(DENVER_TERMS).unwrap().document().to_json()).unwrap();
    let wanted = post(service(), "/settle", DENVER).await.json["total"].clone();
    for contract in [listed["contract"].clone(), terms] {
        let got = post(service(), "/settle", json!({ "contract": contract, "observations": rows }).to_string()).await;
        assert_eq!((got.status, &got.json["total"]), (StatusCode::OK, &wanted), "{}", show(&got));
    }
}

#[tokio::test]
async fn all_problems_of_a_model_come_with_their_places() {
    let broken = BEGINNER.replace("name =", "nam =").replace("quantity =", "quantiy =");
    let got = post(service(), "/appraise", broken).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problems = got.json["error"]["problems"].as_array().unwrap();
    assert!(problems.len() >= 2 && got.json["error"]["total"] == problems.len(), "{}", show(&got));
    let slip = problems.iter().find(|problem| problem["suggestion"] == "quantity").unwrap();
    assert!(slip["line"].as_u64() > Some(1) && slip["column"].as_u64() >= Some(1), "{slip}");
    assert!(slip["place"].as_str().unwrap().starts_with("outcomes."), "{slip}");
    assert_eq!(slip["document"], "model");
}

#[tokio::test]
async fn a_slip_in_a_list_of_rows_has_its_own_column() {
    let contract: Value = serde_json::from_str::<Value>(DENVER).unwrap()["contract"].clone();
    let rows = r#"[{"metric": "housing-days", "date": "2019-12-31", "count": "many"}]"#;
    let got = post(service(), "/settle", format!(r#"{{"contract": {contract}, "observations": {rows}}}"#)).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
    let found = problem(&got);
    assert_eq!((&found["document"], &found["address"]), (&json!("observations"), &json!("observations.1.count")));
    let column = rows.find("\"many\"").unwrap() + 1;
    assert_eq!((&found["line"], &found["column"]), (&json!(1), &json!(column)), "{found}");
}

#[tokio::test]
async fn what_is_no_request_says_where() {
    let service = || service();
    for (path, body, status, place) in [
        ("/simulate?draws=many", BEGINNER, StatusCode::BAD_REQUEST, "query.draws"),
        ("/simulate?draws=0", BEGINNER, StatusCode::BAD_REQUEST, "query.draws"),
        ("/simulate?draws=100000000", BEGINNER, StatusCode::BAD_REQUEST, "query.draws"),
        ("/simulate?seed=x", BEGINNER, StatusCode::BAD_REQUEST, "query.seed"),
        ("/simulate?draws=1&draws", BEGINNER, StatusCode::BAD_REQUEST, "query.draws"),
        ("/settle", "{", StatusCode::BAD_REQUEST, "body"),
        ("/settle", r#"{"contract": "x"}"#, StatusCode::BAD_REQUEST, "body"),
        ("/settle", r#"{"contract": "x", "observations": "", "more": 1}"#, StatusCode::BAD_REQUEST, "body"),
        ("/settle", r#"{"contract": "x = ", "observations": ""}"#, StatusCode::UNPROCESSABLE_ENTITY, "contract"),
        ("/elsewhere", "", StatusCode::NOT_FOUND, "path"),
        ("/health", "", StatusCode::METHOD_NOT_ALLOWED, "path"),
        ("/appraise", "", StatusCode::UNPROCESSABLE_ENTITY, "document"),
    ] {
        let got = post(service(), path, body).await;
        assert_eq!(got.status, status, "{path}: {}", show(&got));
        let found = problem(&got);
        let (document, at) = (found["document"].as_str().unwrap(), found["place"].as_str().unwrap());
        assert!(at.starts_with(place) || document == place, "{path}: {found}");
    }
}

#[tokio::test]
async fn health_is_told() {
    let got = common::send(service(), Method::GET, "/health", "").await;
    assert_eq!((got.status, &got.json["status"]), (StatusCode::OK, &json!("ok")));
}

#[tokio::test]
async fn what_a_user_wrote_looks_like_no_tag() {
    let evil = "<script>alert(1)</script>&";
    let named = BEGINNER.replacen("name = \"", &format!("name = \"{evil}"), 1);
    for (path, body) in [
        ("/appraise", named),
        ("/appraise", format!("impact = 1\n\"{evil}\" = 1\n")),
        ("/appraise", evil.to_owned()),
        ("/settle", json!({ "contract": evil, "observations": evil }).to_string()),
        ("/settle", format!(r#"{{"{evil}": 1}}"#)),
        ("/simulate?draws=%3Cscript%3E", BEGINNER.to_owned()),
        ("/%3Cscript%3E", String::new()),
    ] {
        let got = post(service(), path, body).await;
        let text = String::from_utf8(got.body.clone()).unwrap();
        assert!(!text.contains(['<', '>', '&']), "{path}: {text}");
        assert_eq!(got.header("content-type"), "application/json");
    }
    let got = post(service(), "/appraise", BEGINNER.replacen("name = \"", &format!("name = \"{evil}"), 1)).await;
    assert!(got.json["name"].to_string().contains(evil), "whoever reads the JSON sees the same text");
}

#[tokio::test]
async fn a_body_above_the_limit_is_not_read() {
    let limits = Limits { largest_body: 1_000, ..Limits::default() };
    let got = post(impact_service::routes(limits, false), "/appraise", "#".repeat(1_001)).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
    let fits = post(impact_service::routes(limits, false), "/appraise", BEGINNER).await;
    assert_eq!(fits.status, StatusCode::OK);
}
