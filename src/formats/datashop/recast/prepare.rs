//! What was asked for, made ready for the files at hand.

use std::collections::HashMap;

use super::super::headings::{self, fold};
use super::super::{FILE, STEP_ID};
use super::columns::{Column, From, Lost, Source, place, read, union};
use super::computed::{self, Fill};
use super::kc::{self, Models, New, Of};
use super::lists::names;
use super::map::Map;
use super::places::Places;
use super::pseudonym::Pseudonyms;
use super::rename::Rename;
use super::run::Transactions;
use super::subset::Subset;
use crate::convert::{Asked, Reads, Table};
use crate::{Error, Result};

impl Transactions {
    /// Prepares all that was asked for.
    ///
    /// # Errors
    /// A value cannot be read, or names a column that no file has.
    pub fn new(tables: &[Table<'_>], asked: &Asked<'_>) -> Result<Transactions> {
        let list = |name: &str| asked(name).map(|text| names(&text)).unwrap_or_default();
        let map = asked("columns").map(|table| Map::read(&table));
        let mut map = map.transpose()?.unwrap_or_default();
        let subset = Subset::read(asked)?;
        let compute = computed::labels(&list(computed::NAME))?;
        let mut models = Models::default();
        let (mut reads, mut written) = (Vec::new(), Vec::new());
        for (at, table) in tables.iter().enumerate() {
            reads.push(if table.spec.name == FILE {
                written.push(at);
                match subset.sample.is_some() || !compute.is_empty() {
                    true => Reads::LookAndMake,
                    false => Reads::Make,
                }
            } else if table.spec.field(STEP_ID).is_some() {
                models.add(at, table);
                Reads::Look
            } else {
                let what = table.spec.title.to_lowercase();
                Reads::Nothing(format!("it is a {what}, and no transactions"))
            });
        }
        let leave_out = list("leave-out-columns");
        let folded: Vec<String> = leave_out.iter().map(|label| fold(label)).collect();
        let given: Vec<&Table<'_>> = written.iter().map(|at| &tables[*at]).collect();
        let (mut columns, mut sources) = union(&given, &mut map, &folded)?;
        for label in &leave_out {
            let is = |lost: &Lost| fold(&lost.label) == fold(label);
            if !sources.iter().any(|source| source.lost.iter().any(is)) {
                return Err(no_column("leave-out-columns", label));
            }
        }
        let fill = given.first().filter(|_| !compute.is_empty());
        let fill = fill.map(|table| {
            // First all of them, as each moves those behind it.
            for label in &compute {
                place(table.spec, label, &mut columns, &mut sources);
            }
            let at = |label| (place(table.spec, label, &mut columns, &mut sources), label);
            let at = compute.into_iter().map(at).collect();
            let labels: Vec<String> = columns.iter().map(|column| column.label.clone()).collect();
            let all = read(table.spec, &labels);
            let of = |source: &Source| {
                let has = |column: u32| source.from[column as usize] != From::Nothing;
                let own = all.iter().filter(|heading| has(heading.column));
                own.cloned().collect()
            };
            let headings = written.iter().zip(&sources);
            let headings = headings.map(|(file, source)| (*file, of(source)));
            Fill::new(at, headings.collect(), asked)
        });
        let at = Places::of(&columns);
        let renames = [
            ("rename-students", &at.students),
            ("rename-problems", &at.problems),
            ("rename-steps", &at.steps),
            // Their columns are known once all models are.
            ("rename-kcs", &Vec::new()),
        ];
        let renames = renames.into_iter().filter_map(|(name, columns)| {
            let table = asked(name)?;
            Some(Rename::read(name, &table).map(|rename| (rename, columns.clone())))
        });
        let renames = renames.collect::<Result<Vec<_>>>()?;
        let mut all = Transactions {
            pseudonyms: asked("anonymise-key").and_then(|key| Pseudonyms::new(&key)),
            unreadable: at.students.clone(),
            seen: vec![Vec::new(); columns.len()],
            sources: written.into_iter().zip(sources).collect(),
            told: HashMap::new(),
            fill,
            new: None,
            reads,
            columns,
            at,
            map,
            subset,
            models,
            renames,
        };
        all.hide(&list("anonymise-columns"))?;
        all.add(asked("new-kc-model"), asked("kc-of"))?;
        Ok(all)
    }

    /// Has other columns become unreadable, too.
    fn hide(&mut self, labels: &[String]) -> Result<()> {
        if !labels.is_empty() && self.pseudonyms.is_none() {
            return Err(Error::refused(
                "anonymise-key",
                "`anonymise-columns` is given, and `anonymise-key` is not; expected a secret",
            ));
        }
        for label in labels {
            let folded = fold(label);
            let all = self.columns.iter().enumerate();
            let mut named = all
                .filter(|(_, column)| fold(&column.label) == folded)
                .peekable();
            if named.peek().is_none() {
                return Err(no_column("anonymise-columns", label));
            }
            for (at, _) in named {
                if !self.unreadable.contains(&at) {
                    self.unreadable.push(at);
                }
            }
        }
        Ok(())
    }

    /// Adds a model that is made of the transactions.
    fn add(&mut self, name: Option<String>, of: Option<String>) -> Result<()> {
        let Some(name) = name else {
            return match of {
                Some(_) => Err(Error::refused(
                    "new-kc-model",
                    "`kc-of` is given, and `new-kc-model` is not; expected the name of the new model",
                )),
                None => Ok(()),
            };
        };
        let model = fold(&name);
        let of_model = |model: &str| {
            let is = |column: &Column| column.kind == headings::Kind::Kc && column.model == model;
            let all = self.columns.iter().enumerate();
            let own = all.filter(|(_, column)| is(column));
            own.map(|(at, _)| at).collect::<Vec<usize>>()
        };
        if !of_model(&model).is_empty() || self.models.has(&model) {
            return Err(Error::refused(
                "new-kc-model",
                format!(
                    "`{name}`, given for `new-kc-model`, is there already; expected the name of a new model"
                ),
            ));
        }
        let of = match of.as_deref().map(str::trim) {
            None | Some("step") => Of::Step,
            Some("problem") => Of::Problem,
            Some(other) => match of_model(&fold(other)) {
                from if from.is_empty() => {
                    return Err(Error::refused(
                        "kc-of",
                        format!(
                            "`{other}`, given for `kc-of`, is no KC model of the transactions; expected `step`, `problem` or the name of one"
                        ),
                    ));
                }
                from => Of::Copy(from),
            },
        };
        let count = match &of {
            Of::Copy(from) => from.len(),
            _ => 1,
        };
        let begun = self.columns.len();
        for _ in 0..count {
            self.columns
                .push(kc::kc(&format!("KC ({})", name.trim()), &model));
        }
        let columns = (begun..self.columns.len()).collect();
        self.new = Some(New { of, columns });
        Ok(())
    }
}

fn no_column(name: &str, label: &str) -> Error {
    Error::refused(
        name,
        format!(
            "`{label}`, given for `{name}`, is the label of no column; expected labels of the transactions"
        ),
    )
}
