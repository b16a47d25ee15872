//! What it was measured on, in words that name no place: processors, memory, versions, the day.

use super::runs::Runs;
use crate::shell;
use std::{
    fs,
    time::{SystemTime, UNIX_EPOCH},
};

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
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs());
    let (year, month, day) = date(seconds as i64 / 86_400);
    format!("{year}-{month:02}-{day:02}")
}

/// The date of a day, counted from 1 January 1970, by eras of 400 years that begin in March.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_have_their_dates() {
        for (days, expected) in [
            (0, (1970, 1, 1)),
            (11_016, (2000, 2, 29)),
            (20_779, (2026, 11, 22)),
        ] {
            assert_eq!(date(days), expected);
        }
    }
}
