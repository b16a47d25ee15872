//! Reads rule pages. What a page may hold is told in `tests/pages.rs`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use hallpass::report::Report;
use hallpass::report::words::Word;
use hallpass::rules::Rule;

use super::bundle::Bundle;
use super::{at_root, files_below};

/// A rule's page.
pub struct Page {
    pub path: PathBuf,
    pub lines: Vec<String>,
    /// What holds for all examples.
    pub shared: Bundle,
    pub examples: Vec<Example>,
}

/// What an example says the rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    Fires,
    Silent,
}

/// One `### Fires: …` or `### Silent: …`.
pub struct Example {
    pub heading: String,
    pub expect: Expect,
    pub bundle: Bundle,
    /// Words between the heading and the first block.
    pub reason: String,
    /// The lines of its `findings` block.
    pub findings: Option<Range<usize>>,
    /// The line behind its last block.
    pub end: usize,
}

/// The page of a rule, as it stands in the repository now.
pub fn page(rule: &Rule) -> Page {
    let file = format!("/{}.md", rule.name.replace('-', "_"));
    let mut found = files_below(&at_root("src"), &file);
    assert_eq!(found.len(), 1, "expected one page that ends in {file}");
    read(&found.remove(0))
}

/// A page, or another document with blocks like those of pages.
pub fn read(path: &Path) -> Page {
    let text = std::fs::read_to_string(path).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut examples: Vec<Example> = Vec::new();
    // What stands before the first example holds for all of them.
    let mut shared = Bundle::default();
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if let Some(heading) = line.strip_prefix("### ") {
            examples.push(example(path, heading, &shared));
        } else if let Some(info) = line.strip_prefix("```") {
            let start = at + 1;
            at = start
                + lines[start..]
                    .iter()
                    .position(|line| line == "```")
                    .unwrap();
            let text: String = lines[start..at]
                .iter()
                .flat_map(|line| [line, "\n"])
                .collect();
            let example = examples.last_mut();
            if info == "findings" {
                example.unwrap().findings = Some(start..at);
            } else {
                let bundle = match example {
                    None => &mut shared,
                    Some(example) => {
                        example.end = at + 1;
                        &mut example.bundle
                    }
                };
                add(bundle, info, &text);
            }
        } else if let Some(example) = examples.last_mut()
            && example.bundle.files.is_empty()
        {
            example.reason.push_str(line);
        }
        at += 1;
    }
    Page {
        path: path.to_owned(),
        lines,
        shared,
        examples,
    }
}

fn example(path: &Path, heading: &str, shared: &Bundle) -> Example {
    let expect = match heading.split_once(": ") {
        Some(("Fires", _)) => Expect::Fires,
        Some(("Silent", _)) => Expect::Silent,
        _ => panic!(
            "{}: `### {heading}` is neither Fires nor Silent",
            path.display()
        ),
    };
    Example {
        heading: heading.to_owned(),
        expect,
        bundle: shared.clone(),
        reason: String::new(),
        findings: None,
        end: 0,
    }
}

/// Takes a block into the bundle.
fn add(bundle: &mut Bundle, info: &str, text: &str) {
    let words: Vec<&str> = info.split_whitespace().collect();
    match words[..] {
        ["layout"] => {
            bundle.tables.get_or_insert_default().layout = text.to_owned();
        }
        ["files"] => bundle.tables.get_or_insert_default().files = text.to_owned(),
        ["codes", name] => {
            let tables = bundle.tables.get_or_insert_default();
            tables.codes.push((name.to_owned(), text.to_owned()));
        }
        ["profile"] => bundle.profile = Some(text.trim().to_owned()),
        ["format"] => bundle.format = Some(text.trim().to_owned()),
        [_, name] => bundle
            .files
            .push((name.to_owned(), text.as_bytes().to_vec())),
        [_, name, "utf-16"] => {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            let bytes = [0xFF, 0xFE].into_iter().chain(units).collect();
            bundle.files.push((name.to_owned(), bytes));
        }
        [_, name, "escaped"] => bundle.files.push((name.to_owned(), unescape(text))),
        _ => panic!("` ```{info}` is no block of a page"),
    }
}

/// Bytes that Markdown cannot hold.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let (escape, after) = rest[at + 1..].split_at(1);
        rest = after;
        match escape {
            "r" => out.push(b'\r'),
            "n" => out.push(b'\n'),
            "t" => out.push(b'\t'),
            "\\" => out.push(b'\\'),
            // The line goes on.
            "\n" => {}
            "x" => {
                out.push(u8::from_str_radix(&rest[..2], 16).unwrap());
                rest = &rest[2..];
            }
            "{" => {
                let (inner, after) = rest.split_once('}').unwrap();
                let (times, what) = inner.split_once('*').unwrap();
                out.extend(unescape(what).repeat(times.parse().unwrap()));
                rest = after;
            }
            _ => panic!("`\\{escape}` is no escape"),
        }
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// The findings of a rule, one line each, as pages show them.
pub fn findings(report: &Report, rule: &str) -> Vec<String> {
    let groups = report.groups.iter().filter(|group| group.rule == rule);
    let lines = groups.flat_map(|group| {
        group.samples.iter().map(move |sample| {
            let place = match sample.line {
                Some(line) => format!("{}:{line}", group.file),
                None => group.file.clone(),
            };
            let field = group.field.as_deref().unwrap_or("-");
            let fix = sample.fix.as_ref().map_or(String::new(), |fix| {
                let what = fix.replacement.as_deref().filter(|text| !text.is_empty());
                format!(" → {} ({})", what.unwrap_or(&fix.title), fix.safety.word())
            });
            let severity = group.severity.word();
            visible(&format!(
                "{severity} {place} {field} {}{fix}",
                sample.message
            ))
        })
    });
    lines.collect()
}

/// Control characters as escapes.
fn visible(text: &str) -> String {
    let escape = |c: char| {
        if c.is_control() {
            c.escape_default().to_string()
        } else {
            c.to_string()
        }
    };
    text.chars().map(escape).collect()
}
