//! See `unpaired_label.md`.

use std::collections::HashMap;

use super::kit::{label, missing, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety, Told};
use crate::formats::datashop::headings::{Heading, Kind, fold};
use crate::formats::datashop::pairs::Families;
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
        let families = Families::of(&headings);
        let mut folded: HashMap<String, u32> = HashMap::new();
        for heading in &headings {
            *folded.entry(heading.folded()).or_default() += 1;
        }
        let categories = headings.iter().filter(|one| one.kind == Kind::Category);
        for heading in categories.filter(|one| families.kcs(one.model()).is_empty()) {
            let why = match heading.meant() {
                Some(name) => format!(
                    "is `KC Category{name})` to the importer, which drops eleven characters, and"
                ),
                None => String::new(),
            };
            let is_alike = |kc: &&Heading| kc.kind == Kind::Kc && kc.same() == heading.same();
            let alike = headings.iter().find(is_alike);
            let name = heading.meant().or_else(|| alike?.name.as_deref());
            let model = heading.model();
            let expected = match name.filter(|_| heading.meant().is_none()) {
                Some(name) => format!("`KC Category ({name})`, as its KC is spelled"),
                None => format!("`KC ({model})` beside it"),
            };
            let message = format!(
                "`{}` {why} has no KC column of the same name; expected {expected}, or the importer refuses the file",
                heading.label
            );
            let message = message.replace("  ", " ");
            let before = heading.column.checked_sub(1);
            let before = before.map(|at| &headings[at as usize]);
            let is_known = |label: &String| folded.get(&fold(label)).is_some_and(|many| *many > 1);
            let told = better(name, before, is_known, message);
            label(plan, file, heading, (rule, rule.severity), told);
        }
    }
}

/// What is said of a category that lost its blank, or whose name is spelled otherwise than that of its KC:
/// with the label that it should have if no other has that. Only right behind its KC is it certain to
/// belong there.
fn better(
    name: Option<&str>,
    before: Option<&Heading>,
    is_known: impl Fn(&String) -> bool,
    message: String,
) -> Told {
    let label = name.map(|name| format!("KC Category ({name})"));
    let is_its = |other: &Heading| other.kind == Kind::Kc && other.name.as_deref() == name;
    let safety = match before.is_some_and(is_its) {
        true => Safety::Safe,
        false => Safety::Review,
    };
    rename(message, label.filter(|label| !is_known(label)), safety)
}
