//! What of the source goes nowhere, and why: told by the table, or by what the target lacks.

use std::collections::HashSet;

use super::choose::named;
use super::loss::{Loss, What};
use super::plan::{From, Parts, Plan, Source, Target};
use super::record::Given;
use super::table::{ALL, Row};
use super::transform::Transform;
use crate::layout::{Columns, Extra, Field, FileSpec};

/// Why a cell without a label goes nowhere.
const NO_LABEL: &str = "no label says what it is";

/// Why a column goes nowhere whose label another one has.
const SECOND: &str = "a column before it has the same label, and that one is read";

impl Parts<'_> {
    /// Finds out what of a file goes nowhere, and which columns go along under their own labels.
    pub(super) fn source(&self, at: usize, plan: &mut Plan, loss: &mut Loss) -> Source {
        let given = &self.given[at];
        let (name, spec) = (&given.name, &given.plan.spec().name);
        let mut source = Source {
            home: self.home(at, &plan.targets),
            lost: Vec::new(),
            surplus: loss.kind(What::ValueDropped, name, "", NO_LABEL),
            cut: loss.kind(What::RecordDropped, name, "", "it is too long to be read"),
        };
        let is_own = |row: &Row| row.from == *spec && matches!(row.transform, Transform::Own);
        let looked_up = plan.lookups.iter().any(|lookup| lookup.given == at);
        if source.home.is_none() && !looked_up && !self.rows.iter().any(is_own) {
            let reason = self.note(spec, ALL);
            let reason = reason.unwrap_or_else(|| format!("{} has no such file", self.title));
            plan.dropped.push((at, reason));
            return source;
        }
        let mut labels = HashSet::new();
        for column in 0..given.plan.labels.len() {
            let label = given.column_name(column);
            // What is read by its label is read in the first column that has it, unless several may.
            let field = given.plan.fields[column].map(|field| &given.plan.spec().fields[field]);
            let may_repeat = |field: &Field| field.is_family() || field.columns == Columns::Many;
            let is_one = !label.is_empty() && !field.is_some_and(may_repeat);
            let is_second = is_one && !labels.insert(label);
            if !is_second && self.is_used(at, column, plan) {
                continue;
            }
            let home = source.home.map(|home| &mut plan.targets[home]);
            let home = home.filter(|home| takes(&self.layout.files[home.spec], label));
            if let Some(home) = home {
                home.extras.push((label.to_owned(), column));
                continue;
            }
            let reason = match is_second {
                true => SECOND.to_owned(),
                false => self.why(given, label),
            };
            let kind = loss.kind(What::ValueDropped, name, label, &reason);
            source.lost.push((column, kind));
        }
        source
    }

    /// The file of the target that tells what of a file is lost: that of its name, or the first one
    /// made of it.
    fn home(&self, at: usize, targets: &[Target]) -> Option<usize> {
        let spec = &self.given[at].plan.spec().name;
        let mine = |target: &Target| target.given == Some(at);
        let same = |target: &Target| mine(target) && self.layout.files[target.spec].name == *spec;
        let same = targets.iter().position(same);
        same.or_else(|| targets.iter().position(mine))
    }

    /// Whether something of the target is made of a column.
    fn is_used(&self, at: usize, column: usize, plan: &Plan) -> bool {
        let given = &self.given[at];
        let (spec, label) = (&given.plan.spec().name, given.column_name(column));
        let mine = plan
            .targets
            .iter()
            .filter(|target| target.given == Some(at));
        let made = mine
            .flat_map(|target| &target.cells)
            .any(|cell| match cell.from {
                From::Column(from) | From::Lookup(_, from) => from == column,
                From::Nothing => false,
            });
        let sought = plan
            .lookups
            .iter()
            .any(|lookup| lookup.given == at && [lookup.key, lookup.value].contains(&column));
        let read = self.rows.iter().any(|row| {
            let it = named(&row.source, label) || given.family(column) == Some(&row.source);
            it && named(&row.from, spec) && matches!(row.transform, Transform::Own)
        });
        made || sought || read
    }

    /// Why a column goes nowhere.
    fn why(&self, given: &Given, label: &str) -> String {
        let note = self.note(&given.plan.spec().name, label);
        note.unwrap_or_else(|| match label {
            "" => NO_LABEL.to_owned(),
            _ => format!("{} has no such field", self.title),
        })
    }

    /// What the table says of a field that goes nowhere.
    fn note(&self, file: &str, field: &str) -> Option<String> {
        let of = |row: &&Row| {
            let it = named(&row.from, file) && named(&row.source, field);
            it && row.file.is_empty() && !row.note.is_empty()
        };
        let rows = self.rows.iter().filter(of);
        let row = rows.max_by_key(|row| (row.from != ALL, row.source != ALL))?;
        Some(row.note.clone())
    }
}

/// Whether a file may have a column of that label which its layout does not know.
fn takes(file: &FileSpec, label: &str) -> bool {
    match &file.extra {
        Extra::None => false,
        Extra::Any => !label.is_empty(),
        Extra::Prefixed(prefix) => label.starts_with(prefix.as_str()) && label.len() > prefix.len(),
    }
}
