//! Which cells and records of a batch are faulty already, so that rules which would read them stay
//! quiet; and what cells mean of which it is certain, so that rules read them as that.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// What is known of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Sound,
    /// Wrong, but what it means is certain.
    Mended,
    Faulty,
}

/// What mended cells of a column mean, by record.
type Meanings = Vec<(usize, Arc<str>)>;

/// The state of the cells and records of a batch. Shared by what reads and what speaks.
#[derive(Debug, Default)]
pub struct Poison {
    width: usize,
    /// A row of `width + 1` per record; the last stands for the whole record.
    states: Vec<Cell<State>>,
    /// For each column what its mended cells mean, by record.
    mended: RefCell<Vec<Meanings>>,
    mends: Cell<usize>,
    dirty: Cell<bool>,
}

impl Poison {
    pub(super) fn reset(&mut self, records: usize, width: usize) {
        self.width = width;
        let mended = self.mended.get_mut();
        mended.resize(width, Vec::new());
        // Most batches leave all as it was.
        if self.dirty.replace(false) {
            self.states.clear();
            mended.iter_mut().for_each(Vec::clear);
        }
        self.states
            .resize(records * (width + 1), Cell::new(State::Sound));
    }

    fn state(&self, record: usize, column: Option<u32>) -> Option<&Cell<State>> {
        let column = column.map_or(self.width, |column| column as usize);
        let at = record * (self.width + 1) + column;
        self.states.get(at).filter(|_| column <= self.width)
    }

    /// Whether the cell, or the whole record, is faulty.
    pub fn has(&self, record: usize, column: Option<u32>) -> bool {
        let faulty = |column| {
            let state = self.state(record, column);
            state.is_some_and(|state| state.get() == State::Faulty)
        };
        faulty(None) || faulty(column)
    }

    /// Notes that the cell, or the whole record, is faulty.
    pub(super) fn set(&self, record: usize, column: Option<u32>) {
        if let Some(state) = self.state(record, column) {
            state.set(State::Faulty);
            self.dirty.set(true);
        }
    }

    /// Notes what the cell means.
    pub(super) fn mend(&self, record: usize, column: u32, value: &str) {
        let mut mended = self.mended.borrow_mut();
        if let (Some(state), Some(cells)) = (
            self.state(record, Some(column)),
            mended.get_mut(column as usize),
        ) {
            state.set(State::Mended);
            self.dirty.set(true);
            self.mends.set(self.mends.get() + 1);
            let at = cells.partition_point(|cell| cell.0 < record);
            match cells.get_mut(at).filter(|cell| cell.0 == record) {
                Some(cell) => cell.1 = value.into(),
                None => cells.insert(at, (record, value.into())),
            }
        }
    }

    /// Whether all cells are sound.
    pub(super) fn is_clean(&self) -> bool {
        !self.dirty.get()
    }

    /// What the cell means where that is not what stands there.
    pub(super) fn meaning(&self, record: usize, column: u32) -> Option<String> {
        let state = self.state(record, Some(column))?;
        if state.get() != State::Mended {
            return None;
        }
        let mended = self.mended.borrow();
        let cells = mended.get(column as usize)?;
        let at = cells.binary_search_by_key(&record, |cell| cell.0).ok()?;
        Some(cells[at].1.to_string())
    }

    /// How often a rule told what a cell means.
    pub(super) fn mends(&self) -> usize {
        self.mends.get()
    }

    /// What the mended cells of a column mean, by record.
    pub(super) fn meanings(&self, column: u32) -> Meanings {
        if self.is_clean() {
            return Vec::new();
        }
        let mended = self.mended.borrow();
        mended.get(column as usize).cloned().unwrap_or_default()
    }
}
