//! Names that become others by a table.

use std::collections::HashMap;

use super::lists::pairs;
use crate::convert::{Loss, What};
use crate::order::sort_by_key;
use crate::records::trim;
use crate::{Error, Result};

/// A table of old and new names.
pub(super) struct Rename {
    /// The value that it is given for.
    name: &'static str,
    old: HashMap<Vec<u8>, New>,
    /// For each new name whether records have it that were not renamed.
    kept: HashMap<Vec<u8>, bool>,
}

struct New {
    text: Vec<u8>,
    line: u64,
    /// Whether a record has the old name.
    met: bool,
}

impl Rename {
    /// Reads the table that was given for `name`.
    ///
    /// # Errors
    /// It is no table of two names in each row.
    pub fn read(name: &'static str, text: &str) -> Result<Rename> {
        let mut rename = Rename {
            name,
            old: HashMap::new(),
            kept: HashMap::new(),
        };
        for pair in pairs(name, text, ["old", "new"])? {
            if pair.to.is_empty() {
                return Err(Error::refused(
                    name,
                    format!(
                        "line {} of the table given for `{name}` has no new name for `{}`; expected one",
                        pair.line, pair.from
                    ),
                ));
            }
            let new = New {
                text: pair.to.clone().into_bytes(),
                line: pair.line,
                met: false,
            };
            rename.kept.insert(pair.to.into_bytes(), false);
            rename.old.insert(pair.from.into_bytes(), new);
        }
        Ok(rename)
    }

    /// Whether it is about knowledge components, whose columns are known once all models are.
    pub fn is_of_kcs(&self) -> bool {
        self.name == "rename-kcs"
    }

    /// Renames what a cell holds, and whether it did.
    pub fn apply(&mut self, cell: &mut Vec<u8>) -> bool {
        let name = trim(cell);
        if let Some(new) = self.old.get_mut(name) {
            new.met = true;
            let is_other = new.text != name;
            cell.clone_from(&new.text);
            return is_other;
        }
        if let Some(kept) = self.kept.get_mut(name) {
            *kept = true;
        }
        false
    }

    /// Tells of names that no record has, and of those that became one.
    pub fn end(&self, loss: &mut Loss) {
        let mut old: Vec<(&Vec<u8>, &New)> = self.old.iter().collect();
        sort_by_key(&mut old, |(_, new)| new.line);
        let mut made: HashMap<&[u8], usize> = HashMap::new();
        for (name, new) in &old {
            if new.met {
                *made.entry(&new.text).or_default() += 1;
            } else {
                let why = "no record that was kept has this name";
                let kind = loss.kind(What::ValueMissing, self.name, "old", why);
                loss.count(kind, new.line, name);
            }
        }
        for (_, new) in old.iter().filter(|(_, new)| new.met) {
            let kept = self.kept.get(&new.text).copied().unwrap_or_default();
            // Each such name once, at its first line.
            if let Some(names) = made.remove(new.text.as_slice())
                && names + usize::from(kept) > 1
            {
                let why = "names that were different are this one now";
                let kind = loss.kind(What::ValueChanged, self.name, "new", why);
                loss.count(kind, new.line, &new.text);
            }
        }
    }
}
