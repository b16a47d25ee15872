//! See `skipped_role.md`.

use super::people::ROLES;
use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Severity, Told};
use crate::formats::oneroster::rules::kit::{of_file, records};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    authority: Authority::Vendor,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("skipped-role", include_str!("skipped_role.md"))
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let [role] = of_file(file, "roles.csv", ["role"])?;
    Some(records(move |record, out| {
        if let Some(is) = record.text(role)
            && !ROLES.contains(&&*is)
        {
            out.field(record.index(), role, || {
                Told::message(format!(
                    "`{is}` is no role in ManageBac, which will skip this record; \
                     expected one of {}",
                    ROLES.join(", ")
                ))
            });
        }
    }))
}
