//! Findings of one file: all counted, the first few of each kind kept. Two sinks merge into the
//! sink of both parts.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::rules::Rule;

/// Findings of one rule, of one severity, about one field.
#[derive(Clone, Debug)]
pub struct Group {
    /// The rule.
    pub rule: &'static Rule,
    /// How bad.
    pub severity: Severity,
    /// The field, by its position in the file's plan.
    pub field: Option<u32>,
    /// How many there are.
    pub total: u64,
    /// The first of them.
    pub samples: Vec<Finding>,
}

/// A missing key and what it explains.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The key, as the records that name it spell it.
    pub key: String,
    /// How many findings it explains, by the field that names it.
    pub explains: HashMap<u32, u64>,
}

/// Counts findings and keeps samples.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    keep: usize,
    index: HashMap<(usize, Severity, Option<u32>), usize>,
    groups: Vec<Group>,
    /// By the domain of keys and the key's fingerprint.
    causes: HashMap<(usize, u128), Cause>,
}

/// Distinct missing keys of a file that are told apart; more are still counted as findings.
const CAUSES: usize = 20_000;

impl Sink {
    /// A sink that keeps `keep` samples of each group.
    pub fn new(keep: usize) -> Sink {
        Sink {
            keep,
            ..Sink::default()
        }
    }

    /// Counts a finding; `finding` is called if it is to be kept.
    pub fn add(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        field: Option<u32>,
        finding: impl FnOnce() -> Finding,
    ) {
        let keep = self.keep;
        let group = self.group(rule, severity, field);
        group.total += 1;
        if group.samples.len() < keep {
            group.samples.push(finding());
        }
    }

    /// Notes that the key named by `field` is missing.
    pub fn blame(&mut self, domain: usize, print: u128, field: u32, key: &str) {
        let full = self.causes.len() >= CAUSES;
        if !full || self.causes.contains_key(&(domain, print)) {
            let cause = self.causes.entry((domain, print)).or_insert_with(|| Cause {
                key: key.to_owned(),
                explains: HashMap::new(),
            });
            *cause.explains.entry(field).or_default() += 1;
        }
    }

    /// The groups, in the order in which they first occurred.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The missing keys, by domain and fingerprint.
    pub fn causes(&self) -> impl Iterator<Item = (usize, u128, &Cause)> {
        self.causes
            .iter()
            .map(|((domain, print), cause)| (*domain, *print, cause))
    }

    /// Adds the findings of the part that follows, `lines` lines and `records` records further on.
    pub fn merge(&mut self, later: Sink, lines: u64, records: u64) {
        for other in later.groups {
            let keep = self.keep;
            let group = self.group(other.rule, other.severity, other.field);
            group.total += other.total;
            let room = keep.saturating_sub(group.samples.len());
            group
                .samples
                .extend(other.samples.into_iter().take(room).map(|mut finding| {
                    let place = &mut finding.place;
                    place.line = place.line.map(|line| line + lines);
                    place.record = place.record.map(|record| record + records);
                    finding
                }));
        }
        for (id, cause) in later.causes {
            for (field, total) in cause.explains {
                let full = self.causes.len() >= CAUSES;
                if !full || self.causes.contains_key(&id) {
                    let mine = self.causes.entry(id).or_insert_with(|| Cause {
                        key: cause.key.clone(),
                        explains: HashMap::new(),
                    });
                    *mine.explains.entry(field).or_default() += total;
                }
            }
        }
    }

    fn group(&mut self, rule: &'static Rule, severity: Severity, field: Option<u32>) -> &mut Group {
        let id = (std::ptr::from_ref(rule) as usize, severity, field);
        let at = *self.index.entry(id).or_insert_with(|| {
            self.groups.push(Group {
                rule,
                severity,
                field,
                total: 0,
                samples: Vec::new(),
            });
            self.groups.len() - 1
        });
        &mut self.groups[at]
    }
}
