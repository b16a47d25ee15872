//! How far a task is, on one line of a terminal.

use std::io::{IsTerminal, Write};

/// Files smaller than this, in bytes, are done before anyone could read a number.
const NOTABLE: u64 = 4 << 20;

/// A line on standard error that goes away when it is dropped. Silent where that is no terminal.
pub struct Bar {
    shown: Option<u64>,
    wanted: bool,
}

impl Bar {
    /// Nothing is shown yet.
    pub fn new() -> Bar {
        Bar {
            shown: None,
            wanted: std::io::stderr().is_terminal(),
        }
    }

    /// Shows bytes read and bytes in all, when the percentage changed.
    pub fn show(&mut self, (done, total): (u64, u64)) {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0);
        let percent = percent.min(100);
        if self.wanted && total > NOTABLE && Some(percent) != self.shown {
            self.shown = Some(percent);
            let (done, total) = (done / 1_000_000, total / 1_000_000);
            let line = format!("\r{percent:>3} % ({done} of {total} MB) ");
            // A terminal that went away must not end the work.
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r{:40}\r", "");
        }
    }
}
