//! The report as SARIF 2.1.0, for tools that collect findings of many checkers. It holds the
//! samples, each with a fingerprint that survives records being moved; the true totals are in the
//! run's properties.
//!
//! Columns are left out: ours count cells, SARIF's count characters (§3.30.6). The field and the
//! cell's position are in each result's properties.

mod log;

use super::pieces::{First, around, item, line};
use super::words::Word;
use super::{Form, Group, Outcome, Report, Sample, form, show};
use crate::finding::Severity;
use crate::order::sort_by_key;
use log::{
    Artifact, Configuration, Driver, Finding, Fingerprints, Id, Invocation, Location, Log, Message,
    Notification, Physical, Region, ResultProperties, Rule, Run, RunProperties, Tool, Uri,
};

/// The report as a SARIF log.
pub fn print(report: &Report) -> String {
    form::print(&mut Sarif::default(), report)
}

/// The report as a SARIF log, in pieces.
#[derive(Debug, Default)]
pub struct Sarif {
    /// Results written so far, of all groups.
    results: u64,
    /// The rule of the open group, by its position among all rules.
    rule: usize,
    /// What stands behind the results.
    behind: Vec<u8>,
}

/// How deep results stand.
const DEPTH: usize = 4;

impl Form for Sarif {
    fn head(&mut self, report: &Report, out: &mut Vec<u8>) {
        let (head, behind) = around(&log(report), "results", 0);
        out.extend(head);
        self.behind = behind;
    }

    fn open(&mut self, report: &Report, at: usize, _: &mut Vec<u8>) {
        let rule = &report.groups[at].rule;
        let mut before = rules(report).into_iter();
        let place = before.position(|group| group.rule == *rule);
        self.rule = place.unwrap_or_default();
    }

    fn sample(&mut self, group: &Group, sample: &Sample, _: u64, out: &mut Vec<u8>) {
        let result = result(group, sample, self.rule);
        item(&result, DEPTH, First::behind(self.results), out);
        self.results += 1;
    }

    fn close(&mut self, _: &Group, _: u64, _: &mut Vec<u8>) {}

    fn foot(&mut self, _: &Report, out: &mut Vec<u8>) {
        if self.results > 0 {
            line(DEPTH - 1, out);
        }
        out.append(&mut self.behind);
        out.push(b'\n');
    }
}

/// The first group of each rule that spoke, by the rules' names.
fn rules(report: &Report) -> Vec<&Group> {
    let mut rules: Vec<&Group> = report.groups.iter().collect();
    sort_by_key(&mut rules, |group| group.rule.as_str());
    rules.dedup_by_key(|group| group.rule.as_str());
    rules
}

/// The log without its results.
fn log(report: &Report) -> Log<'_> {
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: report.tool.name,
                    version: report.tool.version,
                    rules: rules(report).into_iter().map(rule).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: report.outcome == Outcome::Complete,
                notifications: report.not_checked.iter().map(notification).collect(),
            }],
            artifacts: report.files.iter().map(artifact).collect(),
            results: [],
            properties: RunProperties {
                format: report.format.as_ref(),
                as_of: &report.as_of,
                outcome: report.outcome,
                verdict: report.verdict,
                totals: report.totals,
                causes: &report.causes,
                cannot_check: &report.cannot_check,
            },
        }],
    }
}

fn artifact(file: &super::File) -> Artifact {
    Artifact {
        location: Uri {
            uri: uri(&file.name),
        },
        length: file.bytes,
    }
}

fn rule(group: &Group) -> Rule<'_> {
    Rule {
        id: &group.rule,
        configuration: Configuration {
            level: level(group.severity),
        },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn notification(what: &super::NotChecked) -> Notification<'_> {
    Notification {
        level: "warning",
        message: Message {
            text: text(&format!("not checked: {}", what.reason)),
        },
        locations: [location(&what.file, None)],
        rule: what.rule.as_deref().map(|id| Id { id }),
    }
}

fn result<'a>(group: &'a Group, sample: &'a Sample, nth: usize) -> Finding<'a> {
    Finding {
        rule: &group.rule,
        nth,
        level: level(group.severity),
        message: Message {
            text: text(&sample.message),
        },
        locations: [location(&group.file, sample.line)],
        fingerprints: Fingerprints {
            first: fingerprint(group, sample),
        },
        properties: ResultProperties {
            authority: group.authority.word(),
            consequence: group.consequence.word(),
            field: group.field.as_deref(),
            record: sample.record,
            column: sample.column,
            key: sample.key.as_deref(),
            value: sample.value.as_deref(),
            fix: sample.fix.as_ref(),
            total: group.total,
        },
    }
}

fn location(file: &str, line: Option<u64>) -> Location {
    Location {
        physical: Physical {
            artifact: Uri { uri: uri(file) },
            region: line.map(|start| Region { start }),
        },
    }
}

/// The same for the same fault in the next version of the file. A record is known by its key, so
/// that new records above it do not matter; without a key, by its number.
fn fingerprint(group: &Group, sample: &Sample) -> String {
    let record = match &sample.key {
        Some(key) => format!("key {key}"),
        None => format!("record {:?}", sample.record),
    };
    let parts = [
        Some(group.rule.as_str()),
        Some(group.file.as_str()),
        group.field.as_deref(),
        Some(record.as_str()),
        sample.value.as_deref(),
    ];
    // 64-bit FNV-1a: the standard library's hashers may change between releases.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for part in parts {
        part.unwrap_or_default().bytes().for_each(&mut take);
        take(0xff); // in no UTF-8 text, so it ends a part
    }
    format!("{hash:016x}")
}

/// A message's text. `{` and `}` are doubled, because a single one begins a placeholder (§3.11.5);
/// `](` is broken up, because it would make a link (§3.11.6), and evidence must not.
fn text(message: &str) -> String {
    show::message(message)
        .replace('{', "{{")
        .replace('}', "}}")
        .replace("](", "]\u{2060}(")
}

/// A file's name as a relative URI reference (RFC 3986): unreserved characters and inner slashes
/// as they are, every other byte as `%XX`.
fn uri(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            b'/' if at > 0 => out.push('/'),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_relative_references() {
        let cases = [
            ("users.csv", "users.csv"),
            ("my district/Zoë.csv", "my%20district/Zo%C3%AB.csv"),
            ("//host/x", "%2F/host/x"),
            ("javascript:x", "javascript%3Ax"),
            ("50%\\a", "50%25%5Ca"),
        ];
        for (name, expected) in cases {
            assert_eq!(uri(name), expected);
        }
    }

    #[test]
    fn messages_hold_no_placeholder_and_no_link() {
        assert_eq!(text("`{0}` [a](b)"), "`{{0}}` [a]\u{2060}(b)");
    }
}
