//! Whether a file begins with a header. It is asked before anything of the first record becomes a
//! label: of a file without one, that is somebody's data.

use crate::peek::Peek;
use crate::types::Type;

/// Types that tell a label from data.
const TELLING: [Type; 5] = [
    Type::Email,
    Type::Date,
    Type::DateTime,
    Type::Integer,
    Type::Decimal,
];

/// Whether the first record is a header. It is none where more columns hold the same sort of data
/// there as below than hold another.
pub(super) fn is_there(peek: &Peek) -> bool {
    if peek.known * 2 >= peek.labels.len() || peek.titles > 0 {
        return true;
    }
    if peek.rows.is_empty() {
        return !peek
            .labels
            .iter()
            .any(|first| Type::Email.accepts(first.trim().as_bytes()));
    }
    let (mut labels, mut data) = (0, 0);
    let mut before: Option<u64> = None;
    for (at, first) in peek.labels.iter().enumerate() {
        // Questions and years are counted: 1, 2, 3.
        let number: Option<u64> = first.trim().parse().ok();
        let counted =
            number.is_some() && number == before.map_or(Some(1), |before| before.checked_add(1));
        before = number;
        let cells = peek.rows.iter().filter_map(|(_, row)| row.get(at));
        let cells: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let takes = |kind: &&Type| cells.iter().all(|cell| kind.accepts(cell.as_bytes()));
        let kind = TELLING.iter().find(takes).filter(|_| !cells.is_empty());
        let first = first.trim().as_bytes();
        let is = |kind: &Type| !first.is_empty() && kind.accepts(first);
        match kind {
            Some(kind) if is(kind) && !counted => data += 1,
            Some(_) => labels += 1,
            None if is_like(first, &cells) => data += 1,
            None => {}
        }
    }
    data <= labels
}

/// Whether a cell has digits, and where they and its letters stand is the same in all of these.
fn is_like(first: &[u8], cells: &[&str]) -> bool {
    let shape = |byte: &u8| match byte {
        b'0'..=b'9' => b'0',
        b'a'..=b'z' | b'A'..=b'Z' => b'a',
        other => *other,
    };
    let mut cells = cells.iter().map(|cell| cell.as_bytes().iter().map(shape));
    first.iter().any(u8::is_ascii_digit)
        && cells.len() > 1
        && cells.all(|cell| cell.eq(first.iter().map(shape)))
}
