//! Every rule's page is a test.
//!
//! A page is Markdown in this order: `# the-name`; a paragraph whose first line is one sentence
//! that states the fault; `## Why it matters`; `## How to fix`; `## Examples`; `## Source`.
//!
//! Under `## Examples` stand examples, `### Fires: …` and `### Silent: …`, each with a sentence of
//! reason and fenced blocks, told by the words after the backticks:
//!
//! - `csv users.csv`: a file of a small bundle; the first word is for those who colour code.
//!   `csv upload.zip/users.csv` is a file inside a zip.
//! - `csv users.csv escaped`: the same with `\r`, `\n`, `\t`, `\\`, `\xHH` for a byte, a backslash at the end of
//!   a line that goes on, and `\{9*text}` for nine times `text`.
//! - `csv users.csv utf-16`: the same in UTF-16 with its byte-order mark.
//! - `layout`, `files`, `codes NAME`: the tables of a small format, as `docs/layouts.md` describes
//!   them; without `files`, those that the layout names are optional and may be empty. Before the
//!   first example they hold for all. Without a layout the format is recognised, as for everyone.
//! - `format`: the format's id, where it is not to be recognised, and `profile`: that of a profile. An
//!   example may name another one than stands before the first.
//! - `findings`, after what fires: this rule's findings and no others, one a line:
//!   `severity file:line field message → fix (safety)`. `UPDATE=1 cargo test --test pages` rewrites
//!   these blocks; look at what changes.

#![allow(clippy::unwrap_used)]

mod support;

use std::collections::BTreeMap;

use hallpass::finding::Safety;
use hallpass::formats;
use hallpass::report::Report;
use hallpass::rules::Rule;
use hallpass::session::Include;
use support::bundle::{Bundle, check, fix};
use support::is_update;
use support::page::{Example, Expect, Page, findings, page};

#[test]
fn examples_do_what_they_say() {
    let mut wrong = Vec::new();
    for rule in formats::rules() {
        let mut page = page(rule);
        let (examples, before) = (std::mem::take(&mut page.examples), page.lines.clone());
        // From the last to the first, so that rewriting one does not move the others.
        for example in examples.iter().rev() {
            wrong.extend(compare(rule, &mut page, example));
        }
        if is_update() && page.lines != before {
            std::fs::write(&page.path, page.lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nUPDATE=1 cargo test --test pages rewrites the findings",
        wrong.join("\n")
    );
}

fn compare(rule: &Rule, page: &mut Page, example: &Example) -> Option<String> {
    let found = findings(&check(&example.bundle), rule.name);
    let told = |what: String| Some(format!("{}, {}: {what}", rule.name, example.heading));
    match example.expect {
        Expect::Silent if found.is_empty() => None,
        Expect::Silent => told(format!("it speaks:\n{}", found.join("\n"))),
        Expect::Fires if found.is_empty() => told("it is silent".to_owned()),
        Expect::Fires if is_update() => {
            match &example.findings {
                Some(lines) => drop(page.lines.splice(lines.clone(), found)),
                None => {
                    let block = ["".to_owned(), "```findings".to_owned()];
                    let block = block.into_iter().chain(found).chain(["```".to_owned()]);
                    page.lines.splice(example.end..example.end, block);
                }
            }
            None
        }
        Expect::Fires => {
            let expected = &page.lines[example.findings.clone().unwrap_or_default()];
            (expected != found).then(|| {
                let (expected, found) = (expected.join("\n"), found.join("\n"));
                format!(
                    "{}, {}: expected\n{expected}\nfound\n{found}",
                    rule.name, example.heading
                )
            })
        }
    }
}

#[test]
fn every_page_fires_and_is_silent_with_a_reason() {
    for rule in formats::rules() {
        let page = page(rule);
        for expect in [Expect::Fires, Expect::Silent] {
            let has = page.examples.iter().any(|example| example.expect == expect);
            assert!(has, "{} has no example that is {expect:?}", rule.name);
        }
        for example in &page.examples {
            let (name, heading) = (rule.name, &example.heading);
            assert!(
                example.reason.ends_with('.') || example.reason.ends_with(':'),
                "{name}, {heading}: no reason"
            );
            assert!(
                !example.bundle.files.is_empty(),
                "{name}, {heading}: no file"
            );
        }
    }
}

/// Each fix that an example shows mends what it says and adds no finding.
#[test]
fn fixes_mend_what_they_say() {
    for rule in formats::rules() {
        for example in page(rule).examples {
            let before = check(&example.bundle);
            for include in [Include::Safe, Include::Review] {
                let promised = fixable(&before, rule, include);
                if promised == 0 {
                    continue;
                }
                let mended = fix(&example.bundle, include, &[rule.name]);
                let context = format!("{}, {}, {include:?}", rule.name, example.heading);
                let (before, after) = (totals(&before), totals(&check(&mended)));
                let left = before[rule.name] - promised;
                assert_eq!(
                    after.get(rule.name).copied().unwrap_or(0),
                    left,
                    "{context}"
                );
                for (name, total) in after {
                    let had = before.get(&name).copied().unwrap_or(0);
                    assert!(total <= had, "{context}: {total} of {name}, {had} before");
                }
            }
        }
    }
}

/// Whatever a bundle's safe fixes are, a second round changes nothing. Of an unknown format nothing
/// is fixed.
#[test]
fn safe_fixes_converge_in_one_round() {
    for rule in formats::rules() {
        for example in page(rule).examples {
            if check(&example.bundle).format.is_none() {
                continue;
            }
            let once: Bundle = fix(&example.bundle, Include::Safe, &[]);
            // A bundle of which nothing is left has nothing to fix.
            if !once.files.is_empty() {
                let twice = fix(&once, Include::Safe, &[]);
                assert!(
                    once.files == twice.files,
                    "{}, {}",
                    rule.name,
                    example.heading
                );
            }
        }
    }
}

/// Findings of the rule that have a fix of this safety.
fn fixable(report: &Report, rule: &Rule, include: Include) -> u64 {
    let most = match include {
        Include::Safe => Safety::Safe,
        Include::Review => Safety::Review,
    };
    let groups = report.groups.iter().filter(|group| group.rule == rule.name);
    let samples = groups.flat_map(|group| &group.samples);
    samples
        .filter(|sample| sample.fix.as_ref().is_some_and(|fix| fix.safety <= most))
        .count() as u64
}

fn totals(report: &Report) -> BTreeMap<String, u64> {
    let mut totals = BTreeMap::new();
    for group in &report.groups {
        *totals.entry(group.rule.clone()).or_default() += group.total;
    }
    totals
}
