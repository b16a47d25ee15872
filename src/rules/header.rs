//! What the labels of a header mean, and what is wrong with them.

use crate::check::Mode;
use crate::finding::{Finding, Fix, Place, Remedy, Safety, Told};
use crate::layout::{Case, Extra, FileSpec, Labels, Order, Required};
use crate::peek::plain;
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

/// How a label names a field.
enum Named {
    Exactly(usize),
    Nearly(usize),
    Formerly(usize),
}

/// Reads the labels of a file that the layout describes so; the header stands on `line`.
pub fn read(spec: &FileSpec, mode: Mode, labels: &[String], line: u64) -> Header {
    let mut header = Header {
        fields: vec![None; labels.len()],
        findings: Vec::new(),
    };
    let named: Vec<Option<Named>> = labels.iter().map(|label| named(spec, label)).collect();
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
    for pass in 0..3 {
        for (column, name) in named.iter().enumerate() {
            let (rank, field) = match name {
                Some(Named::Exactly(field)) => (0, *field),
                Some(Named::Nearly(field)) => (1, *field),
                Some(Named::Formerly(field)) => (2, *field),
                None => continue,
            };
            if rank != pass {
                continue;
            }
            let label = &labels[column];
            let at = Some(column);
            if taken[field] {
                let told = duplicate_label::told(label, &spec.fields[field].name);
                header.tell(&duplicate_label::RULE, line, at, Some(label.clone()), told);
                continue;
            }
            taken[field] = true;
            header.fields[column] = Some(field);
            let safety = match rank {
                0 => continue,
                1 => Safety::Safe,
                _ => Safety::Review,
            };
            let told = misspelled_label::told(label, &spec.fields[field].name, safety);
            header.tell(&misspelled_label::RULE, line, at, Some(label.clone()), told);
        }
    }
    surplus(spec, labels, &named, line, &mut header);
    order(spec, labels, line, &mut header);
    missing(spec, mode, labels.len(), &taken, line, &mut header);
    header
}

fn named(spec: &FileSpec, label: &str) -> Option<Named> {
    let exact = spec.fields.iter().position(|field| field.name == label);
    if let Some(field) = exact {
        return Some(Named::Exactly(field));
    }
    let plainly = plain(label);
    if plainly.is_empty() {
        return None;
    }
    let near = spec
        .fields
        .iter()
        .position(|field| plain(&field.name) == plainly);
    if let Some(field) = near {
        let same = label.trim().eq_ignore_ascii_case(&spec.fields[field].name);
        let exact = spec.case == Case::Any && same && label.trim() == label;
        return Some(if exact {
            Named::Exactly(field)
        } else {
            Named::Nearly(field)
        });
    }
    let known = |synonyms: &[String]| synonyms.iter().any(|synonym| plain(synonym) == plainly);
    spec.fields
        .iter()
        .position(|field| known(&field.synonyms))
        .map(Named::Formerly)
}

/// Labels that name no field.
fn surplus(
    spec: &FileSpec,
    labels: &[String],
    named: &[Option<Named>],
    line: u64,
    header: &mut Header,
) {
    let last = header.fields.iter().rposition(Option::is_some);
    let mut seen: Vec<&str> = Vec::new();
    for (column, label) in labels.iter().enumerate() {
        let at = Some(column);
        if named[column].is_some() {
            continue;
        }
        if label.trim().is_empty() {
            let told = blank_label::told(column, last.is_none_or(|last| column > last));
            header.tell(&blank_label::RULE, line, at, None, told);
            continue;
        }
        if seen.contains(&label.as_str()) {
            let told = duplicate_label::told(label, label);
            header.tell(&duplicate_label::RULE, line, at, Some(label.clone()), told);
            continue;
        }
        seen.push(label);
        let allowed = match &spec.extra {
            Extra::Any => true,
            Extra::None => false,
            Extra::Prefixed(prefix) => {
                label.starts_with(prefix.as_str()) && label.len() > prefix.len()
            }
        };
        if !allowed {
            let told = extra_label::told(spec, label);
            header.tell(&extra_label::RULE, line, at, Some(label.clone()), told);
        } else if spec.order == Order::Fixed && last.is_some_and(|last| column < last) {
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
        .collect();
    // All but the longest run in the right order are out of place.
    let mut length = vec![1; columns.len()];
    let mut before = vec![None; columns.len()];
    for at in 0..columns.len() {
        for earlier in 0..at {
            if columns[earlier].1 < columns[at].1 && length[earlier] + 1 > length[at] {
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
            let label = labels[*column].clone();
            header.tell(
                &misordered_label::RULE,
                line,
                Some(*column),
                Some(label),
                told,
            );
        }
    }
}

fn missing(
    spec: &FileSpec,
    mode: Mode,
    width: usize,
    taken: &[bool],
    line: u64,
    header: &mut Header,
) {
    for (at, field) in spec.fields.iter().enumerate() {
        let asked = match spec.labels {
            Labels::All => !field.may_be_missing,
            Labels::Required => field.required == Required::Yes,
        };
        if asked && !taken[at] {
            let mut told = missing_label::told(field);
            // An empty column loses nothing, unless its cells would have to be filled.
            let addable = match &field.required {
                Required::No | Required::Recommended => true,
                Required::Yes => false,
                Required::When(condition) => condition.field == "mode" && !mode.meets(condition),
            };
            if addable {
                let title = format!("Add an empty column {}", field.name);
                told.fix = Some(Fix {
                    title,
                    safety: Safety::Safe,
                    remedy: Remedy::Columns,
                });
            }
            let place = Place {
                line: Some(line),
                field: Some((width + at) as u32),
                ..Place::default()
            };
            let finding = Finding::whole(&missing_label::RULE, place, told);
            header.findings.push(finding);
        }
    }
}

impl Header {
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
