//! Students, registrations and needs as one another: what several records say of one student, or of one
//! test of a student, comes together in one.
//!
//! The first value counts, in the order Student Registrations, Students, Personal Needs Profile, and
//! within a file in that of its records; another value is told. All records are seen once for their
//! keys; where some of them belong together, those are seen once more and held, the others flow.

use std::collections::{HashMap, HashSet};

use crate::check::{Print, print};
use crate::convert::{Bundle, Loss, Made, Next, Own, Record, Rows, Stays, What};
use crate::formats::pearson::claim;
use crate::layout::FileSpec;
use crate::peek::Peek;
use crate::records::trim;

/// The field that every record has which is about a student.
const STUDENT: &str = "StateStudentIdentifier";

/// Parts the cells of a record that is held: no byte of UTF-8.
const PART: u8 = 0xFF;

/// The files, those that count first before the others.
static FILES: [&str; 7] = [
    "student-registrations.csv",
    "student-registrations-2016.csv",
    "student-registrations-nj-2022.csv",
    "student-registrations-il-2023.csv",
    "student-registrations-co-2021.csv",
    STUDENTS,
    "personal-needs-profile.csv",
];
const STUDENTS: &str = "students.csv";
const PREID: &str = "preid.csv";

/// Why a value is left out that another file has, too.
const ORDER: &str = "another file says something else of the same; Student Registrations count before Students, and those before a Personal Needs Profile";

/// Whether several of the files are about students and their tests, so that they can be joined.
pub fn are_several(peeks: &[Peek]) -> bool {
    let kinds = [
        "pearson-student-registrations",
        "pearson-students",
        "pearson-personal-needs-profile",
    ];
    let of = |peek: &&Peek| claim::kind(peek).is_some_and(|kind| kinds.contains(&kind));
    peeks.iter().filter(of).count() > 1
}

/// What is known while records are joined.
pub struct Joined {
    /// The file of the target.
    spec: FileSpec,
    /// The fields that no two of its records share.
    key: &'static [&'static str],
    /// Whether records were seen for their keys, so that they are now seen to be held.
    holds: bool,
    /// For each key whether several records have it.
    met: HashMap<Print, bool>,
    /// Students of whom there is a record of a test.
    tested: HashSet<Print>,
    /// By the places of the files in the bundle.
    files: HashMap<usize, File>,
    held: HashMap<(usize, Print), Held>,
    /// Keys of which a record was written.
    written: HashSet<Print>,
}

/// A file of the source.
struct File {
    name: String,
    /// For each field of the target the column that says it.
    columns: Vec<Option<usize>>,
}

/// What the records of a file say that have one key.
struct Held {
    file: usize,
    /// The line of the first.
    line: u64,
    /// Its cells, by the fields of the target.
    cells: Vec<u8>,
    /// What it said that could not be read, by the place of the field: a later record counts there.
    unread: Vec<(usize, String)>,
}

impl Joined {
    /// For the format that is made.
    pub fn of(bundle: &Bundle<'_>) -> Joined {
        let spec = &bundle.layout.files[0];
        Joined {
            key: match spec.name.as_str() {
                STUDENTS => &[STUDENT],
                PREID => &[STUDENT, "TestCode"],
                _ => &[STUDENT, "TestCode", "Retest"],
            },
            spec: spec.clone(),
            holds: false,
            met: HashMap::new(),
            tested: HashSet::new(),
            files: HashMap::new(),
            held: HashMap::new(),
            written: HashSet::new(),
        }
    }

    /// Whether a record of students joins those of all tests of the student.
    fn is_of_all_tests(&self, record: &Record<'_>) -> bool {
        self.key.len() > 1 && record.table() == STUDENTS
    }

    /// The key of a record; none where it does not say which student it is about.
    fn key(&self, record: &Record<'_>) -> Option<Print> {
        let student = student(record)?;
        if self.is_of_all_tests(record) || self.key.len() == 1 {
            return Some(student);
        }
        let parts: Vec<String> = self.key.iter().map(|field| record.text(field)).collect();
        Some(print(parts.iter().map(String::as_bytes)))
    }

    /// What a record says, by the fields of the target.
    fn cells(&mut self, record: &Record<'_>) -> Vec<String> {
        let file = self.files.entry(record.source()).or_insert_with(|| File {
            name: record.file().to_owned(),
            columns: {
                let fields = self.spec.fields.iter();
                fields.map(|field| record.like(field)).collect()
            },
        });
        let text = |column: usize| String::from_utf8_lossy(trim(&record.cell(column))).into_owned();
        let columns = file.columns.iter();
        columns
            .map(|column| column.map(text).unwrap_or_default())
            .collect()
    }

    /// Holds what a record says. What records of its file before it say counts, unless it cannot be
    /// read and the later value can.
    fn hold(&mut self, key: Print, record: &Record<'_>, loss: &mut Loss) {
        let mut cells = self.cells(record);
        let mut unread = Vec::new();
        let place = (rank(record.table()), key);
        if let Some(held) = self.held.get(&place) {
            for (at, first) in parts(&held.cells).enumerate() {
                let field = &self.spec.fields[at];
                let is_read = |text: &str| field.kind.accepts(text.as_bytes());
                if first.is_empty() || first == cells[at] {
                    continue;
                }
                if !is_read(first) && is_read(&cells[at]) && !cells[at].is_empty() {
                    unread.push((at, first.to_owned()));
                    continue;
                }
                if !cells[at].is_empty() {
                    let why =
                        "a record before it says something else of the same, and the first counts";
                    loss.tell(What::ValueDropped, record, &field.name, &cells[at], why);
                }
                first.clone_into(&mut cells[at]);
            }
        }
        let cells: Vec<&[u8]> = cells.iter().map(String::as_bytes).collect();
        let held = self.held.entry(place).or_insert_with(|| Held {
            file: record.source(),
            line: record.line(),
            cells: Vec::new(),
            unread: Vec::new(),
        });
        held.cells = cells.join(&PART);
        held.unread.append(&mut unread);
    }
}

impl Own for Joined {
    fn reads(&self) -> &'static [&'static str] {
        match self.spec.name == PREID {
            // Barcodes are for registrations.
            true => &FILES[..5],
            false => &FILES,
        }
    }

    fn see(&mut self, record: &Record<'_>, loss: &mut Loss) {
        let Some((student, key)) = student(record).zip(self.key(record)) else {
            return;
        };
        let is_of_all = self.is_of_all_tests(record);
        if self.holds {
            let several = self.met.get(&key) == Some(&true);
            if several || is_of_all && self.tested.contains(&student) {
                self.hold(key, record, loss);
            }
            return;
        }
        self.met
            .entry(key)
            .and_modify(|several| *several = true)
            .or_insert(false);
        if !is_of_all && self.key.len() > 1 {
            self.tested.insert(student);
        }
    }

    fn group(&mut self, _: &mut Rows<'_>, _: &mut Loss) -> Next {
        let is_first = !std::mem::replace(&mut self.holds, true);
        let belong = self.met.values().any(|several| *several)
            || self
                .tested
                .iter()
                .any(|student| self.met.contains_key(student));
        match is_first && belong {
            true => Next::Read,
            false => Next::Done,
        }
    }

    fn keep(&mut self, from: &Record<'_>, _: &str, loss: &mut Loss) -> Stays {
        let Some(key) = self.key(from) else {
            return Stays::Yes;
        };
        if self.is_of_all_tests(from) {
            if self.tested.contains(&key) {
                return Stays::Joined;
            }
            if self.spec.name != FILES[0] {
                let why = "needs are told test by test, and there is no test of this student";
                loss.tell(What::RecordDropped, from, STUDENT, &from.text(STUDENT), why);
                return Stays::No;
            }
        }
        let several = self.met.get(&key) == Some(&true);
        match several && !self.written.insert(key) {
            true => Stays::Joined,
            false => Stays::Yes,
        }
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let Some((student, key)) = student(from).zip(self.key(from)) else {
            return;
        };
        let place = |(at, file): (usize, &&str)| match self.key.len() > 1 && *file == STUDENTS {
            true => (at, student),
            false => (at, key),
        };
        let places: Vec<(usize, Print)> = FILES.iter().enumerate().map(place).collect();
        if !places.iter().any(|place| self.held.contains_key(place)) {
            return;
        }
        let own = self.cells(from);
        let own: Vec<&[u8]> = own.iter().map(String::as_bytes).collect();
        let own = Held {
            file: from.source(),
            line: from.line(),
            cells: own.join(&PART),
            unread: Vec::new(),
        };
        let mut said = vec![""; self.spec.fields.len()];
        let all = FILES.iter().zip(&places).filter_map(|(file, place)| {
            let is_own = *file == from.table();
            self.held.get(place).or(is_own.then_some(&own))
        });
        for held in all {
            let of_own = held.file == own.file;
            let file = self.files.get(&held.file);
            let place = (file.map_or("", |file| file.name.as_str()), held.line);
            // What the record says that is written, the table tells.
            let is_written = of_own && held.line == own.line;
            for (at, value) in held.unread.iter().filter(|_| !is_written) {
                let field = &self.spec.fields[*at];
                let why = format!("expected {}", field.kind.expected());
                loss.tell_line(What::ValueDropped, place, &field.name, value, &why);
            }
            let fields = self.spec.fields.iter().zip(&mut said);
            for (value, (field, said)) in parts(&held.cells).zip(fields) {
                let mut tell = |why: &str| {
                    loss.tell_line(What::ValueDropped, place, &field.name, value, why);
                };
                if value.is_empty() || value == *said {
                    continue;
                }
                if !said.is_empty() {
                    tell(ORDER);
                } else if field.kind.accepts(value.as_bytes()) {
                    *said = value;
                } else if !of_own {
                    tell(&format!("expected {}", field.kind.expected()));
                }
            }
        }
        // What the record said itself is written as the table has it.
        for ((field, said), own) in self.spec.fields.iter().zip(said).zip(parts(&own.cells)) {
            if !said.is_empty() && said != own {
                to.set(&field.name, said);
            }
        }
    }
}

/// The student whom a record is about, if it says that.
fn student(record: &Record<'_>) -> Option<Print> {
    let id = record.text(STUDENT);
    (!id.is_empty()).then(|| print([id.as_bytes()]))
}

/// The place of a file in the order in which files count.
fn rank(file: &str) -> usize {
    let known = FILES.iter().position(|known| *known == file);
    known.unwrap_or(FILES.len())
}

/// The cells of what is held.
fn parts(cells: &[u8]) -> impl Iterator<Item = &str> {
    cells
        .split(|byte| *byte == PART)
        .map(|cell| std::str::from_utf8(cell).unwrap_or_default())
}
