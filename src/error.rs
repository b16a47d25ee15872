//! The one error of the crate: *we* failed to do what was asked, and the person can do something
//! about it. An unreadable zip, a path that is not there, a wrong option, a bug of ours.
//! Never a fault in someone's data: that is a [`crate::finding`], and a run that ends with an
//! `Error` says nothing about the data.

use std::fmt;

use crate::report::show::visible;

/// What stopped the run, in plain words: what happened, then what to do.
///
/// The kind is private on purpose: callers show the message (page, standard error, exit status 2)
/// and have nothing to decide on.
#[derive(Debug)]
pub struct Error(Box<Kind>);

/// The result of anything that reads or writes outside this crate.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
enum Kind {
    /// Something that has a name, and what is the matter with it.
    Named {
        name: String,
        what: String,
    },
    /// The system refused.
    #[cfg(not(target_arch = "wasm32"))]
    File {
        path: String,
        doing: &'static str,
        cause: std::io::Error,
    },
    Usage(String),
    /// A value that was given for what a conversion asks for.
    Refused {
        ask: String,
        message: String,
    },
    Memory(&'static str),
    Bug(String),
}

impl Error {
    /// A zip as a whole cannot be read: it is something else, cut short, in several parts, or its
    /// list of contents contradicts itself. `what` goes on from the archive's name.
    pub(crate) fn archive(archive: &str, what: impl Into<String>) -> Self {
        Self::named(archive, what)
    }

    /// One entry of a zip cannot be read: encrypted, an unknown compression, an unsafe name,
    /// damaged. `what` goes on from the entry's name.
    pub(crate) fn entry(entry: &str, what: impl Into<String>) -> Self {
        Self::named(entry, what)
    }

    /// A path cannot be used as asked, and the system had no part in it: it exists already, holds
    /// too many files, became shorter. `what` goes on from the path.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn path(path: impl AsRef<std::path::Path>, what: impl Into<String>) -> Self {
        Self::named(&path.as_ref().to_string_lossy(), what)
    }

    /// The system refused to open, read, write or rename a file. `doing` is that verb's participle.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn file(
        path: impl AsRef<std::path::Path>,
        doing: &'static str,
        cause: std::io::Error,
    ) -> Self {
        let path = path.as_ref().display().to_string();
        Kind::File { path, doing, cause }.into()
    }

    fn named(name: &str, what: impl Into<String>) -> Self {
        let (name, what) = (name.into(), what.into());
        Kind::Named { name, what }.into()
    }

    /// The same of something that one of two sides has: `whose` it is stands behind its name.
    pub(crate) fn of(self, whose: &str) -> Self {
        match *self.0 {
            Kind::Named { name, what } => Self::named(&name, format!("of {whose} {what}")),
            other => other.into(),
        }
    }

    /// The request makes no sense as it stands: an unknown format, a date that is not one.
    /// `message` is the whole sentence: evidence in backticks, then what was expected.
    pub fn usage(message: impl Into<String>) -> Self {
        Kind::Usage(message.into()).into()
    }

    /// What was given for a value that a conversion asks for cannot be meant, or nothing was given.
    /// `ask` is the name of the value, `message` the whole sentence.
    pub(crate) fn refused(ask: impl Into<String>, message: impl Into<String>) -> Self {
        let (ask, message) = (ask.into(), message.into());
        Kind::Refused { ask, message }.into()
    }

    /// The name of the value that was refused, empty where the request is refused for another reason;
    /// nothing where the request is not to blame. The page says it where people can mend it.
    pub fn refuses(&self) -> Option<&str> {
        match &*self.0 {
            Kind::Usage(_) => Some(""),
            Kind::Refused { ask, .. } => Some(ask),
            _ => None,
        }
    }

    /// There is no memory for what has to be kept of the files. `doing` is what was done with them.
    pub(crate) fn memory(doing: &'static str) -> Self {
        Kind::Memory(doing).into()
    }

    /// Whether memory was what there was not enough of: the page says so in its own words.
    pub fn is_memory(&self) -> bool {
        matches!(*self.0, Kind::Memory(_))
    }

    /// Something that cannot happen has happened: calls in the wrong order, a broken table of ours.
    pub fn bug(what: impl Into<String>) -> Self {
        Kind::Bug(what.into()).into()
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Error(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Named { name, what } => write!(f, "`{}` {what}", shown(name)),
            #[cfg(not(target_arch = "wasm32"))]
            Kind::File { path, doing, cause } => {
                write!(f, "`{}` could not be {doing}: {cause}", shown(path))
            }
            Kind::Usage(message) | Kind::Refused { message, .. } => f.write_str(&visible(message)),
            Kind::Memory(doing) => write!(
                f,
                "there is not enough memory to {doing} files of this size; expected some 40 bytes for each record, so use a computer with more, or fewer files at once"
            ),
            Kind::Bug(what) => {
                write!(
                    f,
                    "Hallpass failed: {what}. This is a bug in Hallpass, not a fault in your files"
                )
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            #[cfg(not(target_arch = "wasm32"))]
            Kind::File { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

/// A name as it can be shown: control characters escaped, the end of an endless one left out.
fn shown(name: &str) -> String {
    const MOST: usize = 200;
    let mut text = String::new();
    for (count, c) in name.chars().enumerate() {
        match c {
            _ if count == MOST => return text + "…",
            c if c.is_control() => text.extend(c.escape_default()),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evidence_comes_first_and_control_characters_are_escaped() {
        let cases = [
            (
                Error::archive("a.zip", "is cut short"),
                "`a.zip` is cut short",
            ),
            (
                Error::entry("x\0\n", "is encrypted"),
                "`x\\u{0}\\n` is encrypted",
            ),
            (Error::usage("`x` is not a date"), "`x` is not a date"),
        ];
        for (error, text) in cases {
            assert_eq!(error.to_string(), text);
        }
        assert!(Error::entry(&"n".repeat(5000), "is long").to_string().len() < 300);
        assert!(
            Error::bug("no layout")
                .to_string()
                .contains("bug in Hallpass")
        );
    }
}
