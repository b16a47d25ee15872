//! Standard output, for reports and lists.

use std::io::{self, Write};

use crate::error::{Error, Result};

/// Who reads standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    /// Someone may.
    There,
    /// Nobody any more, as behind `| head`: that is no failure, and the rest can be left.
    Gone,
}

/// Writes to standard output.
///
/// # Errors
/// The system refuses, as on a full disk.
pub fn print(bytes: &[u8]) -> Result<Listener> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(Listener::There),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(Listener::Gone),
        Err(e) => Err(Error::file("standard output", "written", e)),
    }
}
