//! Whether a file begins with a header. It is asked before anything of the first record becomes a
//! label: of a file without one, that is somebody's data. In doubt, it is data.

use std::collections::HashSet;

use super::column::gap;
use super::words::is_known;
use crate::peek::{Peek, plain};
use crate::types::Type;

/// Types that tell a label from data.
const TELLING: [Type; 5] = [
    Type::Email,
    Type::Date,
    Type::DateTime,
    Type::Integer,
    Type::Decimal,
];

/// Digits that no label of a file without records has.
const DIGITS: usize = 5;

/// Whether each of these files begins with a header. What is one in a file is one in others, too.
pub(super) fn are_there(peeks: &[Peek]) -> Vec<bool> {
    let mut there: Vec<bool> = peeks.iter().map(is_there).collect();
    let headers = peeks.iter().zip(&there).filter(|(_, is)| **is);
    let labels = headers.flat_map(|(peek, _)| &peek.labels);
    let labels: HashSet<String> = labels.map(|label| plain(label)).collect();
    for (peek, is) in peeks.iter().zip(&mut there) {
        let known = peek.labels.iter().map(|label| plain(label));
        let known = known.filter(|label| labels.contains(label)).count();
        *is = *is || known * 2 >= peek.labels.len();
    }
    there
}

/// Whether the first record is a header. It is none where more columns hold the same sort of data
/// there as below than hold another; where that tells nothing, its words do.
fn is_there(peek: &Peek) -> bool {
    let labels = || peek.labels.iter().map(|label| label.trim());
    if peek.known * 2 >= peek.labels.len() || peek.titles > 0 {
        return true;
    }
    if labels().any(|label| label.contains('@')) {
        return false;
    }
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if peek.rows.is_empty() {
        return labels().all(|label| digits(label) < DIGITS) && speaks(peek);
    }
    let (mut unlike, mut alike) = (0, 0);
    let mut before: Option<u64> = None;
    for (at, first) in labels().enumerate() {
        // Questions and years are counted: 1, 2, 3.
        let number: Option<u64> = first.parse().ok();
        let counted =
            number.is_some() && number == before.map_or(Some(1), |before| before.checked_add(1));
        before = number;
        let cells = peek.rows.iter().filter_map(|(_, row)| row.get(at));
        let cells: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        // What stands for nothing says nothing.
        if cells.is_empty() || first.is_empty() || gap(first.as_bytes()).is_some() {
            continue;
        }
        let takes = |kind: &&Type| cells.iter().all(|cell| kind.accepts(cell.as_bytes()));
        match TELLING.iter().find(takes) {
            Some(kind) if kind.accepts(first.as_bytes()) && !counted => alike += 1,
            Some(_) => unlike += 1,
            None if is_like(first, &cells) || cells.contains(&first) => alike += 1,
            None if digits(first) == 0 && cells.iter().all(|cell| digits(cell) > 0) => unlike += 1,
            None => {}
        }
    }
    alike < unlike || alike == unlike && speaks(peek)
}

/// Whether at least half of the labels are words that labels have, or are written as labels are and no
/// cell below them is.
fn speaks(peek: &Peek) -> bool {
    let labels = peek.labels.iter().enumerate();
    let labels = labels.filter(|(_, label)| !label.trim().is_empty());
    let speaks = |(at, label): &(usize, &String)| {
        let mut cells = peek.rows.iter().filter_map(|(_, row)| row.get(*at));
        is_known(label) || is_written(label) && !cells.any(|cell| is_written(cell))
    };
    let speaking = labels.clone().filter(speaks).count();
    speaking > 0 && speaking * 2 >= labels.count()
}

/// Whether it is one word that begins with a small letter, or words that are joined: `student_id`.
fn is_written(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && (text.starts_with(char::is_lowercase) || text.contains('_'))
}

/// Whether a cell has digits, and where they and its letters stand is the same in all of these.
fn is_like(first: &str, cells: &[&str]) -> bool {
    let shape = |byte: u8| match byte {
        b'0'..=b'9' => b'0',
        b'a'..=b'z' | b'A'..=b'Z' => b'a',
        other => other,
    };
    let mut cells = cells.iter().map(|cell| cell.bytes().map(shape));
    first.bytes().any(|byte| byte.is_ascii_digit())
        && cells.all(|cell| cell.eq(first.bytes().map(shape)))
}
