//! Which values of a field a receiver takes, as the `value` of a row says it.

use crate::records::trim;
use crate::types::Type;
use crate::types::pattern::Pattern;

/// Words that a message names.
const NAMED: usize = 12;

/// What a receiver takes.
pub(super) enum Taken {
    /// One of these words, in whatever case.
    Words(Vec<String>),
    /// Values that look like this one.
    Like(String, Pattern),
    /// Values without these characters.
    Without(Vec<char>),
    /// At most so many items.
    Items(usize),
}

impl Taken {
    /// What the value of a row says.
    pub fn read(text: &str) -> Option<Taken> {
        let (kind, what) = text.split_once(": ")?;
        Some(match kind {
            "one of" => Taken::Words(what.split('|').map(str::to_owned).collect()),
            "like" => {
                let (example, pattern) = what.split_once(" as ")?;
                Taken::Like(example.to_owned(), Pattern::read(pattern).ok()?)
            }
            "without" => Taken::Without(what.chars().filter(|c| *c != ' ').collect()),
            "items" => Taken::Items(what.parse().ok()?),
            _ => return None,
        })
    }

    /// What of a cell is not taken.
    pub fn odd<'a>(&self, kind: &Type, text: &'a str) -> Option<&'a str> {
        let odd = |item: &&str| match self {
            Taken::Words(words) => !words.iter().any(|word| word.eq_ignore_ascii_case(item)),
            Taken::Like(_, pattern) => !pattern.matches(item.as_bytes()),
            Taken::Without(chars) => item.contains(chars.as_slice()),
            Taken::Items(_) => false,
        };
        let items = kind.items(text.as_bytes());
        match self {
            Taken::Items(most) => (items.count() > *most).then_some(text),
            _ => {
                let mut items = items.filter_map(|item| std::str::from_utf8(trim(item)).ok());
                items.find(odd)
            }
        }
    }

    /// In words, behind "expected".
    pub fn expected(&self) -> String {
        match self {
            Taken::Words(words) => {
                let named = words[..words.len().min(NAMED)].join(", ");
                let more = words.len().saturating_sub(NAMED);
                let more = (more > 0).then(|| format!(" and {more} more"));
                format!("one of {named}{}", more.unwrap_or_default())
            }
            Taken::Like(example, _) => format!("one like {example}"),
            Taken::Without(chars) => {
                let chars: Vec<String> = chars.iter().map(char::to_string).collect();
                format!("none of {}", chars.join(" "))
            }
            Taken::Items(most) => format!("at most {most} items"),
        }
    }
}
