//! The report as SARIF 2.1.0, for tools that collect findings of many checkers. It holds the
//! samples, each with a fingerprint that survives records being moved; the true totals are in the
//! run's properties.
//!
//! Columns are left out: ours count cells, SARIF's count characters (§3.30.6). The field and the
//! cell's position are in each result's properties.

use super::pieces::{First, around, item, line};
use super::words::Word;
use super::{Form, Group, Outcome, Report, Sample, form, show};
use crate::finding::Severity;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

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
        let mut before = rules(report).into_keys();
        let rule = &report.groups[at].rule;
        self.rule = before.position(|name| name == rule).unwrap_or_default();
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

/// The rules that spoke, by name, each with its first group.
fn rules(report: &Report) -> BTreeMap<&str, &Group> {
    let mut rules = BTreeMap::new();
    for group in &report.groups {
        rules.entry(group.rule.as_str()).or_insert(group);
    }
    rules
}

/// The log without its results.
fn log(report: &Report) -> Value {
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": rules(report).values().map(|group| rule(group)).collect::<Vec<_>>(),
            }},
            "invocations": [{
                "executionSuccessful": report.outcome == Outcome::Complete,
                "toolExecutionNotifications":
                    report.not_checked.iter().map(notification).collect::<Vec<_>>(),
            }],
            "artifacts": report.files.iter().map(|file| json!({
                "location": {"uri": uri(&file.name)},
                "length": file.bytes,
            })).collect::<Vec<_>>(),
            "results": [],
            "properties": {
                "format": report.format,
                "asOf": report.as_of,
                "outcome": report.outcome,
                "verdict": report.verdict,
                "totals": report.totals,
                "causes": report.causes,
                "cannotCheck": report.cannot_check,
            },
        }],
    })
}

fn rule(group: &Group) -> Value {
    json!({
        "id": group.rule,
        "defaultConfiguration": {"level": level(group.severity)},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn notification(what: &super::NotChecked) -> Value {
    let mut out = json!({
        "level": "warning",
        "message": {"text": text(&format!("not checked: {}", what.reason))},
        "locations": [location(&what.file, None)],
    });
    if let Some(rule) = &what.rule {
        out["associatedRule"] = json!({"id": rule});
    }
    out
}

fn result(group: &Group, sample: &Sample, nth: usize) -> Value {
    json!({
        "ruleId": group.rule,
        "ruleIndex": nth,
        "level": level(group.severity),
        "message": {"text": text(&sample.message)},
        "locations": [location(&group.file, sample.line)],
        "partialFingerprints": {"hallpass/v1": fingerprint(group, sample)},
        "properties": properties(group, sample),
    })
}

fn location(file: &str, line: Option<u64>) -> Value {
    let mut out = json!({"artifactLocation": {"uri": uri(file)}});
    if let Some(line) = line {
        out["region"] = json!({"startLine": line});
    }
    json!({"physicalLocation": out})
}

/// What SARIF has no place for; absent members are left out.
fn properties(group: &Group, sample: &Sample) -> Map<String, Value> {
    let all = [
        ("authority", json!(group.authority.word())),
        ("consequence", json!(group.consequence.word())),
        ("field", json!(group.field)),
        ("record", json!(sample.record)),
        ("column", json!(sample.column)),
        ("key", json!(sample.key)),
        ("value", json!(sample.value)),
        ("fix", json!(sample.fix)),
        ("total", json!(group.total)),
    ];
    let present = all.into_iter().filter(|(_, value)| !value.is_null());
    present
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
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
