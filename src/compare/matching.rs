//! Records that are most likely the same although their keys differ. Of those whose key only one
//! side has, fingerprints of what a rule looks at are gathered; where one record of each side
//! shares one, they are the same, and where there are more, nobody can say.

use std::collections::BTreeMap;

use super::file::{File, Side};
use super::keys::{Entry, MARKED, NEW, OLD, PAIRED, TWIN};
use super::matched::{Matched, join, meant};
use super::rows::Row;
use crate::check::{Print, pair, print};
use crate::formats::{Matching, Way};
use crate::layout::Condition;
use crate::records::trim;

/// A rule for the records of one file, compiled.
struct Rule {
    /// What it looks at, for people.
    by: Vec<String>,
    way: Way,
    /// The slot that has to hold one of some values.
    when: Option<(usize, Vec<String>)>,
    parts: Vec<Part>,
    found: Vec<Found>,
}

/// Something that a rule looks at.
enum Part {
    /// A cell as it stands; it may name a record of the file with this number.
    Cell(usize, Option<usize>),
    /// A cell but for its case and the blanks around it; it may be blank.
    Plain(usize),
    /// What another file says of the record: see [`Gathering::others`].
    Other(usize),
}

/// What a rule saw in a record.
struct Found {
    print: u64,
    key: u32,
}

/// What another file says of records.
pub(super) struct Other {
    /// The file, by its number.
    pub file: usize,
    slot: usize,
    said: BTreeMap<u32, Print>,
}

/// What is gathered of the records of one file.
pub(super) struct Gathering {
    /// The file, by its number.
    pub file: usize,
    rules: Vec<Rule>,
    pub others: Vec<Other>,
    /// There was no room for what was seen.
    pub is_full: bool,
}

impl Gathering {
    /// What to look at in the records of the file with this number; none where every record of one
    /// side is on the other.
    pub fn new(table: &[Matching], files: &[File], at: usize) -> Option<Gathering> {
        let file = &files[at];
        let alone = |side| file.keys.iter().any(|entry| is_alone(entry, side));
        if !(alone(Side::Old) && alone(Side::New)) {
            return None;
        }
        let mut gathering = Gathering {
            file: at,
            rules: Vec::new(),
            others: Vec::new(),
            is_full: false,
        };
        let rows = table.iter().filter(|row| row.file == file.name());
        for row in rows.filter(|row| row.way != Way::Kept) {
            gathering.add(row, files);
        }
        if let [key] = file.key.as_slice() {
            let rules = gathering.rules.iter();
            let behind = rules.take_while(|rule| rule.way == Way::Match).count();
            let plain = Rule {
                by: vec![file.names[*key].clone()],
                way: Way::Duplicate,
                when: None,
                parts: vec![Part::Plain(*key)],
                found: Vec::new(),
            };
            gathering.rules.insert(behind, plain);
        }
        Some(gathering).filter(|gathering| !gathering.rules.is_empty())
    }

    /// Adds a rule, where both sides have what it looks at.
    fn add(&mut self, row: &Matching, files: &[File]) -> Option<()> {
        let file = &files[self.file];
        let when = match &row.when {
            Some(Condition { field, values }) => Some((there(file, field)?, values.clone())),
            None => None,
        };
        let mut parts = Vec::new();
        for field in &row.fields {
            let part = match field.split_once('/') {
                None => {
                    let slot = there(file, field)?;
                    let to = file.spec().fields[slot].reference.as_ref();
                    let to = to.and_then(|to| files.iter().position(|f| f.name() == to.file));
                    Part::Cell(slot, to.filter(|_| row.way == Way::Match))
                }
                Some((other, field)) => {
                    let at = files.iter().position(|file| file.name() == other)?;
                    let slot = there(&files[at], field)?;
                    self.others.push(Other {
                        file: at,
                        slot,
                        said: BTreeMap::new(),
                    });
                    Part::Other(self.others.len() - 1)
                }
            };
            parts.push(part);
        }
        // What else a key says is another record, such as another test of the one that it begins with,
        // unless it is what it begins with that tells them.
        let first = file.key.first().map(|slot| &file.names[*slot]);
        if first.is_none_or(|first| !row.fields.contains(first)) {
            parts.extend(file.key.iter().skip(1).map(|slot| Part::Plain(*slot)));
        }
        self.rules.push(Rule {
            by: row.fields.clone(),
            way: row.way,
            when,
            parts,
            found: Vec::new(),
        });
        Some(())
    }

    /// Whether what is found decides what is compared with what.
    pub fn pairs(&self) -> bool {
        self.rules.iter().any(|rule| rule.way == Way::Match)
    }

    /// Takes what another file says of a record, whose key it names.
    pub fn hear(&mut self, files: &[File], from: usize, row: &Row<'_>, named: Option<Print>) {
        let of = &files[self.file];
        let Some(key) = named.and_then(|print| of.keys.find(print)) else {
            return;
        };
        let entry = of.keys.get(key);
        if is_alone(entry, Side::Old) || is_alone(entry, Side::New) {
            let others = self.others.iter_mut().filter(|other| other.file == from);
            for other in others.filter(|other| !row.is_blank(other.slot)) {
                let cell = row.cell(other.slot);
                other.said.entry(key as u32).or_insert(print([trim(&cell)]));
            }
        }
    }

    /// Takes a record of the file itself, with the number of its key.
    pub fn take(&mut self, files: &[File], side: Side, key: usize, row: &Row<'_>) {
        let file = &files[self.file];
        if !is_alone(file.keys.get(key), side) {
            return;
        }
        let Gathering {
            rules,
            others,
            is_full,
            ..
        } = self;
        for rule in rules {
            if let Some((slot, values)) = &rule.when
                && !values
                    .iter()
                    .any(|value| value.as_bytes() == trim(&row.cell(*slot)))
            {
                continue;
            }
            let parts = rule.parts.iter().map(|part| match part {
                Part::Cell(slot, to) => {
                    let cell = row.cell(*slot);
                    let text = trim(&cell);
                    (!text.is_empty()).then(|| match to {
                        Some(to) => meant(&files[*to], print([text])),
                        None => print([text]),
                    })
                }
                Part::Plain(slot) => Some(print([plain(&row.cell(*slot)).as_bytes()])),
                Part::Other(n) => others[*n].said.get(&(key as u32)).copied(),
            });
            let Some(parts) = parts.collect::<Option<Vec<Print>>>() else {
                continue;
            };
            let all = parts.into_iter().reduce(pair).unwrap_or_default();
            *is_full |= rule.found.try_reserve(1).is_err();
            if *is_full {
                return;
            }
            rule.found.push(Found {
                print: all.high,
                key: key as u32,
            });
        }
    }

    /// All records were seen: what each rule found. `keep` pairs of each are shown.
    pub fn settle(self, files: &mut [File], keep: usize) -> Vec<Matched> {
        let file = &mut files[self.file];
        let mut all = Vec::new();
        for mut rule in self.rules {
            let mut matched = Matched {
                file: self.file,
                by: rule.by,
                way: rule.way,
                total: 0,
                ambiguous: 0,
                pairs: Vec::new(),
                shown: Vec::new(),
            };
            let is_open = |key: u32| !file.keys.get(key as usize).has(PAIRED | TWIN);
            rule.found.retain(|found| is_open(found.key));
            rule.found
                .sort_unstable_by_key(|found| (found.print, found.key));
            for same in rule.found.chunk_by(|a, b| a.print == b.print) {
                let of = |side| {
                    let keys = same.iter().map(|found| found.key);
                    let has = |key: &u32| is_alone(file.keys.get(*key as usize), side);
                    keys.filter(has).collect::<Vec<u32>>()
                };
                let (old, new) = (of(Side::Old), of(Side::New));
                match (old.as_slice(), new.as_slice()) {
                    ([], _) | (_, []) => {}
                    ([old], [new]) => {
                        matched.pairs.push((*old, *new));
                        join(file, rule.way, *old, *new);
                    }
                    _ => matched.ambiguous += new.len() as u64,
                }
            }
            matched.total = matched.pairs.len() as u64;
            if matched.total + matched.ambiguous > 0 {
                // In the order of NEW, because that of fingerprints is another one in each run.
                matched.pairs.sort_unstable_by_key(|(_, new)| *new);
                matched.pairs.truncate(keep);
                matched.shown = vec![Default::default(); matched.pairs.len()];
                all.push(matched);
            }
        }
        all
    }
}

/// Whether it is a record that this side alone has, and that stays.
fn is_alone(entry: &Entry, side: Side) -> bool {
    match side {
        Side::Old => entry.has(OLD) && !entry.has(NEW),
        Side::New => entry.has(NEW) && !entry.has(OLD | MARKED),
    }
}

/// Without case and the blanks around it.
pub(super) fn plain(text: &[u8]) -> String {
    String::from_utf8_lossy(trim(text)).to_lowercase()
}

/// The slot of a field that both sides have.
fn there(file: &File, field: &str) -> Option<usize> {
    let slot = file.spec().field(field)?;
    let mut sides = file.sides.iter().flatten();
    sides.all(|half| half.has(slot)).then_some(slot)
}
