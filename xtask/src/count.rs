//! How many tests ran: reads the closing lines of other people's test runners. Runs them, judges
//! nothing else.

use crate::shell;
use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    ops::AddAssign,
    process::{Command, Stdio},
};

/// Tests that ran.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

/// A step that is one test, and held.
pub const ONE: Count = Count {
    passed: 1,
    failed: 0,
};

impl AddAssign for Count {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

/// Runs a test runner, shows its output, and adds up what `read` finds in its lines. A runner that
/// fails without having counted a failure counts as one, and so does one that ran nothing.
pub fn counted(command: &mut Command, read: fn(&str) -> Count) -> Result<Count> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} could not be started", shell::show(command)))?;
    let mut count = Count::default();
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        count += read(&line);
    }
    if (!child.wait()?.success() && count.failed == 0) || count == Count::default() {
        count.failed += 1;
    }
    Ok(count)
}

/// `test result: ok. 12 passed; 0 failed; …`
pub fn cargo_count(line: &str) -> Count {
    let Some(rest) = line.strip_prefix("test result: ") else {
        return Count::default();
    };
    let number = |word: &str| {
        let mut words = rest
            .split([' ', ';'])
            .filter(|part| !part.is_empty())
            .peekable();
        while let Some(part) = words.next() {
            if words.peek() == Some(&word) {
                return part.parse().unwrap_or(0);
            }
        }
        0
    };
    Count {
        passed: number("passed"),
        failed: number("failed"),
    }
}

/// `ℹ pass 12`, `ℹ fail 0`
pub fn node_count(line: &str) -> Count {
    let number = |word: &str| {
        let rest = line.strip_prefix("ℹ ")?.strip_prefix(word)?.trim();
        rest.parse().ok()
    };
    Count {
        passed: number("pass ").unwrap_or(0),
        failed: number("fail ").unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_closing_lines_alone() {
        let count = |passed, failed| Count { passed, failed };
        assert_eq!(
            cargo_count("test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured"),
            count(12, 3)
        );
        assert_eq!(cargo_count("test rules::x ... ok"), count(0, 0));
        assert_eq!(node_count("ℹ pass 12"), count(12, 0));
        assert_eq!(node_count("ℹ fail 2"), count(0, 2));
        assert_eq!(node_count("ℹ duration_ms 12"), count(0, 0));
        assert_eq!(node_count("  ✔ pass 12"), count(0, 0));
    }
}
