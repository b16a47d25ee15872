//! Cells of a transaction as DataShop keeps them, and what of them it does not.

use std::borrow::Cow;

use super::source::Source;
use crate::convert::{Loss, What};
use crate::formats::datashop::time::{self, NO_SECONDS, OF_1970};
use crate::records::trim;

/// Its text without the blanks around it.
pub fn text(cell: &[u8]) -> &str {
    std::str::from_utf8(trim(cell)).unwrap_or_default()
}

/// Tells of a record that is left out for want of a value.
pub fn lacks(of: &Source<'_>, field: &str, why: &str, loss: &mut Loss) {
    loss.tell(What::RecordDropped, of.record, field, "", why);
}

/// Tells of a cell that counts as nothing, if it says anything: in exports a dot stands for nothing.
pub fn drops(of: &Source<'_>, field: &str, cell: &[u8], why: &str, loss: &mut Loss) {
    let text = text(cell);
    if !matches!(text, "" | ".") {
        loss.tell(What::ValueDropped, of.record, field, text, why);
    }
}

/// A time, and what of it is left out or made up.
pub fn seconds(of: &Source<'_>, field: &str, cell: &[u8], loss: &mut Loss) -> Option<i64> {
    let cell = trim(cell);
    let time = time::read(cell)?;
    let seconds = time.seconds?;
    if time.len < cell.len() {
        let why = "what stands behind the time is left out, as the importer does: no zone and no half of the day counts";
        loss.tell(What::ValueChanged, of.record, field, text(cell), why);
    }
    if time.is_of_1970() {
        loss.tell(What::ValueChanged, of.record, field, text(cell), OF_1970);
    }
    if time.is_to_the_minute(cell) {
        loss.tell(What::ValueMade, of.record, field, text(cell), NO_SECONDS);
    }
    Some(seconds)
}

/// A name without single quotes, as DataShop keeps those of students and levels.
pub fn unquoted<'a>(of: &Source<'_>, field: &str, name: &'a str, loss: &mut Loss) -> Cow<'a, str> {
    if !name.contains('\'') {
        return Cow::Borrowed(name);
    }
    let why = "DataShop takes single quotes out of such names";
    loss.tell(What::ValueChanged, of.record, field, name, why);
    Cow::Owned(name.replace('\'', ""))
}
