//! Values that only people know: what may be given for each.

use std::num::NonZeroUsize;

use crate::layout::{Confidence, Field};
use crate::rules::header::may_hold;
use crate::types::{Type, date};
use crate::{Error, Result};

/// Bytes of a table or a list that can be given for a value.
pub const LARGE: usize = 16 << 20;

/// Characters of a secret below which it can be guessed.
const SHORT: usize = 12;

/// The value that was given for a name.
pub type Asked<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// A value that only people know.
pub struct Ask {
    /// As `--set name=value` has it.
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// What may be given.
    pub kind: Answer,
    /// Whether there is no conversion without it.
    pub required: bool,
    /// A word for what it is about, where several belong together; else empty.
    pub group: &'static str,
}

impl Ask {
    /// A cell that may be given.
    pub const fn may(name: &'static str, title: &'static str, kind: Type) -> Ask {
        Ask::cell(name, title, kind, false)
    }

    /// A cell without which there is no conversion.
    pub const fn must(name: &'static str, title: &'static str, kind: Type) -> Ask {
        Ask::cell(name, title, kind, true)
    }

    const fn cell(name: &'static str, title: &'static str, kind: Type, required: bool) -> Ask {
        Ask {
            name,
            title,
            kind: Answer::Cell(kind),
            required,
            group: "",
        }
    }
}

/// What may be given for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What a cell of this type holds.
    Cell(Type),
    /// How many: a whole number from 1.
    Count,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A day, not before the one that is given for the value of this name.
    DayFrom(&'static str),
    /// Names: one on each line, or with `;` between them.
    Names,
    /// The text of a table of two columns, separated by commas, semicolons or tabs.
    Table,
    /// A text that is written nowhere.
    Secret,
}

impl Answer {
    /// As lists and the page call it.
    pub fn word(&self) -> String {
        match self {
            Answer::Cell(kind) => kind.to_string(),
            Answer::Count => Type::Integer.to_string(),
            Answer::Word(words) => words.join("|"),
            Answer::DayFrom(_) => Type::Date.to_string(),
            Answer::Names => "names".to_owned(),
            Answer::Table => "table".to_owned(),
            Answer::Secret => "secret".to_owned(),
        }
    }

    /// Why a text cannot be given, if so: what it is, and what was expected. Secrets are not told.
    /// `given` are all values.
    fn refuses(&self, text: &str, name: &str, given: &[(String, String)]) -> Option<String> {
        let day = |text: &str| date::days(text.as_bytes());
        match self {
            Answer::DayFrom(_) if day(text).is_none() => {
                Answer::Cell(Type::Date).refuses(text, name, given)
            }
            Answer::DayFrom(first) => {
                let (first, begin) = given.iter().find(|(known, _)| known == first)?;
                let told = || {
                    format!(
                        "`{text}`, given for `{name}`, is before `{begin}`, given for `{first}`; expected that day or a later one"
                    )
                };
                (day(begin)? > day(text)?).then(told)
            }
            Answer::Word(words) if !words.contains(&text) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                let words = words.join(" or ");
                Some(format!(
                    "`{text}`, given for `{name}`, is no such word; expected {words}"
                ))
            }
            Answer::Cell(kind) if !kind.accepts(text.as_bytes()) => {
                let (noun, expected) = (kind.noun(), kind.expected());
                Some(format!(
                    "`{text}`, given for `{name}`, is not {noun}; expected {expected}"
                ))
            }
            Answer::Count if text.trim().parse::<NonZeroUsize>().is_err() => Some(format!(
                "`{text}`, given for `{name}`, is not how many there may be; expected a whole number from 1"
            )),
            Answer::Names | Answer::Table if text.len() > LARGE => Some(format!(
                "what was given for `{name}` has {} bytes; expected at most {LARGE}",
                text.len()
            )),
            Answer::Names
                if text
                    .split(['\n', '\r', ';'])
                    .all(|name| name.trim().is_empty()) =>
            {
                Some(format!(
                    "what was given for `{name}` names nothing; expected a name at least"
                ))
            }
            Answer::Secret if text.trim().chars().count() < SHORT => Some(format!(
                "what was given for `{name}` has {} characters and could be guessed; expected at least {SHORT}",
                text.trim().chars().count()
            )),
            _ => None,
        }
    }
}

/// Sees that the values given are those that are asked for; `title` is that of the target.
///
/// # Errors
/// A value is not asked for, given twice, of the wrong kind or missing.
pub(crate) fn fits(asks: &[Ask], title: &str, set: &[(String, String)]) -> Result<()> {
    let names = || match asks {
        [] => "none".to_owned(),
        asks => {
            let names: Vec<String> = asks.iter().map(|ask| format!("`{}`", ask.name)).collect();
            names.join(" or ")
        }
    };
    for (at, (name, text)) in set.iter().enumerate() {
        let Some(ask) = asks.iter().find(|ask| ask.name == name) else {
            let names = names();
            let text = format!("`{name}` is no value that {title} asks for; expected {names}");
            return Err(Error::usage(text));
        };
        if set[..at].iter().any(|(earlier, _)| earlier == name) {
            let told = format!("`{name}` is given twice; expected once");
            return Err(Error::refused(name, told));
        }
        let refused = Some(text).filter(|text| !text.is_empty());
        if let Some(told) = refused.and_then(|text| ask.kind.refuses(text, name, set)) {
            return Err(Error::refused(name, told));
        }
    }
    let given = |name: &str| {
        set.iter()
            .any(|(known, text)| known == name && !text.is_empty())
    };
    let missing = asks.iter().find(|ask| ask.required && !given(ask.name));
    match missing {
        Some(Ask { name, title, .. }) => {
            let told = format!("`{name}` is not given: {title}; expected a value for it");
            Err(Error::refused(*name, told))
        }
        None => Ok(()),
    }
}

/// Sees that the value given for a name may stand in the field of the target that it fills, as far as the
/// published document is sure of it.
///
/// # Errors
/// It may not.
pub(super) fn fits_field(name: &str, text: &str, field: &Field) -> Result<()> {
    if field.confidence != Confidence::High || may_hold(field, text) {
        return Ok(());
    }
    let kind = &field.kind;
    let expected = match (kind.mend(text), field.length, &field.example) {
        (Some(mend), ..) => format!("`{}`", mend.text),
        _ if !kind.accepts(text.as_bytes()) => kind.expected(),
        (_, Some((_, most)), _) if text.chars().count() > most => {
            format!("at most {most} characters")
        }
        (.., Some(example)) => format!("one like `{example}`"),
        _ => "what the document of the format says of it".to_owned(),
    };
    let field = &field.name;
    let told = format!("`{text}`, given for `{name}`, is no value of {field}; expected {expected}");
    Err(Error::refused(name, told))
}
