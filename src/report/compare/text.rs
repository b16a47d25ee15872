//! The comparison as plain text, for a terminal or an e-mail: what the import would do in sentences,
//! what is odd about it, then file by file. At most 80 columns, but for words that are longer.

use super::words::{counts, number, records};
use super::{Comparison, Counts, File, Matching, Sample, School, What};
use crate::report::text::{heading, paragraph};
use crate::report::{Outcome, show, words};

/// Organizations that are listed; the others are counted.
const SCHOOLS: usize = 20;

/// The comparison as text.
pub fn print(comparison: &Comparison) -> String {
    let mut out = String::new();
    for sentence in &comparison.summary {
        paragraph(&mut out, "", "", &show::message(sentence));
    }
    paragraph(&mut out, "", "", &compared_as(comparison));
    if comparison.outcome == Outcome::Partial {
        paragraph(&mut out, "", "", "Not everything could be compared.");
    }
    if !comparison.findings.is_empty() {
        heading(&mut out, words::FINDINGS);
    }
    for found in &comparison.findings {
        let severity = words::severity(found.severity);
        let text = format!(
            "{severity}: {} ({})",
            show::message(&found.message),
            found.rule
        );
        paragraph(&mut out, "  ", "    ", &text);
        for source in &found.sources {
            paragraph(&mut out, "    ", "    ", &show::value(source));
        }
        if !found.keys.is_empty() {
            let keys: Vec<String> = found.keys.iter().map(|key| show::value(key)).collect();
            let more = words::more(found.total, keys.len() as u64);
            let more = more.map_or(String::new(), |more| format!(" {more}"));
            paragraph(
                &mut out,
                "    ",
                "    ",
                &format!("{}{more}", keys.join(", ")),
            );
        }
    }
    if !comparison.files.is_empty() {
        heading(&mut out, "File by file");
    }
    comparison.files.iter().for_each(|one| file(&mut out, one));
    if !comparison.matching.is_empty() {
        heading(&mut out, "The same by another key");
    }
    comparison
        .matching
        .iter()
        .for_each(|one| matching(&mut out, one));
    schools(&mut out, &comparison.schools);
    out
}

fn compared_as(comparison: &Comparison) -> String {
    let as_of = &comparison.as_of;
    match &comparison.format {
        Some(format) => {
            let profile = format.profile.as_deref();
            let receiver = profile.map_or(String::new(), |id| format!(" for `{id}`"));
            format!(
                "Compared as {}, {}{receiver}, as of {as_of}.",
                format.title, comparison.mode
            )
        }
        None => format!("Nothing was compared. As of {as_of}."),
    }
}

fn file(out: &mut String, file: &File) {
    let name = show::value(&file.name);
    let (old, new) = (records(file.records.old), number(file.records.new));
    let sides = match file.mode {
        "absent" => format!("{name}: {old}, not in NEW"),
        mode => format!("{name} ({mode}): {old} in OLD, {new} in NEW"),
    };
    paragraph(out, "  ", "    ", &sides);
    let skipped = file.not_compared.old + file.not_compared.new;
    if skipped == 0 || file.counts != Counts::default() {
        paragraph(out, "    ", "    ", &counts(&file.counts));
    }
    if skipped > 0 {
        paragraph(
            out,
            "    ",
            "    ",
            &format!("{} not compared", number(skipped)),
        );
    }
    if !file.fields.is_empty() {
        let fields = file.fields.iter();
        let fields: Vec<String> = fields
            .map(|(name, n)| format!("{} {}", show::value(name), number(*n)))
            .collect();
        paragraph(
            out,
            "    ",
            "      ",
            &format!("fields that change: {}", fields.join(", ")),
        );
    }
    if file.slight > 0 {
        let text = format!(
            "{} of them change in case and blanks alone",
            number(file.slight)
        );
        paragraph(out, "    ", "      ", &text);
    }
    for sample in &file.samples {
        paragraph(out, "      ", "        ", &shown(sample));
    }
}

fn shown(sample: &Sample) -> String {
    let key = show::value(&sample.key);
    let text = |text: &Option<String>| show::value(text.as_deref().unwrap_or_default());
    match (&sample.field, sample.what) {
        (Some(field), _) => format!(
            "{key}, {}: `{}` → `{}`",
            show::value(field),
            text(&sample.old),
            text(&sample.new)
        ),
        (None, What::Added) => format!("{key}: added"),
        (None, What::Changed) => format!("{key}: changed"),
        (None, What::Removed) => format!("{key}: archived or deleted"),
        (None, What::Missing) => format!("{key}: not in NEW"),
    }
}

fn matching(out: &mut String, matching: &Matching) {
    let by = match matching.by.is_empty() {
        true => "one on each side".to_owned(),
        false => format!("by {}", matching.by.join(" and ")),
    };
    let what = match matching.way {
        "match" => "the receiver takes them for the same",
        _ => "the receiver makes a second one",
    };
    let ambiguous = match matching.ambiguous {
        0 => String::new(),
        n => format!("; {} more could be several", number(n)),
    };
    let text = format!(
        "{}, {by}: {}, {what}{ambiguous}",
        show::value(&matching.file),
        number(matching.total)
    );
    paragraph(out, "  ", "    ", &text);
    for pair in &matching.samples {
        let text = format!("{} → {}", show::value(&pair.old), show::value(&pair.new));
        paragraph(out, "      ", "        ", &text);
    }
}

fn schools(out: &mut String, schools: &[School]) {
    let changed = |school: &&School| {
        let mut files = school.files.iter().map(|file| file.counts);
        files.any(|c| c.added + c.changed + c.removed > 0)
    };
    let changed: Vec<&School> = schools.iter().filter(changed).collect();
    if !changed.is_empty() {
        heading(out, "School by school");
    }
    for school in changed.iter().take(SCHOOLS) {
        let name = match school.name.is_empty() {
            true => show::value(&school.key),
            false => format!(
                "{} ({})",
                show::value(&school.name),
                show::value(&school.key)
            ),
        };
        paragraph(out, "  ", "    ", &name);
        for file in &school.files {
            let text = format!("{}: {}", show::value(&file.name), counts(&file.counts));
            paragraph(out, "    ", "      ", &text);
        }
    }
    if let Some(more) = words::more(changed.len() as u64, SCHOOLS as u64) {
        paragraph(out, "  ", "    ", &more);
    }
}
