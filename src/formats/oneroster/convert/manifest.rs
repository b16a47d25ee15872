//! The manifest of what was written: its version, the mode of each file, and who sends it.

use crate::check::Mode;
use crate::convert::{Bundle, Loss, Record, What, Written};
use crate::layout::Layout;

/// The file.
pub const FILE: &str = "manifest.csv";

/// What a manifest says beside the modes of files.
pub struct Manifest {
    version: &'static str,
    /// The properties that the target knows, in its order.
    known: Vec<String>,
    /// What the manifest of the source is called.
    file: String,
    /// What it says.
    said: Vec<Said>,
    /// What is so where it says nothing of it.
    given: Vec<(&'static str, String)>,
}

/// A record of the manifest.
struct Said {
    property: String,
    value: String,
    line: u64,
}

impl Manifest {
    /// For files of that version.
    pub fn of(bundle: &Bundle<'_>, version: &'static str) -> Manifest {
        Manifest {
            version,
            known: properties(bundle.layout),
            file: FILE.to_owned(),
            said: Vec::new(),
            given: Vec::new(),
        }
    }

    /// Takes a record, if it is one of the manifest.
    pub fn see(&mut self, record: &Record<'_>) {
        if record.table() == FILE {
            record.file().clone_into(&mut self.file);
            self.said.push(Said {
                property: record.text("propertyName"),
                value: record.text("value"),
                line: record.line(),
            });
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

    /// The same, where a property of which the manifest says nothing is as told.
    pub fn with(mut self, property: &'static str, value: Option<String>) -> Manifest {
        self.given.push((property, value.unwrap_or_default()));
        self
    }

    /// What a property says: the first of its values.
    pub fn says(&self, property: &str) -> &str {
        let said = self.all(property).map(|said| said.value.as_str());
        let given = self.given.iter().filter(|(name, _)| *name == property);
        let mut values = said.chain(given.map(|(_, value)| value.as_str()));
        values.find(|value| !value.is_empty()).unwrap_or_default()
    }

    /// The records of a property.
    fn all(&self, property: &str) -> impl Iterator<Item = &Said> {
        self.said
            .iter()
            .filter(move |said| said.property == property)
    }

    /// Tells of values that the manifest of the target does not have.
    fn tell(&self, loss: &mut Loss) {
        let mut tell = |said: &Said, why: &str| {
            let at = (self.file.as_str(), said.line);
            loss.tell_line(What::ValueDropped, at, "value", &said.value, why);
        };
        let ours = |name: &str| name.starts_with("file.") || name.ends_with(".version");
        let filled = self.said.iter().filter(|said| !said.value.is_empty());
        for said in filled.filter(|said| !ours(&said.property)) {
            let name = &said.property;
            if !self.known.contains(name) {
                tell(said, &format!("the target knows no property `{name}`"));
            }
        }
        for name in self.known.iter().filter(|name| !ours(name)) {
            let filled = self.all(name).filter(|said| !said.value.is_empty());
            let first = self.says(name);
            for said in filled.filter(|said| said.value != first) {
                tell(said, &format!("another value of `{name}` comes before it"));
            }
        }
    }

    /// The records of the manifest, where that is the file.
    pub fn add(
        &self,
        file: &str,
        written: &[Written],
        loss: &mut Loss,
    ) -> Vec<Vec<(&'static str, String)>> {
        if file != FILE {
            return Vec::new();
        }
        self.tell(loss);
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
                    let given = || self.given.iter().find(|(given, _)| *given == name);
                    let is_said = self.all(name).next().is_some() || given().is_some();
                    is_said.then(|| self.says(name).to_owned())?
                }
            };
            Some(vec![("propertyName", name.clone()), ("value", value)])
        });
        rows.collect()
    }
}

/// The properties that a manifest of the layout has.
fn properties(layout: &Layout) -> Vec<String> {
    let manifest = layout.file(FILE).map(|at| &layout.files[at]);
    let codes = manifest.and_then(|file| file.fields.first()?.kind.codes());
    let codes = codes.into_iter().flat_map(|codes| codes.codes());
    codes.map(|code| code.code.clone()).collect()
}
