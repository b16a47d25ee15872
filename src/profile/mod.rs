//! Profiles: what a receiver (or the system that files come from) asks for beyond the published
//! format, and what it takes although the format forbids it. A profile is an overlay in tables, see
//! `docs/profiles.md`: it switches rules on, takes rules over, lowers findings to less than an error
//! and adds labels. It never takes a finding away, and the report names it.

mod read;
pub mod rules;

pub use read::{read, titles};

use crate::finding::{Authority, Consequence, Finding, Severity};
use crate::formats::Format;
use crate::layout::{Condition, Layout, Similar};
use crate::rules::Rule;
use crate::types::Type;

/// A profile and its facts.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name and dates.
    pub title: Title,
    /// Its facts, in the order of the table.
    pub rows: Vec<Row>,
    /// The format that it is laid over.
    pub over: &'static Format,
}

/// What there is to say of a profile as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// As commands and reports spell it.
    pub id: String,
    /// The product's name.
    pub title: String,
    /// `importer` or `exporter`.
    pub kind: String,
    /// Ids of the formats that it takes, or writes.
    pub formats: Vec<String>,
    /// The day on which the facts were compared with the sources, YYYY-MM-DD.
    pub checked: String,
    /// Where the facts are from.
    pub sources: Vec<String>,
}

/// A fact.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it does.
    pub does: Does,
    /// The rule that it is about.
    pub rule: Option<&'static Rule>,
    /// The file; empty for any.
    pub file: String,
    /// The field; empty for any, or for the file as such.
    pub field: String,
    /// What the rule, or the kind of fact, wants to know.
    pub value: String,
    /// Of which records it is true.
    pub when: Option<Condition>,
    /// How bad findings are that it brings about.
    pub severity: Severity,
    /// Whether the source states it in so many words.
    pub is_sure: bool,
    /// The formats for which it holds; empty for all of the profile's.
    pub formats: Vec<String>,
    /// Where it is from: the profile's sources, by their place from 1.
    pub sources: Vec<usize>,
    /// In words.
    pub note: String,
}

/// What a fact does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Does {
    /// Switches on a rule that no format has by itself.
    Asks,
    /// Takes a rule of the format over: its findings get the row's severity and are the vendor's.
    Refuses,
    /// Lowers what a rule of the format finds, where the file, the field and the value are these.
    Accepts,
    /// Knows a field by another label.
    Knows,
    /// Says something else than the tables of the format in one of their columns.
    Switches,
    /// Tells how much may change between two uploads, for whoever compares them.
    Threshold,
    /// Tells what no look at the files can tell.
    CannotCheck,
    /// Is good to know.
    Tells,
}

/// The kind of a product that receives files.
const IMPORTER: &str = "importer";

/// What stands in the value of a threshold that is about records that go.
const REMOVED: &str = "removed";

/// The value of a row that accepts codes in whatever case.
const ANY_CASE: &str = "any case";

impl Profile {
    /// Whether the format that it is laid over is one that it is for.
    pub fn takes(&self) -> bool {
        self.title.formats.iter().any(|id| id == self.over.id)
    }

    /// Its rows that do this.
    pub fn that(&self, does: Does) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.does == does)
    }

    /// The rows that switch this rule on.
    pub fn asks(&self, rule: &'static Rule) -> impl Iterator<Item = &Row> {
        self.that(Does::Asks).filter(move |row| row.is_about(rule))
    }

    /// Whether findings of this rule are the vendor's own.
    pub fn refuses(&self, rule: &'static Rule, file: &str, field: Option<&str>) -> bool {
        let mut rows = self.that(Does::Refuses);
        rows.any(|row| row.is_about(rule) && row.is_at(file, field))
    }

    /// What the receiver does with a finding that is so bad, where the format by itself has it do
    /// `known`: what is refused is left out at least, and what is accepted is not.
    pub fn consequence(
        &self,
        rule: &'static Rule,
        file: &str,
        field: Option<&str>,
        severity: Severity,
        known: Consequence,
    ) -> Consequence {
        let mut accepts = self.that(Does::Accepts);
        let is_accepted = severity > rule.severity
            && accepts.any(|row| {
                row.severity == severity && row.is_about(rule) && row.is_at(file, field)
            });
        let is_refused = self.title.kind == IMPORTER && self.refuses(rule, file, field);
        match (is_accepted, is_refused, rule.bundle) {
            (true, ..) if severity == Severity::Info => Consequence::Note,
            (true, ..) => known.max(Consequence::AcceptedButWrong),
            (_, true, Some(_)) => known.min(Consequence::FileRefused),
            (_, true, None) => known.min(Consequence::RecordDropped),
            _ => known,
        }
    }

    /// The row that has a say on a finding of this rule, about a value of this type if it is about a
    /// cell. Of what a profile asks for by itself, a row has a say wherever the finding is told.
    pub fn judge(
        &self,
        rule: &'static Rule,
        file: &str,
        field: Option<&str>,
        value: Option<(&str, &Type)>,
    ) -> Option<&Row> {
        let mut rows = self.rows.iter().filter(|row| row.is_about(rule));
        let here = rows.find(|row| row.is_at(file, field) && row.has(value));
        here.or_else(|| self.asks(rule).next())
    }

    /// Judges a finding about a file as such or its header.
    pub fn judge_whole(&self, finding: &mut Finding, file: &str, field: Option<&str>) {
        let value = finding.value.as_deref().map(|text| (text, &Type::String));
        if let Some(row) = self.judge(finding.rule, file, field, value) {
            finding.severity = row.grade(finding.severity);
            self.add_to(&mut finding.told.message, row);
        }
    }

    /// Adds to the message of a finding what a row has to say. Rules that only profiles switch on name
    /// the profile themselves.
    pub fn add_to(&self, message: &mut String, row: &Row) {
        let Title { title, kind, .. } = &self.title;
        let says = match (row.does, kind.as_str()) {
            (Does::Accepts, _)
                if row
                    .rule
                    .is_some_and(|rule| rule.authority == Authority::Spec) =>
            {
                format!("{title} accepts it, the published format does not")
            }
            (Does::Accepts, _) => format!("{title} accepts it"),
            (Does::Refuses, "exporter") => format!("known of files from {title}"),
            (Does::Refuses, _) => format!("{title} refuses it"),
            _ => return,
        };
        message.push_str(if message.ends_with('?') { " " } else { "; " });
        message.push_str(&says);
    }

    /// A layout with the labels that it knows besides, and with what it switches; nothing where that
    /// is the format's own.
    pub fn layout(&self, layout: &Layout) -> Option<Layout> {
        let changes = |row: &&Row| matches!(row.does, Does::Knows | Does::Switches);
        let mut rows = self.rows.iter().filter(changes).peekable();
        rows.peek()?;
        let mut layout = layout.clone();
        for row in rows {
            let Some(file) = layout.file(&row.file) else {
                continue;
            };
            let file = &mut layout.files[file];
            let field = file.field(&row.field).map(|field| &mut file.fields[field]);
            match (row.does, row.value.split_once('='), field) {
                (Does::Knows, _, Some(field)) => {
                    field.synonyms.extend(row.words().map(str::to_owned));
                }
                (_, Some(("bytes", most)), Some(field)) => field.bytes = most.parse().ok(),
                (_, Some(("similar", "strange")), None) => file.similar = Similar::Strange,
                _ => {}
            }
        }
        Some(layout)
    }
}

impl Row {
    /// How bad a finding is that was so bad: what is refused is never less, what is accepted never more.
    pub fn grade(&self, severity: Severity) -> Severity {
        match self.does {
            Does::Refuses => severity.min(self.severity),
            Does::Accepts => severity.max(self.severity),
            _ => self.severity,
        }
    }

    fn is_about(&self, rule: &'static Rule) -> bool {
        self.rule.is_some_and(|known| std::ptr::eq(known, rule))
    }

    fn is_at(&self, file: &str, field: Option<&str>) -> bool {
        (self.file.is_empty() || self.file == file)
            && (self.field.is_empty() || field == Some(self.field.as_str()))
    }

    /// Whether the value is one of which it speaks.
    fn has(&self, value: Option<(&str, &Type)>) -> bool {
        if self.does != Does::Accepts || self.value.is_empty() {
            return true;
        }
        let Some((text, kind)) = value else {
            return false;
        };
        let same = |item: &&[u8], known: &str| item.eq_ignore_ascii_case(known.as_bytes());
        let accepted = |item: &&[u8]| match (self.value.as_str(), kind.item()) {
            (ANY_CASE, Type::Boolean) => same(item, "true") || same(item, "false"),
            (ANY_CASE, kind) => {
                let mut codes = kind.codes().into_iter().flat_map(|list| list.codes());
                codes.any(|code| same(item, &code.code))
            }
            (values, _) => values.split('|').any(|known| same(item, known)),
        };
        // What is right by itself needs no say.
        let mut items = kind.items(text.as_bytes()).map(|item| item.trim_ascii());
        let is_right = |item: &[u8]| *kind.item() != Type::String && kind.item().accepts(item);
        items.all(|item| accepted(&item) || is_right(item))
    }

    /// Of a threshold: how many percent, where the product says so.
    pub fn percent(&self) -> Option<u64> {
        let mut words = self.value.split(' ');
        words.find_map(|word| word.parse().ok())
    }

    /// Of a threshold: whether it is about records that go, and nothing else.
    pub fn is_about_removal(&self) -> bool {
        self.value.split(' ').any(|word| word == REMOVED)
    }

    /// The words of its value.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.value.split('|').filter(|word| !word.is_empty())
    }
}
