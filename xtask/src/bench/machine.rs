//! What it was measured on, in words that name no place: processors, memory, versions, the day.

use super::runs::Runs;
use crate::shell;
use chrono::Utc;
use std::fs;

/// One line for each.
pub fn machine(runs: &Runs) -> Vec<String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let model =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let kilobytes: f64 = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').nth(2).unwrap_or("?").to_owned();
    let rust = shell::output(&mut shell::program("rustc", &["--version"])).unwrap_or_default();
    let browser = runs
        .of("page:version", "")
        .last()
        .map(|run| run.note.clone());
    vec![
        format!("Day: {}", today()),
        format!("Processors: {cores}, {model}"),
        format!(
            "Memory: {:.0} GiB; all files were in the system's cache",
            kilobytes / 1024.0 / 1024.0
        ),
        format!(
            "Browser: {}, headless",
            browser.unwrap_or_else(|| "not measured".to_owned())
        ),
        format!("Rust: {}", rust.split(' ').nth(1).unwrap_or("?")),
        format!(
            "System: {}; over the last quarter of an hour, {load} programs wanted a processor at a time",
            std::env::consts::OS
        ),
    ]
}

/// The text behind `NAME :` in a file of the system.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// The day in universal time.
fn today() -> String {
    Utc::now().date_naive().to_string()
}
