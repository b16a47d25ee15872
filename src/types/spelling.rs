//! Which code a word most likely stands for: the same word in other letters, a synonym from the
//! table, or a slip of the keyboard. Says nothing where two codes are equally near.

use super::{Code, CodeList, Mend, plain::plain};
use crate::order::sort_by_key;

/// How a code is compared with words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The code, folded.
    fold: String,
    /// The same in the simplest spelling.
    plain: String,
    /// Its synonyms, folded.
    synonyms: Vec<String>,
}

impl Spelled {
    pub(super) fn new(code: &Code) -> Spelled {
        let folded = fold(&code.code);
        Spelled {
            plain: spelling(&folded),
            fold: folded,
            synonyms: code.synonyms.iter().map(|synonym| fold(synonym)).collect(),
        }
    }
}

/// The code that differs in case or surrounding blanks only (safe), the code with this synonym
/// (safe if it is the same word in another spelling), the code in another spelling, or one that
/// looks much like it (both for review).
pub(super) fn mend(codes: &CodeList, cell: &str) -> Option<Mend> {
    let text = fold(cell);
    if text.is_empty() {
        return None;
    }
    let respelled = spelling(&text);
    let all = || codes.codes().iter().zip(codes.spelled());
    let matching = |is_so: &dyn Fn(&Code, &Spelled) -> bool| {
        let mut found = all().filter(|(code, spelled)| is_so(code, spelled));
        let first = found.next()?;
        Some(match found.next() {
            None => Match::One(first.0, first.1),
            Some(_) => Match::Several,
        })
    };
    let exact = matching(&|code, _| code.code == cell.trim());
    match exact.or_else(|| matching(&|_, spelled| spelled.fold == text)) {
        Some(Match::One(code, _)) => return Some(Mend::safe(&code.code)),
        Some(Match::Several) => return None,
        None => {}
    }
    match matching(&|_, spelled| spelled.synonyms.contains(&text)) {
        Some(Match::One(code, spelled)) if spelled.plain == respelled => {
            return Some(Mend::safe(&code.code));
        }
        Some(Match::One(code, _)) => return Some(Mend::review(&code.code)),
        Some(Match::Several) => return None,
        None => {}
    }
    match matching(&|_, spelled| spelled.plain == respelled) {
        Some(Match::One(code, _)) => Some(Mend::review(&code.code)),
        Some(Match::Several) => None,
        None => lookalike(all(), &text).map(|code| Mend::review(&code.code)),
    }
}

/// The codes of which something is true, if there are any.
enum Match<'a> {
    One(&'a Code, &'a Spelled),
    Several,
}

/// The one code that a slip or two of the keyboard turns into `text`. Digits are never taken for
/// slips (`grade10`, `grade11`), nor is the first letter (`inactive`, `active`).
fn lookalike<'a>(
    codes: impl Iterator<Item = (&'a Code, &'a Spelled)>,
    text: &str,
) -> Option<&'a Code> {
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let length = text.chars().count();
    let slips = |code: &str| {
        let count = code.chars().count();
        let allowed = match count {
            0..=3 => return None,
            4..=5 => 1,
            _ => 2,
        };
        let alike = code.chars().next() == text.chars().next()
            && count.abs_diff(length) <= allowed
            && digits(code) == digits(text);
        alike
            .then(|| distance(code, text))
            .filter(|slips| *slips <= allowed)
    };
    let mut near: Vec<_> = codes
        .filter_map(|(code, spelled)| Some((slips(&spelled.fold)?, code)))
        .collect();
    sort_by_key(&mut near, |(slips, _)| *slips);
    match near[..] {
        [(_, one)] => Some(one),
        [(best, one), (next, _), ..] if best < next => Some(one),
        _ => None,
    }
}

/// The word without what case, blanks around it and unusual characters add.
fn fold(text: &str) -> String {
    plain(text).to_lowercase()
}

/// A folded word without marks between its letters (`to be deleted`, `Pre-K`) and without zeros
/// before a number (`09`).
fn spelling(folded: &str) -> String {
    let chars: Vec<char> = folded.chars().collect();
    let letter = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(|c| c.is_alphabetic())
    };
    let between = |at: usize| letter(at.checked_sub(1)) && letter(Some(at + 1));
    let kept = chars.iter().enumerate();
    let word: String = kept
        .filter(|(at, c)| !(matches!(c, ' ' | '-' | '_') && between(*at)))
        .map(|(_, c)| c)
        .collect();
    let number = word.bytes().all(|b| b.is_ascii_digit()) && word.bytes().any(|b| b != b'0');
    if number {
        word.trim_start_matches('0').to_owned()
    } else {
        word
    }
}

/// How many letters have to be put in, left out or changed to turn one word into the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{distance, spelling};
    use crate::types::{
        CodeList, Type,
        tests::{check, codes},
    };

    #[test]
    fn what_people_write_for_codes() {
        check(
            &Type::Code(codes()),
            &["student", "tobedeleted", "09"],
            &[
                ("Student", "student"),
                (" student\u{A0}", "student"),
                ("To Be Deleted", "tobedeleted"),
                ("to-be-deleted", "? tobedeleted"),
                ("pupil", "? student"),
                ("9", "09"),
                ("8", "? 08"),
                ("studnet", "? student"),
                ("aides", "? aide"),
                ("ａｉｄｅ", "aide"),
                ("10", ""),
                ("tudent", ""),
                ("side", ""),
                ("Á", ""),
                (" A ", "A"),
                ("ext:cook", ""),
            ],
        );
    }

    #[test]
    fn opposites_and_neighbours_are_not_guessed() {
        let list = CodeList::read("code\nactive\nmale\ngrade10\nparent\npatent\n").unwrap();
        for text in ["inactive", "female", "grade11", "pavent"] {
            assert_eq!(Type::Code(list.clone()).mend(text), None, "{text}");
        }
    }

    #[test]
    fn words_are_compared_by_letters() {
        assert_eq!(distance("studnet", "student"), 2);
        assert_eq!(distance("aides", "aide"), 1);
        assert_eq!(distance("", "aide"), 4);
        assert_eq!(spelling("to be-deleted"), "tobedeleted");
        assert_eq!(spelling("a-"), "a-");
        assert_eq!(spelling("-1"), "-1");
        assert_eq!(spelling("009"), "9");
    }
}
