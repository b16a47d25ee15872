//! Cells that quotes held together until a program wrote them where quotes mean nothing.

use super::{Record, has_lone_quote};

/// The cells of a record, each that quotes held together as one, with blanks for what separates cells.
/// None where that does not make so many of them, where a quote stays open, and where it is no UTF-8:
/// then nobody knows what belongs together.
pub fn joined(record: &Record<'_>, width: usize) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut open: Option<String> = None;
    for at in 0..record.width() {
        let text = std::str::from_utf8(record.raw(at)?).ok()?;
        let is_lone = has_lone_quote(text.as_bytes());
        match open.take() {
            None if is_lone && text.starts_with('"') => open = Some(text[1..].to_owned()),
            None => cells.push(text.to_owned()),
            Some(front) if is_lone => {
                let cell = format!("{front} {}", text.strip_suffix('"')?);
                cells.push(cell.replace("\"\"", "\""));
            }
            Some(front) => open = Some(format!("{front} {text}")),
        }
    }
    (open.is_none() && cells.len() == width).then_some(cells)
}
