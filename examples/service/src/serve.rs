//! Serving: connections, and an orderly end.
//!
//! One rule: when the service is told to end it takes no new connection, finishes what is under way within a time, and ends.

use crate::Limits;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// How long to wait after a connection could not be accepted, as when there are too many open files.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves connections until told to end. Gives whether everything under way was finished. A connection that fails is closed and
/// hurts no other.
pub async fn serve(listener: TcpListener, routes: Router, limits: &Limits, end: impl Future<Output = ()>) -> bool {
    let places = Arc::new(Semaphore::new(limits.connections));
    let (graceful, mut http) = (GracefulShutdown::new(), http1::Builder::new());
    http.timer(TokioTimer::new()).header_read_timeout(limits.reading);
    let mut end = std::pin::pin!(end);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
            listener.accept().await.map(|(stream, _)| (stream, place))
        };
        let (stream, place): (TcpStream, _) = tokio::select! {
            () = &mut end => break,
            accepted = next => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(routes.clone());
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // What a peer does to its own connection is no error of the service.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    tokio::time::timeout(limits.ending, graceful.shutdown()).await.is_ok()
}
