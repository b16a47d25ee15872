//! See `torn_record.md`.

use super::piece::{Piece, Within};
use crate::check::{Before, Fault, FileContext, Kept, Out, Rows, Series, View};
use crate::evidence;
use crate::finding::{Authority, Consequence, Fix, Remedy, Safety, Severity, Then, Told};
use crate::formats::datashop::FILE;
use crate::records::has_lone_quote;
use crate::rules::Rule;

/// The rule. The cells of a piece are under the wrong labels, which other rules may say.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    poisons: false,
    series: Some(compile),
    ..Rule::new("torn-record", include_str!("torn_record.md"))
};

/// Which piece of a record it is.
const FIRST: i64 = 0;
const MIDDLE: i64 = 1;
const LAST: i64 = 2;

/// How many kinds of pieces there are: what is expected of one is its kind, and so many times the cells
/// that all of them have together, where these are not as many as there are labels.
const KINDS: i64 = 3;

/// Records that may be pieces; those that follow each other are put together.
struct Pieces {
    /// Labels of the file.
    width: usize,
}

impl Series for Pieces {
    fn is_of(&self, rows: &Rows<'_>) -> bool {
        rows.width() != Some(self.width) || rows.holds(b'"')
    }

    fn keep(&self, record: &View<'_>, _: &mut Before) -> Option<(i64, Kept)> {
        let width = record.width();
        let mut cells = (0..width).filter_map(|at| record.raw(at as u32));
        // A line without quotes can only be the middle of a value.
        if width != 1 && !(record.holds(b'"') && cells.any(has_lone_quote)) {
            return None;
        }
        let first = Piece::read(record, Within::Nothing).filter(|piece| piece.opens);
        // A record with all its cells can be no rest of another one, but for its first cell.
        let fits = |piece: &Piece| width != self.width || piece.first == 1;
        let rest = Piece::read(record, Within::Quotes).filter(fits);
        let count = |piece: Option<&Piece>| piece.map_or(0, |piece| piece.cells.len() as i64);
        let (begun, more) = (count(first.as_ref()), count(rest.as_ref()));
        let opens = i64::from(rest.is_some_and(|piece| piece.opens));
        (begun + more > 0).then_some((0, [begun, more, opens, 0, 0, 0, 0, 0]))
    }

    fn judge(&self, records: &[u64], kept: &[Kept]) -> Vec<(usize, Fault)> {
        let mut faults = Vec::new();
        let mut at = 0;
        while at < records.len() {
            let begun = at;
            let mut cells = kept[begun][0];
            let mut opens = i64::from(cells > 0);
            at += 1;
            while opens > 0
                && let Some([_, more, again, ..]) = kept.get(at)
                && *more > 0
                && records[at] == records[at - 1] + 1
            {
                cells += more - 1;
                opens = *again;
                at += 1;
            }
            if at == begun + 1 || opens > 0 {
                continue;
            }
            let unsure = if cells == self.width as i64 { 0 } else { cells };
            let kind = |of: usize| match of {
                _ if of == begun => FIRST,
                _ if of + 1 == at => LAST,
                _ => MIDDLE,
            };
            let expected = |of| kind(of) + KINDS * unsure;
            faults.extend((begun..at).map(|of| {
                (
                    of,
                    Fault {
                        column: 0,
                        expected: expected(of),
                    },
                )
            }));
        }
        faults
    }

    fn place(&self, fault: Fault, record: &View<'_>, out: &mut Out<'_, '_>) {
        let (kind, together) = (fault.expected % KINDS, fault.expected / KINDS);
        let within = if kind == FIRST {
            Within::Nothing
        } else {
            Within::Quotes
        };
        let Some(piece) = Piece::read(record, within) else {
            return;
        };
        out.record(record.index(), || {
            let at = if kind == LAST { 0 } else { record.width() - 1 };
            let text = record.raw(at as u32).unwrap_or_default();
            let text = evidence::value(&String::from_utf8_lossy(text));
            let (is, then) = match kind {
                LAST => ("is the rest of a value that begins in a line before", Then::End),
                _ => ("goes on in the next line", Then::More),
            };
            let unsure = match together {
                0 => String::new(),
                cells => format!(
                    ", and as many cells as labels: together the lines have {cells}, not {}, so nobody knows what stands where",
                    self.width
                ),
            };
            let message = format!(
                "`{text}` {is}, for a line break within quotes ends the record all the same; expected the record on one line{unsure}"
            );
            let title = match kind {
                FIRST => "Join the lines of the record",
                _ => "Put it behind the line before",
            };
            Told::message(message).with((together == 0).then(|| Fix {
                title: title.to_owned(),
                safety: Safety::Review,
                remedy: Remedy::Piece(piece.cells, then),
            }))
        });
    }

    fn unknown(&self) -> String {
        "which of its short records are pieces of one, since there are too many".to_owned()
    }
}

fn compile(context: &FileContext<'_>) -> Option<Box<dyn Series>> {
    let plan = context.plan;
    let is_literal = plan.dialect.quote.is_none() && context.spec.name == FILE;
    let width = plan.labels.len();
    (is_literal && width > 1).then(|| Box::new(Pieces { width }) as Box<dyn Series>)
}
