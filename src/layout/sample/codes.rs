//! Which values of a column are codes. Layouts are handed on, and a value in one must tell nothing
//! about anybody: in doubt, there are no codes.

use super::words::{is_common, is_sort};

/// Filled cells of a column of codes, at least.
const ENOUGH: u64 = 20;

/// Cells that have each code, at least: of what fewer share, somebody would be known by it.
const SHARED: u64 = 3;

/// Digits of a code, at most: dates, numbers of phones and addresses of machines have more.
const DIGITS: usize = 4;

/// Marks within a code, at most.
const MARKS: usize = 2;

/// Whether the values of a column with this label are codes, and how often each is there speaks for
/// it: few values for that many cells, and each of them in several.
pub(super) fn are_codes(label: &str, filled: u64, values: &[(&str, u64)]) -> bool {
    let count = values.len() as u64;
    let sort = is_sort(label);
    filled >= ENOUGH
        && count > 1
        && count * count <= filled * 4
        && values.iter().all(|(value, times)| {
            let common = value.split_whitespace().all(is_common);
            *times >= SHARED && (common || is_code(value, sort))
        })
}

/// Whether it is spelled like a code: in one piece, and a word only where the column is about a sort
/// of something.
fn is_code(value: &str, sort: bool) -> bool {
    let letters: Vec<bool> = value.chars().map(char::is_alphabetic).collect();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let marks = value.chars().filter(|c| "-_/+".contains(*c)).count();
    let has_letters = letters.contains(&true);
    let is_word = letters.windows(3).any(|three| three == [true; 3]);
    letters.iter().filter(|is| **is).count() + digits + marks == letters.len()
        && digits <= DIGITS
        && marks <= MARKS
        && (has_letters || digits == 0 || marks == 0)
        && (!is_word || sort && digits == 0)
}
