//! Files that were not compared.

use super::Tell;
use crate::compare::file::{File, Side};
use crate::finding::Severity::Warning;
use crate::rules::unknown_file::TooMany;

/// Labels of which one may be meant, at most.
const NAMED: usize = 3;

impl Tell {
    /// That a file is one too many of its kind.
    pub fn second(&mut self, side: Side, name: &str, told: &TooMany) {
        let (word, TooMany { what, most }) = (side.word(), told);
        let message = format!(
            "`{name}` of {word} is {what}; expected {most} on each side, so it was not compared"
        );
        self.add("second-file", Warning, Some(name), 1, message);
    }

    /// That records cannot be found on the other side.
    pub fn unkeyed(&mut self, file: &File) {
        for one in &file.unkeyed {
            let may_be = match one.labels.len() {
                1..=NAMED => format!("; look whether it is `{}`", one.labels.join("` or `")),
                _ => String::new(),
            };
            let message = format!(
                "{}; expected it on both sides, because records are found by it, so none of {} was compared{may_be}",
                one.lacks(),
                file.name()
            );
            let total = one.fields.len() as u64;
            self.add("missing-key", Warning, Some(file.name()), total, message);
        }
    }
}
