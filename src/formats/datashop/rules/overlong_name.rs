//! See `overlong_name.md`.

use super::kit::{label, transactions};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Told};
use crate::formats::datashop::headings::Kind;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("overlong-name", include_str!("overlong_name.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (file, headings) in transactions(context, plan) {
        for heading in &headings {
            // Of categories the documentation says 30, of other fields 65,000.
            let (documented, most) = match heading.kind {
                Kind::Level => (100, 100),
                Kind::Kc => (50, 50),
                Kind::Category => (30, 50),
                Kind::Cf => (255, 255),
                _ => continue,
            };
            let length = heading.model().chars().count();
            let does = match length {
                length if length > most => "or the importer refuses the file",
                length if length > documented => {
                    "as the documentation says; the importer takes 50, as long as names of KC models"
                }
                _ => continue,
            };
            let start: String = heading.model().chars().take(30).collect();
            let message = format!(
                "`{start}…` is a name of {length} characters; expected at most {documented}, {does}"
            );
            label(
                plan,
                file,
                heading,
                (rule, rule.severity),
                Told::message(message),
            );
        }
    }
}
