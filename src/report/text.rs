//! The report as plain text, for a terminal or an e-mail: the verdict in words first, then what to
//! mend first, then the findings with their places. At most 80 columns, but for words that are
//! longer. No colour, and nothing from a file that could steer a terminal.

use super::{Cause, Form, Group, NotChecked, Report, Sample, form, show, words};
use crate::finding::Severity;

const COLUMNS: usize = 80;

/// The report as text.
pub fn print(report: &Report) -> String {
    form::print(&mut Text, report)
}

/// The headline of a report and the first of what it found, gravest first: of so many groups the first sample
/// each. What is only worth knowing is left out.
pub fn brief(report: &Report, most: usize) -> String {
    let mut out = show::message(&words::headline(report)) + "\n";
    let graver = report.groups.iter();
    let graver: Vec<&Group> = graver
        .filter(|group| group.severity != Severity::Info)
        .collect();
    for one in graver.iter().take(most) {
        title(&mut out, one);
        if let Some(first) = one.samples.first() {
            sample(&mut out, one, first);
        }
    }
    let more = words::more(graver.len() as u64, most as u64);
    if let Some(more) = more {
        let all = format!("{more} of the kind; `hallpass check` shows them all");
        paragraph(&mut out, "  ", "    ", &all);
    }
    out
}

/// The report as text, in pieces.
#[derive(Debug)]
pub struct Text;

impl Form for Text {
    fn head(&mut self, report: &Report, out: &mut Vec<u8>) {
        out.extend(head(report).into_bytes());
    }

    fn open(&mut self, report: &Report, at: usize, out: &mut Vec<u8>) {
        let mut text = String::new();
        if at == 0 {
            heading(&mut text, words::FINDINGS);
        }
        group(&mut text, report, &report.groups[at]);
        out.extend(text.into_bytes());
    }

    fn sample(&mut self, group: &Group, one: &Sample, _: u64, out: &mut Vec<u8>) {
        let mut text = String::new();
        sample(&mut text, group, one);
        out.extend(text.into_bytes());
    }

    fn close(&mut self, group: &Group, shown: u64, out: &mut Vec<u8>) {
        let mut text = String::new();
        if let Some(more) = words::more(group.total, shown) {
            paragraph(&mut text, "    ", "    ", &more);
        }
        out.extend(text.into_bytes());
    }

    fn foot(&mut self, report: &Report, out: &mut Vec<u8>) {
        out.extend(foot(report).into_bytes());
    }
}

/// What stands before the findings.
fn head(report: &Report) -> String {
    let mut out = String::new();
    let headline = show::message(&words::headline(report));
    paragraph(&mut out, "", "", &headline);
    if let Some(lead) = words::with_warnings(report) {
        paragraph(&mut out, "", "", lead);
    }
    paragraph(&mut out, "", "", &show::message(&words::checked_as(report)));
    for file in &report.files {
        let name = show::value(&file.name);
        let records = words::plural(file.records, "record");
        paragraph(&mut out, "  ", "    ", &format!("{name}: {records}"));
    }
    first(&mut out, report);
    out
}

/// What stands behind the findings.
fn foot(report: &Report) -> String {
    let mut out = String::new();
    if !report.not_checked.is_empty() {
        heading(&mut out, words::NOT_CHECKED);
    }
    for what in &report.not_checked {
        not_checked(&mut out, what);
    }
    if !report.cannot_check.is_empty() {
        heading(&mut out, words::CANNOT_CHECK);
    }
    for what in &report.cannot_check {
        paragraph(&mut out, "  - ", "    ", what);
    }
    out
}

/// What to mend first: what has files refused, then what explains other findings.
fn first(out: &mut String, report: &Report) {
    let refusals = words::refusals(report);
    if refusals.is_empty() && report.causes.is_empty() {
        return;
    }
    heading(out, words::CAUSES);
    for message in refusals {
        paragraph(out, "  - ", "    ", &show::message(&message));
    }
    report.causes.iter().for_each(|one| cause(out, one));
    if let Some(others) = words::other_causes(report) {
        paragraph(out, "  - ", "    ", &others);
    }
}

pub(super) fn heading(out: &mut String, text: &str) {
    *out += &format!("\n{text}\n");
}

fn cause(out: &mut String, cause: &Cause) {
    paragraph(out, "  - ", "    ", &show::message(&cause.message));
    for place in &cause.places {
        let name = column(&place.file, place.field.as_deref());
        paragraph(
            out,
            "    ",
            "      ",
            &format!("{name}: {}", words::plural(place.total, "finding")),
        );
    }
}

fn group(out: &mut String, report: &Report, group: &Group) {
    title(out, group);
    let (does, says) = (
        words::consequence(group.severity, group.consequence),
        words::authority(report, group.authority),
    );
    paragraph(out, "    ", "    ", &format!("{does} {says}"));
}

fn title(out: &mut String, group: &Group) {
    let severity = words::severity(group.severity);
    let name = column(&group.file, group.field.as_deref());
    let title = format!(
        "{severity}: {}, {name}: {}",
        group.rule,
        words::plural(group.total, "finding")
    );
    paragraph(out, "  ", "    ", &title);
}

fn sample(out: &mut String, group: &Group, sample: &Sample) {
    let file = show::value(&group.file);
    let line = sample
        .line
        .map(|line| format!(":{line}"))
        .unwrap_or_default();
    let field = group
        .field
        .as_ref()
        .map(|f| format!(" {}", show::value(f)))
        .unwrap_or_default();
    let key = sample
        .key
        .as_ref()
        .map(|k| format!(" ({})", show::value(k)))
        .unwrap_or_default();
    paragraph(out, "    ", "      ", &format!("{file}{line}{field}{key}"));
    paragraph(out, "      ", "      ", &show::message(&sample.message));
    if let Some(fix) = &sample.fix {
        let title = show::message(&fix.title);
        let text = format!("{} ({}): {title}", words::FIX, words::safety(fix.safety));
        paragraph(out, "      ", "        ", &text);
    }
}

fn not_checked(out: &mut String, what: &NotChecked) {
    let file = show::value(&what.file);
    let rule = what
        .rule
        .as_ref()
        .map(|rule| format!(", {rule}"))
        .unwrap_or_default();
    let reason = show::message(&what.reason);
    paragraph(out, "  - ", "    ", &format!("{file}{rule}: {reason}"));
}

/// A file and, when it is about one, its column.
fn column(file: &str, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("{}, {}", show::value(file), show::value(field)),
        None => show::value(file),
    }
}

/// Appends the words of `text`, the first line after `first`, the others after `rest`. Several
/// spaces stay several: they may be the evidence.
pub(super) fn paragraph(out: &mut String, first: &str, rest: &str, text: &str) {
    out.push_str(first);
    let mut at = first.chars().count();
    for (nth, word) in text.split(' ').enumerate() {
        let wide = word.chars().count();
        if nth > 0 && at + 1 + wide > COLUMNS {
            out.push('\n');
            out.push_str(rest);
            at = rest.chars().count();
        } else if nth > 0 {
            out.push(' ');
            at += 1;
        }
        out.push_str(word);
        at += wide;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_fit_the_columns() {
        let mut out = String::new();
        paragraph(&mut out, "- ", "  ", "seven s ".repeat(40).trim_end());
        assert!(out.lines().count() > 3);
        assert!(
            out.lines().all(|line| line.chars().count() <= COLUMNS),
            "{out}"
        );
        assert!(
            out.lines().skip(1).all(|line| line.starts_with("  s")),
            "{out}"
        );

        out.clear();
        paragraph(&mut out, "", "", &format!("a {} b", "x".repeat(100)));
        assert_eq!(out, format!("a\n{}\nb\n", "x".repeat(100)));

        out.clear();
        paragraph(&mut out, "  ", "  ", "` Ann  Lee` has spaces around it");
        assert_eq!(out, "  ` Ann  Lee` has spaces around it\n");
    }
}
