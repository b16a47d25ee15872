//! The report as plain text, for a terminal or an e-mail: the verdict in words first, then what to
//! mend first, then the findings with their places. At most 80 columns, but for words that are
//! longer. No colour, and nothing from a file that could steer a terminal.

use super::{Cause, Group, NotChecked, Report, Sample, show, words};

const COLUMNS: usize = 80;

/// The report as text.
pub fn print(report: &Report) -> String {
    let mut out = String::new();
    let headline = show::message(&words::headline(report));
    paragraph(&mut out, "", "", &headline);
    if let Some(lead) = words::with_warnings(report) {
        paragraph(&mut out, "", "", lead);
    }
    paragraph(&mut out, "", "", &show::message(&words::checked_as(report)));
    for file in &report.files {
        let name = show::value(&file.name);
        paragraph(
            &mut out,
            "  ",
            "    ",
            &format!("{name}: {}", words::plural(file.records, "record")),
        );
    }
    first(&mut out, report);
    section(&mut out, words::FINDINGS, &report.groups, group);
    section(
        &mut out,
        words::NOT_CHECKED,
        &report.not_checked,
        not_checked,
    );
    section(
        &mut out,
        words::CANNOT_CHECK,
        &report.cannot_check,
        |out, what| {
            paragraph(out, "  - ", "    ", what);
        },
    );
    out
}

/// What to mend first: what has files refused, then what explains other findings.
fn first(out: &mut String, report: &Report) {
    let refusals = words::refusals(report);
    if refusals.is_empty() && report.causes.is_empty() {
        return;
    }
    *out += &format!("\n{}\n", words::CAUSES);
    for message in refusals {
        paragraph(out, "  - ", "    ", &show::message(&message));
    }
    report.causes.iter().for_each(|one| cause(out, one));
}

fn section<T>(out: &mut String, heading: &str, items: &[T], print: impl Fn(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    out.push('\n');
    out.push_str(heading);
    out.push('\n');
    for item in items {
        print(out, item);
    }
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

fn group(out: &mut String, group: &Group) {
    let severity = words::severity(group.severity);
    let name = column(&group.file, group.field.as_deref());
    let title = format!(
        "{severity}: {}, {name}: {}",
        group.rule,
        words::plural(group.total, "finding")
    );
    paragraph(out, "  ", "    ", &title);
    let (does, says) = (
        words::consequence(group.consequence),
        words::authority(group.authority),
    );
    paragraph(out, "    ", "    ", &format!("{does} {says}"));
    for one in &group.samples {
        sample(out, group, one);
    }
    if let Some(more) = words::more(group.total, group.samples.len()) {
        paragraph(out, "    ", "    ", &more);
    }
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
fn paragraph(out: &mut String, first: &str, rest: &str, text: &str) {
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
