//! Tables of text, and how OneRoster writes them as CSV.

/// The version of OneRoster that a bundle is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Version {
    /// Users have their roles with them
    #[value(name = "oneroster-1.1")]
    V1P1,
    /// Roles have a file of their own
    #[value(name = "oneroster-1.2")]
    V1P2,
}

impl Version {
    /// The labels of every file, from the format's own description.
    fn layout(self) -> &'static str {
        match self {
            Version::V1P1 => include_str!("../../../src/formats/oneroster/v1p1/layout.csv"),
            Version::V1P2 => include_str!("../../../src/formats/oneroster/v1p2/layout.csv"),
        }
    }

    /// As the manifest says it.
    fn number(self) -> &'static str {
        match self {
            Version::V1P1 => "1.1",
            Version::V1P2 => "1.2",
        }
    }

    /// The labels of a file, in order.
    pub fn labels(self, file: &str) -> impl Iterator<Item = &'static str> {
        let mut cells = self.layout().lines().map(|line| line.split(','));
        std::iter::from_fn(move || cells.next().map(|mut c| (c.next(), c.next())))
            .filter_map(move |(f, label)| (f == Some(file)).then_some(label).flatten())
    }

    /// The names of all files, manifest first.
    pub fn file_names(self) -> Vec<&'static str> {
        let mut names: Vec<_> = self
            .layout()
            .lines()
            .skip(1)
            .filter_map(|l| l.split(',').next())
            .collect();
        names.dedup();
        names
    }
}

/// One file of a bundle before it is written.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name of the file, e.g. `users.csv`.
    pub file: &'static str,
    /// The header.
    pub labels: Vec<String>,
    /// The records, as many cells each as there are labels.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without records that has all labels of the file.
    pub fn new(file: &'static str) -> Self {
        Self {
            file,
            labels: labels(file).map(str::to_owned).collect(),
            rows: Vec::new(),
        }
    }

    /// Position of a label. The labels are written in this program, so one that does not exist is
    /// a mistake here: panics.
    pub fn at(&self, label: &str) -> usize {
        let at = self.labels.iter().position(|l| l == label);
        at.unwrap_or_else(|| panic!("{} has no label {label}", self.file))
    }

    /// Appends a record; cells that are not named stay empty.
    pub fn push(&mut self, cells: &[(&str, &str)]) {
        let mut row = vec![String::new(); self.labels.len()];
        for (label, value) in cells {
            row[self.at(label)] = (*value).to_owned();
        }
        self.rows.push(row);
    }

    /// The cell of a record under a label.
    pub fn get(&self, row: usize, label: &str) -> &str {
        &self.rows[row][self.at(label)]
    }
}

/// The labels of a file in 1.2, in order.
pub fn labels(file: &str) -> impl Iterator<Item = &'static str> {
    Version::V1P2.labels(file)
}

/// A cell as CSV writes it: quoted only where that is needed.
pub fn cell(value: &str) -> String {
    if value.contains([',', '"']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// A record as CSV writes it, with its line end.
pub fn line<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<_> = cells.iter().map(|c| cell(c.as_ref())).collect();
    cells.join(",") + "\r\n"
}

/// Name and bytes of every table.
pub fn files(tables: &[Table]) -> Vec<(String, Vec<u8>)> {
    let text = |t: &Table| {
        t.rows
            .iter()
            .fold(line(&t.labels), |text, row| text + &line(row))
    };
    tables
        .iter()
        .map(|t| (t.file.to_owned(), text(t).into_bytes()))
        .collect()
}

/// The manifest of a bundle with these data files, all bulk.
pub fn manifest(version: Version, present: &[&str], system: &str) -> Table {
    let mut table = Table::new("manifest.csv");
    let mut put = |name: &str, value: &str| table.push(&[("propertyName", name), ("value", value)]);
    put("manifest.version", "1.0");
    put("oneroster.version", version.number());
    for file in version
        .file_names()
        .into_iter()
        .filter(|f| *f != "manifest.csv")
    {
        let mode = if present.contains(&file) {
            "bulk"
        } else {
            "absent"
        };
        put(&format!("file.{}", file.trim_end_matches(".csv")), mode);
    }
    put("source.systemName", system);
    put("source.systemCode", "SYN-1");
    table
}
