//! How much of the data a finding shows. A cell can be as long as a record may be, and a report has
//! many: of what is longer than 1,000 characters it shows a part, and says how long it is. Only
//! what is shown is cut, never what a fix writes.

/// The most characters of a key, a cell or a message.
pub const LONGEST: usize = 1000;

/// A key or a cell; of a longer one the beginning and its length: `aaa… (60000 characters)`.
pub fn value(text: &str) -> String {
    // Room for the length, so that what is cut is not cut again.
    let Some(length) = length(text) else {
        return text.to_owned();
    };
    format!("{}… ({length} characters)", head(text, LONGEST - 50))
}

/// A message; of a longer one the beginning, where the evidence is, and the end, where the
/// expectation is.
pub fn message(text: &str) -> String {
    let Some(length) = length(text) else {
        return text.to_owned();
    };
    let shown = LONGEST / 2 - 30;
    let left_out = length - 2 * shown;
    let tail = text.char_indices().rev().nth(shown - 1);
    let tail = tail.map_or("", |(at, _)| &text[at..]);
    format!(
        "{}… ({left_out} characters left out) …{tail}",
        head(text, shown)
    )
}

/// What is shown of a cell that nobody should see.
pub const HIDDEN: &str = "•••";

/// A message without the cell that it is about: all that stands in backticks before what was expected.
pub fn hidden(message: &str) -> String {
    let end = message.rfind("; expected").unwrap_or(message.len());
    let (told, expected) = message.split_at(end);
    match (told.find('`'), told.rfind('`')) {
        (Some(first), Some(last)) => {
            format!(
                "{}`{HIDDEN}`{}{expected}",
                &told[..first],
                &told[last + 1..]
            )
        }
        _ => message.to_owned(),
    }
}

/// Whether it is longer than what is shown.
pub fn is_long(text: &str) -> bool {
    length(text).is_some()
}

/// The characters of a text that has too many.
fn length(text: &str) -> Option<usize> {
    let length = || text.chars().count();
    (text.len() > LONGEST)
        .then(length)
        .filter(|length| *length > LONGEST)
}

fn head(text: &str, most: usize) -> &str {
    let end = text.char_indices().nth(most);
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_between_characters_and_says_so() {
        let long = "é".repeat(60_000);
        assert_eq!(value(&long), "é".repeat(950) + "… (60000 characters)");
        let told = message(&format!("`{long}` is not a date"));
        assert!(
            told.starts_with("`éé") && told.ends_with("éé` is not a date"),
            "{told}"
        );
        assert!(told.contains("é… (59076 characters left out) …é"), "{told}");
    }

    #[test]
    fn of_a_secret_cell_only_the_fault_is_told() {
        for (message, shown) in [
            (
                "`a` b` has 5; expected 3 to `4`",
                "`•••` has 5; expected 3 to `4`",
            ),
            (
                "`x; expected` is too; expected 3",
                "`•••` is too; expected 3",
            ),
            (
                "the cell is empty; expected a value",
                "the cell is empty; expected a value",
            ),
            ("it is `a`", "it is `•••`"),
        ] {
            assert_eq!(hidden(message), shown);
        }
    }

    #[test]
    fn what_was_cut_is_not_cut_again() {
        for length in [0, 1000, 1001, 16 << 20] {
            let text = "x".repeat(length);
            for shown in [value(&text), message(&text)] {
                assert!(shown.len() <= LONGEST + 10 && (shown == text) == (length <= LONGEST));
                assert_eq!((value(&shown), message(&shown)), (shown.clone(), shown));
            }
        }
    }
}
