//! Findings of one file: all counted, the first few of each kind kept. Two sinks merge into the
//! sink of both parts, and how the records came (in batches, in parts) leaves no trace in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::Print;
use crate::evidence;
use crate::finding::{Finding, Severity};
use crate::legacy::Encoding;
use crate::rules::Rule;
use crate::slip::{Slip, Slipped};

/// What findings of a group have in common.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad.
    pub severity: Severity,
    /// The field, by its position in the file's plan.
    pub field: Option<u32>,
}

impl Kind {
    /// Whether it is that of this rule, severity and field.
    pub fn is(&self, rule: &'static Rule, severity: Severity, field: Option<u32>) -> bool {
        std::ptr::eq(self.rule, rule) && self.severity == severity && self.field == field
    }
}

/// Findings of one rule, of one severity, about one field.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad.
    pub severity: Severity,
    /// The field, by its position in the file's plan.
    pub field: Option<u32>,
    /// How many there are.
    pub total: u64,
    /// The first of them, in the order of the records.
    pub samples: Vec<Finding>,
}

impl Group {
    /// What its findings have in common.
    pub fn kind(&self) -> Kind {
        Kind {
            rule: self.rule,
            severity: self.severity,
            field: self.field,
        }
    }

    fn order(&self) -> Order {
        (self.rule.name, self.severity, self.field)
    }
}

/// A missing key and what it explains.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cause {
    /// The key, as the records that name it spell it.
    pub key: String,
    /// How many findings it explains, by the field that names it.
    pub explains: BTreeMap<u32, u64>,
}

/// What groups are ordered by: the rule's name, the severity, the field.
type Order = (&'static str, Severity, Option<u32>);

/// Counts findings and keeps samples.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(into = "Flat", from = "Flat")]
pub struct Sink {
    keep: usize,
    /// In order.
    groups: Vec<Group>,
    /// The group of the last finding. That of the next one is the same where a rule looks at a column,
    /// and the one behind it where it looks at a record.
    last: usize,
    /// By the domain of keys and the key's fingerprint.
    causes: BTreeMap<(usize, Print), Cause>,
    /// By the domain of keys and what happened to them.
    slips: BTreeMap<(usize, Slip), Slipped>,
    /// The first records with errors and their lines, [`IN_ERROR`] of them at most.
    in_error: BTreeMap<u64, Option<u64>>,
    /// Records cut short, see [`Sink::note_cut`].
    cut: u64,
}

/// Records with errors that are told one by one: receivers that stop at so many stop at 500.
const IN_ERROR: usize = 500;

/// A sink without the keys that its groups have in themselves.
#[derive(Serialize, Deserialize)]
struct Flat {
    keep: usize,
    groups: Vec<Group>,
    causes: BTreeMap<(usize, Print), Cause>,
    slips: BTreeMap<(usize, Slip), Slipped>,
    in_error: BTreeMap<u64, Option<u64>>,
    cut: u64,
}

impl From<Sink> for Flat {
    fn from(sink: Sink) -> Flat {
        Flat {
            keep: sink.keep,
            groups: sink.groups,
            causes: sink.causes,
            slips: sink.slips,
            in_error: sink.in_error,
            cut: sink.cut,
        }
    }
}

impl From<Flat> for Sink {
    fn from(flat: Flat) -> Sink {
        Sink {
            keep: flat.keep,
            groups: flat.groups,
            last: 0,
            causes: flat.causes,
            slips: flat.slips,
            in_error: flat.in_error,
            cut: flat.cut,
        }
    }
}

impl Sink {
    /// A sink that keeps `keep` samples of each group.
    pub fn new(keep: usize) -> Sink {
        Sink {
            keep,
            ..Sink::default()
        }
    }

    /// Counts a finding about a record, or about the file as such; `finding` is called if it is to
    /// be kept. Of one group, the findings about the earliest records are kept; those about one
    /// record stay in the order in which they came.
    pub fn add(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        field: Option<u32>,
        record: Option<u64>,
        finding: impl FnOnce() -> Finding,
    ) {
        let keep = self.keep;
        let in_error =
            record.filter(|record| severity == Severity::Error && self.is_early(*record));
        let group = self.group(rule, severity, field);
        group.total += 1;
        let samples = &mut group.samples;
        let last = samples.last().map(|last| last.place.record);
        let is_kept = samples.len() < keep || last.is_some_and(|last| last > record);
        if !is_kept && in_error.is_none() {
            return;
        }
        let finding = finding();
        let line = finding.place.line;
        if is_kept {
            // Rules run one after the other over a batch, so a later one may speak of earlier records.
            let at = samples.partition_point(|sample| sample.place.record <= record);
            samples.truncate(keep - 1);
            samples.insert(at, finding);
        }
        if let Some(record) = in_error {
            self.note_error(record, line);
        }
    }

    /// Whether the record is not known to be in error, and is among the first that are.
    fn is_early(&self, record: u64) -> bool {
        let last = self.in_error.last_key_value();
        let is_room =
            self.in_error.len() < IN_ERROR || last.is_some_and(|(last, _)| *last > record);
        is_room && !self.in_error.contains_key(&record)
    }

    fn note_error(&mut self, record: u64, line: Option<u64>) {
        if self.is_early(record) {
            self.in_error.insert(record, line);
            if self.in_error.len() > IN_ERROR {
                self.in_error.pop_last();
            }
        }
    }

    /// The first records with errors, from 1, in order, and their lines; 500 of them at most.
    pub fn in_error(&self) -> impl ExactSizeIterator<Item = (u64, Option<u64>)> {
        self.in_error.iter().map(|(record, line)| (*record, *line))
    }

    /// Notes that the key named by `field` is missing.
    pub fn blame(&mut self, domain: usize, print: Print, field: u32, key: &str) {
        let cause = self.causes.entry((domain, print));
        let cause = cause.or_insert_with(|| Cause {
            key: evidence::value(key),
            explains: BTreeMap::new(),
        });
        *cause.explains.entry(field).or_default() += 1;
    }

    /// Notes that the key in place `place` of the facts, named by `field`, is missing but there in
    /// another spelling.
    pub fn slip(
        &mut self,
        (domain, slip): (usize, Slip),
        place: usize,
        field: u32,
        (key, there): (&str, &str),
    ) {
        let slipped = self.slips.entry((domain, slip));
        let slipped = slipped.or_insert_with(|| Slipped::new(key, there));
        slipped.add(place, field, key, there);
    }

    /// The groups, by the rule's name, severity and field.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter()
    }

    /// The missing keys, by domain and fingerprint.
    pub fn causes(&self) -> impl Iterator<Item = (usize, Print, &Cause)> {
        let causes = self.causes.iter();
        causes.map(|((domain, print), cause)| (*domain, *print, cause))
    }

    /// What happened to keys that are missing as they are named, by domain.
    pub fn slips(&self) -> impl Iterator<Item = (usize, Slip, &Slipped)> {
        let slips = self.slips.iter();
        slips.map(|((domain, slip), slipped)| (*domain, *slip, slipped))
    }

    /// Notes a record of which it is not certain where its cells end: one with fewer than the header has
    /// labels, unless the missing ones are empty ones at its end, or one with a quote that never closes.
    pub fn note_cut(&mut self) {
        self.cut += 1;
    }

    /// Whether there is such a record.
    pub fn has_cut_records(&self) -> bool {
        self.cut > 0
    }

    /// All of the file was read, and this is the encoding of what is not UTF-8.
    pub fn settle(&mut self, encoding: Encoding) {
        let is_cut = self.has_cut_records();
        let groups = self.groups.iter_mut();
        let samples = groups.flat_map(|group| &mut group.samples);
        samples.for_each(|finding| {
            finding.settle(encoding);
            if is_cut {
                finding.doubt_columns();
            }
            finding.shorten();
        });
    }

    /// Adds the findings of the part that follows, `lines` lines and `records` records further on.
    pub fn merge(&mut self, later: Sink, lines: u64, records: u64) {
        let keep = self.keep;
        for (record, line) in later.in_error {
            self.note_error(record + records, line.map(|line| line + lines));
        }
        self.cut += later.cut;
        for other in later.groups {
            let group = self.group(other.rule, other.severity, other.field);
            group.total += other.total;
            let room = keep.saturating_sub(group.samples.len());
            let shifted = other.samples.into_iter().take(room).map(|mut finding| {
                let place = &mut finding.place;
                place.line = place.line.map(|line| line + lines);
                place.record = place.record.map(|record| record + records);
                finding
            });
            group.samples.extend(shifted);
        }
        for (id, cause) in later.causes {
            let mine = self.causes.entry(id).or_insert_with(|| Cause {
                key: cause.key,
                explains: BTreeMap::new(),
            });
            for (field, total) in cause.explains {
                *mine.explains.entry(field).or_default() += total;
            }
        }
        for (id, slipped) in later.slips {
            match self.slips.get_mut(&id) {
                Some(mine) => mine.merge(&slipped),
                None => drop(self.slips.insert(id, slipped)),
            }
        }
    }

    fn group(&mut self, rule: &'static Rule, severity: Severity, field: Option<u32>) -> &mut Group {
        let near = [self.last, self.last + 1].into_iter().find(|at| {
            let group = self.groups.get(*at);
            group.is_some_and(|group| group.kind().is(rule, severity, field))
        });
        if let Some(near) = near {
            self.last = near;
        } else {
            let order = (rule.name, severity, field);
            let place = self.groups.binary_search_by_key(&order, Group::order);
            self.last = place.unwrap_or_else(|place| {
                let group = Group {
                    rule,
                    severity,
                    field,
                    total: 0,
                    samples: Vec::new(),
                };
                self.groups.insert(place, group);
                place
            });
        }
        &mut self.groups[self.last]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Told};
    use crate::rules::{blank_record, stray_quote};

    fn add(sink: &mut Sink, rule: &'static Rule, record: u64, message: &str) {
        sink.add(rule, rule.severity, None, Some(record), || Finding {
            rule,
            severity: rule.severity,
            place: Place {
                record: Some(record),
                ..Place::default()
            },
            key: None,
            value: None,
            told: Told::message(message),
            cells: Vec::new(),
            raw: None,
        });
    }

    fn kept(sink: &Sink) -> Vec<(u64, String)> {
        sink.groups()
            .map(|group| {
                let messages = group.samples.iter().map(|sample| &*sample.told.message);
                (group.total, messages.collect::<Vec<_>>().join(" "))
            })
            .collect()
    }

    #[test]
    fn the_earliest_records_are_kept_in_whatever_order_they_come() {
        let mut sink = Sink::new(3);
        for (record, message) in [
            (5, "5a"),
            (9, "9a"),
            (2, "2a"),
            (5, "5b"),
            (1, "1a"),
            (5, "5c"),
        ] {
            add(&mut sink, &stray_quote::RULE, record, message);
        }
        assert_eq!(kept(&sink), [(6, "1a 2a 5a".to_owned())]);
    }

    #[test]
    fn the_samples_of_a_later_part_follow_and_are_shifted() {
        let (mut sink, mut later) = (Sink::new(2), Sink::new(2));
        add(&mut sink, &stray_quote::RULE, 1, "1");
        add(&mut later, &stray_quote::RULE, 1, "11");
        add(&mut later, &stray_quote::RULE, 2, "12");
        add(&mut later, &blank_record::RULE, 3, "13");
        sink.merge(later, 0, 10);
        let all = [(1, "13".to_owned()), (3, "1 11".to_owned())];
        assert_eq!(kept(&sink), all);
        let last = sink.groups().last().and_then(|group| group.samples.last());
        assert_eq!(last.and_then(|sample| sample.place.record), Some(11));
    }

    #[test]
    fn the_first_records_with_errors_are_known_however_they_came() {
        let (mut sink, mut later) = (Sink::new(1), Sink::new(1));
        for record in (1..=400).rev().chain([7, 7]) {
            add(&mut later, &stray_quote::RULE, record, "error");
        }
        for record in [2, 190, 5] {
            add(&mut sink, &stray_quote::RULE, record, "error");
            add(&mut sink, &blank_record::RULE, record + 1, "warning");
        }
        sink.merge(later.clone(), 0, 200);
        let known: Vec<u64> = sink.in_error().map(|(record, _)| record).collect();
        assert_eq!(known[..4], [2, 5, 190, 201]);
        assert_eq!(known.len(), 403);
        sink.merge(later, 0, 600);
        assert_eq!(sink.in_error().len(), IN_ERROR);
        assert_eq!(sink.in_error().last().map(|(record, _)| record), Some(697));
    }

    #[test]
    fn nothing_is_kept_where_nothing_is_to_be_kept() {
        let mut sink = Sink::new(0);
        add(&mut sink, &stray_quote::RULE, 1, "1");
        assert_eq!(kept(&sink), [(1, String::new())]);
    }
}
