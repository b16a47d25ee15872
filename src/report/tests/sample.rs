//! Reports to test with.

use crate::finding::{Authority, Consequence, Safety, Severity};
use crate::report::*;

/// A report in which every member is present.
pub(super) fn full() -> Report {
    let dangling = Sample {
        line: Some(7),
        record: Some(6),
        column: Some(5),
        key: Some("c3".into()),
        value: Some("o9".into()),
        message: "`o9` is not a sourcedId of orgs.csv".into(),
        fix: None,
    };
    let role = Sample {
        line: Some(3),
        record: Some(2),
        column: Some(5),
        key: Some("u2".into()),
        value: Some("Student".into()),
        message: "`Student` is not one of the codes of `role`; did you mean `student`?".into(),
        fix: Some(Fix {
            title: "Write as student".into(),
            safety: Safety::Safe,
            replacement: Some("student".into()),
        }),
    };
    let empty = Sample {
        line: None,
        record: None,
        column: None,
        key: None,
        value: None,
        message: "`demographics.csv` has labels and no records".into(),
        fix: None,
    };
    let totals = Totals {
        error: 13,
        warning: 2,
        info: 1,
    };
    Report {
        schema: SCHEMA,
        tool: Tool {
            name: "hallpass",
            version: "0.1.0",
        },
        format: Some(Format {
            id: "oneroster-1.2".into(),
            title: "OneRoster 1.2 CSV".into(),
            profile: None,
            detected: true,
            why: Some("manifest.csv says `oneroster.version` is `1.2`".into()),
        }),
        as_of: "2026-11-21".into(),
        outcome: Outcome::Partial,
        verdict: verdict(Outcome::Partial, totals),
        files: vec![File {
            name: "users.csv".into(),
            bytes: 1234,
            records: 20,
            encoding: Some("utf-8".into()),
            delimiter: Some(",".into()),
        }],
        totals,
        causes: vec![Cause {
            rule: "dangling-reference".into(),
            file: "orgs.csv".into(),
            field: Some("sourcedId".into()),
            key: Some("o9".into()),
            explains: 12,
            places: vec![CausePlace {
                file: "classes.csv".into(),
                field: Some("schoolSourcedId".into()),
                total: 12,
            }],
            message: "`o9` is missing from orgs.csv; this explains 12 findings".into(),
        }],
        groups: vec![
            Group {
                rule: "dangling-reference".into(),
                severity: Severity::Error,
                authority: Authority::Spec,
                consequence: Consequence::RecordDropped,
                file: "classes.csv".into(),
                field: Some("schoolSourcedId".into()),
                total: 12,
                samples: vec![dangling],
            },
            Group {
                rule: "unknown-code".into(),
                severity: Severity::Warning,
                authority: Authority::Vendor,
                consequence: Consequence::ValueDropped,
                file: "users.csv".into(),
                field: Some("role".into()),
                total: 2,
                samples: vec![role],
            },
            Group {
                rule: "empty-file".into(),
                severity: Severity::Info,
                authority: Authority::Practice,
                consequence: Consequence::Note,
                file: "demographics.csv".into(),
                field: None,
                total: 1,
                samples: vec![empty],
            },
        ],
        not_checked: vec![NotChecked {
            rule: Some("dangling-reference".into()),
            file: "enrollments.csv".into(),
            reason: "classes.csv could not be read".into(),
        }],
        cannot_check: vec!["whether a sourcedId was used in an earlier upload".into()],
    }
}

/// A report in which every optional member is absent.
pub(super) fn bare() -> Report {
    Report {
        schema: SCHEMA,
        tool: TOOL,
        format: None,
        as_of: "2026-11-21".into(),
        outcome: Outcome::Failed,
        verdict: verdict(Outcome::Failed, Totals::default()),
        files: vec![],
        totals: Totals::default(),
        causes: vec![],
        groups: vec![],
        not_checked: vec![],
        cannot_check: vec![],
    }
}

/// [`full`], with `text` in every place that can hold text from a file.
pub(super) fn with(text: &str) -> Report {
    let mut report = full();
    let text = || text.to_owned();
    report.files[0].name = text();
    let cause = &mut report.causes[0];
    (cause.file, cause.field, cause.key) = (text(), Some(text()), Some(text()));
    cause.message = format!("`{}` is missing", text());
    (cause.places[0].file, cause.places[0].field) = (text(), Some(text()));
    for group in &mut report.groups {
        (group.file, group.field) = (text(), Some(text()));
        let sample = &mut group.samples[0];
        (sample.key, sample.value) = (Some(text()), Some(text()));
        sample.message = format!("`{}` is not a date", text());
        let title = format!("Write as {}", text());
        sample.fix = Some(Fix {
            title,
            safety: Safety::Review,
            replacement: Some(text()),
        });
    }
    let missing = &mut report.not_checked[0];
    (missing.file, missing.reason) = (text(), format!("{} could not be read", text()));
    report
}
