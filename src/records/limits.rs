//! How far a quote and a record may run, so that no input costs more memory or time than that.

/// A quoted cell has to close within this many bytes, else its quote counts as unclosed.
pub const QUOTED_LIMIT: usize = 1 << 20;

/// A record has at most this many bytes; what follows on its line is left out.
pub const RECORD_LIMIT: usize = 16 << 20;

/// How far a quote and a record may run. Only tests have a reason to set others than the default.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// See [`QUOTED_LIMIT`].
    pub quoted: usize,
    /// See [`RECORD_LIMIT`].
    pub record: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            quoted: QUOTED_LIMIT,
            record: RECORD_LIMIT,
        }
    }
}
