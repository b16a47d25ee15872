//! See `undeletable_role.md`.

use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Severity, Told};
use crate::formats::oneroster::rules::kit::{of_file, records};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    authority: Authority::Vendor,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("undeletable-role", include_str!("undeletable_role.md"))
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let [status] = of_file(file, "roles.csv", ["status"])?;
    Some(records(move |record, out| {
        if record.text(status).as_deref() == Some("tobedeleted") {
            out.field(record.index(), status, || {
                Told::message(
                    "`tobedeleted` is what ManageBac will not do with a role, for a user cannot \
                     be without one; expected the user to be deleted, or the role to be left",
                )
            });
        }
    }))
}
