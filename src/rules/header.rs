//! What the labels of a header mean, and what is wrong with them.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::check::Mode;
use crate::finding::{Finding, Fix, Place, Remedy, Safety, Severity, Told};
use crate::layout::{
    self, Columns, Confidence, Extra, Field, FileSpec, Label, Labels, Named, Names, Order, Required,
};
use crate::peek::{Peek, plain};
use crate::records::trim;
use crate::rules::{
    Rule, blank_header, blank_label, duplicate_label, extra_label, misordered_label,
    missing_header, missing_label, misspelled_label,
};

/// A header that was read.
pub struct Header {
    /// For each column its field.
    pub fields: Vec<Option<usize>>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// Reads the labels of a file that the layout describes so; the header stands on `line`.
pub fn read(spec: &FileSpec, mode: Mode, labels: &[String], line: u64) -> Header {
    let mut header = Header {
        fields: vec![None; labels.len()],
        findings: Vec::new(),
    };
    let names = Names::of(spec);
    let named: Vec<Option<Named<'_>>> = labels.iter().map(|label| names.named(label)).collect();
    if labels.iter().all(|label| label.trim().is_empty()) {
        let told = blank_header::told(labels.len());
        header.tell(&blank_header::RULE, line, None, None, told);
        return header;
    }
    if named.iter().all(Option::is_none) {
        let value = labels.first().cloned().unwrap_or_default();
        let told = missing_header::told(spec, &value);
        header.tell(&missing_header::RULE, line, None, Some(value), told);
        return header;
    }
    // Exact labels take their fields first, so that a near miss beside one is a surplus label.
    let mut taken = vec![false; spec.fields.len()];
    let mut distinct = HashSet::new();
    let all: HashSet<&str> = labels.iter().map(String::as_str).collect();
    for pass in 0..4 {
        for (column, name) in named.iter().enumerate() {
            let (rank, field) = match name {
                Some(Named::Mapped(field, _)) => (0, *field),
                Some(Named::Exactly(field)) => (1, *field),
                Some(Named::Nearly(field)) => (2, *field),
                Some(Named::Formerly(field)) => (3, *field),
                Some(Named::Either(..)) | None => continue,
            };
            if rank != pass {
                continue;
            }
            let label = &labels[column];
            let meant = match name {
                Some(Named::Mapped(_, meant)) => meant,
                _ => label.as_str(),
            };
            let at = Some(column);
            let again = match spec.fields[field].columns {
                Columns::One => taken[field],
                Columns::Many => false,
                Columns::Distinct => !distinct.insert((field, spec.case.fold(meant))),
            };
            if again {
                let told = duplicate_label::told(label, &spec.fields[field].name);
                header.tell(&duplicate_label::RULE, line, at, Some(label.clone()), told);
                continue;
            }
            taken[field] = true;
            header.fields[column] = Some(field);
            let name = &spec.fields[field].name;
            let told = match rank {
                // Two columns of one label would be left, or a label that the map takes for another
                // field: it would change it again.
                0 if all.contains(meant)
                    || spec.mapped.field(meant).is_some_and(|of| of != meant) =>
                {
                    misspelled_label::told_mapped(label, meant).with(None)
                }
                0 => misspelled_label::told_mapped(label, meant),
                1 => continue,
                2 => misspelled_label::told(label, name, Safety::Safe),
                _ => misspelled_label::told(label, name, Safety::Review),
            };
            header.tell(&misspelled_label::RULE, line, at, Some(label.clone()), told);
            if let (0, Some(finding)) = (rank, header.findings.last_mut()) {
                finding.severity = spec.mapped.severity;
            }
        }
    }
    surplus(spec, labels, &named, line, &mut header);
    order(spec, labels, line, &mut header);
    // What is not sure is never an error, but of what no programme does without: another word for it
    // is as bad as none, and so are two columns.
    if spec.confidence != Confidence::High {
        for finding in &mut header.findings {
            let column = finding.place.column.map(|column| column as usize);
            let name = column.and_then(|column| named[column]);
            let is_sure = match (finding.rule.name, name) {
                ("misspelled-label" | "duplicate-label", Some(Named::Mapped(field, _)))
                | ("duplicate-label", Some(Named::Exactly(field))) => {
                    is_needed(&spec.fields[field])
                }
                _ => false,
            };
            if !is_sure {
                finding.severity = finding.severity.max(Severity::Warning);
            }
        }
    }
    missing(spec, mode, labels, &taken, line, &mut header);
    header
}

/// Whether the file has no header, and needs none: hardly one cell of its first record is a label,
/// of this format or any other.
pub fn is_absent(spec: &FileSpec, peek: &Peek) -> bool {
    spec.header == layout::Header::Optional
        && peek.titles == 0
        && peek.known * 2 < peek.labels.len()
}

/// Whether the file has no header and holds the layout's columns in their order, as its first records
/// show: at least half have as many cells, with what their fields may hold in all but one.
pub fn fits_by_position(spec: &FileSpec, peek: &Peek) -> bool {
    if !is_absent(spec, peek) {
        return false;
    }
    let rows = peek.rows.iter().map(|(_, row)| row);
    let rows = std::iter::once(&peek.labels).chain(rows);
    let rows: Vec<_> = rows.filter(|row| row.len() > 1).collect();
    let fits = |row: &&&Vec<String>| {
        let cells = row.iter().zip(&spec.fields);
        let is_odd = |(cell, field): &(&String, &Field)| {
            let is_missing = spec.missing.iter().any(|word| word == cell.trim());
            !may_hold(field, if is_missing { "" } else { cell })
        };
        let odd = cells.filter(is_odd).count();
        row.len() == spec.fields.len() && odd < 2
    };
    let fit = rows.iter().filter(fits).count();
    // One record is too little to go by.
    fit > 1 && fit * 2 >= rows.len()
}

/// Whether a cell may be one of the field, as far as type, length and pattern say.
pub fn may_hold(field: &Field, cell: &str) -> bool {
    let text = trim(cell.as_bytes());
    if text.is_empty() {
        return field.required != Required::Yes;
    }
    let (least, most) = field.length.unwrap_or((0, usize::MAX));
    let pattern = field.pattern.as_ref();
    (least..=most).contains(&cell.trim().chars().count())
        && field.kind.accepts(text)
        && pattern.is_none_or(|pattern| pattern.matches(text))
}

/// How well a header is that of a file; of two, the greater is the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    /// Labels that are those of fields, or what people write for them.
    pub known: usize,
    /// Labels that are those of fields to the letter.
    pub spelled: usize,
    /// How far records that are wider than the header are from as many cells as the file has columns.
    pub beside: Reverse<usize>,
    /// Fields without which there is no record and that have no column.
    pub missing: Reverse<usize>,
}

/// How well the labels are those of the file.
pub fn likeness(spec: &FileSpec, peek: &Peek) -> Likeness {
    let labels = &peek.labels;
    let plainly: HashSet<String> = labels.iter().map(|label| plain(label)).collect();
    let mut missing = 0;
    for field in spec
        .fields
        .iter()
        .filter(|field| field.required == Required::Yes)
    {
        let name = Some(&field.name).filter(|_| !field.is_family());
        let mut names = name.into_iter().chain(&field.synonyms);
        missing += usize::from(!names.any(|name| plainly.contains(&plain(name))));
    }
    let names = Names::of(spec);
    let (mut known, mut spelled) = (0, 0);
    for label in labels {
        let named = names.named(label);
        let is_spelled = matches!(named, Some(Named::Exactly(_) | Named::Mapped(..)));
        spelled += usize::from(is_spelled);
        known += usize::from(named.is_some());
    }
    Likeness {
        known,
        spelled,
        beside: Reverse(peek.wide().map_or(0, |wide| wide.abs_diff(columns(spec)))),
        missing: Reverse(missing),
    }
}

/// How many columns a file has, but for what may have several.
pub fn columns(spec: &FileSpec) -> usize {
    let columns = spec.fields.iter().map(|field| field.columns);
    columns.filter(|columns| *columns == Columns::One).count()
}

/// How many labels are columns of a sender's own, as the format lets them be called.
pub fn own(spec: &FileSpec, labels: &[String]) -> usize {
    let names = Names::of(spec);
    let own = |label: &&String| is_own(spec, label) && names.exactly(label).is_none();
    labels.iter().filter(own).count()
}

/// Whether the label is that of a field, or what people write for it.
pub fn knows(spec: &FileSpec, label: &str) -> bool {
    Names::of(spec).named(label).is_some()
}

/// Labels that name no field.
fn surplus(
    spec: &FileSpec,
    labels: &[String],
    named: &[Option<Named<'_>>],
    line: u64,
    header: &mut Header,
) {
    let last = header.fields.iter().rposition(Option::is_some);
    let mut seen = HashSet::new();
    for (column, label) in labels.iter().enumerate() {
        let at = Some(column);
        if let Some(Named::Either(one, other)) = named[column] {
            let fields = [one, other].map(|field| spec.fields[field].name.as_str());
            let told = extra_label::told_either(label, fields);
            header.tell(&extra_label::RULE, line, at, Some(label.clone()), told);
            // Who takes columns of one's own takes this one for such.
            if let (Extra::Any, Some(finding)) = (&spec.extra, header.findings.last_mut()) {
                finding.severity = Severity::Warning;
            }
        }
        if named[column].is_some() {
            continue;
        }
        if label.trim().is_empty() {
            let trailing = last.is_none_or(|last| column > last);
            let told = blank_label::told(column, trailing);
            header.tell(&blank_label::RULE, line, at, None, told);
            // A receiver that passes over columns that it does not know passes over this one, too.
            if spec.extra == Extra::Any
                && let Some(finding) = header.findings.last_mut()
            {
                let rest = labels[column..].iter().all(|label| label.trim().is_empty());
                finding.severity = [Severity::Warning, Severity::Info][usize::from(rest)];
            }
            continue;
        }
        if !seen.insert(spec.case.fold(label)) {
            let told = duplicate_label::told(label, label);
            header.tell(&duplicate_label::RULE, line, at, Some(label.clone()), told);
            continue;
        }
        let allowed = spec.extra == Extra::Any || is_own(spec, label);
        if !allowed {
            let told = extra_label::told(spec, label);
            header.tell(&extra_label::RULE, line, at, Some(label.clone()), told);
        } else if spec.order != Order::Any && last.is_some_and(|last| column < last) {
            let told = misordered_label::told_extra(label);
            header.tell(&misordered_label::RULE, line, at, Some(label.clone()), told);
        }
    }
}

/// Labels that stand before one that belongs before them.
fn order(spec: &FileSpec, labels: &[String], line: u64, header: &mut Header) {
    if spec.order == Order::Any {
        return;
    }
    let columns: Vec<(usize, usize)> = header
        .fields
        .iter()
        .enumerate()
        .filter_map(|(column, field)| field.map(|field| (column, field)))
        // What may have several columns has no place of its own.
        .filter(|(_, field)| spec.fields[*field].columns == Columns::One)
        .collect();
    // All but the longest run in the right order are out of place.
    let mut length = vec![1; columns.len()];
    let mut before = vec![None; columns.len()];
    for at in 0..columns.len() {
        for earlier in 0..at {
            if columns[earlier].1 <= columns[at].1 && length[earlier] + 1 > length[at] {
                length[at] = length[earlier] + 1;
                before[at] = Some(earlier);
            }
        }
    }
    let mut keep = vec![false; columns.len()];
    let mut at = (0..columns.len()).max_by_key(|at| (length[*at], std::cmp::Reverse(*at)));
    while let Some(index) = at {
        keep[index] = true;
        at = before[index];
    }
    for (index, (column, field)) in columns.iter().enumerate() {
        if !keep[index] {
            let told = misordered_label::told(spec, *field);
            let (at, label) = (Some(*column), Some(labels[*column].clone()));
            header.tell(&misordered_label::RULE, line, at, label, told);
            if spec.order == Order::Advised
                && let Some(finding) = header.findings.last_mut()
            {
                finding.severity = Severity::Warning;
            }
        }
    }
}

fn missing(
    spec: &FileSpec,
    mode: Mode,
    labels: &[String],
    taken: &[bool],
    line: u64,
    header: &mut Header,
) {
    let unknown: Vec<&str> = unknown(spec, labels, &header.fields).collect();
    for (at, field) in spec.fields.iter().enumerate() {
        let asked = match (field.label, spec.labels) {
            (Label::Optional, Labels::All) => false,
            (Label::Required, _) | (_, Labels::All) => true,
            (_, Labels::Required) => field.required == Required::Yes,
        };
        if asked && !taken[at] {
            let mut told = missing_label::told(field, &unknown);
            // An empty column loses nothing, unless its cells would have to be filled.
            let addable = match &field.required {
                _ if field.is_family() => false,
                Required::No | Required::Recommended => true,
                Required::Yes => false,
                Required::When(condition) => condition.field == "mode" && !mode.meets(condition),
            };
            if addable {
                let title = format!("Add an empty column {}", field.name);
                told.fix = Some(Fix {
                    title,
                    // Beside an empty column, one of another name would hold what belongs there.
                    safety: match unknown.as_slice() {
                        [] => Safety::Safe,
                        _ => Safety::Review,
                    },
                    remedy: Remedy::Columns,
                });
            }
            let place = Place {
                line: Some(line),
                field: Some((labels.len() + at) as u32),
                ..Place::default()
            };
            let mut finding = Finding::whole(&missing_label::RULE, place, told);
            if spec.confidence != Confidence::High && !is_needed(field) {
                finding.severity = finding.severity.max(Severity::Warning);
            }
            header.findings.push(finding);
        }
    }
}

/// Whether no programme does without the column, as what identifies a record: the layout is sure of it,
/// and its cells may not be empty.
fn is_needed(field: &Field) -> bool {
    field.required == Required::Yes && field.confidence == Confidence::High
}

/// Labels that name no field, and that nobody meant as columns of their own.
fn unknown<'a>(
    spec: &FileSpec,
    labels: &'a [String],
    fields: &[Option<usize>],
) -> impl Iterator<Item = &'a str> {
    let labels = labels.iter().zip(fields);
    let labels = labels.filter(|(label, field)| {
        field.is_none() && !label.trim().is_empty() && !is_own(spec, label)
    });
    labels.map(|(label, _)| label.as_str())
}

/// Whether the label is one of those that a sender may add.
fn is_own(spec: &FileSpec, label: &str) -> bool {
    match &spec.extra {
        Extra::Prefixed(prefix) => label.starts_with(prefix.as_str()) && label.len() > prefix.len(),
        Extra::Any | Extra::None => false,
    }
}

impl Header {
    /// Adds and moves no columns: what is missing are labels alone, and their cells would stand behind
    /// whatever is added.
    pub fn keep_columns(&mut self) {
        for finding in &mut self.findings {
            let fix = &mut finding.told.fix;
            fix.take_if(|fix| matches!(fix.remedy, Remedy::Columns));
        }
    }

    /// Has a person look before columns are added or moved: the records hold more than the labels
    /// tell, and what is missing may be labels alone.
    pub fn review_columns(&mut self) {
        for finding in &mut self.findings {
            if let Some(fix) = &mut finding.told.fix
                && matches!(fix.remedy, Remedy::Columns)
            {
                fix.safety = Safety::Review;
            }
        }
    }

    fn tell(
        &mut self,
        rule: &'static Rule,
        line: u64,
        column: Option<usize>,
        value: Option<String>,
        told: Told,
    ) {
        let column = column.map(|column| column as u32);
        let place = Place {
            line: Some(line),
            column,
            field: column,
            record: None,
        };
        let finding = Finding::whole(rule, place, told);
        self.findings.push(Finding { value, ..finding });
    }
}
