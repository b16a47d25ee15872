//! How long the codes of a state are, from `lengths.csv`.

use super::kit::{Row, cell, rows};
use crate::check::{FileContext, Rows};

/// The state of files that do not name it.
const STATES: [(&str, &str); 1] = [("student-registrations-nj-2022.csv", "NJ")];

/// A state, and how long its codes of each kind are, in characters.
pub type State = (String, [usize; 3]);

/// The states of a file's records.
pub struct States {
    all: Vec<State>,
    /// The field that names the state.
    named: Option<usize>,
    /// The state of records that name none, by its place.
    own: Option<usize>,
}

impl States {
    /// Nothing where neither the file nor its records name one.
    pub fn new(file: &FileContext<'_>) -> Option<States> {
        let named = file.spec.field("StateAbbreviation");
        let named = named.filter(|field| file.plan.position(*field).is_some());
        let own = STATES.iter().find(|(name, _)| *name == file.spec.name);
        let all = rows("lengths").map(|row| read(&row)).collect();
        let states = States {
            all,
            named,
            own: None,
        };
        let own = own.and_then(|(_, state)| states.place(state.as_bytes()));
        (named.is_some() || own.is_some()).then_some(States { own, ..states })
    }

    /// The state of each record of a batch, if the table has it.
    pub fn of(&self, rows: &Rows<'_>) -> Vec<Option<&State>> {
        let mut states = vec![self.own; rows.count()];
        if let Some(named) = self.named {
            // Most files are of one state.
            let mut last = (Vec::new(), None);
            rows.filled(named, |record, text| {
                if last.0 != text {
                    last = (text.to_vec(), self.place(text));
                }
                states[record] = last.1;
            });
        }
        let states = states.into_iter();
        states.map(|at| self.all.get(at?)).collect()
    }

    /// The field that names the state of a record, and the states that the table has; none where all
    /// records are of one.
    pub fn known(&self) -> Option<(usize, Vec<String>)> {
        let states = self.all.iter().map(|(state, _)| state.clone());
        Some((self.named?, states.collect()))
    }

    fn place(&self, state: &[u8]) -> Option<usize> {
        let mut all = self.all.iter();
        all.position(|(known, _)| known.as_bytes() == state)
    }
}

fn read(row: &Row) -> State {
    let of = |at| cell(row, at).parse().unwrap_or_default();
    (cell(row, 0).to_owned(), [of(1), of(2), of(3)])
}
