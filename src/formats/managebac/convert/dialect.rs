//! OneRoster 1.2 as the dialect: programs, and records that ManageBac has no place for.

use std::collections::{HashMap, HashSet};

use super::school::School;
use crate::check::Mode;
use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What, Written};
use crate::formats::managebac::FILES;
use crate::formats::oneroster::convert::manifest::{self, Manifest};
use crate::types::email;

const PROGRAM: &str = "ext:program";

/// Files of 1.2 as those of the dialect.
pub struct Dialect {
    manifest: Manifest,
    program: Option<String>,
    program_name: Option<String>,
    /// The type of each organization.
    types: HashMap<String, String>,
    school: School,
    /// The type of each session, and the one above it.
    sessions: HashMap<String, (String, String)>,
    /// Users who have a role.
    met: HashSet<String>,
}

impl Dialect {
    /// For these files.
    pub fn of(bundle: &Bundle<'_>) -> Dialect {
        let asked = bundle.asked;
        let manifest = Manifest::of(bundle, "1.2").of_files(&FILES);
        Dialect {
            manifest: manifest
                .with("source.systemName", asked("systemName"))
                .with("source.systemCode", asked("systemCode")),
            program: asked("program"),
            program_name: asked("programName"),
            types: HashMap::new(),
            school: School::with(asked("school")),
            sessions: HashMap::new(),
            met: HashSet::new(),
        }
    }

    fn is_program(&self, org: &str) -> bool {
        self.types.get(org).is_some_and(|kind| kind == PROGRAM)
    }

    fn is_dropped(&self, session: &str) -> bool {
        let known = self.sessions.get(session);
        known.is_some_and(|(kind, _)| kind == "gradingPeriod")
    }

    /// Has a session stand right below its school year.
    fn lift(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let parent = to.text("parentSourcedId");
        let Some(year) = self.year(&parent).filter(|year| *year != parent) else {
            return;
        };
        let why = format!("ManageBac has terms right below school years; it is `{year}` now");
        loss.tell(What::ValueChanged, from, "parentSourcedId", &parent, &why);
        to.set("parentSourcedId", &year);
    }

    /// The school year that a session is, or is below; none where there is none, or sessions go round
    /// in a circle. Those on the way are known to stand right below it from then on, so that the way
    /// is gone once.
    fn year(&mut self, session: &str) -> Option<String> {
        let mut way = Vec::new();
        let mut at = session.to_owned();
        let year = loop {
            match self.sessions.get_mut(&at) {
                Some((kind, _)) if kind == "schoolYear" => break Some(at),
                Some((_, above)) if !above.is_empty() => {
                    let above = std::mem::take(above);
                    way.push(std::mem::replace(&mut at, above));
                }
                _ => break None,
            }
        };
        for session in way {
            if let Some((_, above)) = self.sessions.get_mut(&session) {
                *above = year.clone().unwrap_or_default();
            }
        }
        year
    }

    /// Has a field name the program, unless it names one already.
    fn belongs(&self, field: &str, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let org = to.text(field);
        if let Some(program) = self.program.as_ref().filter(|_| !self.is_program(&org)) {
            let why = format!("ManageBac asks for a program there; it is `{program}` now");
            loss.tell(What::ValueChanged, from, field, &org, &why);
            to.set(field, program);
        }
    }

    /// Why a record of 1.2 is none of the dialect, and the field that says so.
    fn lacks(&mut self, from: &Record<'_>, file: &str) -> Option<(&'static str, &'static str)> {
        match file {
            "orgs.csv" if !is_taken(&from.text("type")) => Some((
                "type",
                "ManageBac has districts, schools and programs, and no other organizations",
            )),
            "academicSessions.csv" if from.text("type") == "gradingPeriod" => Some((
                "type",
                "ManageBac has school years and terms, and no grading periods",
            )),
            "enrollments.csv" if from.text("role") == "proctor" => Some((
                "role",
                "ManageBac has students, teachers and administrators in classes, and no others",
            )),
            "roles.csv" if is_unknown(&from.text("role")) => Some((
                "role",
                "ManageBac has students, parents, teachers and administrators, and no others",
            )),
            "roles.csv" if from.text("roleType") == "secondary" => {
                Some(("roleType", "ManageBac reads primary roles alone"))
            }
            "roles.csv" if !self.met.insert(from.text("userSourcedId")) => {
                Some(("userSourcedId", "ManageBac takes one role of a user"))
            }
            _ => None,
        }
    }

    /// Empties what names a record that was left out.
    fn forget(&self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let parent = to.text("parentSourcedId");
        let is_gone = self.types.get(&parent).is_some_and(|kind| !is_taken(kind));
        if to.file() == "orgs.csv" && is_gone {
            let why = "that organization is left out";
            loss.tell(What::ValueDropped, from, "parentSourcedId", &parent, why);
            to.set("parentSourcedId", "");
        }
        let terms = to.text("termSourcedIds");
        let terms = terms.split(',').map(str::trim);
        let (gone, kept): (Vec<&str>, Vec<&str>) = terms.partition(|term| self.is_dropped(term));
        for term in &gone {
            let why = "that session is left out";
            loss.tell(What::ValueDropped, from, "termSourcedIds", term, why);
        }
        if !gone.is_empty() {
            to.set("termSourcedIds", &kept.join(","));
        }
    }

    /// ManageBac takes the username for the address of the person.
    fn username(&self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let (name, address) = (from.text("username"), from.text("email"));
        let is_address = |text: &str| email::accepts(text.as_bytes());
        if is_address(&name) || !is_address(&address) {
            return to.set("username", &name);
        }
        let why = "ManageBac takes the username for the e-mail address, so that stands there";
        loss.tell(What::ValueChanged, from, "username", &name, why);
        to.set("username", &address);
    }
}

/// Whether ManageBac has organizations of the type. A blank one is for the check to tell.
fn is_taken(kind: &str) -> bool {
    ["", "district", "school"].contains(&kind) || kind.starts_with("ext:")
}

/// Whether ManageBac has no such role of users.
fn is_unknown(role: &str) -> bool {
    ["aide", "counselor", "proctor"].contains(&role) || role.starts_with("ext:")
}

impl Own for Dialect {
    fn reads(&self) -> &'static [&'static str] {
        match self.school.is_chosen() {
            true => &[
                "orgs.csv",
                "academicSessions.csv",
                "roles.csv",
                "classes.csv",
                manifest::FILE,
            ],
            false => &["orgs.csv", "academicSessions.csv", manifest::FILE],
        }
    }

    fn see(&mut self, record: &Record<'_>, _loss: &mut Loss) {
        self.school.see(record);
        self.manifest.see(record);
        let (id, kind) = (record.text("sourcedId"), record.text("type"));
        match record.table() {
            "orgs.csv" => {
                self.types.insert(id, kind);
            }
            "academicSessions.csv" => {
                let parent = record.text("parentSourcedId");
                self.sessions.insert(id, (kind, parent));
            }
            _ => {}
        }
    }

    fn keep(&mut self, from: &Record<'_>, file: &str, loss: &mut Loss) -> Stays {
        if let Some(field) = self.school.elsewhere(from, file) {
            let why = "it is not of the school that was chosen";
            loss.tell(What::RecordDropped, from, field, &from.text(field), why);
            return Stays::No;
        }
        let Some((field, why)) = self.lacks(from, file) else {
            return Stays::Yes;
        };
        loss.tell(What::RecordDropped, from, field, &from.text(field), why);
        Stays::No
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        match to.file() {
            "courses.csv" => self.belongs("orgSourcedId", from, to, loss),
            "roles.csv" if to.text("role") == "student" => {
                self.belongs("orgSourcedId", from, to, loss);
            }
            "academicSessions.csv" => self.lift(from, to, loss),
            "users.csv" => self.username(from, to, loss),
            "orgs.csv" | "classes.csv" => self.forget(from, to, loss),
            _ => {}
        }
    }

    fn add(
        &mut self,
        file: &str,
        written: &[Written],
        loss: &mut Loss,
    ) -> Vec<Vec<(&'static str, String)>> {
        if file == "manifest.csv" {
            for property in ["source.systemName", "source.systemCode"] {
                if self.manifest.says(property).is_empty() {
                    let why = format!("ManageBac asks for `{property}`, and nothing gives it");
                    loss.tell_file(What::ValueMissing, file, 1, &why);
                }
            }
            return self.manifest.add(file, written, loss);
        }
        if file == "orgs.csv" {
            self.school.tell(written, loss);
        }
        let Some(program) = self.program.as_ref().filter(|_| file == "orgs.csv") else {
            return Vec::new();
        };
        let is_bulk = written.last().is_none_or(|file| file.mode == Mode::Bulk);
        if self.is_program(program) || !is_bulk {
            return Vec::new();
        }
        let why = format!("the program `{program}` was added, below the school");
        loss.tell_file(What::ValueMade, file, 1, &why);
        vec![vec![
            ("sourcedId", program.clone()),
            (
                "name",
                self.program_name.clone().unwrap_or_else(|| program.clone()),
            ),
            ("type", PROGRAM.to_owned()),
            ("parentSourcedId", self.school.id().to_owned()),
        ]]
    }
}
