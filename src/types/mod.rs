//! The types a field can have: which text each accepts, and what people most likely meant by text
//! it does not accept. One file per type.
//!
//! Two speeds: `accepts` runs on the bytes of every cell and neither allocates nor hashes; `mend`
//! runs on refused cells only. Nothing here knows fields, records or messages, nothing changes a
//! file, and nothing guesses from other cells, but for dates: [`date::order`].

pub mod boolean;
pub mod code;
pub mod date;
pub mod datetime;
pub mod decimal;
pub mod email;
pub mod identifier;
pub mod integer;
pub mod list;
pub mod pattern;
mod plain;
mod readings;
mod spelling;
pub mod string;
#[cfg(test)]
mod tests;
mod texts;
pub mod year;

use crate::finding::Safety;
pub use code::{Code, CodeList};
pub use plain::plain as everyday;
use std::fmt;
pub(crate) use texts::{Texts, same, word};

use wide::u8x16;

/// What a refused value most likely meant, and how far that can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The value as its type wants it.
    pub text: String,
    /// How certain it is that the meaning is kept; never [`Safety::Shown`].
    pub safety: Safety,
}

impl Mend {
    /// A mend that certainly keeps the meaning.
    fn safe(text: impl Into<String>) -> Mend {
        Mend {
            text: text.into(),
            safety: Safety::Safe,
        }
    }

    /// A mend that someone should look at first.
    fn review(text: impl Into<String>) -> Mend {
        Mend {
            text: text.into(),
            safety: Safety::Review,
        }
    }
}

/// Why a cell is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault<'a> {
    /// The rule that reports it.
    pub rule: &'static str,
    /// What is refused: the cell, or the first faulty item of a list.
    pub evidence: &'a [u8],
}

/// The type of a field, as the `type` column of a layout names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// See [`identifier`].
    Identifier,
    /// See [`string`](mod@string).
    String,
    /// One of a list of codes; see [`code`].
    Code(CodeList),
    /// One of a list of codes, or a private term that begins with `ext:`; see [`code`].
    OpenCode(CodeList),
    /// See [`date`].
    Date,
    /// See [`datetime`].
    DateTime,
    /// See [`boolean`].
    Boolean,
    /// See [`integer`].
    Integer,
    /// See [`decimal`].
    Decimal,
    /// See [`year`].
    Year,
    /// See [`email`].
    Email,
    /// Several values of one type (never itself a list) in one cell; see [`list`].
    List(Box<Type>),
}

/// What a layout may write in its `type` column.
const ALLOWED: &str = "identifier, string, code, open code, date, datetime, boolean, integer, decimal, year, email, \
                       or `list of` and one of these";

impl Type {
    /// Reads the `type` cell of a layout; `codes` is the code list that the same row names.
    ///
    /// # Errors
    /// Words for the author of the layout: the name is unknown, a code type lacks its list, or a
    /// list of codes stands beside a type that has no use for it.
    pub fn read(text: &str, codes: Option<CodeList>) -> Result<Type, String> {
        let words: Vec<_> = text.split_whitespace().collect();
        let name = words.join(" ").to_lowercase();
        let item = name.strip_prefix("list of ");
        let single = item.unwrap_or(&name);
        let ty = match (single, &codes) {
            ("code", Some(codes)) => Type::Code(codes.clone()),
            ("open code", Some(codes)) => Type::OpenCode(codes.clone()),
            ("code" | "open code", None) => {
                return Err(format!("`{text}` needs the name of a code list in `codes`"));
            }
            ("identifier", _) => Type::Identifier,
            ("string", _) => Type::String,
            ("date", _) => Type::Date,
            ("datetime", _) => Type::DateTime,
            ("boolean", _) => Type::Boolean,
            ("integer", _) => Type::Integer,
            ("decimal", _) => Type::Decimal,
            ("year", _) => Type::Year,
            ("email", _) => Type::Email,
            _ => return Err(format!("`{text}` is not a type; expected {ALLOWED}")),
        };
        if codes.is_some() && ty.codes().is_none() {
            return Err(format!(
                "`{text}` has no use for a code list; expected `codes` to be empty"
            ));
        }
        Ok(if item.is_some() {
            Type::List(Box::new(ty))
        } else {
            ty
        })
    }

    /// Is this exactly what the type asks for? Never asked of empty cells.
    #[must_use]
    pub fn accepts(&self, cell: &[u8]) -> bool {
        match self {
            Type::Identifier => identifier::accepts(cell),
            Type::String => string::accepts(cell),
            Type::Code(codes) => codes.contains(cell),
            Type::OpenCode(codes) => codes.contains(cell) || code::is_private(cell),
            Type::Date => date::days(cell).is_some(),
            Type::DateTime => datetime::seconds(cell).is_some(),
            Type::Boolean => boolean::value(cell).is_some(),
            Type::Integer => integer::accepts(cell),
            Type::Decimal => decimal::accepts(cell),
            Type::Year => year::value(cell).is_some(),
            Type::Email => email::accepts(cell),
            Type::List(item) => list::fault(item, cell).is_none(),
        }
    }

    /// Whether all cells are accepted.
    pub fn accepts_all<'a>(&self, mut cells: impl Iterator<Item = &'a [u8]>) -> bool {
        match self {
            Type::String => true,
            Type::Identifier => cells.all(identifier::accepts),
            Type::Date => cells.all(|cell| date::days(cell).is_some()),
            Type::Email => cells.all(email::accepts),
            Type::Code(codes) => codes.contains_all(cells),
            // Others repeat: nothing is asked twice in a row.
            _ => {
                let mut accepted: &[u8] = b"";
                cells.all(|cell| {
                    let is = same(cell, accepted) || self.accepts(cell);
                    accepted = cell;
                    is
                })
            }
        }
    }

    /// Why the cell is refused, down to the item of a list; `None` when it is accepted.
    #[must_use]
    pub fn fault<'a>(&self, cell: &'a [u8]) -> Option<Fault<'a>> {
        match self {
            Type::List(item) => list::fault(item, cell),
            _ if self.accepts(cell) => None,
            _ => Some(Fault {
                rule: self.rule(),
                evidence: cell,
            }),
        }
    }

    /// What a refused cell most likely meant. `None` for an accepted cell and where nothing is
    /// plausible; what is returned is always accepted.
    #[must_use]
    pub fn mend(&self, cell: &str) -> Option<Mend> {
        if self.accepts(cell.as_bytes()) {
            return None;
        }
        let mend = match self {
            Type::Identifier => identifier::mend(cell),
            Type::String => None,
            Type::Code(codes) => spelling::mend(codes, cell),
            Type::OpenCode(codes) => {
                spelling::mend(codes, cell).or_else(|| code::mend_private(cell))
            }
            Type::Date => date::mend(cell),
            Type::DateTime => datetime::mend(cell),
            Type::Boolean => boolean::mend(cell),
            Type::Integer => integer::mend(cell),
            Type::Decimal => decimal::mend(cell),
            Type::Year => year::mend(cell),
            Type::Email => email::mend(cell),
            Type::List(item) => list::mend(item, cell),
        };
        mend.filter(|m| !m.text.is_empty() && self.accepts(m.text.as_bytes()))
    }

    /// The words after "is not": "`31/12/24` is not *a date*".
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match self {
            Type::Identifier => "an identifier",
            Type::String => "text",
            Type::Code(_) | Type::OpenCode(_) => "one of the codes",
            Type::Date => "a date",
            Type::DateTime => "a date and time",
            Type::Boolean => "true or false",
            Type::Integer => "a whole number",
            Type::Decimal => "a number",
            Type::Year => "a year",
            Type::Email => "an e-mail address",
            Type::List(_) => "a list",
        }
    }

    /// The words after "expected": `YYYY-MM-DD`, "one of `a`, `b`".
    #[must_use]
    pub fn expected(&self) -> String {
        let words = match self {
            Type::Identifier => "1 to 255 of the characters A-Z a-z 0-9 . - _ / @",
            Type::String => "any text",
            Type::Code(codes) => return codes.expected(),
            Type::OpenCode(codes) => {
                return format!(
                    "{}, or a term of your own that begins with `ext:`",
                    codes.expected()
                );
            }
            Type::Date => "YYYY-MM-DD",
            Type::DateTime => "YYYY-MM-DDThh:mm:ssZ",
            Type::Boolean => "true or false",
            Type::Integer => "a whole number such as 12",
            Type::Decimal => "a number such as 12.5",
            Type::Year => "YYYY",
            Type::Email => "an address such as name@example.org",
            Type::List(item) => {
                return format!(
                    "{}; several are separated by commas without blanks",
                    item.expected()
                );
            }
        };
        words.to_owned()
    }

    /// The rule that reports a refused value; for a list that of its items (see [`Type::fault`] for
    /// faults of the list itself). A single string is never refused.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Type::Identifier => "invalid-identifier",
            Type::String => "invalid-string",
            Type::Code(_) | Type::OpenCode(_) => "unknown-code",
            Type::Date => "invalid-date",
            Type::DateTime => "invalid-datetime",
            Type::Boolean => "invalid-boolean",
            Type::Integer => "invalid-integer",
            Type::Decimal => "invalid-decimal",
            Type::Year => "invalid-year",
            Type::Email => "invalid-email",
            Type::List(item) if **item == Type::String => list::RULE,
            Type::List(item) => item.rule(),
        }
    }

    /// The values of a cell: the items of a list, otherwise the cell itself.
    pub fn items<'a>(&self, cell: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let separator = matches!(self, Type::List(_)).then_some(list::SEPARATOR);
        cell.split(move |byte| Some(*byte) == separator)
    }

    /// The type of a list's items, otherwise the type itself.
    #[must_use]
    pub fn item(&self) -> &Type {
        match self {
            Type::List(item) => item,
            single => single,
        }
    }

    /// The code list of a code type or of a list of codes.
    #[must_use]
    pub fn codes(&self) -> Option<&CodeList> {
        match self {
            Type::Code(codes) | Type::OpenCode(codes) => Some(codes),
            Type::List(item) => item.codes(),
            _ => None,
        }
    }
}

/// Whether all bytes are as `is` wants them, which sets all bits of those that are. Sixteen are looked
/// at together; where the length is no multiple, some of the last ones twice.
#[inline(always)]
fn all(text: &[u8], is: impl Fn(u8x16) -> u8x16) -> bool {
    let each = |bytes: &[u8; 16]| is(u8x16::new(*bytes)).to_bitmask() == 0xFFFF;
    match (text, text.last_chunk::<16>()) {
        ([], _) => true,
        (_, Some(last)) => text.as_chunks::<16>().0.iter().all(each) && each(last),
        ([first, ..], None) => {
            let mut bytes = [*first; 16];
            bytes[..text.len()].copy_from_slice(text);
            each(&bytes)
        }
    }
}

/// Which bytes are one of a range.
#[inline(always)]
fn within(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let above = bytes - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).simd_eq(above)
}

/// The name as a layout writes it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Type::Identifier => "identifier",
            Type::String => "string",
            Type::Code(_) => "code",
            Type::OpenCode(_) => "open code",
            Type::Date => "date",
            Type::DateTime => "datetime",
            Type::Boolean => "boolean",
            Type::Integer => "integer",
            Type::Decimal => "decimal",
            Type::Year => "year",
            Type::Email => "email",
            Type::List(item) => return write!(f, "list of {item}"),
        };
        f.write_str(name)
    }
}
