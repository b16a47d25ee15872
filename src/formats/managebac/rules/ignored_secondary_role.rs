//! See `ignored_secondary_role.md`.

use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Severity, Told};
use crate::formats::oneroster::rules::kit::{of_file, records};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    authority: Authority::Vendor,
    // That the user has no other role is told besides.
    poisons: false,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new(
        "ignored-secondary-role",
        include_str!("ignored_secondary_role.md"),
    )
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let [kind] = of_file(file, "roles.csv", ["roleType"])?;
    Some(records(move |record, out| {
        if record.text(kind).as_deref() == Some("secondary") {
            out.field(record.index(), kind, || {
                Told::message(
                    "`secondary` is a role that ManageBac will not use: \
                     it reads the primary role and skips this record; expected primary roles only",
                )
            });
        }
    }))
}
