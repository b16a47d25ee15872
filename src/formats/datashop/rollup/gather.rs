//! Gathers transactions as rows. Where they are too many for memory, the first reading only counts
//! them by student; then the files are read again for some students at a time, by their names, so that
//! the table is the same however many rows fit.

use std::collections::HashMap;
use std::ops::Range;

use super::columns::Columns;
use super::source::Source;
use crate::convert::Loss;
use crate::formats::datashop::compute::Row;
use crate::formats::datashop::compute::names::Names;
use crate::order::sort_by;

/// What was gathered.
#[derive(Default)]
pub struct Gathered {
    /// What rows name.
    pub names: Names,
    /// Models of KCs, by name.
    pub models: Vec<u32>,
    /// The rows at hand; behind a reading student by student, each in his order.
    pub rows: Vec<Row>,
    /// Names of the files, by their places.
    files: Vec<String>,
}

impl Gathered {
    /// The name of a file.
    pub fn file(&self, place: usize) -> &str {
        self.files.get(place).map_or("", String::as_str)
    }
}

/// Which time a reading has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The first time.
    First,
    /// Again, or none has.
    Other,
}

/// What is done.
enum Stage {
    /// All files are read for the first time; whether all rows are kept so far.
    First(Keeps),
    /// They are read for some students.
    Again,
    /// Rows are taken, from this one on.
    Taking(usize),
}

enum Keeps {
    All,
    None,
}

/// Gathers.
pub struct Gather {
    /// What is there.
    pub gathered: Gathered,
    /// How many rows are kept at once.
    most: usize,
    stage: Stage,
    /// By the places of the files.
    columns: HashMap<usize, Columns>,
    /// How many rows each student has.
    counts: HashMap<u32, usize>,
    /// Students by name.
    students: Vec<u32>,
    /// The place of each among them.
    ranks: HashMap<u32, usize>,
    /// Those whose rows are at hand.
    turn: Range<usize>,
}

impl Gather {
    /// Keeps so many rows at once; but always those of one student.
    pub fn new(most: usize) -> Gather {
        Gather {
            gathered: Gathered::default(),
            most,
            stage: Stage::First(Keeps::All),
            columns: HashMap::new(),
            counts: HashMap::new(),
            students: Vec::new(),
            ranks: HashMap::new(),
            turn: 0..0,
        }
    }

    /// Takes a transaction.
    pub fn see(&mut self, of: &Source<'_>, loss: &mut Loss) {
        match self.stage {
            Stage::First(_) => self.first(of, loss),
            Stage::Again | Stage::Taking(_) => self.again_for(of),
        }
    }

    fn first(&mut self, of: &Source<'_>, loss: &mut Loss) {
        let Gathered { names, files, .. } = &mut self.gathered;
        let source = of.record.source();
        let columns = self.columns.entry(source).or_insert_with(|| {
            files.resize(files.len().max(source + 1), String::new());
            of.record.file().clone_into(&mut files[source]);
            of.columns(names)
        });
        let student = columns.student(of, names, loss);
        let Some(row) = columns.row(of, student, names, loss) else {
            return;
        };
        *self.counts.entry(row.student).or_default() += 1;
        if let Stage::First(Keeps::All) = self.stage {
            self.gathered.rows.push(row);
            if self.gathered.rows.len() > self.most && self.counts.len() > 1 {
                self.gathered.rows = Vec::new();
                self.stage = Stage::First(Keeps::None);
            }
        }
    }

    /// Takes a transaction of which all was told before.
    fn again_for(&mut self, of: &Source<'_>) {
        let Some(columns) = self.columns.get(&of.record.source()) else {
            return;
        };
        let (names, mut told) = (&mut self.gathered.names, Loss::default());
        let student = columns.student(of, names, &mut told);
        let rank = student.and_then(|student| self.ranks.get(&student));
        if rank.is_some_and(|rank| self.turn.contains(rank)) {
            let row = columns.row(of, student, names, &mut told);
            self.gathered.rows.extend(row);
        }
    }

    /// Puts what was read in order, if a reading has ended.
    pub fn begin(&mut self) -> Turn {
        let turn = match self.stage {
            Stage::Taking(_) => return Turn::Other,
            Stage::Again => Turn::Other,
            Stage::First(_) => {
                self.rank();
                Turn::First
            }
        };
        let ranks = &self.ranks;
        let rank = |row: &Row| ranks.get(&row.student);
        let rows = &mut self.gathered.rows;
        rows.sort_unstable_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.order(b)));
        self.stage = Stage::Taking(0);
        turn
    }

    /// Puts students and models in order, all of them being known.
    fn rank(&mut self) {
        let Gathered { names, models, .. } = &mut self.gathered;
        let by_name = |a: &u32, b: &u32| names.text_of(*a).cmp(names.text_of(*b));
        self.students = self.counts.keys().copied().collect();
        sort_by(&mut self.students, by_name);
        *models = self
            .columns
            .values()
            .flat_map(|of| of.models.clone())
            .collect();
        sort_by(models, by_name);
        models.dedup();
        let ranks = self.students.iter().enumerate();
        self.ranks = ranks.map(|(rank, student)| (*student, rank)).collect();
        if let Stage::First(Keeps::All) = self.stage {
            self.turn = 0..self.students.len();
        }
    }

    /// The rows of the next student at hand.
    pub fn student(&mut self) -> Option<Range<usize>> {
        let Stage::Taking(at) = self.stage else {
            return None;
        };
        let rest = &self.gathered.rows[at..];
        let first = rest.first()?;
        let len = rest.partition_point(|row| row.student == first.student);
        self.stage = Stage::Taking(at + len);
        Some(at..at + len)
    }

    /// Whether the files have to be read again, for the next students.
    pub fn again(&mut self) -> bool {
        let from = self.turn.end;
        let rest = &self.students[from..];
        if rest.is_empty() {
            return false;
        }
        let mut sum = 0;
        let fit = rest.iter().take_while(|student| {
            sum += self.counts[*student];
            sum <= self.most
        });
        self.turn = from..from + fit.count().max(1);
        self.gathered.rows.clear();
        self.stage = Stage::Again;
        true
    }
}
