//! See `start_after_time.md`.

use crate::check::{FileContext, Out, RecordCheck, Rows};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::datashop::{FILE, time};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    record: Some(compile),
    ..Rule::new("start-after-time", include_str!("start_after_time.md"))
};

struct Before {
    start: u32,
    time: u32,
}

impl RecordCheck for Before {
    fn check(&self, rows: &Rows<'_>, out: &mut Out<'_, '_>) {
        rows.views(|record| {
            let (Some(start), Some(end)) = (record.at(self.start), record.at(self.time)) else {
                return;
            };
            let seconds = |text: &str| time::read(text.as_bytes())?.seconds;
            if start != end
                && let (Some(first), Some(last)) = (seconds(&start), seconds(&end))
                && first > last
            {
                out.cell(record.index(), self.start, || {
                    Told::message(format!(
                        "`{start}` is after the Time of the record, `{end}`; expected the problem to be shown before the student works on it"
                    ))
                });
            }
        });
    }
}

fn compile(context: &FileContext<'_>) -> Vec<Box<dyn RecordCheck>> {
    let column = |name: &str| {
        context
            .plan
            .column(name)
            .filter(|_| context.spec.name == FILE)
    };
    let both = column("Problem Start Time").zip(column("Time"));
    let check = |(start, time)| Box::new(Before { start, time }) as Box<dyn RecordCheck>;
    both.map(check).into_iter().collect()
}
