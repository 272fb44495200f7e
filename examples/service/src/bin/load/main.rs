//! Load: many clients at a service for a while, and what that cost.
//!
//! `cargo run --release -p impact-service --bin load -- 200 30` starts the service beside it, lets 200 clients ask one thing after
//! the other for 30 seconds, and prints requests, errors, latencies and the service's resident memory. It fails where a request
//! did, or where memory grew by more than a tenth between the fifth second and the last of thirty or more.

mod client;
mod service;
mod tally;

use client::Client;
use service::Service;
use std::io;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tally::Tally;

/// How long memory may settle before it is measured for the first time.
const SETTLING: Duration = Duration::from_secs(5);
/// How much more of it there may be at the end.
const GROWTH: f64 = 1.1;
/// From how long a run on that is asked for; a shorter one only tells it.
const LONG: Duration = Duration::from_secs(30);

/// What is asked, and the status it should have.
const QUESTIONS: [(&str, &[u8], u16); 5] = [
    ("/appraise", include_bytes!("../../../../../fixtures/models/beginner.toml"), 200),
    ("/appraise", include_bytes!("../../../../../fixtures/models/sandefjord.toml"), 200),
    ("/simulate?draws=2000", include_bytes!("../../../../../fixtures/models/larvik.toml"), 200),
    ("/settle", include_bytes!("../../../denver.json"), 200),
    ("/appraise?broken", b"impact = 1\nnam = 'Garden'\n", 422),
];

fn main() -> ExitCode {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [clients, seconds] = numbers.as_slice() else {
        eprintln!("usage: load CLIENTS SECONDS");
        return ExitCode::from(2);
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.and_then(|runtime| runtime.block_on(run(*clients, Duration::from_secs(*seconds)))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(clients: u64, time: Duration) -> io::Result<bool> {
    let service = Service::start()?;
    let begin = Instant::now();
    let asking: Vec<_> =
        (0..clients as usize).map(|first| tokio::spawn(ask(service.host().to_owned(), first, begin + time))).collect();
    tokio::time::sleep(SETTLING.min(time / 2)).await;
    let settled = service.resident()?;
    // While all of them are at it still.
    tokio::time::sleep((begin + time).saturating_duration_since(Instant::now())).await;
    let last = service.resident()?;
    let mut tally = Tally::default();
    for client in asking {
        tally.add(client.await.map_err(io::Error::other)?);
    }
    let ended = service.end()?;
    tally.print(begin.elapsed());
    let growth = last as f64 / settled as f64;
    println!("resident memory  {settled} kB, at the end {last} kB: {growth:.3} times");
    println!("the service      {}", if ended { "ended in order" } else { "did not end in order" });
    Ok(tally.errors() == 0 && ended && (growth <= GROWTH || time < LONG))
}

/// Asks one question after the other until the end.
async fn ask(host: String, first: usize, end: Instant) -> Tally {
    let mut tally = Tally::default();
    let mut client = None;
    for place in (0..QUESTIONS.len()).cycle().skip(first % QUESTIONS.len()) {
        let Some((path, body, wanted)) = QUESTIONS.get(place).filter(|_| Instant::now() < end) else { break };
        let begin = Instant::now();
        let answered = async {
            let mut kept = match client.take() {
                Some(client) => client,
                None => Client::connect(&host).await?,
            };
            let answer = kept.post(path, body).await?;
            Ok::<_, io::Error>((kept, answer.status))
        };
        match answered.await {
            Ok((kept, status)) => {
                client = Some(kept);
                tally.note(path, begin.elapsed(), status == *wanted);
            }
            Err(_) => tally.note(path, begin.elapsed(), false),
        }
    }
    tally
}
