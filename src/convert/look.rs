//! What is seen of records before anything is made of them, and what of them goes nowhere.

use super::{Conversion, Record};
use crate::evidence::HIDDEN;
use crate::records::trim;

impl Conversion {
    /// A record is seen by Rust, and values that others look up are kept.
    pub(super) fn look(&mut self, at: usize, record: &Record<'_>) {
        self.own.see(record, &mut self.loss);
        let lookups = self.plan.lookups.iter().zip(&mut self.known);
        for (lookup, known) in lookups.filter(|(lookup, _)| lookup.given == at) {
            let key = record.cell(lookup.key);
            let value = || record.cell(lookup.value).into_owned();
            known.entry(trim(&key).to_vec()).or_insert_with(value);
        }
        if self.plan.sources[at].home.is_none() && !self.counted {
            self.count(at, record);
        }
    }

    /// A record that is too long is not looked at; told unless the pass that makes something of the
    /// file tells it.
    pub(super) fn overlook(&mut self, at: usize, record: &Record<'_>) {
        let source = &self.plan.sources[at];
        if source.home.is_none() && !self.counted {
            self.loss.count(source.cut, record.line(), b"");
        }
    }

    /// Counts what of a record goes nowhere.
    pub(super) fn count(&mut self, given: usize, record: &Record<'_>) {
        let source = &self.plan.sources[given];
        let plan = &self.given[given].plan;
        let width = plan.labels.len();
        let surplus = (width..record.width()).map(|column| (column, source.surplus));
        for (column, kind) in source.lost.iter().copied().chain(surplus) {
            let cell = record.cell(column);
            if !trim(&cell).is_empty() {
                // Where some cell is a secret, none behind the others is sure to be none.
                let shown = match plan.has_secrets() {
                    true => HIDDEN.as_bytes(),
                    false => &cell,
                };
                self.loss.count(kind, record.line(), shown);
            }
        }
    }
}
