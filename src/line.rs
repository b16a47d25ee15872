//! On which line of a table a record begins, as an editor shows it.

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
