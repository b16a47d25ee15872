//! Where things stand that operations ask for.

use super::columns::Column;
use super::run::STUDENT;

/// The columns of each.
#[derive(Default)]
pub(super) struct Places {
    pub students: Vec<usize>,
    pub time: Option<usize>,
    pub levels: Vec<usize>,
    pub problems: Vec<usize>,
    pub steps: Vec<usize>,
    pub conditions: Vec<usize>,
    pub kcs: Vec<usize>,
}

impl Places {
    /// In these columns.
    pub fn of(columns: &[Column]) -> Places {
        let named = |field: &str| {
            let all = columns.iter().enumerate();
            let named = all.filter(move |(_, column)| column.field == field);
            named.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        Places {
            students: named(STUDENT),
            time: named("Time").first().copied(),
            levels: named("Level (*)"),
            problems: named("Problem Name"),
            steps: named("Step Name"),
            conditions: named("Condition Name"),
            kcs: named("KC (*)"),
        }
    }
}
