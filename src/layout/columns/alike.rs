//! How alike two labels are.

use std::collections::BTreeSet;

use crate::layout::sample::words;
use crate::peek::plain;

/// Words that mean the same in labels; the first stands for all.
const SAME: &[&[&str]] = &[
    &[
        "id",
        "identifier",
        "number",
        "num",
        "no",
        "nr",
        "key",
        "code",
    ],
    &["birth", "birthdate", "birthday", "dob", "born"],
    &["first", "given", "firstname", "givenname", "forename"],
    &["last", "family", "lastname", "familyname", "surname"],
    &["gender", "sex"],
    &["email", "mail"],
    &["phone", "telephone", "tel", "mobile"],
    &["student", "pupil", "learner", "candidate"],
    &["school", "org", "organization", "campus"],
    &["start", "begin", "from"],
    &["end", "until", "to"],
    &["grade", "level"],
    &["score", "points", "mark", "result"],
];

/// Words that add nothing.
const EMPTY: &[&str] = &["of", "the", "name", "date", "address"];

/// A label as it is compared with others.
pub(super) struct Label {
    pub plain: String,
    /// Its words, those that mean the same as one.
    meant: BTreeSet<String>,
    /// Its letters with the next ones.
    pairs: Vec<(char, char)>,
}

impl Label {
    pub(super) fn of(label: &str) -> Label {
        let plain = plain(label);
        let pairs = plain.chars().zip(plain.chars().skip(1)).collect();
        Label {
            meant: meant(label, &plain),
            plain,
            pairs,
        }
    }
}

/// How alike two labels are: 1 where only capitals, blanks and marks differ, 0.9 where they have the same
/// words or such that mean the same.
pub(super) fn alike(a: &Label, b: &Label) -> f64 {
    if a.plain == b.plain {
        return 1.0;
    }
    let both = a.meant.intersection(&b.meant).count();
    let all = a.meant.len() + b.meant.len() - both;
    let words = if all > 0 {
        both as f64 / all as f64 * 0.9
    } else {
        0.0
    };
    words.max(letters(&a.pairs, &b.pairs) * 0.85)
}

/// The words of a label, those that mean the same as one.
fn meant(label: &str, plain: &str) -> BTreeSet<String> {
    let same = |word: &str| SAME.iter().find(|same| same.contains(&word));
    // `D.O.B.` is a word, too.
    if let Some(same) = same(plain) {
        return BTreeSet::from([same[0].to_owned()]);
    }
    let words = words(label).into_iter();
    let words = words.filter(|word| !EMPTY.contains(&word.as_str()));
    let words = words.map(|word| same(&word).map_or(word.clone(), |same| same[0].to_owned()));
    words.collect()
}

/// How many pairs of letters two words share, of all that they have.
fn letters(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let all = a.len() + b.len();
    // So far apart in length, they cannot be alike.
    if all == 0 || a.len().min(b.len()) * 4 < all {
        return 0.0;
    }
    let mut b = b.to_vec();
    let mut both = 0;
    for pair in a {
        if let Some(at) = b.iter().position(|other| other == pair) {
            b.swap_remove(at);
            both += 2;
        }
    }
    f64::from(both) / all as f64
}
