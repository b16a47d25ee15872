//! Reads a record of a transaction file as a row.

use super::cells::{drops, lacks, seconds, text, unquoted};
use super::source::Source;
use crate::convert::{Loss, What};
use crate::formats::datashop::compute::names::Names;
use crate::formats::datashop::compute::{Given, Outcome, Row, Teaches, Visits};
use crate::formats::datashop::headings::{DEFAULT, Heading, Kind};
use crate::formats::datashop::pairs::pairs;

/// Where in a file what is.
pub struct Columns {
    /// Models of KCs, in the order of the columns.
    pub models: Vec<u32>,
    student: Option<u32>,
    session: Option<u32>,
    time: Option<u32>,
    problem: Option<u32>,
    view: Option<u32>,
    start: Option<u32>,
    step: Option<u32>,
    outcome: Option<u32>,
    event: Option<u32>,
    duration: Option<u32>,
    attempt: Option<u32>,
    last: Option<u32>,
    /// Titles and columns.
    levels: Vec<(u32, u32)>,
    /// Models and columns.
    skills: Vec<(u32, u32)>,
    /// Columns of names, and of the types that belong to them.
    conditions: Vec<(u32, Option<u32>)>,
    /// Columns of types that belong to no name.
    loose: Vec<u32>,
}

impl Columns {
    /// Those of a file with these labels.
    pub fn of(headings: &[Heading], names: &mut Names) -> Columns {
        let column = |field: &str| {
            let mut all = headings.iter();
            Some(all.find(|heading| heading.field == field)?.column)
        };
        let mut named = |kind: Kind| -> Vec<(u32, u32)> {
            let those = headings.iter().filter(|heading| heading.kind == kind);
            let those = those.map(|heading| {
                let name = heading.name.as_deref().unwrap_or(DEFAULT);
                let key = format!("{} {}", heading.field, heading.same());
                (names.alike(name, key), heading.column)
            });
            those.collect()
        };
        let (levels, skills) = (named(Kind::Level), named(Kind::Kc));
        let firsts = pairs(headings).firsts;
        let is = |at: &usize, field: &str| headings.get(*at).is_some_and(|is| is.field == field);
        let those = |field| (0..headings.len()).filter(move |at| is(at, field));
        let conditions = those("Condition Name").map(|at| {
            let pair = firsts.iter().position(|first| *first == Some(at));
            // Where there are more of the ones than of the others, what stands side by side is one.
            let kind = pair.or_else(|| Some(at + 1).filter(|next| is(next, "Condition Type")));
            (headings[at].column, kind.map(|kind| headings[kind].column))
        });
        let conditions: Vec<(u32, Option<u32>)> = conditions.collect();
        let taken = |column: &u32| conditions.iter().any(|(_, kind)| *kind == Some(*column));
        let kinds = those("Condition Type").map(|at| headings[at].column);
        let loose = kinds.filter(|column| !taken(column)).collect();
        Columns {
            models: skills.iter().map(|(model, _)| *model).collect(),
            student: column("Anon Student Id"),
            session: column("Session Id"),
            time: column("Time"),
            problem: column("Problem Name"),
            view: column("Problem View"),
            start: column("Problem Start Time"),
            step: column("Step Name"),
            outcome: column("Outcome"),
            event: column("Event Type"),
            duration: column("Duration (sec)"),
            attempt: column("Attempt At Step"),
            last: column("Is Last Attempt"),
            levels,
            skills,
            conditions,
            loose,
        }
    }

    /// The student of a record.
    pub fn student(&self, of: &Source<'_>, names: &mut Names, loss: &mut Loss) -> Option<u32> {
        let cell = of.cell(self.student);
        let student = unquoted(of, "Anon Student Id", text(&cell), loss);
        (!student.is_empty()).then(|| names.text(&student))
    }

    /// A record as a row; none where something is missing without which it is nothing, which is told.
    pub fn row(
        &self,
        of: &Source<'_>,
        student: Option<u32>,
        names: &mut Names,
        loss: &mut Loss,
    ) -> Option<Row> {
        let Some(student) = student else {
            lacks(of, "Anon Student Id", "it names no student", loss);
            return None;
        };
        let at = of.cell(self.time);
        let Some(time) = seconds(of, "Time", &at, loss) else {
            let why = "it has no time that DataShop reads";
            loss.tell(What::RecordDropped, of.record, "Time", text(&at), why);
            return None;
        };
        let problem = of.cell(self.problem);
        if text(&problem).is_empty() {
            lacks(of, "Problem Name", "it names no problem", loss);
            return None;
        }
        let problem = self.problem(of, text(&problem), names, loss);
        let step = of.cell(self.step);
        let step = text(&step);
        if step.is_empty() {
            let why = "it is no step, so that no row counts it; it still tells how time passed";
            lacks(of, "Step Name", why, loss);
        }
        let step = (!step.is_empty()).then(|| {
            let name = names.text(step);
            names.list(&[problem, name])
        });
        let event = of.cell(self.event);
        let event = text(&event);
        Some(Row {
            number: Row::place(of.record.source(), of.number),
            time,
            start: self.start(of, loss),
            student,
            session: names.text(text(&of.cell(self.session))),
            problem,
            step,
            view: self.view(of, loss),
            skills: self.skills(of, names),
            conditions: self.conditions(of, names, loss),
            outcome: self.outcome(of, event, loss),
            visits: match (self.view, self.start) {
                (None, None) => Visits::Guessed,
                _ => Visits::Told,
            },
            teaches: match event.eq_ignore_ascii_case("assess") {
                true => Teaches::No,
                false => Teaches::Yes,
            },
            given: self.given(of),
        })
    }

    /// A problem: its name, then titles and names of its levels.
    fn problem(&self, of: &Source<'_>, name: &str, names: &mut Names, loss: &mut Loss) -> u32 {
        let mut list = vec![names.text(name)];
        for (title, column) in &self.levels {
            let cell = of.cell(Some(*column));
            let level = unquoted(of, "Level (*)", text(&cell), loss);
            if !level.is_empty() {
                list.extend([*title, names.text(&level)]);
            }
        }
        names.list(&list)
    }

    fn start(&self, of: &Source<'_>, loss: &mut Loss) -> Option<i64> {
        let (cell, field) = (of.cell(self.start), "Problem Start Time");
        let start = seconds(of, field, &cell, loss);
        if start.is_none() {
            drops(of, field, &cell, "it is no time that DataShop reads", loss);
        }
        start
    }

    fn view(&self, of: &Source<'_>, loss: &mut Loss) -> Option<u32> {
        let cell = of.cell(self.view);
        let view = text(&cell).parse().ok();
        if view.is_none() {
            drops(of, "Problem View", &cell, "it is no number", loss);
        }
        view
    }

    /// What came of it; told where the cell says something, and it counts as nothing.
    fn outcome(&self, of: &Source<'_>, event: &str, loss: &mut Loss) -> Outcome {
        let cell = of.cell(self.outcome);
        let (outcome, why) = match event.eq_ignore_ascii_case("instruct") {
            true => (Outcome::Unknown, "what only teaches has no outcome"),
            false => (
                Outcome::of(text(&cell)),
                "it is no outcome that DataShop knows, and counts neither as correct nor as incorrect nor as a hint",
            ),
        };
        if outcome == Outcome::Unknown {
            drops(of, "Outcome", &cell, why, loss);
        }
        outcome
    }

    fn skills(&self, of: &Source<'_>, names: &mut Names) -> u32 {
        let mut list = Vec::new();
        for (model, column) in &self.skills {
            let cell = of.cell(Some(*column));
            let skill = text(&cell);
            if !skill.is_empty() {
                list.extend([*model, names.text(skill)]);
            }
        }
        names.list(&list)
    }

    fn conditions(&self, of: &Source<'_>, names: &mut Names, loss: &mut Loss) -> u32 {
        for column in &self.loose {
            let why = "no Condition Name belongs to it";
            drops(of, "Condition Type", &of.cell(Some(*column)), why, loss);
        }
        let mut list = Vec::new();
        for (column, kind) in &self.conditions {
            let (name, kind) = (of.cell(Some(*column)), of.cell(*kind));
            let name = text(&name);
            if !name.is_empty() {
                list.extend([names.text(name), names.text(text(&kind))]);
            }
        }
        names.list(&list)
    }

    fn given(&self, of: &Source<'_>) -> Given {
        let (duration, attempt, last) = (
            of.cell(self.duration),
            of.cell(self.attempt),
            of.cell(self.last),
        );
        Given::of(text(&duration), text(&attempt), text(&last))
    }
}
