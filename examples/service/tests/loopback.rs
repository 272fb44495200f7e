//! The service on a real socket: its answers, its end, and the examples of the manual.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

#[path = "../src/bin/load/client.rs"]
mod client;
mod common;

use client::Client;
use common::BEGINNER;
use impact_service::{Limits, routes, serve};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

const MAP: &str = include_str!("../../../fixtures/models/map-12x10.toml");
/// An id of a person, and whatever else a log must not hold.
const SECRET: &str = "secret-17";
const PAGE: &str = "docs/service.md";

struct Running {
    host: String,
    end: oneshot::Sender<()>,
    served: JoinHandle<bool>,
}

/// The service on a port of its own.
async fn running(limits: Limits) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let (end, ended) = oneshot::channel();
    let served = tokio::spawn(async move {
        let end = async move {
            let _ = ended.await;
        };
        serve(listener, routes(limits, false), &limits, end).await
    });
    Running { host, end, served }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_are_answered_at_once_and_their_connections_are_kept() {
    let service = running(Limits::default()).await;
    let ask = |host: String| async move {
        let mut client = Client::connect(&host).await.unwrap();
        for _ in 0..3 {
            assert_eq!(client.post("/appraise", BEGINNER.as_bytes()).await.unwrap().status, 200);
            assert_eq!(client.post("/appraise", b"broken").await.unwrap().status, 422);
        }
    };
    let clients: Vec<_> = (0..40).map(|_| tokio::spawn(ask(service.host.clone()))).collect();
    for client in clients {
        client.await.unwrap();
    }
    service.end.send(()).unwrap();
    assert!(service.served.await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_under_way_is_finished_before_the_end() {
    let service =
        running(Limits { working: Duration::from_secs(60), ending: Duration::from_secs(60), ..Limits::default() })
            .await;
    let host = service.host.clone();
    let mut client = Client::connect(&host).await.unwrap();
    let asked = tokio::spawn(async move { client.post("/simulate?draws=20000", MAP.as_bytes()).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    service.end.send(()).unwrap();
    assert_eq!(asked.await.unwrap().status, 200);
    assert!(service.served.await.unwrap());
    assert!(Client::connect(&host).await.is_err(), "nobody is let in any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_does_not_come_is_not_waited_for() {
    let service = running(Limits { reading: Duration::from_millis(200), ..Limits::default() }).await;
    let mut stream = TcpStream::connect(&service.host).await.unwrap();
    stream.write_all(b"POST /appraise HTTP/1.1\r\nhost:").await.unwrap();
    let mut rest = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
    assert!(read.is_ok(), "the connection was kept open");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_examples_of_the_manual_run_and_give_what_it_says() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(top.join(PAGE)).unwrap();
    let service = running(Limits::default()).await;
    let mut tried = 0;
    for block in page.split("```sh\n").skip(1) {
        let (command, after) = block.split_once("```").unwrap();
        if !command.starts_with("curl") {
            continue;
        }
        let (_, wanted) = after.split_once("```json\n").unwrap();
        let (wanted, _) = wanted.split_once("```").unwrap();
        let asked = command.replace("127.0.0.1:8080", &service.host);
        let top = top.clone();
        let run = move || Command::new("bash").args(["-c", &asked]).current_dir(top).output().unwrap();
        let output = tokio::task::spawn_blocking(run).await.unwrap();
        let got: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let wanted: serde_json::Value = serde_json::from_str(wanted).unwrap();
        assert!(holds(&got, &wanted), "{command}{got:#} does not hold {wanted:#}");
        tried += 1;
    }
    assert_eq!(tried, 5, "an example for each route, and one of a mistake");
}

/// The service as a program of its own, with its log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_holds_nothing_that_was_posted_and_the_program_ends_in_order() {
    let program = Command::new(env!("CARGO_BIN_EXE_impact-service"))
        .arg("127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut program = program.unwrap();
    let mut first = String::new();
    BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
    let mut client = Client::connect(first.trim().trim_start_matches("http://")).await.unwrap();
    let rows = format!(r#"{{"contract": "{SECRET} = 1", "observations": "person\n{SECRET}\n"}}"#);
    for (path, status) in
        [("/settle", 422), ("/appraise", 422), ("/simulate?draws=secret-17", 400), ("/secret-17", 404)]
    {
        assert_eq!(client.post(path, rows.as_bytes()).await.unwrap().status, status, "{path}");
    }
    Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap();
    let ended = tokio::task::spawn_blocking(|| program.wait_with_output().unwrap()).await.unwrap();
    assert!(ended.status.success());
    let log = String::from_utf8(ended.stderr).unwrap();
    assert!(!log.contains(SECRET), "{log}");
    let routes: Vec<&str> = log.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(routes, ["/settle", "/appraise", "/simulate", "other"], "{log}");
}

/// Whether everything that is wanted is there; of a list the manual shows its beginning.
fn holds(got: &serde_json::Value, wanted: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object};
    match (got, wanted) {
        (Object(got), Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| got.get(key).is_some_and(|got| holds(got, wanted)))
        }
        (Array(got), Array(wanted)) => {
            got.len() >= wanted.len() && got.iter().zip(wanted).all(|(got, wanted)| holds(got, wanted))
        }
        _ => got == wanted,
    }
}
