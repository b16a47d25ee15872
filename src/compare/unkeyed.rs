//! Files that lack a column without which their records are not found on the other side.

use super::Side;
use super::file::SIDES;
use super::half::{Given, Half};

/// What a file lacks of the key that others of its kind have.
pub(super) struct Unkeyed {
    side: Side,
    /// The file.
    name: String,
    /// The fields of the key that it lacks.
    pub fields: Vec<String>,
    /// Labels that it has and the layout does not: one of them may be meant.
    pub labels: Vec<String>,
}

impl Unkeyed {
    /// The files that lack a column of the key, where no key is in all of them: of the `keys` that there
    /// may be, the last of those that some file has. Slots have `names`, the first of which are the
    /// layout's `fields`.
    pub fn all(
        sides: &[Option<Half>; 2],
        keys: &[Vec<usize>],
        names: &[String],
        fields: usize,
    ) -> Vec<Unkeyed> {
        let mut given = Vec::new();
        for side in SIDES {
            let half = sides[side as usize].iter();
            given.extend(half.flat_map(|half| &half.given).map(|one| (side, one)));
        }
        let is_there = |key: &&Vec<usize>| {
            let has_all =
                |(_, given): &(Side, &Given)| key.iter().all(|slot| given.columns.has(*slot));
            given.iter().any(has_all)
        };
        let Some(key) = keys.iter().rev().find(is_there) else {
            return Vec::new();
        };
        let all = given.iter().map(|(side, given)| {
            let lacks = |slot: &&usize| !given.columns.has(**slot);
            let others = (fields..names.len()).filter(|slot| given.columns.has(*slot));
            Unkeyed {
                side: *side,
                name: given.table.name.clone(),
                fields: key
                    .iter()
                    .filter(lacks)
                    .map(|slot| names[*slot].clone())
                    .collect(),
                labels: others.map(|slot| names[slot].clone()).collect(),
            }
        });
        all.filter(|one| !one.fields.is_empty()).collect()
    }

    /// What it lacks, in words.
    pub fn lacks(&self) -> String {
        let (name, side) = (&self.name, self.side.word());
        format!("`{name}` of {side} has no `{}`", self.fields.join("`, `"))
    }
}
