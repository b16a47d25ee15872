//! Records that stand together because they say something of one and the same: what is told of them
//! can be known once the last of them was read. A few numbers are kept of each, for as long as the
//! series goes on, so memory is for the longest series and not for the file.
//!
//! Where a part of a file begins or ends, its series may go on in another part: it is judged when all
//! parts were put together. Where one comes back that had ended, records do not stand together, and
//! nothing is told of any series of the file.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Out, Rows, View, print};
use crate::order::sort_by_key;

/// What a rule keeps of a record.
pub type Kept = [i64; 8];

/// A rule compiled for the series of one file.
pub trait Series: Send + Sync {
    /// Whether records of the batch may belong to a series.
    fn is_of(&self, _rows: &Rows<'_>) -> bool {
        true
    }

    /// A number that stands for whose the record is, and what is kept of it; nothing where it belongs to
    /// no series.
    fn keep(&self, record: &View<'_>, before: &mut Before) -> Option<(i64, Kept)>;

    /// Which of the records of a series, told by their places in it, are at fault. `records` says for
    /// each how many data records stand before it.
    fn judge(&self, records: &[u64], kept: &[Kept]) -> Vec<(usize, Fault)>;

    /// Tells `out` of the fault of a record.
    fn place(&self, fault: Fault, record: &View<'_>, out: &mut Out<'_, '_>);

    /// What is not known where the records of a series do not stand together: "whether …".
    fn unknown(&self) -> String;
}

/// What is wrong with a record, and with which of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The column.
    pub column: u32,
    /// What was expected there, as the rule counts it.
    pub expected: i64,
}

/// What was worked out of the cells of the record before: cells repeat.
#[derive(Clone, Debug, Default)]
pub struct Before(Vec<(String, i64)>);

impl Before {
    /// What `number` makes of the `n`th text, which it need not do where the text is that of the record
    /// before.
    pub fn number(&mut self, n: usize, text: &str, number: impl FnOnce(&str) -> i64) -> i64 {
        if self.0.len() <= n {
            self.0.resize_with(n + 1, || (String::new(), number_of("")));
        }
        let (known, last) = &mut self.0[n];
        if known != text {
            text.clone_into(known);
            *last = number(text);
        }
        *last
    }
}

/// A number that stands for a text.
pub fn number_of(text: &str) -> i64 {
    print([text.as_bytes()]).number()
}

/// A fault, and the record that has it.
pub type Faulty = (u64, Fault);

/// Records of a series that are kept, at most.
const LONGEST: usize = 1 << 18;

/// Faults of a file that are told, at most.
pub const FAULTS: usize = 1 << 18;

/// A series, with the data records of the part before each of its records.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Run {
    of: i64,
    records: Vec<u64>,
    kept: Vec<Kept>,
}

impl Run {
    fn judge(&self, series: &dyn Series, faults: &mut Vec<Faulty>) {
        let found = series.judge(&self.records, &self.kept).into_iter();
        faults.extend(found.map(|(at, fault)| (self.records[at], fault)));
    }
}

/// The series of a part of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Runs {
    /// Those that may go on in another part: the first and the last one, and what stood so before parts
    /// were put together.
    open: Vec<Run>,
    /// Whose series were met.
    met: HashSet<i64>,
    faults: Vec<Faulty>,
    /// Faults that are more than are told.
    more: bool,
    /// Records do not stand together, or more of them than are kept.
    is_lost: bool,
    #[serde(skip)]
    before: Before,
}

impl Runs {
    /// Adds the part's record with so many before it.
    pub(super) fn add(&mut self, record: u64, view: &View<'_>, series: &dyn Series) {
        let kept = (!self.is_lost).then(|| series.keep(view, &mut self.before));
        let Some((of, kept)) = kept.flatten() else {
            return;
        };
        if let Some(run) = self.open.last_mut().filter(|run| run.of == of) {
            run.records.push(record);
            run.kept.push(kept);
            if run.records.len() > LONGEST {
                self.lose();
            }
            return;
        }
        if !self.met.insert(of) {
            return self.lose();
        }
        if self.open.len() > 1
            && let Some(run) = self.open.pop()
        {
            run.judge(series, &mut self.faults);
            self.limit();
        }
        self.open.push(Run {
            of,
            records: vec![record],
            kept: vec![kept],
        });
    }

    /// Adds those of the part that follows, `records` records further on.
    pub(super) fn merge(&mut self, mut later: Runs, records: u64) {
        if self.is_lost || later.is_lost {
            return self.lose();
        }
        for run in &mut later.open {
            run.records.iter_mut().for_each(|record| *record += records);
        }
        let mut open = later.open.into_iter().peekable();
        if let (Some(mine), Some(theirs)) = (self.open.last_mut(), open.peek())
            && mine.of == theirs.of
        {
            mine.records.extend(&theirs.records);
            mine.kept.extend(&theirs.kept);
            later.met.remove(&theirs.of);
            open.next();
        }
        self.open.extend(open);
        let is_long = |run: &Run| run.records.len() > LONGEST;
        if self.met.intersection(&later.met).next().is_some() || self.open.iter().any(is_long) {
            return self.lose();
        }
        self.met.extend(later.met);
        let faults = later.faults.into_iter();
        self.faults
            .extend(faults.map(|(record, fault)| (record + records, fault)));
        self.more |= later.more;
        self.limit();
    }

    /// All parts were put together: the faults, in the order of records; nothing where records do not
    /// stand together.
    pub(crate) fn end(&mut self, series: &dyn Series) -> Vec<Faulty> {
        for run in std::mem::take(&mut self.open) {
            run.judge(series, &mut self.faults);
        }
        self.met = HashSet::new();
        self.limit();
        sort_by_key(&mut self.faults, |(record, fault)| (*record, fault.column));
        std::mem::take(&mut self.faults)
    }

    /// Whether records do not stand together, or more of them than are kept.
    pub(crate) fn is_lost(&self) -> bool {
        self.is_lost
    }

    /// Whether there are more faults than are told.
    pub(crate) fn has_more(&self) -> bool {
        self.more
    }

    fn lose(&mut self) {
        *self = Runs {
            is_lost: true,
            ..Runs::default()
        };
    }

    /// Keeps the first of too many faults, whichever part found them.
    fn limit(&mut self) {
        if self.faults.len() > FAULTS * 2 || self.open.is_empty() && self.faults.len() > FAULTS {
            sort_by_key(&mut self.faults, |(record, fault)| (*record, fault.column));
            self.faults.truncate(FAULTS);
            self.more = true;
        }
    }
}
