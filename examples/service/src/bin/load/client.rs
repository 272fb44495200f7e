//! A client that knows as much of HTTP as the service's answers need: a head, a length, a body.

use std::io;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A connection that is kept for many requests.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Client {
    /// Connects to `127.0.0.1:8080`, or wherever.
    pub async fn connect(host: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host: host.to_owned() })
    }

    /// Posts a body, and waits for the answer.
    pub async fn post(&mut self, path: &str, body: &[u8]) -> io::Result<Answer> {
        let head = format!("POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n\r\n", self.host, body.len())
            .into_bytes();
        self.stream.write_all(&[head.as_slice(), body].concat()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let broken = || io::Error::new(io::ErrorKind::InvalidData, "no answer of this service");
        let status = self.line().await?.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(broken)?;
        let mut length = 0;
        loop {
            let line = self.line().await?;
            match line.split_once(':') {
                Some(("content-length", value)) => length = value.trim().parse().map_err(|_| broken())?,
                Some(_) => {}
                None if line.is_empty() => break,
                None => return Err(broken()),
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(Answer { status, body })
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}
