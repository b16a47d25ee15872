//! Where the cells of each field go that a file has. Files of one kind may be in several layouts, such
//! as those of two programmes: what both have by one name, or by one that the layout takes for it, is one
//! field.

use super::file::SIDES;
use crate::check::FilePlan;
use crate::layout::{Columns, FileSpec};
use crate::session::Table;

/// Where a field of a file goes.
pub(super) enum Goes {
    /// To this slot.
    To(usize),
    /// Each of its columns to that of its label.
    ByLabel,
    /// Nowhere.
    Nowhere,
}

/// The slots of a file of the format.
pub(super) struct Slots<'a> {
    /// The layout that names them.
    spec: &'a FileSpec,
    /// Their names: those of the fields, then of what its layout does not have.
    pub names: Vec<String>,
    /// Whether some of the files are in another layout.
    pub are_mixed: bool,
}

impl<'a> Slots<'a> {
    /// Those for these files.
    pub fn new(spec: &'a FileSpec, sides: &[Vec<Table>; 2]) -> Slots<'a> {
        let mut tables = SIDES.iter().flat_map(|side| &sides[*side as usize]);
        Slots {
            spec,
            names: spec.fields.iter().map(|field| field.name.clone()).collect(),
            are_mixed: tables.any(|table| table.plan.spec().name != spec.name),
        }
    }

    /// How many of them are fields of its layout; they come first.
    pub fn fields(&self) -> usize {
        self.spec.fields.len()
    }

    /// Where each field of a file goes.
    pub fn of(&mut self, plan: &FilePlan) -> Vec<Goes> {
        let theirs = plan.spec();
        let is_own = theirs.name == self.spec.name;
        let fields = theirs.fields.iter().enumerate();
        let goes = fields.map(|(at, field)| match field.columns {
            // What several columns of two layouts have to do with each other nobody knows.
            Columns::Many | Columns::Distinct if self.are_mixed => Goes::Nowhere,
            _ if field.is_family() => Goes::ByLabel,
            _ if is_own => Goes::To(at),
            _ => Goes::To(self.named(&field.name)),
        });
        goes.collect()
    }

    /// The slot of a field of another layout.
    fn named(&mut self, name: &str) -> usize {
        let mut others = self.names.iter().skip(self.fields());
        let known = || Some(self.fields() + others.position(|known| known == name)?);
        let known = self.spec.meant(name).or_else(known);
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }
}
