//! Which values of a column are codes. Layouts are handed on, and a value in one must tell nothing
//! about anybody: in doubt, there are no codes.

use super::values::Value;
use super::words::{is_common, is_sort};

/// Filled cells of a column of codes, at least.
const ENOUGH: u64 = 20;

/// Cells that have each code, at least: of what fewer share, somebody would be known by it.
const SHARED: u64 = 3;

/// Characters of a code with digits and letters, and of one that has only digits, at most: numbers of
/// people have more.
const MIXED: usize = 4;
const DIGITS: usize = 2;

/// Marks within a code, at most.
const MARKS: usize = 2;

/// The values of so many columns with this label, where they are codes. How often each is there speaks
/// for it: few values for that many cells, and each of them in several.
pub(super) fn codes<'a>(
    label: &str,
    columns: u32,
    filled: u64,
    values: &[&'a Value],
) -> Option<Vec<&'a str>> {
    let count = values.len() as u64;
    let sort = is_sort(label);
    let texts = values.iter().map(|value| value.text());
    let texts: Vec<&str> = texts.collect::<Option<_>>()?;
    let shared = values.iter().all(|value| value.times >= SHARED);
    let few = filled >= ENOUGH && count > 1 && count * count <= filled * 4;
    // What is that short, or said everywhere, is nobody's, however it is spread.
    let plain = texts.iter().all(|text| {
        let short = text.chars().count() <= if sort { 2 } else { 1 };
        is_said(text) || short
    });
    let spelled = |text: &&str| is_said(text) || is_code(text, sort);
    let are = few && shared && texts.iter().all(spelled);
    (are && (plain || columns == 1 && !are_numbers(values))).then_some(texts)
}

/// Whether each stands for a person or a thing that has some records: all of them together, or as many
/// as every other.
fn are_numbers(values: &[&Value]) -> bool {
    let times = || values.iter().map(|value| value.times);
    let (least, most) = (times().min().unwrap_or(0), times().max().unwrap_or(0));
    values.iter().all(|value| value.runs == 1) || most - least <= (least / 4).max(1)
}

/// Whether all words of it are codes in whatever column.
fn is_said(value: &str) -> bool {
    value.split_whitespace().all(is_common)
}

/// Whether it is spelled like a code: in one piece, and a word only in small letters and where the
/// column is about a sort of something.
fn is_code(value: &str, sort: bool) -> bool {
    let letters: Vec<bool> = value.chars().map(char::is_alphabetic).collect();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let marks = value.chars().filter(|c| "-_/+".contains(*c)).count();
    let has_letters = letters.contains(&true);
    let is_word = letters.windows(3).any(|three| three == [true; 3]);
    let is_small = !value.contains(char::is_uppercase);
    let most = match (digits, has_letters) {
        (0, _) => usize::MAX,
        (_, true) => MIXED,
        (_, false) => DIGITS,
    };
    letters.iter().filter(|is| **is).count() + digits + marks == letters.len()
        && letters.len() <= most
        && marks <= MARKS
        && (has_letters || digits == 0 || marks == 0)
        && (!is_word || sort && digits == 0 && is_small)
}
