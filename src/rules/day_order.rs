//! Which of day and month stands first in a column of dates: what its own first cells prove, and
//! where they prove nothing, what the file's other columns prove, whose dates the same hand wrote.
//! Never looks further than the first records, and never decides where cells contradict each other.

use crate::check::FileContext;
use crate::types::Type;
use crate::types::date::{Order, order};

/// What is known of the order in a column.
pub struct DayOrder {
    own: Option<Order>,
    /// What all dates of the file prove, by what separates their parts.
    others: Vec<Proof>,
}

/// A cell that can be read in one order alone, and that no other one of its form contradicts.
struct Proof {
    form: char,
    order: Order,
    cell: String,
    /// The name of its column.
    name: String,
}

impl DayOrder {
    /// What the first records of the file show.
    pub fn of(kind: &Type, column: u32, file: &FileContext<'_>) -> DayOrder {
        let is_day = |kind: &Type| matches!(kind, Type::Date | Type::DateTime);
        let mut known = DayOrder {
            own: None,
            others: Vec::new(),
        };
        if !is_day(kind) {
            return known;
        }
        known.own = order(file.first_cells(column));
        if known.own.is_some() {
            return known;
        }
        let fields = file.plan.fields.iter().enumerate();
        let days = fields.filter_map(|(at, field)| {
            let field = &file.spec.fields[(*field)?];
            is_day(&field.kind).then_some((at as u32, field))
        });
        // The column's own dates are among them: where they contradict each other, so do all.
        let cells: Vec<_> = days
            .flat_map(|(at, field)| file.first_cells(at).map(move |cell| (at, field, cell)))
            .filter_map(|(at, field, cell)| Some((form(cell)?, at, field, cell)))
            .collect();
        for (mark, at, field, cell) in &cells {
            let is_known = known.others.iter().any(|proof| proof.form == *mark);
            if is_known || order([*cell]).is_none() {
                continue;
            }
            let alike = cells.iter().filter(|other| other.0 == *mark);
            if let Some(order) = order(alike.map(|other| other.3)) {
                known.others.push(Proof {
                    form: *mark,
                    order,
                    cell: (*cell).to_owned(),
                    name: file.plan.name(field, *at),
                });
            }
        }
        known
    }

    /// The order in which the parts of this cell stand.
    pub fn of_cell(&self, cell: &str) -> Option<Order> {
        self.own.or_else(|| Some(self.proof(cell)?.order))
    }

    /// What tells it, in words that follow both days that the cell could be.
    pub fn why(&self, cell: &str) -> String {
        let first = |order| match order {
            Order::DayFirst => "the day first",
            Order::MonthFirst => "the month first",
        };
        match (self.own, self.proof(cell)) {
            (Some(order), _) => format!("but the first dates of the column have {}", first(order)),
            (
                None,
                Some(Proof {
                    order, cell, name, ..
                }),
            ) => {
                format!("but `{cell}` in {name} has {}", first(*order))
            }
            (None, None) => "and the first records of the file do not tell which".to_owned(),
        }
    }

    /// What proves the order of dates that are written like this cell.
    fn proof(&self, cell: &str) -> Option<&Proof> {
        let form = form(cell)?;
        self.others.iter().find(|proof| proof.form == form)
    }
}

/// What separates the parts of a date that is written in numbers.
fn form(cell: &str) -> Option<char> {
    let rest = cell.trim().trim_start_matches(|c: char| c.is_ascii_digit());
    rest.chars()
        .next()
        .filter(|_| rest.len() < cell.trim().len())
}
