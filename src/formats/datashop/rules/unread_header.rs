//! See `unread_header.md`.

use super::ignored_label;
use super::kit::transactions;
use crate::check::{BundleContext, BundlePlan};
use crate::decode::Start;
use crate::finding::{Consequence, Finding, Place, Severity, Told};
use crate::layout::{Label, Required};
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Error,
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..asked("unread-header", include_str!("unread_header.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let asks = context.asks(&RULE).next().is_some();
    for (at, headings) in transactions(context, plan).into_iter().filter(|_| asks) {
        let peek = &context.peeks[at];
        let Some(file) = &plan.files[at] else {
            continue;
        };
        let spec = file.spec();
        // What the importer sees in the first line, and how many of the labels it cannot read there.
        let delimiter = char::from(peek.dialect.delimiter).to_string();
        let known = file.fields.iter().any(Option::is_some);
        let (seen, unread) = match peek.start {
            _ if peek.titles > 0 || !known => (String::new(), headings.len()),
            _ if peek.dialect.delimiter != spec.delimiter => {
                (peek.labels.join(&delimiter), headings.len())
            }
            Start::Plain => continue,
            Start::Marked => (format!("\u{FEFF}{}", peek.labels[0]), 1),
            _ => (String::new(), headings.len()),
        };
        let has = |name: &str| headings.iter().any(|heading| heading.field == name);
        let hidden = |name: &str| {
            headings
                .iter()
                .take(unread)
                .any(|heading| heading.field == name)
        };
        let mut about = Vec::new();
        for (field, known) in spec.fields.iter().enumerate() {
            let needed = known.required == Required::Yes
                || known.label == Label::Required
                || ["Selection", "Action", "Input"].contains(&known.name.as_str())
                    && (!has("Step Name") || hidden("Step Name"));
            if needed && (hidden(&known.name) || unread == headings.len()) {
                let message = format!(
                    "`{}` is not what the importer finds in the first line; expected it there, readable as it is",
                    known.name
                );
                about.push((file.slot(field), rule, message));
            }
        }
        if !seen.is_empty() {
            let message =
                format!("`{seen}` is one label to the importer; expected that of a column");
            about.push((0, rule, message.clone()));
            about.push((0, &ignored_label::RULE, message));
        } else if known {
            let message = "`1` line without labels is what the importer takes for the header; expected the labels there";
            about.push((0, &ignored_label::RULE, message.to_owned()));
        }
        for (slot, rule, message) in about {
            let place = Place {
                line: Some(1),
                column: None,
                field: Some(slot),
                record: None,
            };
            let finding = Finding::whole(rule, place, Told::message(message));
            plan.tell_header(at, finding);
        }
    }
}
