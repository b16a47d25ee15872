//! See `clashing_label.md`.

use std::collections::HashMap;

use super::kit::{label, list, rename, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Safety};
use crate::formats::datashop::headings::{self, Heading, Kind};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("clashing-label", include_str!("clashing_label.md"))
};

/// Columns that the importer adds to its table.
const TAKEN: [&str; 11] = [
    "line_num",
    "import_file_id",
    "student_id",
    "dataset_level_id",
    "problem_id",
    "subgoal_id",
    "sg_hash",
    "tx_time_datetime",
    "problem_start_time_datetime",
    "actual_session_id",
    "problem_event_id",
];

/// Characters of a name in the importer's database, at most.
const LONGEST: usize = 64;

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let Some(words) = list("reserved") else {
        return;
    };
    for (file, headings) in transactions(context, plan) {
        let is_strange = |heading: &Heading| matches!(heading.kind, Kind::Strange | Kind::Computed);
        // The importer's own names first, then those of columns that it does not read.
        let mut names: HashMap<&str, &Heading> = HashMap::new();
        for heading in headings.iter().filter(|heading| !is_strange(heading)) {
            names.insert(&heading.internal, heading);
        }
        for heading in headings.iter().filter(|heading| is_strange(heading)) {
            let name = &heading.internal;
            let known = *names.entry(name).or_insert(heading);
            // What is one label twice is told as that, and so is a reserved word in its own spelling.
            let other = Some(known).filter(|known| known.folded() != heading.folded());
            let is_word = |code: &crate::types::Code| {
                code.code.replace(' ', "_").eq_ignore_ascii_case(name) && code.code != heading.label
            };
            let why = match other {
                Some(other) => format!("as the column `{}` is called there", other.label),
                None if TAKEN.contains(&name.as_str()) => {
                    "as a column of the importer's own is called".to_owned()
                }
                None if words.codes().iter().any(is_word) => {
                    "which is a word of its database".to_owned()
                }
                None if name.chars().count() > LONGEST => {
                    format!("which is longer than {LONGEST} characters")
                }
                None if name.bytes().all(|b| b.is_ascii_digit()) => "which is a number".to_owned(),
                None => continue,
            };
            let message = format!(
                "`{}` is `{name}` inside the importer, {why}; expected another label, or the importer refuses the file and names no column",
                heading.label
            );
            let better = again(heading).unwrap_or_else(|| format!("CF ({})", heading.label));
            let told = rename(message, Some(better), Safety::Review);
            label(plan, file, heading, (rule, rule.severity), told);
        }
    }
}

/// What a heading was called before a data-frame tool numbered labels that it saw twice: `Condition
/// Name 1` was `Condition Name`.
fn again(heading: &Heading) -> Option<String> {
    let label = heading.label.trim_end_matches(|c: char| c.is_ascii_digit());
    let label = label
        .strip_suffix(['.', '_', ' '])?
        .replace(['.', '_'], " ");
    let mut fields = headings::COUNTED.iter();
    let field = fields.find(|field| headings::fold(field) == headings::fold(&label))?;
    Some((*field).to_owned())
}
