//! See `title_row.md`.

use super::{Rule, whole_file};
use crate::finding::{Consequence, Fix, Remedy, Safety, Told};

/// The rule.
pub static RULE: Rule = Rule {
    consequence: Consequence::FileRefused,
    bundle: Some(whole_file::titles),
    ..Rule::new("title-row", include_str!("title_row.md"))
};

/// What to say of a file with so many records above its header. Where they are blank, it is safe to
/// leave them out.
pub fn told(titles: usize, safety: Safety) -> Told {
    let message = match titles {
        1 => "`1` record stands above the header; expected the header first".to_owned(),
        _ => format!("`{titles}` records stand above the header; expected the header first"),
    };
    Told::message(message).with(Some(Fix {
        title: "Remove what stands above the header".to_owned(),
        safety,
        remedy: Remedy::DropTitle,
    }))
}
