//! DataShop's own tables made of transactions: student-step, student-problem, and KC model. Records
//! are gathered as rows, all of them or those of some students at a time, and what a table has for a
//! student is written when all his rows are there.

mod cells;
mod columns;
pub(super) mod gather;
mod kc_model;
mod numbered;
mod numbers;
pub(super) mod source;
mod student_problem;
mod student_step;

use crate::convert::{Answer, Ask, Asked, Bundle, Loss, Mapping, Next, Own, Record, Rows, What};
use gather::{Gather, Gathered};
use numbered::{Making, Numbered};
use source::Source;
use student_problem::STUDENT_PROBLEM;
use student_step::STUDENT_STEP;

use super::FILE;
use super::compute::events::Events;
use super::compute::{Row, TIED, ties, transactions};

/// Transactions to the student-step table.
pub static TO_STUDENT_STEP: Mapping = Mapping {
    to: "datashop-student-step",
    folder: "datashop/student-step",
    own: |bundle| rollup(bundle, numbered(STUDENT_STEP)),
    ..MAPPING
};

/// Transactions to the student-problem table.
pub static TO_STUDENT_PROBLEM: Mapping = Mapping {
    to: "datashop-student-problem",
    folder: "datashop/student-problem",
    own: |bundle| rollup(bundle, numbered(STUDENT_PROBLEM)),
    ..MAPPING
};

/// Transactions to a KC model.
pub static TO_KC_MODEL: Mapping = Mapping {
    to: "datashop-kc-model",
    folder: "datashop/kc-model",
    own: |bundle| rollup(bundle, Box::new(kc_model::KcModel::default())),
    ..MAPPING
};

/// What the three have in common.
const MAPPING: Mapping = Mapping {
    from: "datashop",
    to: "",
    fits: |_| true,
    folder: "",
    asks: ASKS,
    own: |bundle| rollup(bundle, numbered(STUDENT_STEP)),
};

/// On the page nobody knows how much memory there is.
const ASKS: &[Ask] = if cfg!(target_arch = "wasm32") {
    &[]
} else {
    &[at_once("")]
};

const AT_ONCE: &str = "atOnce";

/// Asks how much is held at once.
pub(super) const fn at_once(group: &'static str) -> Ask {
    Ask {
        name: AT_ONCE,
        title: "how many transactions are held in memory at once; with fewer, the files are read more often",
        kind: Answer::Count,
        required: false,
        group,
    }
}

/// How many that is.
pub(super) fn most(asked: &Asked<'_>) -> usize {
    asked(AT_ONCE).map_or(MOST, |text| text.trim().parse().unwrap_or(1))
}

/// Transactions that are held in memory where nothing is said, each about 100 bytes: a gigabyte, or what
/// the memory of a page takes beside their names.
const MOST: usize = if cfg!(target_arch = "wasm32") {
    500_000
} else {
    10_000_000
};

/// Bytes that are written before they are taken.
const PIECE: usize = 4 << 20;

/// The sample that all transactions are in.
const SAMPLE: &str = "All Data";

/// What is written where nothing is known.
const NOTHING: &str = ".";

/// A table of DataShop's that is made student by student.
trait Table: Send + Sync {
    /// Before the first student.
    fn begin(&mut self, _gathered: &Gathered, _out: &mut Rows<'_>) {}

    /// Takes a student, whose transactions are in their order.
    fn student(&mut self, rows: &[Row], events: &Events, gathered: &Gathered, out: &mut Rows<'_>);

    /// Behind the last student, as often as there is more to be written.
    fn end(&mut self, _gathered: &Gathered, _out: &mut Rows<'_>) -> Next {
        Next::Done
    }
}

/// Writes the header of a table: its labels, and for each KC model those of some families.
fn head(labels: &[&str], families: [&str; 3], gathered: &Gathered, out: &mut Rows<'_>) {
    let models = gathered.models.iter().flat_map(|model| {
        let model = gathered.names.text_of(*model);
        families.map(|family| format!("{family} ({model})"))
    });
    let models: Vec<String> = models.collect();
    out.row(
        labels
            .iter()
            .copied()
            .chain(models.iter().map(String::as_str)),
    );
}

/// A table that is made.
struct Rollup {
    gather: Gather,
    table: Box<dyn Table>,
}

fn numbered(of: Numbered) -> Box<dyn Table> {
    Box::new(Making { of, rows: 0 })
}

fn rollup(bundle: &Bundle<'_>, table: Box<dyn Table>) -> Box<dyn Own> {
    Box::new(Rollup {
        gather: Gather::new(most(bundle.asked)),
        table,
    })
}

impl Own for Rollup {
    fn reads(&self) -> &'static [&'static str] {
        &[FILE]
    }

    fn see(&mut self, record: &Record<'_>, loss: &mut Loss) {
        self.gather.see(&Source::as_it_stands(record), loss);
    }

    fn group(&mut self, out: &mut Rows<'_>, loss: &mut Loss) -> Next {
        if self.gather.begin() == gather::Turn::First {
            self.table.begin(&self.gather.gathered, out);
        }
        while let Some(rows) = self.gather.student() {
            let gathered = &self.gather.gathered;
            let rows = &gathered.rows[rows];
            let events = Events::new(rows);
            disagree(rows, &events, gathered, loss);
            self.table.student(rows, &events, gathered, out);
            if out.pending() >= PIECE {
                return Next::Write;
            }
        }
        match self.gather.again() {
            true => Next::Read,
            false => self.table.end(&self.gather.gathered, out),
        }
    }
}

/// Tells where files say something else than is computed, where the order of records decided, and where
/// visits have one number.
fn disagree(rows: &[Row], events: &Events, gathered: &Gathered, loss: &mut Loss) {
    let mut tell = |what, row: &Row, field: &str, value: &str, why: &str| {
        let (file, line) = row.at();
        loss.tell_line(what, (gathered.file(file), line), field, value, why);
    };
    for (row, _) in rows.iter().zip(ties(rows)).filter(|(_, is_tied)| *is_tied) {
        tell(What::ValueMade, row, "Time", "", TIED);
    }
    for at in events.doubled() {
        let view = rows[at].view.map(|view| view.to_string());
        let why = "another visit of the student to the problem, in another session or from another start, has this number: the table takes both for one";
        let view = view.unwrap_or_default();
        tell(What::ValueChanged, &rows[at], "Problem View", &view, why);
    }
    let computed = transactions::computed(rows, events);
    for told in transactions::disagreements(rows, &computed) {
        let why = "it is computed anew, as DataShop does, and is not what the file says";
        let (field, given) = (told.of.field(), told.of.text(told.given));
        tell(What::ValueChanged, &rows[told.at], field, &given, why);
    }
}
