//! Cells of the tables that people open in a spreadsheet: quoted as RFC 4180 says, and kept from
//! being run as a formula.
//!
//! Only our own tables about the data pass here, never converted or repaired data: those must
//! carry the very text that was in the file.

use crate::formula::runs;

/// Appends one record: the cells between commas, then CRLF.
pub(super) fn record<const N: usize>(out: &mut Vec<u8>, cells: [&str; N]) {
    for (at, text) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        cell(out, text);
    }
    out.extend_from_slice(b"\r\n");
}

/// A number, or nothing.
pub(super) fn number(n: Option<u64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn cell(out: &mut Vec<u8>, text: &str) {
    let guard = if runs(text) { "'" } else { "" };
    // RFC 4180 asks for quotes around these first four. The others are delimiters elsewhere: a
    // spreadsheet that splits there would start a new, unguarded cell.
    if text.contains(['"', ',', '\r', '\n', ';', '\t']) {
        out.push(b'"');
        out.extend_from_slice(guard.as_bytes());
        for (at, piece) in text.split('"').enumerate() {
            if at > 0 {
                out.extend_from_slice(b"\"\"");
            }
            out.extend_from_slice(piece.as_bytes());
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(guard.as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_guarded() {
        let cases = [
            ("", ""),
            ("plain", "plain"),
            ("Ann, \"Bo\"", "\"Ann, \"\"Bo\"\"\""),
            ("\"", "\"\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("a;=1", "\"a;=1\""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+1+1", "'+1+1"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("＝1", "'＝1"),
            ("-", "'-"),
            ("-.", "'-."),
            ("-5", "-5"),
            ("+1.5", "+1.5"),
            ("-.5", "-.5"),
            ("-1.2.3", "'-1.2.3"),
            ("-2+3", "'-2+3"),
            ("-١", "'-١"),
            ("a=1", "a=1"),
        ];
        for (text, written) in cases {
            let mut out = Vec::new();
            cell(&mut out, text);
            assert_eq!(String::from_utf8_lossy(&out), written, "{text:?}");
        }
    }
}
