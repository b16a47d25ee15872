//! See `not_alphanumeric.md`.

use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Fix, Safety, Told};
use crate::formats::test_central::letters::plain;
use crate::layout::{Field, Key};
use crate::records::Column;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    cell: Some(compile),
    ..Rule::new("not-alphanumeric", include_str!("not_alphanumeric.md"))
};

struct Alphanumeric {
    column: u32,
    is_secret: bool,
    /// Of a name, what it has to look like: it may be written in other letters.
    name: Option<Field>,
}

impl CellCheck for Alphanumeric {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        column.each(|record, text| {
            if !text.iter().all(u8::is_ascii_alphanumeric) {
                out.cell(record, self.column, || self.told(text));
            }
        });
    }
}

impl Alphanumeric {
    fn told(&self, text: &[u8]) -> Told {
        let text = String::from_utf8_lossy(text);
        let odd = text.chars().find(|c| !c.is_ascii_alphanumeric());
        let odd = match odd {
            _ if self.is_secret => "something else".to_owned(),
            Some(c) if c.is_whitespace() => "a blank".to_owned(),
            Some(c) => format!("`{c}`"),
            None => String::new(),
        };
        let message = format!(
            "`{text}` holds {odd}; expected the letters A to Z and a to z and digits alone"
        );
        let name = self.name.as_ref().and_then(|field| mended(field, &text));
        Told::message(message).with(name.map(|name| Fix::write(name, Safety::Review)))
    }
}

/// The name in letters that may stand there, if it then fits.
fn mended(field: &Field, text: &str) -> Option<String> {
    let (least, most) = field.length?;
    let pattern = field.pattern.as_ref()?;
    plain(text)
        .filter(|name| (least..=most).contains(&name.len()) && pattern.matches(name.as_bytes()))
}

fn compile(field: &Field, column: u32, _: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let is_name = field.key == Key::None && !field.secret;
    Some(Box::new(Alphanumeric {
        column,
        is_secret: field.secret,
        name: is_name.then(|| field.clone()),
    }))
}
