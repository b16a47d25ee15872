//! What rules know when they compile: the format's tables, the files at hand, the day.

use std::sync::Arc;

use super::FilePlan;
use crate::layout::{Condition, FileSpec, Layout, Required};
use crate::peek::Peek;
use crate::profile::{Profile, Row};
use crate::rules::Rule;

/// How the records of a file are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// All records there are.
    Bulk,
    /// Changes since the last time.
    Delta,
}

impl Mode {
    /// Whether a condition on `mode` holds.
    pub fn meets(self, condition: &Condition) -> bool {
        condition.field == "mode" && condition.values.iter().any(|value| value == self.word())
    }

    fn word(self) -> &'static str {
        match self {
            Mode::Bulk => "bulk",
            Mode::Delta => "delta",
        }
    }
}

/// What rules know when they compile: the format, the files, the day.
pub struct BundleContext<'a> {
    /// The format's tables.
    pub layout: &'a Layout,
    /// The files at hand with their first records; unknown files and litter included.
    pub peeks: &'a [Peek],
    /// For each file at hand, its place in the layout.
    pub specs: &'a [Option<usize>],
    /// For each file at hand, how its records are meant.
    pub modes: &'a [Mode],
    /// The day that counts as today, in days since 1970.
    pub as_of: i32,
    /// The files at hand that are the tables of the layout themselves.
    pub own: &'a [usize],
    /// The format that was named, by its id, where it is not told by the files.
    pub named: Option<&'a str>,
    /// How the bundle came.
    pub wrapping: &'a Wrapping,
    /// The profile laid over the format, if any.
    pub profile: Option<&'a Arc<Profile>>,
}

/// How the files came.
#[derive(Clone, Debug, Default)]
pub struct Wrapping {
    /// The folder inside the zip that holds all files.
    pub folder: Option<String>,
    /// The name of the zip that files came from; the first, if there are several, and empty where it
    /// has none of its own.
    pub zip: Option<String>,
    /// Names in the zip that systems leave there.
    pub litter: Vec<String>,
    /// The name of each zip, and its bytes.
    pub zips: Vec<(String, u64)>,
    /// The files at hand whose names are not their own: they came through standard input or a pipe.
    pub unnamed: Vec<usize>,
}

impl BundleContext<'_> {
    /// The file at hand that is the layout's file of this name, if it can be read.
    pub fn file(&self, name: &str) -> Option<usize> {
        self.files(name).next()
    }

    /// All of them, where there may be several.
    pub fn files(&self, name: &str) -> impl Iterator<Item = usize> {
        let spec = self.layout.file(name);
        let files = self.specs.iter().zip(self.peeks).enumerate();
        let known = files.filter(move |(_, (known, _))| spec.is_some() && **known == spec);
        let known = known.filter(|(_, (_, peek))| peek.foreign.is_none());
        known.map(|(at, _)| at)
    }

    /// The files at hand of kinds of which there may be several.
    pub fn many(&self) -> Vec<usize> {
        let is_many = |spec: usize| self.layout.files[spec].many;
        let files = self.specs.iter().enumerate();
        let many = files.filter(|(_, spec)| spec.is_some_and(is_many));
        many.map(|(at, _)| at).collect()
    }

    /// What the profile asks of this rule, and the profile's name.
    pub fn asks(&self, rule: &'static Rule) -> impl Iterator<Item = (&Row, &str)> {
        self.profile.into_iter().flat_map(move |profile| {
            let title = profile.title.title.as_str();
            profile.asks(rule).map(move |row| (row, title))
        })
    }

    /// Whether the file at hand is complete in itself.
    pub fn is_bulk(&self, file: usize) -> bool {
        self.modes[file] == Mode::Bulk
    }
}

/// What rules know of a file when they compile its checks.
pub struct FileContext<'a> {
    /// All files.
    pub bundle: &'a BundleContext<'a>,
    /// The file's place in the bundle.
    pub file: usize,
    /// What the layout says of it.
    pub spec: &'a FileSpec,
    /// Which columns it has.
    pub plan: &'a FilePlan,
}

/// Whether a condition of a table holds in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// For all records.
    Always,
    /// For none.
    Never,
    /// For those that have one of these values in the field.
    If(usize, Vec<String>),
}

impl FileContext<'_> {
    /// The cells of a column in the file's first records. A rule that learns from them learns the
    /// same however the file is cut into pieces or parts.
    pub fn first_cells(&self, column: u32) -> impl Iterator<Item = &str> {
        let rows = self.bundle.peeks[self.file].rows.iter();
        rows.filter_map(move |(_, cells)| cells.get(column as usize).map(String::as_str))
    }

    /// When something that is required so holds.
    pub fn holds(&self, required: &Required) -> Holds {
        match required {
            Required::Yes => Holds::Always,
            Required::No | Required::Recommended => Holds::Never,
            Required::When(condition) if condition.field == "mode" => {
                let mode = self.bundle.modes[self.file];
                if mode.meets(condition) {
                    Holds::Always
                } else {
                    Holds::Never
                }
            }
            Required::When(Condition { field, values }) => match self.spec.field(field) {
                Some(field) => Holds::If(field, values.clone()),
                None => Holds::Never,
            },
        }
    }
}
