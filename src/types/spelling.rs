//! Which code a word most likely stands for: the same word in other letters, a synonym from the
//! table, or a slip of the keyboard. Says nothing where two codes are equally near.

use super::{Code, CodeList, Mend, plain::plain};

/// The code that differs in case or surrounding blanks only (safe), the code with this synonym
/// (safe if it is the same word in another spelling), the code in another spelling, or one that
/// looks much like it (both for review).
pub(super) fn mend(codes: &CodeList, cell: &str) -> Option<Mend> {
    let text = fold(cell);
    if text.is_empty() {
        return None;
    }
    let respelled = spelling(&text);
    let same = |code: &Code| spelling(&fold(&code.code)) == respelled;
    let listed = |code: &Code| code.synonyms.iter().any(|synonym| fold(synonym) == text);

    let exact = matching(codes, |code| code.code == cell.trim());
    let folded = || matching(codes, |code| fold(&code.code) == text);
    match exact.or_else(folded) {
        Some(Match::One(code)) => return Some(Mend::safe(&code.code)),
        Some(Match::Several) => return None,
        None => {}
    }
    match matching(codes, listed) {
        Some(Match::One(code)) if same(code) => return Some(Mend::safe(&code.code)),
        Some(Match::One(code)) => return Some(Mend::review(&code.code)),
        Some(Match::Several) => return None,
        None => {}
    }
    match matching(codes, same) {
        Some(Match::One(code)) => Some(Mend::review(&code.code)),
        Some(Match::Several) => None,
        None => lookalike(codes, &text).map(|code| Mend::review(&code.code)),
    }
}

/// The codes of which something is true, if there are any.
enum Match<'a> {
    One(&'a Code),
    Several,
}

fn matching(codes: &CodeList, is_so: impl Fn(&Code) -> bool) -> Option<Match<'_>> {
    let mut found = codes.codes().iter().filter(|code| is_so(code));
    let first = found.next()?;
    Some(if found.next().is_none() {
        Match::One(first)
    } else {
        Match::Several
    })
}

/// The one code that a slip or two of the keyboard turns into `text`. Digits are never taken for
/// slips (`grade10`, `grade11`), nor is the first letter (`inactive`, `active`).
fn lookalike<'a>(codes: &'a CodeList, text: &str) -> Option<&'a Code> {
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let slips = |code: &Code| {
        let code = fold(&code.code);
        let allowed = match code.chars().count() {
            0..=3 => return None,
            4..=5 => 1,
            _ => 2,
        };
        let alike = code.chars().next() == text.chars().next() && digits(&code) == digits(text);
        let near = code.chars().count().abs_diff(text.chars().count()) <= allowed;
        (alike && near)
            .then(|| distance(&code, text))
            .filter(|slips| *slips <= allowed)
    };
    let mut near: Vec<_> = codes
        .codes()
        .iter()
        .filter_map(|code| Some((slips(code)?, code)))
        .collect();
    near.sort_by_key(|(slips, _)| *slips);
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
