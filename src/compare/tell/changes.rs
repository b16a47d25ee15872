//! What is odd about what the import would do.

use super::{Tell, counted, noun, records_of_old};
use crate::check::Mode;
use crate::compare::file::{File, Side};
use crate::compare::keys::{Entry, MARKED, NEW, OLD, PAIRED};
use crate::compare::limits::{Limits, Much, Word};
use crate::finding::Authority;
use crate::finding::Severity::{Info, Warning};
use crate::formats::Way;
use crate::report::compare::words::{number, records, share};
use crate::report::compare::{Counts, Matching, What};

/// How much two bundles have in common that hold the same records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::compare) enum Alike {
    /// Their files are equally large.
    Sizes,
    /// Not even that.
    Records,
    /// Nor the keys of so many.
    Matched(u64),
}

impl Tell {
    /// What is odd about what becomes of a file.
    pub fn changes(&mut self, file: &File, counts: &Counts, limits: &Limits) {
        let name = file.name();
        self.much(file, limits, Much::Removed, counts.removed);
        self.much(file, limits, Much::Changed, counts.changed);
        self.much(file, limits, Much::Added, counts.added);
        let (Some(old), Some(new)) = (file.half(Side::Old), file.half(Side::New)) else {
            return;
        };
        let marked = |entry: &Entry| entry.has(OLD) && entry.has(MARKED);
        let common = counts.changed + counts.unchanged > 0 || file.keys.iter().any(marked);
        // A delta may well have new records alone.
        let is_bulk = new.mode() == Mode::Bulk;
        if is_bulk && old.records > 0 && counts.added > 0 && !common {
            let message = format!(
                "`{name}`: no key is in both OLD ({}) and NEW ({}); expected most of them, unless all keys were given anew or the bundles are of different schools",
                records(old.records),
                records(new.records)
            );
            self.add(
                "nothing-in-common",
                Warning,
                Some(name),
                new.records,
                message,
            );
        }
        if new.mode() == Mode::Delta && counts.added > 0 {
            let message = format!(
                "`{name}`: {} of this delta that OLD does not have; expected new ones alone, because they are added: a change of what OLD should have comes to nothing",
                records(counts.added)
            );
            let found = self.add("unknown-record", Info, Some(name), counts.added, message);
            found.keys = added(file);
        }
    }

    /// That more becomes of a file than may without a word. That much is added is what a receiver
    /// minds, or nobody.
    fn much(&mut self, file: &File, limits: &Limits, much: Much, n: u64) {
        let (name, all) = (file.name(), records_of_old(file));
        let (percent, word) = (limits.percent(name), limits.word(name, much));
        let is_past = |percent: u64| n.saturating_mul(100) > all.saturating_mul(percent);
        let (rule, what) = match much {
            Much::Removed => ("large-removal", "of {all} ({share}) would be removed"),
            Much::Changed => ("large-change", "of {all} ({share}) would change"),
            Much::Added if word.is_none() || all == 0 => return,
            Much::Added => ("large-addition", "would be added to {all} ({share})"),
        };
        if n == 0 || !is_past(percent) {
            return;
        }
        let what = what.replace("{all}", &counted(file, all));
        let what = what.replace("{share}", &share(n, all));
        let message = format!(
            "`{name}`: {} {what}; expected at most {percent} %",
            number(n)
        );
        let found = self.add(rule, Warning, Some(name), n, message);
        // Where the user asks for less than the receiver does, it may be the user's word alone.
        let its = |word: &Word<'_>| word.row.percent().is_none_or(is_past);
        if let Some(Word {
            title,
            row,
            sources,
        }) = word.filter(its)
        {
            let unsaid = match row.percent() {
                Some(_) => "",
                None => " (no percentage is known)",
            };
            found
                .message
                .push_str(&format!(". {title}: {}{unsaid}", row.note));
            found.authority = Authority::Vendor;
            found.sources = sources;
        }
    }

    /// That organizations lose all that they have in a file; `keep` of them are shown.
    pub fn emptied(&mut self, file: &File, lost: Vec<String>, keep: usize) {
        let what = format!("would lose all {}; expected some to stay", noun(file));
        self.schools(file, lost, &what, keep);
    }

    /// That organizations would be removed, with so many records of other files; `keep` of them are
    /// shown. Of one that has no records nothing else is lost.
    pub fn gone(&mut self, file: &File, gone: Vec<String>, with: &[(&File, u64)], keep: usize) {
        let with = with.iter();
        let with: Vec<String> = with
            .map(|(file, removed)| format!("{} {}", noun(file), number(*removed)))
            .collect();
        if with.is_empty() {
            return;
        }
        let what = format!(
            "would be removed, and with it records: {}; expected it in NEW, unless it is closed",
            with.join(", ")
        );
        self.schools(file, gone, &what, keep);
    }

    fn schools(&mut self, file: &File, schools: Vec<String>, what: &str, keep: usize) {
        let Some(first) = schools.first() else { return };
        let more = match schools.len() {
            1 => String::new(),
            n => format!(" and {} more", number(n as u64 - 1)),
        };
        let (name, total) = (file.name(), schools.len() as u64);
        let message = format!("`{first}`{more} {what}");
        let found = self.add("emptied-school", Warning, Some(name), total, message);
        found.keys = schools.into_iter().take(keep).collect();
    }

    /// What it means that records have new keys.
    pub fn matched(&mut self, file: &File, matching: &Matching, way: Way) {
        let by = match matching.by.as_slice() {
            [] => "kind".to_owned(),
            by => by.join(" and "),
        };
        let (name, total) = (file.name(), matching.total);
        if way == Way::Duplicate && total > 0 {
            let same = match matching.by.as_slice() {
                [key] if matches!(file.key[..], [slot] if file.names[slot] == *key) => {
                    format!("another {key}, but for case and blanks the same")
                }
                _ => format!("another key and the same {by}"),
            };
            let because = match file.why {
                "" => "receivers make a second one".to_owned(),
                why => format!("{why}: the one of OLD stays beside it"),
            };
            let message = format!(
                "`{name}`: {} with {same}; expected one key for one record, because {because}",
                records(total)
            );
            let found = self.add("new-key", Warning, Some(name), total, message);
            found.keys = matching
                .samples
                .iter()
                .map(|pair| pair.new.clone())
                .collect();
        }
        if matching.ambiguous > 0 {
            let message = format!(
                "`{name}`: {} of NEW with a new key and the {by} of several; expected one on each side, because nobody can say which is which",
                records(matching.ambiguous)
            );
            self.add(
                "ambiguous-match",
                Warning,
                Some(name),
                matching.ambiguous,
                message,
            );
        }
    }

    /// That records match none that the receiver has, though it matches by more than keys.
    pub fn unmatched(&mut self, file: &File) {
        let alone = |entry: &&Entry| entry.has(NEW) && !entry.has(OLD | PAIRED | MARKED);
        let total = file.keys.iter().filter(alone).count() as u64;
        if total > 0 && file.half(Side::Old).is_some() {
            let name = file.name();
            let message = format!(
                "`{name}`: {} of NEW that match none of OLD, by key or otherwise; expected new ones alone, because the receiver takes them for new",
                records(total)
            );
            let found = self.add("failed-match", Info, Some(name), total, message);
            found.keys = added(file);
        }
    }

    /// That nothing changes.
    pub fn same(&mut self, n: u64, alike: Alike) {
        let (severity, rest) = match alike {
            Alike::Sizes => (
                Warning,
                "and so are the sizes of the files; expected two uploads, so see whether one was given twice".to_owned(),
            ),
            Alike::Records => (
                Info,
                "so this import would do nothing; expected some change".to_owned(),
            ),
            Alike::Matched(n) => (
                Warning,
                format!(
                    "but for the keys of {}; expected those of OLD, because this import does nothing only if the receiver knows these by what else they say",
                    number(n)
                ),
            ),
        };
        let message = format!(
            "OLD and NEW are the same, record by record ({}), {rest}",
            records(n)
        );
        self.add("nothing-changed", severity, None, n, message);
    }

    /// That there is nothing to compare.
    pub fn nothing(&mut self) {
        let message = "OLD and NEW have no records that could be compared; expected some";
        self.add("nothing-compared", Warning, None, 1, message.to_owned());
    }
}

/// Keys of the first records that are added.
fn added(file: &File) -> Vec<String> {
    let added = file.samples.iter().filter(|one| one.what == What::Added);
    added.map(|one| one.key.clone()).collect()
}
