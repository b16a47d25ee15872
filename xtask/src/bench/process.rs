//! Runs a program and sees how long it takes and how much memory it holds at most.

use super::runs::Run;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::{Duration, Instant},
};

/// What a program did.
pub struct Done {
    /// From its start to its end.
    pub seconds: f64,
    /// Bytes of memory at most, where the system tells.
    pub memory: Option<u64>,
    /// What it wrote to its standard output: a report, or a few numbers.
    pub said: Value,
    /// Whether it was ended because it took too long.
    pub ended: bool,
}

/// Runs it, for no longer than `limit`. Fails when it cannot be started, or when it fails and says nothing
/// in JSON.
pub fn run(command: &mut Command, limit: Duration) -> Result<Done> {
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .with_context(|| format!("{} could not be started", crate::shell::show(command)))?;
    let mut out = child.stdout.take().context("no output")?;
    let place = format!("/proc/{}/status", child.id());
    let (running, text) = (AtomicBool::new(true), &mut String::new());
    let (read, seconds, memory, ended) = thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let (mut memory, mut ended) = (None, false);
            while running.load(Relaxed) {
                memory = peak(&place).or(memory);
                if start.elapsed() > limit && !ended {
                    ended = child.kill().is_ok();
                }
                thread::sleep(Duration::from_millis(5));
            }
            (memory, ended)
        });
        // Its output ends when it does, its memory given back.
        let read = out.read_to_string(text);
        let seconds = start.elapsed().as_secs_f64();
        running.store(false, Relaxed);
        let (memory, ended) = watcher.join().unwrap_or_default();
        (read, seconds, memory, ended)
    });
    read.context("its output could not be read")?;
    let status = child.wait()?;
    // Findings are no failure, so of a program that makes a report the status says nothing.
    let said: Value = serde_json::from_str(text).unwrap_or_default();
    if said.is_null() && !status.success() && !ended {
        bail!("{} failed", crate::shell::show(command));
    }
    Ok(Done {
        seconds,
        memory,
        said,
        ended,
    })
}

/// The most memory that a process has held so far.
fn peak(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

impl Done {
    /// It as a run. Where the program says itself how long the work took, that counts; of a report,
    /// what it found.
    pub fn into_run(self, case: &str, on: &str, round: usize, bytes: u64) -> Run {
        let said = &self.said;
        let number = |name: &str| said[name].as_f64().map(|number| (name.to_owned(), number));
        let mut values: BTreeMap<_, _> = ["records", "invalid"]
            .into_iter()
            .filter_map(number)
            .collect();
        if let (Some(files), Some(found)) = (said["files"].as_array(), said["totals"].as_object()) {
            let records = files
                .iter()
                .filter_map(|file| file["records"].as_f64())
                .sum();
            // Notes are no faults.
            let faults = ["error", "warning"].iter();
            let found = faults.filter_map(|fault| found[*fault].as_f64()).sum();
            values.insert("records".to_owned(), records);
            values.insert("invalid".to_owned(), found);
        }
        values.extend(
            self.memory
                .map(|memory| ("memory".to_owned(), memory as f64)),
        );
        let note = match said["outcome"].as_str() {
            _ if self.ended => "ended for its slowness",
            Some("partial") => "told that it cannot check all of it",
            _ => "",
        };
        Run {
            set: String::new(),
            case: case.to_owned(),
            on: on.to_owned(),
            round,
            seconds: said["seconds"].as_f64().unwrap_or(self.seconds),
            bytes,
            values,
            note: note.to_owned(),
        }
    }
}
