//! How much of a file may go or change without a warning, and whose word that is: the user's, the
//! receiver's, or ours.

use crate::profile::{Does, Profile, Row};

/// The share of a file, in percent, that may be removed or changed where nobody says otherwise.
pub const THRESHOLD: u64 = 10;

/// What may be much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Much {
    /// Records that the receiver would archive or delete.
    Removed,
    /// Records that would change.
    Changed,
    /// Records that it does not have yet.
    Added,
}

/// What may be removed or changed of each file.
#[derive(Default)]
pub(super) struct Limits {
    /// What the user says: it goes before all others.
    pub own: Option<u64>,
    /// The receiver.
    pub profile: Option<Profile>,
}

/// A receiver's word.
pub(super) struct Word<'a> {
    /// Whose.
    pub title: &'a str,
    pub row: &'a Row,
    /// Where it is from.
    pub sources: Vec<String>,
}

impl Limits {
    /// What may be removed or changed of a file, in percent.
    pub fn percent(&self, file: &str) -> u64 {
        let facts = [Much::Removed, Much::Changed].into_iter();
        let mut vendors = facts.filter_map(|much| self.row(file, much)?.percent());
        self.own.or(vendors.next()).unwrap_or(THRESHOLD)
    }

    /// What the receiver says of so much of a file.
    pub fn word(&self, file: &str, much: Much) -> Option<Word<'_>> {
        let row = self.row(file, much)?;
        let title = &self.profile.as_ref()?.title;
        let sources = row
            .sources
            .iter()
            .filter_map(|at| title.sources.get(at - 1));
        Some(Word {
            title: &title.title,
            row,
            sources: sources.cloned().collect(),
        })
    }

    fn row(&self, file: &str, much: Much) -> Option<&Row> {
        let mut rows = self.profile.iter().flat_map(|p| p.that(Does::Threshold));
        rows.find(|row| {
            let here = row.file.is_empty() || row.file == file;
            here && (much == Much::Removed || !row.is_about_removal())
        })
    }
}
