//! See `invalid_objective.md`.

use super::kit::{of_file, records};
use crate::check::{FileContext, RecordCheck};
use crate::finding::Told;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    record: Some(|file| compile(file).into_iter().collect()),
    ..Rule::new("invalid-objective", include_str!("invalid_objective.md"))
};

/// Groups of hexadecimal digits, with hyphens between: a UUID (RFC 9562), or one as a URN.
fn is_uuid(text: &str) -> bool {
    let bare = match text.get(..9) {
        Some(start) if start.eq_ignore_ascii_case("urn:uuid:") => &text[9..],
        _ => text,
    };
    let groups = bare.split('-');
    groups.clone().map(str::len).eq([8, 4, 4, 4, 12])
        && groups.flat_map(str::bytes).all(|c| c.is_ascii_hexdigit())
}

fn compile(file: &FileContext<'_>) -> Option<Box<dyn RecordCheck>> {
    let mut files = [
        "lineItemLearningObjectiveIds.csv",
        "resultLearningObjectiveIds.csv",
    ]
    .into_iter();
    let [source, id] =
        files.find_map(|name| of_file(file, name, ["source", "learningObjectiveId"]))?;
    Some(records(move |record, out| {
        if record.text(source).as_deref() == Some("case")
            && let Some(text) = record.text(id)
            && !is_uuid(&text)
        {
            out.field(record.index(), id, || {
                Told::message(format!(
                    "`{text}` is not a UUID; expected one, because source is `case`"
                ))
            });
        }
    }))
}
