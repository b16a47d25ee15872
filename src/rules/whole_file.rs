//! What the dialect and encoding of a whole file give rise to: see `title_row.md`,
//! `wrong_delimiter.md`, `invalid_encoding.md`.

use super::{Rule, invalid_encoding, title_row, wrong_delimiter};
use crate::check::{BundleContext, BundlePlan};
use crate::finding::Safety;

/// Finds titles above the header.
pub fn titles(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if peek.titles > 0 && plan.files[at].is_some() {
            let safety = match peek.blank_titles {
                true => Safety::Safe,
                false => Safety::Review,
            };
            plan.tell_file(rule, at, Some(1), title_row::told(peek.titles, safety));
        }
    }
}

/// Finds files whose cells are not separated as the layout says.
pub fn delimiters(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        let Some(file) = &plan.files[at] else {
            continue;
        };
        let (met, expected) = (peek.dialect.delimiter, file.spec().delimiter);
        // With one label there is nothing to separate.
        if met != expected && peek.labels.len() > 1 {
            let told = wrong_delimiter::told(met, expected);
            plan.tell_file(rule, at, Some(peek.line), told);
        }
    }
}

/// Finds files in UTF-16.
pub fn encodings(rule: &'static Rule, context: &BundleContext<'_>, plan: &mut BundlePlan) {
    for (at, peek) in context.peeks.iter().enumerate() {
        if !peek.start.keeps_offsets() && plan.files[at].is_some() {
            plan.tell_file(
                rule,
                at,
                None,
                invalid_encoding::told_file(peek.start.name()),
            );
        }
    }
}
