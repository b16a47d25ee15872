//! Tables that people keep: what separates their cells, and on which line a record begins, as an editor
//! shows it.

/// What separates the cells of a table: spreadsheets of many countries write semicolons where others
/// write commas. Of tab and semicolon the first that its first line has, else a comma.
pub(crate) fn separator(text: &str) -> u8 {
    let first = text.trim_start().lines().next().unwrap_or_default();
    let separates = |separator: &u8| first.as_bytes().contains(separator);
    let mut others = [b'\t', b';'].into_iter();
    others.find(separates).unwrap_or(b',')
}

/// The line of a record that was read from this text, from 1. The reader still counts it to where the
/// record above ends, before what is left of that one's line end and before blank lines.
pub(crate) fn of(text: &str, record: &csv::StringRecord) -> u64 {
    let Some(position) = record.position() else {
        return 0;
    };
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}
