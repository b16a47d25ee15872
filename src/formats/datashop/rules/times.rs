//! What the rules about times have in common: they all look at the columns `Time` and `Problem Start
//! Time`, and mostly there is nothing to say.

use super::kit::is_one;
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Safety, Told};
use crate::formats::datashop::time::{self, Shape, Time};
use crate::layout::Field;
use crate::records::Column;
use crate::types::date::{self, Order, Readings};
use crate::types::datetime;

const DAY: i64 = 86_400;

/// A cell that is not in order.
pub struct Met<'a> {
    /// What stands there.
    pub text: &'a str,
    /// What the importer makes of it.
    pub read: Option<Time>,
    /// What is known without the cell.
    pub known: Known,
}

/// What is known of a column.
#[derive(Clone, Copy)]
pub struct Known {
    /// The day that counts as today, since 1970.
    pub today: i64,
    /// The order of day and month that the first cells of the column prove.
    pub order: Option<Order>,
    /// Whether these can be read in both orders, and nothing tells which it is.
    pub is_open: bool,
    /// Whether each of these is a number as spreadsheets count days.
    pub is_serial: bool,
}

/// What a rule says of a cell, if anything.
pub type Say = fn(&Met<'_>) -> Option<Told>;

struct Times {
    column: u32,
    known: Known,
    say: Say,
}

impl CellCheck for Times {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        let fine = |cell: &[u8]| is_fine(cell, time::read(cell), self.known);
        // Looked up once for all rules about times.
        if column.fits(|column| column.texts().all(fine)) {
            return;
        }
        column.each(|record, cell| {
            let (read, known) = (time::read(cell), self.known);
            if is_fine(cell, read, known) {
                return;
            }
            let text = &String::from_utf8_lossy(cell);
            let Some(told) = (self.say)(&Met { text, read, known }) else {
                return;
            };
            let fix = told.fix.clone().filter(|fix| fix.safety == Safety::Safe);
            // Other rules look at the time that it certainly is.
            match fix.as_ref().and_then(|fix| fix.replacement()) {
                Some(meaning) => out.meant(record, self.column, meaning, || told),
                None => out.cell(record, self.column, || told),
            }
        });
    }
}

/// Whether no rule has anything to say of a cell.
fn is_fine(cell: &[u8], read: Option<Time>, known: Known) -> bool {
    read.is_some_and(|time| {
        let sound = |seconds| is_plausible(seconds, known.today) && !time.is_of_1970();
        let of_its_order = time.shape != Shape::MonthFirst || known.order != Some(Order::DayFirst);
        of_its_order && time.len == cell.len() && time.seconds.is_some_and(sound)
    })
}

/// Whether a student can have worked then.
pub fn is_plausible(seconds: i64, today: i64) -> bool {
    (0..(today + 2) * DAY).contains(&seconds)
}

/// The day and month of a time that the importer reads with the month first, though its column has the
/// day first: the time that was meant, where that is another one.
pub fn swapped(met: &Met<'_>) -> Option<String> {
    let is_so = met.read?.shape == Shape::MonthFirst && met.known.order == Some(Order::DayFirst);
    let readings = date::readings(met.text);
    let differ = readings.day_first.is_some() && readings.day_first != readings.month_first;
    let mend = |order| datetime::local(met.text, Some(order));
    (is_so && differ)
        .then(|| mend(Order::DayFirst))?
        .map(|mend| mend.text)
}

/// Compiles a rule about times.
pub fn compile(
    field: &Field,
    column: u32,
    file: &FileContext<'_>,
    say: Say,
) -> Option<Box<dyn CellCheck>> {
    if !is_one(field, file, &["Time", "Problem Start Time"]) {
        return None;
    }
    let numbered = |cell: &&str| matches!(cell.as_bytes(), [b'"' | b'0'..=b'9', ..]);
    let first = || file.first_cells(column).filter(numbered);
    let mut filled = file
        .first_cells(column)
        .filter(|cell| !cell.is_empty())
        .peekable();
    let differ = |readings: &Readings| readings.day_first != readings.month_first;
    let mut open = first().map(date::readings).filter(differ).peekable();
    let known = Known {
        today: i64::from(file.bundle.as_of),
        order: date::order(first()),
        is_open: open.peek().is_some()
            && open.all(|of| of.day_first.is_some() && of.month_first.is_some()),
        is_serial: filled.peek().is_some() && filled.all(datetime::is_serial),
    };
    Some(Box::new(Times { column, known, say }))
}
