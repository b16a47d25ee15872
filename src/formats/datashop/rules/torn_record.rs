//! See `torn_record.md`.

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

/// What a piece begins or ends with, as bits.
const CLOSES: i64 = 1;
const OPENS: i64 = 2;

/// What is expected of a piece: that another one follows, or none.
const MORE: i64 = 0;
const END: i64 = 1;

/// Short records that may be pieces; those that follow each other are put together.
struct Pieces {
    /// Labels of the file.
    width: usize,
}

/// The text of a cell as it stands.
fn raw<'a>(record: &View<'a>, at: usize) -> Option<&'a str> {
    std::str::from_utf8(record.raw(at as u32)?).ok()
}

/// Whether the first cell of a record closes what an earlier one has opened, and its last one opens
/// something. None where it is no piece.
fn ends(record: &View<'_>) -> Option<i64> {
    let last = record.width().checked_sub(1)?;
    let is_lone = |text: &&str| has_lone_quote(text.as_bytes());
    let lone = (0..=last).filter(|at| raw(record, *at).is_some_and(|text| is_lone(&text)));
    let closes = raw(record, 0).is_some_and(|text| is_lone(&text) && text.ends_with('"'));
    let opens = raw(record, last).is_some_and(|text| is_lone(&text) && text.starts_with('"'));
    // A cell of its own in which nothing opens nor closes lies between.
    match (lone.count(), closes, opens) {
        (0, ..) if last == 0 => Some(0),
        (1, true, false) => Some(CLOSES),
        (1, false, true) => Some(OPENS),
        (2, true, true) if last > 0 => Some(CLOSES | OPENS),
        _ => None,
    }
}

impl Series for Pieces {
    fn is_of(&self, rows: &Rows<'_>) -> bool {
        rows.width() != Some(self.width)
    }

    fn keep(&self, record: &View<'_>, _: &mut Before) -> Option<(i64, Kept)> {
        let width = record.width();
        let ends = ends(record).filter(|_| width < self.width)?;
        Some((0, [width as i64, ends, 0, 0, 0, 0, 0, 0]))
    }

    fn judge(&self, records: &[u64], kept: &[Kept]) -> Vec<(usize, Fault)> {
        let mut faults = Vec::new();
        let mut at = 0;
        while at < records.len() {
            let begun = at;
            at += 1;
            if kept[begun][1] != OPENS {
                continue;
            }
            let mut cells = kept[begun][0];
            while let Some([width, ends, ..]) = kept.get(at)
                && records[at] == records[at - 1] + 1
                && *ends != OPENS
            {
                at += 1;
                cells += width - 1;
                if *ends == CLOSES {
                    break;
                }
            }
            if cells == self.width as i64 && kept[at - 1][1] == CLOSES {
                let fault = |of: usize| Fault {
                    column: 0,
                    expected: if of + 1 == at { END } else { MORE },
                };
                faults.extend((begun..at).map(|of| (of, fault(of))));
            }
        }
        faults
    }

    fn place(&self, fault: Fault, record: &View<'_>, out: &mut Out<'_, '_>) {
        let Some((ends, then)) = ends(record).map(|ends| match fault.expected {
            END => (ends, Then::End),
            _ => (ends, Then::More),
        }) else {
            return;
        };
        let width = record.width();
        let cells = (0..width).map(|at| raw(record, at).unwrap_or_default().to_owned());
        let mut cells: Vec<String> = cells.collect();
        if ends & CLOSES != 0 {
            cells[0].pop();
        }
        if ends & OPENS != 0 {
            cells[width - 1].remove(0);
        }
        // Within quotes two stand for one.
        for at in [0, width - 1] {
            cells[at] = cells[at].replace("\"\"", "\"");
        }
        out.record(record.index(), || {
            let at = if then == Then::More { width - 1 } else { 0 };
            let text = evidence::value(raw(record, at).unwrap_or_default());
            let message = match then {
                Then::More => format!(
                    "`{text}` goes on in the next line, for a line break within quotes ends the record all the same; expected the record on one line"
                ),
                Then::End => format!(
                    "`{text}` is the rest of a value that begins in a line before, for a line break within quotes ends the record all the same; expected the record on one line"
                ),
            };
            Told::message(message).with(Some(Fix {
                title: "Join the lines of the record".to_owned(),
                safety: Safety::Review,
                remedy: Remedy::Piece(cells, then),
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
    is_literal.then(|| Box::new(Pieces { width }) as Box<dyn Series>)
}
