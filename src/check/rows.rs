//! The records of a batch as rules see them: without titles, header and blank ones, and without the
//! cells that are known to be faulty.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::key_plan::{KeyPlan, Part};
use super::poison::Poison;
use super::{FilePlan, View};
use crate::records::{Batch, Column, Columns};
use crate::types::date;

/// For each record of a batch the day that a cell names, since 1970.
type Days = Rc<[Option<i32>]>;

/// Tells which cells of a column count.
#[derive(Clone, Copy)]
pub(super) struct Counts<'a> {
    skip: &'a [bool],
    /// Where some cell is faulty.
    poison: Option<(&'a Poison, u32)>,
}

impl Counts<'_> {
    /// Whether the cell of the record does.
    #[inline(always)]
    pub fn holds(self, record: usize) -> bool {
        let is_faulty = |(poison, column): (&Poison, u32)| poison.has(record, Some(column));
        !self.skip[record] && !self.poison.is_some_and(is_faulty)
    }
}

/// The records of a batch that count.
pub struct Rows<'a> {
    pub(super) batch: &'a Batch<'a>,
    pub(super) plan: &'a FilePlan,
    pub(super) poison: &'a Poison,
    /// Records that are no data.
    pub(super) skip: &'a [bool],
    /// Data records before the batch; less than none where it begins with the header.
    pub(super) before: i64,
    pub(super) columns: &'a Columns<'a>,
    /// Days that were read, by column.
    pub(super) days: &'a RefCell<Vec<(u32, Days)>>,
}

impl<'a> Rows<'a> {
    /// The records of which a cell of a key is read as something else than what stands there.
    pub(super) fn mended_keys(&self) -> BTreeSet<usize> {
        let columns = self.plan.keys.columns();
        let meanings = columns.flat_map(|column| self.poison.meanings(column));
        meanings.map(|(record, _)| record).collect()
    }

    /// What to gather from the records.
    pub(super) fn keys(&self) -> &'a KeyPlan {
        match self.poison.is_clean() {
            true => &self.plan.sound_keys,
            false => &self.plan.keys,
        }
    }

    /// How many records there are, those that are no data too.
    pub fn count(&self) -> usize {
        self.skip.len()
    }

    /// How many cells the records have, if all have as many.
    pub fn width(&self) -> Option<usize> {
        self.batch.width()
    }

    /// Calls `f` with each record.
    pub fn views(&self, mut f: impl FnMut(&View<'_>)) {
        for index in 0..self.skip.len() {
            if !self.skip[index] {
                f(&self.view(index));
            }
        }
    }

    /// Calls `f` with the place in the batch of each record that has something in a field, and with
    /// that: where few have, few records are looked at.
    pub fn filled(&self, field: usize, f: impl FnMut(usize, &[u8])) {
        if let Some(column) = self.plan.position(field) {
            self.each(Part::of(column), f);
        }
    }

    /// Calls `f` with the place in the batch of each record of which the cell in a field is sound and
    /// empty.
    pub fn empty(&self, field: usize, mut f: impl FnMut(usize)) {
        let Some(column) = self.plan.position(field) else {
            return;
        };
        self.with(Part::of(column), |cells, counts| {
            if cells.has_gaps() {
                cells.each_untrimmed(|index, _, text| {
                    if text.is_empty() && counts.holds(index) {
                        f(index);
                    }
                });
            }
        });
    }

    /// Calls `f` with the place in the batch of each record that has something in two fields, and with
    /// that.
    pub fn pairs(&self, fields: [usize; 2], mut f: impl FnMut(usize, &[u8], &[u8])) {
        let [Some(one), Some(other)] = fields.map(|field| self.plan.position(field)) else {
            return;
        };
        self.with(Part::of(one), |ones, counts| {
            self.with(Part::of(other), |others, others_count| {
                ones.each(|index, text| {
                    if let Some(beside) = others.text(index).filter(|text| !text.is_empty())
                        && counts.holds(index)
                        && others_count.holds(index)
                    {
                        f(index, text, beside);
                    }
                });
            });
        });
    }

    /// Whether they have that byte, wherever.
    pub fn holds(&self, byte: u8) -> bool {
        self.batch.holds(byte)
    }

    /// The record at a place in the batch.
    pub fn view(&self, index: usize) -> View<'a> {
        View {
            record: self.batch.record(index),
            plan: self.plan,
            poison: self.poison,
            columns: self.columns,
            number: (self.before + index as i64) as u64 + self.plan.begins,
        }
    }

    /// Calls `f` with the place in the batch, the first and the last day of each record of which two
    /// fields name days that are `odd`.
    pub fn periods(
        &self,
        [begin, end]: [usize; 2],
        odd: impl Fn(i32, i32) -> bool,
        mut f: impl FnMut(usize, i32, i32),
    ) {
        let columns = self.plan.position(begin).zip(self.plan.position(end));
        let Some((begin, end)) = columns else { return };
        let (firsts, lasts) = (self.days(begin), self.days(end));
        for (record, pair) in firsts.iter().zip(lasts.iter()).enumerate() {
            if let (Some(first), Some(last)) = pair
                && odd(*first, *last)
                && !self.skip[record]
                && !self.poison.has(record, Some(begin))
                && !self.poison.has(record, Some(end))
            {
                f(record, *first, *last);
            }
        }
    }

    /// The days that the cells of a column name, faulty cells not left out; read once for all who
    /// ask.
    pub(super) fn days(&self, column: u32) -> Days {
        let mut known = self.days.borrow_mut();
        if let Some((_, days)) = known.iter().find(|(at, _)| *at == column) {
            return Rc::clone(days);
        }
        let mut days = vec![None; self.batch.len()];
        let meanings = self.poison.meanings(column);
        self.columns.with(column as usize, &meanings, |cells| {
            cells.each(|record, text| days[record] = date::days(text));
        });
        let days = Days::from(days);
        known.push((column, Rc::clone(&days)));
        days
    }

    /// Calls `f` with the days that the sound cells of a column name.
    pub(super) fn each_day(&self, column: u32, mut f: impl FnMut(usize, i32)) {
        let counts = self.counts(Part::of(column));
        for (record, day) in self.days(column).iter().enumerate() {
            if let Some(day) = day
                && counts.holds(record)
            {
                f(record, *day);
            }
        }
    }

    /// Calls `f` with the text of a column's cells as rules see them: what a cell certainly means in
    /// place of what stands there, and without those that are known to be faulty; but with them
    /// where the record's own key is asked for.
    pub(super) fn each(&self, part: Part, mut f: impl FnMut(usize, &[u8])) {
        self.with(part, |cells, counts| {
            cells.each(|record, text| {
                if counts.holds(record) {
                    f(record, text);
                }
            });
        });
    }

    /// Calls `f` with a column and with what tells which of its cells count, as in
    /// [`each`](Rows::each).
    pub(super) fn with(&self, part: Part, f: impl FnOnce(&Column<'_>, Counts<'_>)) {
        let meanings = self.poison.meanings(part.column);
        let (column, counts) = (part.column as usize, self.counts(part));
        self.columns
            .with(column, &meanings, |cells| f(cells, counts));
    }

    fn counts(&self, Part { column, own, .. }: Part) -> Counts<'_> {
        Counts {
            skip: self.skip,
            poison: (!own && !self.poison.is_clean()).then_some((self.poison, column)),
        }
    }
}
