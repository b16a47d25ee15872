//! See `enclosing_folder.md`.

use super::Rule;
use crate::check::{BundleContext, BundlePlan};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(check),
    ..Rule::new("enclosing-folder", include_str!("enclosing_folder.md"))
};

fn check(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    let Some(folder) = &context.wrapping.folder else {
        return;
    };
    let message = format!(
        "`{folder}` is a folder around all files of the zip; expected the files themselves"
    );
    let fix = Fix {
        title: "Take the files out of the folder".to_owned(),
        safety: Safety::Safe,
        remedy: Remedy::Rename(String::new()),
    };
    plan.tell_named(rule, folder, Told::message(message).with(Some(fix)));
}
