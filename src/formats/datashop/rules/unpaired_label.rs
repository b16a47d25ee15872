//! See `unpaired_label.md`.

use super::kit::{label, missing, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety, Told};
use crate::formats::datashop::headings::{Heading, Kind, fold};
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
            let why = match heading.meant() {
                Some(name) => format!(
                    "is `KC Category{name})` to the importer, which drops eleven characters, and"
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
                better(&headings, heading, message),
            );
        }
    }
}

/// What is said of a category that lost its blank, with the label that it should have if no other
/// has that. Only right behind its KC is it certain to belong there.
fn better(headings: &[Heading], lost: &Heading, message: String) -> Told {
    let label = lost.meant().map(|name| format!("KC Category ({name})"));
    let others = || headings.iter().filter(|other| other.column != lost.column);
    let is_new = |label: &String| !others().any(|other| other.folded() == fold(label));
    let is_its = |other: &Heading| {
        other.kind == Kind::Kc
            && other.name.as_deref() == lost.meant()
            && other.column + 1 == lost.column
    };
    let safety = match headings.iter().any(is_its) {
        true => Safety::Safe,
        false => Safety::Review,
    };
    rename(message, label.filter(is_new), safety)
}
