//! Standard output, for reports and lists. What would steer a terminal never gets to one.

use std::io::{self, IsTerminal, Write};

use crate::error::{Error, Result};
use crate::report::show::visible;

/// Who reads standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listener {
    /// Someone may.
    There,
    /// Nobody any more, as behind `| head`: that is no failure, and the rest can be left.
    Gone,
}

/// Writes to standard output what programs may read: to a terminal in the way of [`say`].
///
/// # Errors
/// The system refuses, as on a full disk.
pub fn print(bytes: &[u8]) -> Result<Listener> {
    if io::stdout().is_terminal() {
        return say(&String::from_utf8_lossy(bytes));
    }
    write(bytes)
}

/// Writes words for people to standard output: control characters but line breaks and tabs are shown,
/// not passed on.
///
/// # Errors
/// The system refuses, as on a full disk.
pub fn say(text: &str) -> Result<Listener> {
    write(lines(text).as_bytes())
}

/// The text with what cannot be seen made visible, but for line breaks and tabs.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(['\n', '\t']) {
        let mut ends = ["\r\n", "\n", "\t"].into_iter();
        let end = ends.find(|end| piece.ends_with(end)).unwrap_or_default();
        out += &visible(&piece[..piece.len() - end.len()]);
        out += end;
    }
    out
}

fn write(bytes: &[u8]) -> Result<Listener> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(Listener::There),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(Listener::Gone),
        Err(e) => Err(Error::file("standard output", "written", e)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_said_steers_a_terminal() {
        let said = lines("a\tb\r\n\u{1b}[31m\r\u{9b}\n\nc\u{1b}");
        assert_eq!(said, "a\tb\r\n␛[31m␍‹U+009B›\n\nc␛");
    }
}
