//! See `year_with_parent.md`.

use crate::check::{FileContext, RecordCheck};
use crate::finding::{Authority, Fix, Safety, Told};
use crate::formats::oneroster::rules::kit::{of_file, records};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("year-with-parent", include_str!("year_with_parent.md"))
};

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let names = ["type", "parentSourcedId"];
    let [kind, parent] = of_file(file, "academicSessions.csv", names)?;
    Some(records(move |record, out| {
        if record.text(kind).as_deref() == Some("schoolYear")
            && let Some(id) = record.text(parent)
        {
            out.field(record.index(), parent, || {
                let message = format!("`{id}` is the parent of a schoolYear; expected none");
                Told::message(message).with(Some(Fix::write("", Safety::Review)))
            });
        }
    }))
}
