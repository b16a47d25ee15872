//! Findings and changes as rows of the tables that people take away.

use crate::evidence;
use crate::finding::Finding;
use crate::report::words::Word;
use crate::report::{change_log, findings_csv};

/// Appends a finding to the table of findings.
pub(super) fn row(out: &mut Vec<u8>, file: &str, field: &str, finding: &Finding) {
    let fix = finding.told.fix.as_ref();
    let fix = fix.map(|fix| format!("{} ({})", evidence::value(&fix.title), fix.safety.word()));
    let shown = |text: &Option<String>| text.as_deref().map(evidence::value).unwrap_or_default();
    findings_csv::row(
        out,
        &findings_csv::Row {
            severity: finding.severity,
            rule: finding.rule.name,
            file,
            line: finding.place.line,
            record: finding.place.record,
            column: finding.place.column.map(|column| u64::from(column) + 1),
            field,
            key: &shown(&finding.key),
            value: &shown(&finding.value),
            message: &evidence::message(&finding.told.message),
            fix: &fix.unwrap_or_default(),
        },
    );
}

/// Appends to the log that a whole file was renamed or left out.
pub(super) fn log_whole(log: &mut Vec<u8>, file: &str, finding: &Finding) {
    let Some(fix) = &finding.told.fix else { return };
    change_log::row(
        log,
        &change_log::Row {
            file,
            line: None,
            record: None,
            field: "",
            before: file,
            after: &fix.title,
            rule: finding.rule.name,
            safety: fix.safety,
        },
    );
}
