//! The manifest of what was written: its version, the mode of each file, and who sends it.

use crate::check::Mode;
use crate::convert::{Bundle, Loss, What, Written};
use crate::layout::Layout;
use crate::peek::Peek;

const NAME: &str = "manifest.csv";

/// What a manifest says beside the modes of files.
pub struct Manifest {
    version: &'static str,
    /// The properties that the target knows, in its order.
    known: Vec<String>,
    /// What the manifest of the source says.
    said: Vec<(String, String)>,
}

impl Manifest {
    /// For files of that version.
    pub fn of(bundle: &Bundle<'_>, version: &'static str) -> Manifest {
        Manifest {
            version,
            known: properties(bundle.layout),
            said: said(bundle.peeks),
        }
    }

    /// The same, with the modes of no files but these.
    pub fn of_files(mut self, files: &[&str]) -> Manifest {
        self.known.retain(|name| match name.strip_prefix("file.") {
            Some(stem) => files.contains(&stem),
            None => true,
        });
        self
    }

    /// The same, where a property that is not said yet is as told.
    pub fn with(mut self, property: &str, value: Option<String>) -> Manifest {
        let value = value.unwrap_or_default();
        match self.said.iter_mut().find(|(name, _)| name == property) {
            Some((_, said)) if said.is_empty() => *said = value,
            Some(_) => {}
            None => self.said.push((property.to_owned(), value)),
        }
        self
    }

    /// What a property says.
    pub fn says(&self, property: &str) -> &str {
        let said = self.said.iter().find(|(name, _)| name == property);
        said.map_or("", |(_, value)| value)
    }

    /// The records of the manifest, where that is the file.
    pub fn add(
        &self,
        file: &str,
        written: &[Written],
        loss: &mut Loss,
    ) -> Vec<Vec<(&'static str, String)>> {
        if file != NAME {
            return Vec::new();
        }
        let ours = |name: &str| name.starts_with("file.") || name.ends_with(".version");
        for (name, _) in self.said.iter().filter(|(name, _)| !ours(name)) {
            if !self.known.contains(name) {
                let why = format!("the target knows no property `{name}`");
                loss.tell_file(What::ValueDropped, NAME, 1, &why);
            }
        }
        let rows = self.known.iter().filter_map(|name| {
            let value = match (name.as_str(), name.strip_prefix("file.")) {
                ("manifest.version", _) => "1.0".to_owned(),
                ("oneroster.version", _) => self.version.to_owned(),
                (_, Some(stem)) => {
                    let mode = written
                        .iter()
                        .find(|file| file.file.strip_suffix(".csv") == Some(stem));
                    mode.map_or("absent", |file| match file.mode {
                        Mode::Bulk => "bulk",
                        Mode::Delta => "delta",
                    })
                    .to_owned()
                }
                (name, None) => {
                    let said = self.said.iter().find(|(said, _)| said == name)?;
                    said.1.clone()
                }
            };
            Some(vec![("propertyName", name.clone()), ("value", value)])
        });
        rows.collect()
    }
}

/// The properties that a manifest of the layout has.
fn properties(layout: &Layout) -> Vec<String> {
    let manifest = layout.file(NAME).map(|at| &layout.files[at]);
    let codes = manifest.and_then(|file| file.fields.first()?.kind.codes());
    let codes = codes.into_iter().flat_map(|codes| codes.codes());
    codes.map(|code| code.code.clone()).collect()
}

/// What the manifest at hand says.
fn said(peeks: &[Peek]) -> Vec<(String, String)> {
    let manifest = peeks
        .iter()
        .find(|peek| peek.name.eq_ignore_ascii_case(NAME));
    let rows = manifest.into_iter().flat_map(|manifest| &manifest.rows);
    let pairs = rows.filter_map(|(_, cells)| {
        let (name, value) = (cells.first()?.trim(), cells.get(1)?.trim());
        (!name.is_empty()).then(|| (name.to_owned(), value.to_owned()))
    });
    pairs.collect()
}
