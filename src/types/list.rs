//! Several values in one cell, separated by commas without blanks (OR12-TYP-LIST). Order and
//! position are kept: they may pair with the items of another field.

use super::{Fault, Mend, Type, plain::plain};
use crate::finding::Safety;

/// What stands between two items.
pub const SEPARATOR: u8 = b',';

/// The rule for faults of the list itself: an empty item, or blanks around an item.
pub const RULE: &str = "invalid-list";

/// The first fault: an empty item or blanks around one (then the whole cell is the evidence), or
/// an item that its type refuses.
pub(super) fn fault<'a>(item: &Type, cell: &'a [u8]) -> Option<Fault<'a>> {
    cell.split(|byte| *byte == SEPARATOR).find_map(|text| {
        if text.is_empty()
            || text.first().is_some_and(u8::is_ascii_whitespace)
            || text.last().is_some_and(u8::is_ascii_whitespace)
        {
            return Some(Fault {
                rule: RULE,
                evidence: cell,
            });
        }
        (!item.accepts(text)).then(|| Fault {
            rule: item.rule(),
            evidence: text,
        })
    })
}

/// Blanks around items go, each item is mended as its type mends it, empty items go (for review:
/// positions change), and `;` or `|` between items becomes a comma (for review).
pub(super) fn mend(item: &Type, cell: &str) -> Option<Mend> {
    joined(item, cell.split(',')).or_else(|| {
        let text = plain(cell);
        let other = [';', '|']
            .into_iter()
            .find(|other| text.contains(*other) && !text.contains(','))?;
        // Any text is a string, so nothing would tell a separator from a mark in the text.
        let parts = joined(item, text.split(other)).filter(|_| *item != Type::String)?;
        Some(Mend::review(parts.text))
    })
}

/// The mended items, as uncertain as the least certain of them; `None` if any cannot be mended.
fn joined<'a>(item: &Type, parts: impl Iterator<Item = &'a str>) -> Option<Mend> {
    let mut safety = Safety::Safe;
    let mut items = Vec::new();
    for part in parts {
        let trimmed = part.trim();
        if trimmed.is_empty() {
            safety = Safety::Review;
        } else if item.accepts(part.as_bytes()) {
            items.push(trimmed.to_owned());
        } else {
            let mend = item.mend(part)?;
            safety = safety.max(mend.safety);
            items.push(mend.text);
        }
    }
    Some(Mend {
        text: items.join(","),
        safety,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::tests::{check, codes};

    #[test]
    fn lists() {
        check(
            &Type::List(Box::new(Type::String)),
            &["a", "a,b c"],
            &[("a, b", "a,b"), ("a,,b", "? a,b"), (",", "")],
        );
        check(
            &Type::List(Box::new(Type::Identifier)),
            &["u1,u2"],
            &[("u1, u2", "? u1,u2"), ("u1;u2", "? u1,u2"), ("u1,u 2", "")],
        );
        check(
            &Type::List(Box::new(Type::Code(codes()))),
            &["student,aide"],
            &[
                ("Student, aide", "student,aide"),
                ("student|aide", "? student,aide"),
                ("student,pupil", "? student,student"),
                ("student,cook", ""),
            ],
        );
    }

    #[test]
    fn the_fault_names_the_item_or_the_list() {
        let list = Type::List(Box::new(Type::Date));
        let fault = |cell: &'static str| list.fault(cell.as_bytes()).map(|f| (f.rule, f.evidence));
        assert_eq!(fault("2024-08-01"), None);
        assert_eq!(
            fault("2024-08-01,soon"),
            Some(("invalid-date", &b"soon"[..]))
        );
        assert_eq!(
            fault("2024-08-01, 2024-08-02"),
            Some((RULE, &b"2024-08-01, 2024-08-02"[..]))
        );
        assert_eq!(
            list.items(b"a,,b").collect::<Vec<_>>(),
            [&b"a"[..], b"", b"b"]
        );
        assert_eq!(Type::Date.items(b"a,b").collect::<Vec<_>>(), [&b"a,b"[..]]);
    }
}
