//! The service under load: a process of its own, so that its memory is its own.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};

pub struct Service {
    process: Child,
    host: String,
}

impl Service {
    /// Starts the service that lies beside this program, on a port of its own.
    pub fn start() -> io::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("impact-service");
        let mut process =
            Command::new(&program).args(["--quiet", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().map_err(
                |error| io::Error::new(error.kind(), format!("{}: {error}: build it first", program.display())),
            )?;
        let mut line = String::new();
        if let Some(output) = process.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        Ok(Self { process, host: line.trim().trim_start_matches("http://").to_owned() })
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    /// Kilobytes of memory that it holds.
    pub fn resident(&self) -> io::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kilobytes.ok_or_else(|| io::Error::other("the service has no memory: did it end?"))
    }

    /// Asks it to end. Gives whether it did so in order.
    pub fn end(mut self) -> io::Result<bool> {
        Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status()?;
        Ok(self.process.wait()?.success())
    }
}
