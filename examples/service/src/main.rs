//! The service: `cargo run --release -p impact-service -- 127.0.0.1:8080`, with `--quiet` for no log.

use impact_service::{Limits, routes, serve};
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

const ADDRESS: &str = "127.0.0.1:8080";
/// Threads for the network; the work has its own.
const NETWORK: usize = 2;

fn main() -> ExitCode {
    let (flags, given): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with('-'));
    if flags.iter().any(|flag| flag != "--quiet") || given.len() > 1 {
        eprintln!("usage: impact-service [--quiet] [ADDRESS]   (the address is {ADDRESS} where none is given)");
        return ExitCode::from(2);
    }
    let limits = Limits::default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(NETWORK)
        .max_blocking_threads(limits.workers + 1)
        .enable_all()
        .build();
    let ended = runtime.and_then(|runtime| {
        let address = given.first().map_or(ADDRESS, String::as_str);
        let finished = runtime.block_on(run(address, limits, flags.is_empty()));
        // A document that is still worked on is not waited for.
        runtime.shutdown_timeout(Duration::from_millis(100));
        finished
    });
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("ended before everything was finished");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(address: &str, limits: Limits, logged: bool) -> std::io::Result<bool> {
    let listener = TcpListener::bind(address).await?;
    let mut ended = signal(SignalKind::terminate())?;
    println!("http://{}", listener.local_addr()?);
    let end = async move {
        tokio::select! {
            _ = ended.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    Ok(serve(listener, routes(limits, logged), &limits, end).await)
}
