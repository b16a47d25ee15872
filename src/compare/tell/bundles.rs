//! What is odd about the bundles themselves: formats, files, keys, manifests.

use super::Tell;
use crate::check::Mode;
use crate::compare::file::{File, SIDES, Side};
use crate::compare::output::is_empty_delta;
use crate::convert;
use crate::finding::Severity::{Error, Warning};
use crate::formats::{Format, Manifest};
use crate::peek::Peek;
use crate::report::compare::words::{number, records};

impl Tell {
    /// That the bundles cannot be compared.
    pub fn formats(
        &mut self,
        formats: [Option<(&'static Format, Option<&str>)>; 2],
        peeks: [&[Peek]; 2],
    ) {
        for (side, _) in SIDES
            .into_iter()
            .zip(&formats)
            .filter(|(_, format)| format.is_none())
        {
            let (word, peeks) = (side.word(), peeks[side as usize]);
            let foreign = peeks.iter().find_map(|peek| Some((peek, peek.foreign?)));
            let message = match foreign {
                Some((peek, what)) => format!(
                    "`{}` of {word} is {what}; expected tables as CSV text",
                    peek.name
                ),
                None if peeks.iter().all(|peek| peek.size == 0) => {
                    format!("{word} is empty; expected tables as CSV text")
                }
                None => format!(
                    "{word} is of no known format, told by its labels; expected one that Hallpass knows, or to be told which it is (`--format` on the command line)"
                ),
            };
            self.add("unknown-format", Error, None, 1, message);
        }
        // What else was near is of no matter here, and would leave no room for the rest.
        let why = |why: Option<&str>| {
            let first = why.and_then(|why| why.split("; ").next());
            first.map_or(String::new(), |why| format!(" ({why})"))
        };
        if let [Some((old, old_why)), Some((new, new_why))] = formats {
            let becomes = |from: &Format, peeks, to: &Format| {
                let mut ways = convert::ways(from, peeks).into_iter();
                ways.any(|way| way.to().id == to.id)
            };
            let [of_old, of_new] = peeks;
            let ways = [becomes(old, of_old, new), becomes(new, of_new, old)];
            let first = match ways {
                [true, true] => ", so convert one of them first",
                [true, false] => ", so convert OLD first",
                [false, true] => ", so convert NEW first",
                [false, false] => " on both sides",
            };
            let message = format!(
                "OLD is {}{} and NEW is {}{}; expected one format{first}",
                old.title,
                why(old_why),
                new.title,
                why(new_why)
            );
            self.add("different-formats", Error, None, 1, message);
        }
    }

    /// What is odd about the files at hand, and about the manifests.
    pub fn bundles(&mut self, files: &[File], peeks: [&[Peek]; 2], manifest: Option<&Manifest>) {
        let stated = |side: Side, file: &File| {
            let manifest = manifest?;
            (manifest.stated)(peeks[side as usize], file.name())
        };
        files.iter().for_each(|file| self.unkeyed(file));
        for side in SIDES {
            for file in files {
                self.keys(file, side);
                self.records(file, side);
                self.word(file, side, stated(side, file));
            }
            let peeks = peeks[side as usize].iter();
            for (peek, what) in peeks.filter_map(|peek| Some((peek, peek.foreign?))) {
                let (name, word) = (&peek.name, side.word());
                let message = format!(
                    "`{name}` of {word} is {what}; expected a table, so it was not compared"
                );
                self.add("unreadable-file", Warning, Some(name), 1, message);
            }
        }
        let mut halves = files.iter().filter_map(|file| file.half(Side::New));
        let all = match !is_empty_delta(files) && halves.all(|half| half.mode() == Mode::Bulk) {
            true => Mode::Bulk,
            false => Mode::Delta,
        };
        for file in files {
            self.missing(file, all, stated(Side::New, file));
            // What was not compared was not read as empty either.
            if file.unkeyed.is_empty() {
                self.columns(file);
            }
        }
    }

    fn keys(&mut self, file: &File, side: Side) {
        let Some(half) = file.half(side) else { return };
        let (word, name) = (side.word(), file.name());
        let mut told = |rule, told: &crate::compare::file::Told, expected: &str| {
            if told.total > 0 {
                let message = format!("`{name}` of {word} has {} {expected}", records(told.total));
                let found = self.add(rule, Warning, Some(name), told.total, message);
                found.keys.clone_from(&told.keys);
            }
        };
        if file.unkeyed.is_empty() {
            told(
                "blank-key",
                &half.blank,
                "with a blank key; expected a key in each, so they were not compared",
            );
        }
        let twice = match file.key.is_empty() {
            true => {
                "that an earlier one equals; expected each once, so the first alone was compared"
            }
            false => {
                "with the key of an earlier one; expected each key once, so the first alone was compared"
            }
        };
        told("duplicate-key", &half.repeated, twice);
        told(
            "unknown-key",
            &half.unknown,
            "marked `tobedeleted` that OLD does not have; expected keys of OLD",
        );
        told(
            "extra-cell",
            &half.surplus,
            "with cells beyond the last label; expected as many as there are labels, because what is beyond is in no bundle that is written",
        );
        let mut odd = |rule, total, what: String, expected: &str| {
            if total > 0 {
                let message = format!("`{name}` of {word} has {what}; expected {expected}");
                self.add(rule, Warning, Some(name), total, message);
            }
        };
        let times = match half.headers {
            1 => "once".to_owned(),
            n => format!("{} times", number(n)),
        };
        odd(
            "repeated-header",
            half.headers,
            format!("its header {times} more among the records"),
            "it once, above them, so it was left out",
        );
        let cells = match half.unclosed {
            1 => "1 quoted cell".to_owned(),
            n => format!("{} quoted cells", number(n)),
        };
        odd(
            "unclosed-quote",
            half.unclosed,
            format!("{cells} of 1 MiB or more, or without an end"),
            "a quote that closes each, so they were read as they stand, quotes included",
        );
        odd(
            "oversized-record",
            half.oversized,
            format!("{} of more than 16 MiB", records(half.oversized)),
            "shorter ones, so their ends were not compared",
        );
    }

    /// Whether the records are meant as they are read.
    fn records(&mut self, file: &File, side: Side) {
        let Some(half) = file.half(side) else { return };
        let (word, name) = (side.word(), file.name());
        let (all, without) = (half.records, half.records - half.stated);
        if file.status.is_some() {
            let told = match half.mode() {
                Mode::Bulk if half.stated > 0 => Some((
                    half.stated,
                    "a status, as in a delta, but the file is read as bulk; expected none",
                )),
                Mode::Delta if without > 0 => Some((
                    without,
                    "no status, but the manifest says that the file is a delta; expected one in each",
                )),
                _ => None,
            };
            if let Some((n, told)) = told {
                let message = format!(
                    "`{name}` of {word}: {} of {} with {told}",
                    number(n),
                    records(all)
                );
                self.add("wrong-mode", Warning, Some(name), n, message);
            }
        }
        if side == Side::Old && half.mode() == Mode::Delta {
            let message = format!(
                "`{name}` of OLD is a delta; expected all that the receiver has, so what it leaves out counts as added"
            );
            self.add("incomplete-old", Warning, Some(name), all, message);
        }
    }

    /// Whether the manifest's word for a file is true.
    fn word(&mut self, file: &File, side: Side, stated: Option<String>) {
        if file.half(side).is_some() && stated.is_some_and(|stated| stated == "absent") {
            let (word, name) = (side.word(), file.name());
            let message = format!(
                "`{name}` is there, but the manifest of {word} says `absent`; expected `bulk` or `delta`, so it was read as bulk"
            );
            self.add("wrong-mode", Warning, Some(name), 1, message);
        }
    }

    /// A file that NEW, which is meant so, lacks; and the manifest's word for it.
    fn missing(&mut self, file: &File, mode: Mode, stated: Option<String>) {
        let (Some(old), None) = (file.half(Side::Old), file.half(Side::New)) else {
            return;
        };
        // Who never deletes takes nothing for removed.
        if !file.why.is_empty() {
            return;
        }
        let (name, n) = (file.name(), old.records);
        let message = match stated.filter(|stated| stated != "absent") {
            Some(stated) => format!(
                "`{name}` is not in NEW, but its manifest says `{stated}`; expected the file, because a receiver may take what OLD has, {}, for removed",
                records(n)
            ),
            // A delta has the files that change.
            None if mode == Mode::Delta => return,
            None => format!(
                "`{name}` is not in NEW; expected the files of OLD, because some receivers take what OLD has, {}, for removed; most leave it alone",
                records(n)
            ),
        };
        self.add("missing-file", Warning, Some(name), n, message);
    }
}
