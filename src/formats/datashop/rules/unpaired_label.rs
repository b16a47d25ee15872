//! See `unpaired_label.md`.

use super::kit::{label, missing, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety};
use crate::formats::datashop::headings::{Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("unpaired-label", include_str!("unpaired_label.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        let count = |field: &str| headings.iter().filter(|other| other.field == field).count();
        let (names, types) = (count("Condition Name"), count("Condition Type"));
        let lone = match names.cmp(&types) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Less => Some(("Condition Name", types, "Condition Type", names)),
            std::cmp::Ordering::Greater => Some(("Condition Type", names, "Condition Name", types)),
        };
        if let Some((field, many, other, few)) = lone {
            let message = format!(
                "`{field}` has {few} columns, but {other} has {many}; expected one of each for every condition, or the importer refuses the file"
            );
            missing(plan, file, field, (rule, rule.severity), message);
        }
        let (texts, kinds) = (count("Feedback Text"), count("Feedback Classification"));
        if texts == 0 && kinds > 0 {
            let message = "`Feedback Classification` stands without Feedback Text; expected both, or the importer refuses the file";
            missing(
                plan,
                file,
                "Feedback Text",
                (rule, rule.severity),
                message.to_owned(),
            );
        }
        for heading in headings
            .iter()
            .filter(|heading| heading.kind == Kind::Category)
        {
            let is_its =
                |other: &&Heading| other.kind == Kind::Kc && other.model() == heading.model();
            if headings.iter().any(|other| is_its(&other)) {
                continue;
            }
            let written = heading.label.get(10..).filter(|rest| rest.starts_with('('));
            let better = written.map(|rest| format!("KC Category {rest}"));
            let why = match written {
                Some(rest) => format!(
                    "is `KC Category{}` to the importer, which drops eleven characters, and",
                    &rest[1..]
                ),
                None => String::new(),
            };
            let message = format!(
                "`{}` {why} has no KC column of the same name; expected `KC ({})` beside it, or the importer refuses the file",
                heading.label,
                heading.model()
            );
            let message = message.replace("  ", " ");
            label(
                plan,
                file,
                heading,
                (rule, rule.severity),
                rename(message, better, Safety::Safe),
            );
        }
    }
}
