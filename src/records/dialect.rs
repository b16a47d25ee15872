//! How a file separates and quotes its cells.

/// Delimiter and quote of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The byte between cells: `,` `;` tab or `|`.
    pub delimiter: u8,
    /// The byte around cells that hold delimiters or line breaks; `None` where quotes mean nothing.
    pub quote: Option<u8>,
}

impl Dialect {
    /// Comma and double quote, RFC 4180.
    pub const CSV: Dialect = Dialect {
        delimiter: b',',
        quote: Some(b'"'),
    };

    /// The same quoting with another delimiter.
    pub fn with_delimiter(self, delimiter: u8) -> Dialect {
        Dialect { delimiter, ..self }
    }

    /// Writes a value as a cell: quoted where it holds the delimiter, a quote or a line break.
    pub fn write(self, value: &[u8], out: &mut Vec<u8>) {
        let special =
            |b: &u8| matches!(*b, b'\n' | b'\r') || *b == self.delimiter || Some(*b) == self.quote;
        if value.iter().any(special) {
            self.write_quoted(value, out);
        } else {
            out.extend_from_slice(value);
        }
    }

    /// Writes a value as a quoted cell. Where quotes mean nothing, blanks take the place of what would
    /// end the cell.
    pub fn write_quoted(self, value: &[u8], out: &mut Vec<u8>) {
        let Some(quote) = self.quote else {
            let ends = |b: u8| b == b'\n' || b == b'\r' || b == self.delimiter;
            out.extend(value.iter().map(|&b| if ends(b) { b' ' } else { b }));
            return;
        };
        out.push(quote);
        for &b in value {
            if b == quote {
                out.push(quote);
            }
            out.push(b);
        }
        out.push(quote);
    }
}
