//! Named functions from cell to cell.

use std::borrow::Cow;

use super::table::Codes;
use crate::types::{Type, list};

/// What becomes of a cell on its way.
#[derive(Debug)]
pub(super) enum Transform {
    /// It stays.
    Copy,
    /// Each code becomes that of a code map.
    Codes(Codes),
    /// A blank cell gets this text.
    Default(String),
    /// A blank cell gets the value that was asked for under this name.
    Asked(String),
    /// One record of the target for each item of a list.
    Each,
    /// `name` becomes `{argument:name}`, as lists of identifiers of several kinds have it.
    Braces(String),
    /// Rust beside the table does it.
    Own,
}

/// What a transform gives.
pub(super) enum Gave<'a> {
    /// This text.
    Text(Cow<'a, [u8]>),
    /// The same, but it is not what the source says; why.
    Changed(Cow<'a, [u8]>, String),
    /// Nothing, because the target has nothing like it; why.
    Nothing(String),
}

impl Transform {
    /// What tables write.
    ///
    /// # Errors
    /// Words for the author of the table: there is no such transform, or no such code map.
    pub fn read(
        name: &str,
        argument: &str,
        codes: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Result<Transform, String> {
        let argument = || argument.to_owned();
        Ok(match name {
            "" => Transform::Copy,
            "codes" => {
                let name = argument();
                let text = codes(&name).ok_or_else(|| format!("`{name}` is no code map"))?;
                Transform::Codes(Codes::read(&name, text).map_err(|error| error.to_string())?)
            }
            "default" => Transform::Default(argument()),
            "asked" => Transform::Asked(argument()),
            "each" => Transform::Each,
            "braces" => Transform::Braces(argument()),
            "own" => Transform::Own,
            _ => return Err(format!("`{name}` is no transform")),
        })
    }

    /// The cell of the target for one of the source that is not blank, without blanks around it;
    /// `kind` is the target's type.
    pub fn of<'a>(&self, cell: &'a [u8], kind: &Type) -> Gave<'a> {
        match self {
            Transform::Codes(map) => mapped(map, cell, kind),
            Transform::Braces(name) if !cell.starts_with(b"{") => {
                let text = [b"{", name.as_bytes(), b":", cell, b"}"].concat();
                Gave::Changed(
                    Cow::Owned(text),
                    format!("its kind was not told; it is called `{name}`"),
                )
            }
            _ => Gave::Text(Cow::Borrowed(cell)),
        }
    }
}

/// Each item as the code map has it. A code that the map lacks is left for the type to judge.
fn mapped<'a>(map: &Codes, cell: &'a [u8], kind: &Type) -> Gave<'a> {
    let (mut items, mut whys): (Vec<&[u8]>, Vec<String>) = (Vec::new(), Vec::new());
    for item in kind.items(cell) {
        let code = std::str::from_utf8(item).unwrap_or_default();
        let (to, note) = map.get(code).unwrap_or((code, ""));
        items.extend(Some(to.as_bytes()).filter(|to| !to.is_empty()));
        if !note.is_empty() {
            whys.push(match to {
                "" => format!("`{code}` has no equal: {note}"),
                to => format!("`{code}` became `{to}`: {note}"),
            });
        }
    }
    let text = items.join(&list::SEPARATOR);
    match (text.is_empty(), whys.is_empty()) {
        (true, _) => Gave::Nothing(whys.join("; ")),
        (false, true) => Gave::Text(Cow::Owned(text)),
        (false, false) => Gave::Changed(Cow::Owned(text), whys.join("; ")),
    }
}
