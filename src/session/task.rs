//! What can be asked of a session, and what it gives.

/// Something a session does.
#[derive(Clone, Debug)]
pub enum Task {
    /// Finds layouts of the user's own among the files ([`super::Session::own`]).
    Layout,
    /// Looks at all files and prepares their check, so that it can be done in parts.
    Plan,
    /// Reads and checks all files, or what of them is not checked yet.
    Check,
    /// Writes the bundle with fixes applied, and a log of them.
    Fix {
        /// Which fixes.
        include: Include,
        /// Rules whose fixes are applied; all where there is none.
        only: Vec<String>,
    },
    /// Writes the bundle as one of another format, and what was lost as the log.
    Convert {
        /// The id of that format.
        to: String,
        /// Values that were asked for ([`super::Session::targets`]), by their names.
        set: Vec<(String, String)>,
    },
    /// Writes the report.
    Print(Print),
    /// Writes the tables of a layout that describes the files, and as the log what could not be told,
    /// a line each. Nothing has to be done before.
    Propose,
}

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// Those that certainly keep the meaning.
    Safe,
    /// Those that someone should look at, too.
    Review,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// As the contract says.
    Json,
    /// One row per finding, all of them.
    Csv,
    /// A page of its own.
    Html,
    /// For a terminal.
    Text,
    /// For code-scanning tools.
    Sarif,
}

/// A piece of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A file begins; the one before it is whole.
    File(String),
    /// Bytes of that file.
    Bytes(Vec<u8>),
    /// Bytes of the log: of changes, or of what was lost.
    Log(Vec<u8>),
}
