//! True or false. Other words for them are proposed, never assumed.

use super::{Mend, plain::plain};

/// The value of exactly `true` or `false`, in lower case (OR12-TYP-BOOL).
#[must_use]
pub fn value(cell: &[u8]) -> Option<bool> {
    match cell {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// `TRUE` is certain; `1`, `yes` and what spreadsheets in other languages write is a guess.
pub(super) fn mend(cell: &str) -> Option<Mend> {
    match plain(cell).to_lowercase().as_str() {
        word @ ("true" | "false") => Some(Mend::safe(word)),
        "1" | "yes" | "y" | "t" | "on" | "sí" | "si" | "verdadero" | "vrai" | "wahr" => {
            Some(Mend::review("true"))
        }
        "0" | "no" | "n" | "f" | "off" | "falso" | "faux" | "falsch" => Some(Mend::review("false")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::types::{Type, tests::check};

    #[test]
    fn booleans() {
        check(
            &Type::Boolean,
            &["true", "false"],
            &[
                ("TRUE", "true"),
                (" False\u{A0}", "false"),
                ("ｔｒｕｅ", "true"),
                ("1", "? true"),
                ("N", "? false"),
                ("VERDADERO", "? true"),
                ("maybe", ""),
            ],
        );
    }
}
