//! See `unexpected_value.md`.

use super::kit::{is_one, list};
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::layout::Field;
use crate::peek::plain;
use crate::records::Column;
use crate::rules::Rule;
use crate::types::{CodeList, Type, same};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    cell: Some(compile),
    ..Rule::new("unexpected-value", include_str!("unexpected_value.md"))
};

struct Expected {
    column: u32,
    name: String,
    kind: Type,
    codes: CodeList,
}

/// Values longer than this are told as that, and are unexpected besides.
const LONGEST: usize = 30;

impl CellCheck for Expected {
    fn check(&self, column: &Column<'_>, out: &mut Out<'_, '_>) {
        // Values repeat: none is looked at twice in a row.
        let mut last: (&[u8], bool, Option<Fix>) = (b"", true, None);
        column.each(|record, text| {
            if !same(last.0, text) {
                let takes = self.takes(text);
                let meant = || self.meant(&String::from_utf8_lossy(text));
                last = (text, takes, (!takes).then(meant).flatten());
            }
            let (_, takes, fix) = &last;
            if *takes {
                return;
            }
            let told = || self.told(&String::from_utf8_lossy(text), fix.clone());
            match fix.as_ref().filter(|fix| fix.safety == Safety::Safe) {
                _ if text.len() > LONGEST => out.besides(record, self.column, told),
                Some(fix) => {
                    let meaning = fix.replacement().unwrap_or_default();
                    out.meant(record, self.column, meaning, told);
                }
                None => out.cell(record, self.column, told),
            }
        });
    }
}

impl Expected {
    /// Whether the importer knows the value.
    fn takes(&self, text: &[u8]) -> bool {
        is_known(&self.codes, text) || self.name == "Outcome" && is_outcome_word(text)
    }

    /// The word that is meant: certainly, where it is the same one in other letters.
    fn meant(&self, text: &str) -> Option<Fix> {
        let code = self.kind.mend(text.trim_matches('"'))?.text;
        let safety = match plain(&code) == plain(text) {
            true => Safety::Safe,
            false => Safety::Review,
        };
        Some(Fix::write(code, safety))
    }

    fn told(&self, text: &str, fix: Option<Fix>) -> Told {
        let message = format!(
            "`{text}` is no value of {} that DataShop knows; expected {}",
            self.name,
            self.kind.expected()
        );
        Told::message(message).with(fix)
    }
}

fn compile(field: &Field, column: u32, file: &FileContext<'_>) -> Option<Box<dyn CellCheck>> {
    let name = match field.name.as_str() {
        "Student Response Type" => "student-response",
        "Tutor Response Type" => "tutor-response",
        "Outcome" => "outcome",
        _ => return None,
    };
    let codes = list(name).filter(|_| is_one(field, file, &[&field.name]))?;
    Some(Box::new(Expected {
        column,
        name: field.name.clone(),
        kind: Type::Code(codes.clone()),
        codes,
    }))
}

/// Whether it is one of the words, in whatever case.
fn is_known(codes: &CodeList, text: &[u8]) -> bool {
    let mut codes = codes.codes().iter();
    codes.any(|code| code.code.as_bytes().eq_ignore_ascii_case(text))
}

/// Other words that the importer takes for an outcome, and rightly.
fn is_outcome_word(text: &[u8]) -> bool {
    let word = text.to_ascii_lowercase();
    let holds = |part: &[u8]| word.windows(part.len()).any(|letters| letters == part);
    [b"ok".as_slice(), b"error", b"bug"].contains(&word.as_slice())
        || holds(b"hint")
        || holds(b"help")
}
