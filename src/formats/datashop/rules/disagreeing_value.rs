//! See `disagreeing_value.md`.

use std::collections::HashMap;

use crate::check::{Before, Fault, FileContext, Kept, Out, Series, View, number_of};
use crate::finding::{Authority, Consequence, Severity, Told};
use crate::formats::datashop::compute::events::Events;
use crate::formats::datashop::compute::transactions::{Of, computed, disagreements};
use crate::formats::datashop::compute::{Given, Last, Outcome, Row, Teaches, Visits, ties};
use crate::formats::datashop::{FILE, time};
use crate::order::{sort_by, sort_by_key};
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Info,
    consequence: Consequence::Note,
    authority: Authority::Practice,
    series: Some(compile),
    ..Rule::new("disagreeing-value", include_str!("disagreeing_value.md"))
};

/// What of a record is not there.
const NONE: i64 = i64::MIN;

const VIEW: &str = "Problem View";

/// Multiplied with an odd number, different numbers stay different.
const MANY: i64 = 0x1E37_79B9_7F4A_7C15;

/// Where in a file what is that is computed from.
struct Students {
    student: u32,
    time: u32,
    problem: u32,
    levels: Vec<u32>,
    session: Option<u32>,
    step: Option<u32>,
    view: Option<u32>,
    start: Option<u32>,
    /// Columns of what is computed, as [`Of::ALL`] has them.
    given: [Option<u32>; 3],
}

impl Series for Students {
    fn keep(&self, record: &View<'_>, before: &mut Before) -> Option<(i64, Kept)> {
        let text = |column: Option<u32>| record.key(column?);
        let seconds = |text: &str| time::read(text.as_bytes())?.seconds;
        let moment = |text: &str| seconds(text).unwrap_or(NONE);
        let time = seconds(&record.key(self.time)?)?;
        let student = before.number(0, &record.key(self.student)?, number_of);
        let mut problem = before.number(1, &record.key(self.problem)?, number_of);
        for (at, level) in self.levels.iter().enumerate() {
            let level = record.key(*level).unwrap_or_default();
            let level = before.number(5 + at, &level, number_of);
            problem = problem.wrapping_mul(MANY).wrapping_add(level);
        }
        let mut of = |n: usize, column: Option<u32>, number: fn(&str) -> i64| {
            text(column).map_or(NONE, |text| before.number(n, &text, number))
        };
        let (session, step) = (of(2, self.session, number_of), of(3, self.step, number_of));
        // A step is one of its problem.
        let step = match step {
            NONE => NONE,
            step => problem.wrapping_mul(MANY).wrapping_add(step),
        };
        let start = text(self.start).map_or(NONE, |start| before.number(4, &start, moment));
        let view: Option<u32> = text(self.view).and_then(|view| view.parse().ok());
        let cells = self.given.map(text);
        let [duration, attempt, last] = cells.each_ref().map(|cell| cell.as_deref().unwrap_or(""));
        let Given {
            duration,
            attempt,
            last,
        } = Given::of(duration, attempt, last);
        let last = last.map_or(0, |last| 1 + i64::from(last == Last::Yes));
        let kept = [
            time,
            start,
            session,
            problem,
            step,
            view.map_or(NONE, i64::from),
            duration.map_or(NONE, i64::from),
            attempt.map_or(0, |attempt| i64::from(attempt) + 1) * 4 + last,
        ];
        Some((student, kept))
    }

    fn judge(&self, _: &[u64], records: &[Kept]) -> Vec<(usize, Fault)> {
        let visits = match (self.view, self.start) {
            (None, None) => Visits::Guessed,
            _ => Visits::Told,
        };
        let mut names = HashMap::new();
        let rows = records.iter().enumerate();
        let mut rows: Vec<Row> = rows
            .map(|(at, kept)| row(at, kept, visits, &mut names))
            .collect();
        sort_by(&mut rows, Row::order);
        let told = disagreements(&rows, &computed(&rows, &Events::new(&rows)));
        let tied: Vec<bool> = ties(&rows).collect();
        // Whose order is not known may be the other way round.
        let sure = told.into_iter().filter(|told| !tied[told.at]);
        let faults = sure.filter_map(|told| {
            let column = self.given[told.of as usize]?;
            let expected = told.computed.map_or(NONE, |number| number as i64);
            Some((rows[told.at].number as usize, Fault { column, expected }))
        });
        faults.chain(self.views(&rows)).collect()
    }

    fn place(&self, fault: Fault, record: &View<'_>, out: &mut Out<'_, '_>) {
        let is = |column: &Option<u32>| *column == Some(fault.column);
        let of = self.given.iter().position(is).map(|at| Of::ALL[at]);
        if let Some(given) = record.key(fault.column) {
            out.cell(record.index(), fault.column, || {
                let text = |number: u64| of.map_or(number.to_string(), |of| of.text(number));
                let expected = match u64::try_from(fault.expected) {
                    Ok(number) => format!("`{}`", text(number)),
                    Err(_) => "nothing".to_owned(),
                };
                Told::message(match of {
                    Some(of) => format!(
                        "`{given}` is not the {} that DataShop computes from the student's records in this file; expected {expected}",
                        of.field()
                    ),
                    None => format!(
                        "`{given}` is not the place of the Problem Start Time among those of the student at this problem, {expected}; expected both to say the same, since DataShop takes the view as it is"
                    ),
                })
            });
        }
    }

    fn unknown(&self) -> String {
        "whether Problem View, Duration (sec), Attempt At Step and Is Last Attempt are what DataShop computes, since the records of a student do not stand together; `convert` tells it"
            .to_owned()
    }
}

impl Students {
    /// Views that are not the places of their starts among those of the student and problem.
    fn views(&self, rows: &[Row]) -> Vec<(usize, Fault)> {
        let starts = rows
            .iter()
            .filter_map(|row| Some((row.problem, row.start?)));
        let mut starts: Vec<(u32, i64)> = starts.collect();
        sort_by_key(&mut starts, |start| *start);
        starts.dedup();
        let place = |of: (u32, i64)| starts.partition_point(|start| *start < of);
        let faults = rows.iter().filter_map(|row| {
            let (column, start, view) = (self.view?, row.start?, row.view?);
            let before = place((row.problem, start)) - place((row.problem, i64::MIN));
            let expected = before as i64 + 1;
            let fault = Fault { column, expected };
            (i64::from(view) != expected).then_some((row.number as usize, fault))
        });
        faults.collect()
    }
}

/// What was kept, as a row. Names are numbers in the order in which they are met.
fn row(at: usize, kept: &Kept, visits: Visits, names: &mut HashMap<i64, u32>) -> Row {
    let [time, start, session, problem, step, view, duration, rest] = *kept;
    let mut name = |print: i64| {
        let next = names.len() as u32;
        *names.entry(print).or_insert(next)
    };
    let some = |number: i64| Some(number).filter(|number| *number != NONE);
    let (session, problem) = (name(session), name(problem));
    Row {
        number: at as u64,
        time,
        start: some(start),
        student: 0,
        session,
        problem,
        step: some(step).map(&mut name),
        view: some(view).map(|view| view as u32),
        skills: 0,
        conditions: 0,
        outcome: Outcome::Unknown,
        visits,
        teaches: Teaches::Yes,
        given: Given {
            duration: some(duration).map(|duration| duration as u32),
            attempt: (rest / 4)
                .checked_sub(1)
                .filter(|attempt| *attempt >= 0)
                .map(|attempt| attempt as u32),
            last: match rest % 4 {
                0 => None,
                1 => Some(Last::No),
                _ => Some(Last::Yes),
            },
        },
    }
}

fn compile(context: &FileContext<'_>) -> Option<Box<dyn Series>> {
    let (spec, plan) = (context.spec, context.plan);
    let start = plan.column("Problem Start Time");
    // How long the first transaction of a visit took depends on when it began.
    let is_known = |of: &Of| *of != Of::Duration || start.is_some();
    let given = Of::ALL.map(|of| plan.column(of.field()).filter(|_| is_known(&of)));
    let view = plan.column(VIEW);
    let has_views = view.and(start).is_some();
    if spec.name != FILE || given.iter().all(Option::is_none) && !has_views {
        return None;
    }
    let levels = spec.field("Level (*)");
    Some(Box::new(Students {
        student: plan.column("Anon Student Id")?,
        time: plan.column("Time")?,
        problem: plan.column("Problem Name")?,
        levels: levels
            .into_iter()
            .flat_map(|field| plan.columns(field))
            .collect(),
        session: plan.column("Session Id"),
        step: plan.column("Step Name"),
        view,
        start,
        given,
    }))
}
