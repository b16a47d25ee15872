//! What was found, in words: what is odd about the bundles ([`bundles`]), and what the import would
//! do ([`changes`]), and what of it the receiver would not ([`guarded`]).

mod bundles;
mod changes;
mod columns;
mod guarded;
mod left_out;
mod sentence;

use super::file::{File, Side};
use super::keys::OLD;
use crate::finding::{Authority, Severity};
use crate::report::compare::Finding;
use crate::report::compare::words::number;
pub(super) use changes::Alike;
pub(super) use sentence::{is_same, sentence, together};

/// What was found.
#[derive(Default)]
pub(super) struct Tell {
    pub findings: Vec<Finding>,
}

impl Tell {
    /// Adds a finding about so many records of a file, or of all.
    fn add(
        &mut self,
        rule: &'static str,
        severity: Severity,
        file: Option<&str>,
        total: u64,
        message: String,
    ) -> &mut Finding {
        self.findings.push(Finding {
            rule,
            severity,
            authority: Authority::Practice,
            file: file.map(str::to_owned),
            total,
            message,
            keys: Vec::new(),
            sources: Vec::new(),
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }
}

impl Side {
    /// Its name for people.
    pub(super) fn word(self) -> &'static str {
        match self {
            Side::Old => "OLD",
            Side::New => "NEW",
        }
    }
}

/// What the records of a file are called: those of classes.csv are classes.
fn noun(file: &File) -> &str {
    let stem = file.name().rsplit_once('.').map(|(stem, _)| stem);
    let is_plural = |stem: &str| stem.ends_with('s') && !stem.contains('-');
    let is_word = |stem: &&str| file.layout.files.len() > 1 && is_plural(stem);
    stem.filter(is_word).unwrap_or("records")
}

/// The same of so many, with their number: `1 class`, `2 classes`.
fn counted(file: &File, n: u64) -> String {
    let noun = noun(file);
    let one = match (noun.strip_suffix("ies"), noun.strip_suffix("sses")) {
        _ if n != 1 => noun.to_owned(),
        (Some(stem), _) => format!("{stem}y"),
        (_, Some(stem)) => format!("{stem}ss"),
        _ => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    };
    format!("{} {one}", number(n))
}

/// The records of OLD that count.
fn records_of_old(file: &File) -> u64 {
    file.keys.iter().filter(|entry| entry.has(OLD)).count() as u64
}
