//! See `unexpected_value.md`.

use super::kit::{is_one, list};
use crate::check::{CellCheck, FileContext, Out};
use crate::finding::{Consequence, Fix, Safety, Severity, Told};
use crate::layout::Field;
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
        let mut last: (&[u8], bool) = (b"", true);
        column.each(|record, text| {
            if !same(last.0, text) {
                last = (text, self.takes(text));
            }
            let told = || self.told(&String::from_utf8_lossy(text));
            match (last.1, text.len() > LONGEST) {
                (true, _) => {}
                (false, false) => out.cell(record, self.column, told),
                (false, true) => out.besides(record, self.column, told),
            }
        });
    }
}

impl Expected {
    /// Whether the importer knows the value.
    fn takes(&self, text: &[u8]) -> bool {
        is_known(&self.codes, text) || self.name == "Outcome" && is_outcome_word(text)
    }

    fn told(&self, text: &str) -> Told {
        let plain = text.trim_matches('"');
        let is_known = is_known(&self.codes, plain.as_bytes());
        let mend = self.kind.mend(plain).map(|mend| mend.text);
        let mend = mend.or_else(|| is_known.then(|| plain.to_owned()));
        let message = format!(
            "`{text}` is no value of {} that DataShop knows; expected {}",
            self.name,
            self.kind.expected()
        );
        Told::message(message).with(mend.map(|mend| Fix::write(mend, Safety::Review)))
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
