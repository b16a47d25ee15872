//! What 1.0 says in another way, or not at all: files without a manifest, whose records say by
//! themselves that they are gone.

use crate::check::Mode;
use crate::convert::{Loss, Made, Record, Stays, What};
use crate::peek::Peek;

/// Whether the files are those of 1.0: a bundle of later times has a manifest.
pub fn is_old(peeks: &[Peek]) -> bool {
    !super::has(peeks, "manifest.csv")
}

/// Leaves out records that are gone: a bulk file says so by not having them.
pub fn keep(from: &Record<'_>, file: &str, loss: &mut Loss) -> Stays {
    if from.mode() == Mode::Delta || !super::is_gone(from) {
        return Stays::Yes;
    }
    let status = from.text("status");
    let why = format!("{file} holds active records alone, and its status is `{status}`");
    loss.tell(What::RecordDropped, from, "status", &status, &why);
    Stays::No
}

/// Writes a record of 1.0 as one of a bulk file.
pub fn renew(from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
    if from.mode() == Mode::Delta {
        return;
    }
    let changed = from.text("dateLastModified");
    if !changed.is_empty() && to.file() == from.table() {
        let why = "a bulk file does not say when records changed";
        loss.tell(What::ValueDropped, from, "dateLastModified", &changed, why);
    }
    to.set("status", "");
    to.set("dateLastModified", "");
}
