//! Where records belong: the organization that a record names, or that of the record it names. A
//! person without one belongs where the first of his or her roles is.

use std::borrow::Cow;

use super::file::{File, Side};
use super::keys::{Keys, LENT_NEW, LENT_OLD, MOST_SCHOOLS};
use super::matched::meant;
use super::rows::Row;
use crate::check::print;
use crate::formats::Belongs;
use crate::layout::Layout;
use crate::records::trim;
use crate::types::Type;

/// Organizations that are told apart, at most; records of others belong nowhere.
const MOST: usize = 100_000;

/// The organizations that records belong to; the first is number 1.
#[derive(Default)]
pub(super) struct Schools {
    keys: Keys,
    /// Their keys and names.
    pub list: Vec<(String, String)>,
}

/// What tells where a record of a file belongs.
#[derive(Default)]
pub(super) struct Places {
    /// In the order in which they are asked.
    pub asked: Vec<Place>,
    /// The slot that names a record of the file with this number, which belongs to the same.
    lends: Option<(usize, usize)>,
    /// The slot with the name of the organization that the record is.
    name: Option<usize>,
}

/// Something that tells where a record belongs.
pub(super) enum Place {
    /// The slot names an organization; of a list, the first item does.
    Named(usize, First),
    /// The slot names a record of the file with this number.
    With(usize, usize),
}

/// Which of several items counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// There is one.
    Whole,
    /// The first.
    Item,
}

impl Places {
    /// What the table says of a file of the layout; `files` are the files compared, by their specs.
    pub fn new(table: &[Belongs], layout: &Layout, spec: usize, files: &[usize]) -> Places {
        let mut places = Places::default();
        let Some(orgs) = table.first().map(|first| first.file.as_str()) else {
            return places;
        };
        let known = &layout.files[spec];
        let number = |name: &str| {
            let spec = layout.file(name)?;
            files.iter().position(|file| *file == spec)
        };
        for row in table.iter().filter(|row| row.file == known.name) {
            let Some(slot) = known.field(&row.field) else {
                continue;
            };
            let field = &known.fields[slot];
            let named = match &field.kind {
                Type::List(_) => Place::Named(slot, First::Item),
                _ => Place::Named(slot, First::Whole),
            };
            match &field.reference {
                None => {
                    places.name = known.field("name");
                    places.asked.push(named);
                }
                Some(to) if to.file == orgs => places.asked.push(named),
                Some(to) => {
                    let with = number(&to.file).map(|file| Place::With(slot, file));
                    places.asked.extend(with);
                }
            }
            let lends = row.lends.as_ref().and_then(|field| known.field(field));
            let to = lends.and_then(|slot| known.fields[slot].reference.as_ref());
            let to = to.and_then(|to| number(&to.file));
            places.lends = lends.zip(to).or(places.lends);
        }
        places
    }
}

impl Schools {
    /// The number of an organization; 0 where there are too many.
    fn enter(&mut self, key: &[u8], name: Option<Cow<'_, [u8]>>) -> u32 {
        let print = print([key]);
        let at = match self.keys.find(print) {
            Some(at) => at,
            None if self.list.len() == MOST.min(MOST_SCHOOLS - 1) => return 0,
            None => {
                let key = String::from_utf8_lossy(key).into_owned();
                self.list.push((key, String::new()));
                self.keys.enter(print)
            }
        };
        if let Some(name) = name {
            self.list[at].1 = String::from_utf8_lossy(&name).into_owned();
        }
        at as u32 + 1
    }

    /// For each number that of the organization which the receiver takes it for: itself, but where it
    /// has it by another key.
    pub fn meant(&self, orgs: Option<&File>) -> Vec<u32> {
        let own = |at: usize| at as u32 + 1;
        let numbers = self.keys.iter().enumerate().map(|(at, entry)| {
            let old = orgs.map(|orgs| meant(orgs, entry.print()));
            let old = old.and_then(|print| self.keys.find(print));
            old.map_or(own(at), own)
        });
        std::iter::once(0).chain(numbers).collect()
    }

    /// Where a record of a file belongs, as far as it says so itself; 0 is nowhere.
    pub fn of(&mut self, files: &[File], at: usize, row: &Row<'_>) -> u32 {
        let places = &files[at].places;
        for place in &places.asked {
            let (Place::Named(slot, _) | Place::With(slot, _)) = place;
            let cell = row.cell(*slot);
            let mut key = trim(&cell);
            if let Place::Named(_, First::Item) = place {
                key = trim(key.split(|b| *b == b',').next().unwrap_or_default());
            }
            if key.is_empty() {
                continue;
            }
            match place {
                Place::Named(..) => return self.enter(key, places.name.map(|slot| row.cell(slot))),
                Place::With(_, file) => {
                    let keys = &files[*file].keys;
                    if let Some(with) = keys.find(print([key])) {
                        return keys.get(with).school();
                    }
                }
            }
        }
        0
    }
}

/// Has the record that a record names belong to the same organization, unless another one said so
/// before.
pub(super) fn lend(files: &mut [File], at: usize, side: Side, row: &Row<'_>, school: u32) {
    let Some((slot, to)) = files[at].places.lends else {
        return;
    };
    let cell = row.cell(slot);
    let lent = match side {
        Side::Old => LENT_OLD,
        Side::New => LENT_NEW,
    };
    if school > 0 && !trim(&cell).is_empty() {
        let keys = &mut files[to].keys;
        let named = keys.enter(print([&*cell]));
        let entry = keys.get_mut(named);
        if !entry.has(lent) {
            entry.set(lent);
            entry.set_school(school);
        }
    }
}
