//! What the rules of profiles have in common.

use crate::check::FileContext;
use crate::finding::{Authority, Severity};
use crate::layout::Condition;
use crate::profile::Row;
use crate::rules::Rule;

/// A rule that a profile switches on. How bad it is says the profile.
pub(crate) const fn asked(name: &'static str, page: &'static str) -> Rule {
    Rule {
        severity: Severity::Warning,
        authority: Authority::Vendor,
        poisons: false,
        ..Rule::new(name, page)
    }
}

/// A condition of a row, compiled for a file: the field and the values of which it has one; an empty
/// value stands for an empty cell.
pub(super) struct When {
    pub field: usize,
    pub condition: Condition,
}

impl When {
    /// Whether it is so for a cell with this text.
    pub fn holds(&self, text: Option<&str>) -> bool {
        let text = text.unwrap_or_default();
        self.condition.values.iter().any(|value| value == text)
    }

    /// In words, behind what is asked.
    pub fn words(&self) -> String {
        let Condition { field, values } = &self.condition;
        match values.join(" or ").as_str() {
            "" => format!(" where {field} is empty"),
            values => format!(" where {field} is {values}"),
        }
    }
}

/// What the profile asks of a rule about fields of this file, with the condition and the profile's
/// name. Facts about fields that the file of this format does not have are left out.
pub(super) fn of_file<'a>(
    rule: &'static Rule,
    file: &'a FileContext<'_>,
) -> impl Iterator<Item = (&'a Row, Option<When>, &'a str)> {
    let rows = file.bundle.asks(rule);
    rows.filter_map(|(row, title)| {
        let when = match &row.when {
            Some(condition) => Some(When {
                field: file.spec.field(&condition.field)?,
                condition: condition.clone(),
            }),
            None => None,
        };
        (row.file == file.spec.name).then_some((row, when, title))
    })
}
