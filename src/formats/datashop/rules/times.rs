//! What the rules about times have in common: they all look at the columns `Time` and `Problem Start
//! Time`, and mostly there is nothing to say.

use super::kit::is_one;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::Told;
use crate::formats::datashop::time::{self, Shape, Time};
use crate::layout::Field;
use crate::records::Column;

const DAY: i64 = 86_400;

/// Milliseconds below this are of the first months of 1970, and mostly seconds of our time.
const SECONDS: i64 = 10_000_000;

/// What a rule says of a cell that is not in order, if anything. `today` is the day that counts as
/// today, since 1970.
pub type Say = fn(&str, Option<Time>, i64) -> Option<Told>;

struct Times {
    column: u32,
    today: i64,
    say: Say,
}

impl CellCheck for Times {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        let fine = |cell: &[u8]| is_fine(cell, time::read(cell), self.today);
        // Looked up once for all rules about times.
        if column.fits(|column| column.texts().all(fine)) {
            return;
        }
        column.each(|record, cell| {
            let read = time::read(cell);
            if is_fine(cell, read, self.today) {
                return;
            }
            if let Some(told) = (self.say)(&String::from_utf8_lossy(cell), read, self.today) {
                out.cell(record, self.column, || told);
            }
        });
    }
}

/// Whether no rule has anything to say of a cell.
fn is_fine(cell: &[u8], read: Option<Time>, today: i64) -> bool {
    read.is_some_and(|time| {
        let sound = |seconds| is_plausible(seconds, today) && !is_seconds(time.shape, seconds);
        time.len == cell.len() && time.seconds.is_some_and(sound)
    })
}

/// Whether a student can have worked then.
pub fn is_plausible(seconds: i64, today: i64) -> bool {
    (0..(today + 2) * DAY).contains(&seconds)
}

/// Whether a count of milliseconds is most likely one of seconds.
pub fn is_seconds(shape: Shape, seconds: i64) -> bool {
    shape == Shape::Epoch && seconds < SECONDS
}

/// Compiles a rule about times.
pub fn compile(
    field: &Field,
    column: u32,
    file: &FileContext<'_>,
    say: Say,
) -> Option<Box<dyn CellCheck>> {
    let is = is_one(field, file, &["Time", "Problem Start Time"]);
    let today = i64::from(file.bundle.as_of);
    is.then(|| Box::new(Times { column, today, say }) as Box<dyn CellCheck>)
}
