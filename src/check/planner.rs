//! What rules that relate records ask to be gathered. Two rules that ask for the same get the same.

use super::facts::{Fold, Mark};
use crate::layout::{Case, Condition};

/// A kind of keys: the values of some fields of some file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DomainId(pub usize);

/// How a cell becomes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A date, as days since 1970.
    Date,
    /// A decimal number, in millionths.
    Decimal,
    /// Any text, as a number that stands for it: different texts have different numbers.
    Text,
    /// Any text, as one.
    One,
}

/// What a record adds to a key that it has or names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Note {
    /// The record has the key as its own.
    Own(Mark),
    /// The record names the key.
    Name(Mark),
    /// A number of the record.
    Number {
        n: usize,
        field: String,
        reading: Reading,
    },
    /// The record's key names the keys in this field.
    Link { field: String },
}

/// Something to gather from the records of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gather {
    pub domain: DomainId,
    /// The file, by the name that its layout gives it.
    pub file: String,
    /// The fields whose values make the key.
    pub key: Vec<String>,
    /// Whether capitals make another key.
    pub case: Case,
    /// Only records of which this is true. Without values, any value will do.
    pub when: Option<Condition>,
    pub note: Note,
}

#[derive(Debug)]
struct DomainPlan {
    name: String,
    case: Case,
    marks: u32,
    folds: Vec<Fold>,
}

/// Collects what is to be gathered.
#[derive(Debug, Default)]
pub struct Planner {
    domains: Vec<DomainPlan>,
    pub(super) gathers: Vec<Gather>,
}

impl Planner {
    /// The domain of the keys that records of `file` have in `fields`.
    pub fn domain(&mut self, file: &str, fields: &[&str]) -> DomainId {
        self.domain_in(Case::Exact, file, fields)
    }

    /// The domain of the same keys in small letters: those that differ in capitals alone are one.
    pub fn domain_in_any_case(&mut self, file: &str, fields: &[&str]) -> DomainId {
        self.domain_in(Case::Any, file, fields)
    }

    fn domain_in(&mut self, case: Case, file: &str, fields: &[&str]) -> DomainId {
        let name = format!("{file}/{}", fields.join("+"));
        let same = |domain: &DomainPlan| domain.name == name && domain.case == case;
        let known = self.domains.iter().position(same);
        DomainId(known.unwrap_or_else(|| {
            self.domains.push(DomainPlan {
                name,
                case,
                marks: 0,
                folds: Vec::new(),
            });
            self.domains.len() - 1
        }))
    }

    /// A mark on the keys that records of `file` have as their own in `fields`.
    pub fn own(
        &mut self,
        domain: DomainId,
        file: &str,
        fields: &[&str],
        when: Option<Condition>,
    ) -> Mark {
        self.mark(domain, file, fields, when, Note::Own)
    }

    /// A mark on the keys that records of `file` name in `fields`.
    pub fn named(
        &mut self,
        domain: DomainId,
        file: &str,
        fields: &[&str],
        when: Option<Condition>,
    ) -> Mark {
        self.mark(domain, file, fields, when, Note::Name)
    }

    /// The same mark on the keys that records of another file have as their own.
    pub fn also_own(
        &mut self,
        (domain, mark): (DomainId, Mark),
        file: &str,
        fields: &[&str],
        when: Option<Condition>,
    ) {
        self.gather(domain, file, fields, when, Note::Own(mark));
    }

    /// The same mark on the keys that records of another file name.
    pub fn also_named(&mut self, (domain, mark): (DomainId, Mark), file: &str, fields: &[&str]) {
        self.gather(domain, file, fields, None, Note::Name(mark));
    }

    /// A number for each key that records of `file` have or name in `fields`; only of those of which
    /// the condition is true.
    pub fn number(
        &mut self,
        domain: DomainId,
        file: &str,
        fields: &[&str],
        (field, reading): (&str, Reading),
        fold: Fold,
        when: Option<Condition>,
    ) -> usize {
        let known = self.gathers.iter().find_map(|gather| match &gather.note {
            Note::Number {
                n, field: known, ..
            } if gather.domain == domain
                && gather.file == file
                && gather.key == fields
                && gather.when == when
                && known == field
                && self.domains[domain.0].folds[*n] == fold =>
            {
                Some(*n)
            }
            _ => None,
        });
        known.unwrap_or_else(|| {
            let n = self.domains[domain.0].folds.len();
            self.domains[domain.0].folds.push(fold);
            let note = Note::Number {
                n,
                field: field.to_owned(),
                reading,
            };
            self.gather(domain, file, fields, when, note);
            n
        })
    }

    /// For each key how many records of `file` have or name it in `fields`.
    pub fn count(&mut self, domain: DomainId, file: &str, fields: &[&str]) -> usize {
        let one = (fields[0], Reading::One);
        self.number(domain, file, fields, one, Fold::Sum, None)
    }

    /// The same number for each key that records of another file have or name.
    pub fn also_number(
        &mut self,
        (domain, n): (DomainId, usize),
        file: &str,
        fields: &[&str],
        (field, reading): (&str, Reading),
    ) {
        let field = field.to_owned();
        let note = Note::Number { n, field, reading };
        self.gather(domain, file, fields, None, note);
    }

    /// Links from the key that records of `file` have or name in `fields` to those that they name in
    /// `field`. A domain has one set of links.
    pub fn links(&mut self, domain: DomainId, file: &str, fields: &[&str], field: &str) {
        let note = Note::Link {
            field: field.to_owned(),
        };
        self.gather(domain, file, fields, None, note);
    }

    /// An empty set of facts.
    pub(super) fn facts(&self) -> super::Facts {
        self.domains
            .iter()
            .map(|domain| super::Domain::new(domain.folds.clone()))
            .collect()
    }

    /// The file whose keys a domain holds, and the fields.
    pub(crate) fn domain_name(&self, domain: usize) -> (&str, &str) {
        self.domains[domain]
            .name
            .split_once('/')
            .unwrap_or_default()
    }

    fn mark(
        &mut self,
        domain: DomainId,
        file: &str,
        fields: &[&str],
        when: Option<Condition>,
        note: fn(Mark) -> Note,
    ) -> Mark {
        let known = self.gathers.iter().find_map(|gather| {
            let same = gather.domain == domain
                && gather.file == file
                && gather.key == fields
                && gather.when == when;
            match gather.note {
                Note::Own(mark) | Note::Name(mark) if same && gather.note == note(mark) => {
                    Some(mark)
                }
                _ => None,
            }
        });
        known.unwrap_or_else(|| {
            let plan = &mut self.domains[domain.0];
            let mark = Mark::nth(plan.marks);
            plan.marks += 1;
            self.gather(domain, file, fields, when, note(mark));
            mark
        })
    }

    fn gather(
        &mut self,
        domain: DomainId,
        file: &str,
        fields: &[&str],
        when: Option<Condition>,
        note: Note,
    ) {
        let key = fields.iter().map(|field| (*field).to_owned()).collect();
        let gather = Gather {
            domain,
            file: file.to_owned(),
            key,
            case: self.domains[domain.0].case,
            when,
            note,
        };
        if !self.gathers.contains(&gather) {
            self.gathers.push(gather);
        }
    }
}
