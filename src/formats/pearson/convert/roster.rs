//! OneRoster as files of PearsonAccess: organizations by their codes, students at the school that they
//! belong to, and accounts for those who are neither students nor their families.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What};

/// Levels of organizations above a school that are gone up: more are a circle.
const LEVELS: usize = 20;

const ORGANIZATIONS: &str = "organizations.csv";
const USERS: &str = "users.csv";

/// Roles without an account.
const FAMILY: [&str; 4] = ["student", "parent", "guardian", "relative"];

/// What is known of a roster.
pub struct Roster {
    /// The file that is made.
    file: String,
    /// The code of the district, for schools of which the files do not say it.
    district: Option<String>,
    /// The kind of identifier that the state gives.
    kind: Option<String>,
    orgs: HashMap<String, Org>,
    /// For each student in roles.csv the organization, and whether that is his primary role.
    students: HashMap<String, (String, bool)>,
    /// Users who are to be deleted.
    gone: HashSet<String>,
}

/// An organization.
struct Org {
    code: String,
    kind: String,
    parent: String,
}

impl Roster {
    /// For the values that are asked for.
    pub fn of(bundle: &Bundle<'_>) -> Roster {
        Roster {
            file: bundle.layout.files[0].name.clone(),
            district: (bundle.asked)("district"),
            kind: (bundle.asked)("stateIdentifier"),
            orgs: HashMap::new(),
            students: HashMap::new(),
            gone: HashSet::new(),
        }
    }

    /// The code of an organization; one that is not in the files is called as it is.
    fn code<'a>(&'a self, org: &'a str) -> &'a str {
        self.orgs.get(org).map_or(org, |org| &org.code)
    }

    /// The district that an organization is, or is in.
    fn district(&self, org: &str) -> Option<&str> {
        let mut at = self.orgs.get(org);
        for _ in 0..LEVELS {
            match at? {
                org if org.kind == "district" => return Some(&org.code),
                org => at = self.orgs.get(&org.parent),
            }
        }
        None
    }

    /// Where a student is tested: at the school of his role or, in 1.1, the first of his list. Others
    /// are told.
    fn school(&self, from: &Record<'_>, loss: &mut Loss) -> String {
        if let Some((org, _)) = self.students.get(&from.text("sourcedId")) {
            return org.clone();
        }
        let list = from.text("orgSourcedIds");
        let orgs = list.split(',').map(str::trim).filter(|org| !org.is_empty());
        let is_school = |org: &&str| self.orgs.get(*org).is_some_and(|org| org.kind == "school");
        let first = orgs.clone().find(is_school).or_else(|| orgs.clone().next());
        for org in orgs.filter(|org| Some(*org) != first && is_school(org)) {
            let why = "a student is tested at one school, and one before it counts";
            loss.tell(What::ValueDropped, from, "orgSourcedIds", org, why);
        }
        first.unwrap_or_default().to_owned()
    }

    fn student(&self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let school = self.school(from, loss);
        let district = self.district(&school).or(self.district.as_deref());
        to.set("TestingDistrictCode", district.unwrap_or_default());
        let is_district = self
            .orgs
            .get(&school)
            .is_some_and(|org| org.kind == "district");
        if !is_district {
            to.set("TestingSchoolCode", self.code(&school));
        }
        let (identifier, ids) = (from.text("identifier"), from.text("userIds"));
        let id = |kind: &str| {
            let id = ids.split(',').find_map(|id| {
                let id = id.trim().strip_prefix('{')?.strip_suffix('}')?;
                let (of, id) = id.split_once(':')?;
                of.eq_ignore_ascii_case(kind).then_some(id)
            });
            id.unwrap_or_default()
        };
        let (state, local) = match &self.kind {
            Some(kind) => (id(kind), identifier.as_str()),
            None => (identifier.as_str(), id("LocalStudentIdentifier")),
        };
        if let Some(kind) = self.kind.as_ref().filter(|_| state.is_empty()) {
            let why = format!(
                "it names nothing of the kind `{kind}`, which was given for stateIdentifier: StateStudentIdentifier stays blank"
            );
            loss.tell(What::ValueMissing, from, "userIds", &ids, &why);
        }
        to.set("StateStudentIdentifier", state);
        to.set("LocalStudentIdentifier", local);
        to.set("PearsonStudentIdentifier", id("PearsonStudentIdentifier"));
    }

    /// An administrator coordinates tests, at a district or at a school.
    fn administrator(&self, org: &str, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let is_district = self.orgs.get(org).is_some_and(|org| org.kind == "district");
        let role = match is_district {
            true => "District Test Coordinator Role",
            false => "School Test Coordinator Role",
        };
        let why = format!(
            "`administrator` became `{role}`: it is the nearest; your programme may have other roles"
        );
        loss.tell(What::ValueChanged, from, "role", "administrator", &why);
        to.set("Roles", role);
    }

    /// Why a record is none of the target, and the field that says so.
    fn lacks(&self, from: &Record<'_>, file: &str) -> Option<(&'static str, &'static str)> {
        let (role, user) = (from.text("role"), from.text("userSourcedId"));
        let is_student = role == "student" || self.students.contains_key(&from.text("sourcedId"));
        if is_gone(from) {
            Some((
                "status",
                "it is to be deleted, and an import deletes nothing",
            ))
        } else if from.table() == USERS && file != USERS && !is_student {
            Some(("role", "it is no student"))
        } else if file == USERS && FAMILY.contains(&role.as_str()) {
            Some(("role", "students and their families have no account"))
        } else if self.gone.contains(&user) {
            Some(("userSourcedId", "the user is to be deleted"))
        } else {
            None
        }
    }
}

impl Own for Roster {
    fn reads(&self) -> &'static [&'static str] {
        match self.file.as_str() {
            ORGANIZATIONS => &["orgs.csv"],
            USERS => &["orgs.csv", "users.csv"],
            _ => &["orgs.csv", "roles.csv"],
        }
    }

    fn see(&mut self, record: &Record<'_>, loss: &mut Loss) {
        let id = record.text("sourcedId");
        match record.table() {
            "orgs.csv" => {
                let (identifier, parent) =
                    (record.text("identifier"), record.text("parentSourcedId"));
                let code = if identifier.is_empty() {
                    &id
                } else {
                    &identifier
                };
                let org = Org {
                    code: code.clone(),
                    kind: record.text("type"),
                    parent,
                };
                self.orgs.insert(id, org);
            }
            "roles.csv" if record.text("role") == "student" && !is_gone(record) => {
                let is_primary = record.text("roleType") != "secondary";
                let role = (record.text("orgSourcedId"), is_primary);
                let (other, _) = match self.students.entry(record.text("userSourcedId")) {
                    Entry::Vacant(place) => {
                        place.insert(role);
                        return;
                    }
                    Entry::Occupied(mut known) if is_primary && !known.get().1 => {
                        known.insert(role)
                    }
                    Entry::Occupied(_) => role,
                };
                let why =
                    "a student is tested at one school: that of the first primary role counts";
                loss.tell(What::ValueDropped, record, "orgSourcedId", &other, why);
            }
            "users.csv" if is_gone(record) => {
                self.gone.insert(id);
            }
            _ => {}
        }
    }

    fn keep(&mut self, from: &Record<'_>, file: &str, loss: &mut Loss) -> Stays {
        let Some((field, why)) = self.lacks(from, file) else {
            return Stays::Yes;
        };
        loss.tell(What::RecordDropped, from, field, &from.text(field), why);
        Stays::No
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        match to.file() {
            ORGANIZATIONS => {
                to.set("OrganizationCode", self.code(&from.text("sourcedId")));
                to.set(
                    "ParentOrganizationCode",
                    self.code(&from.text("parentSourcedId")),
                );
            }
            USERS => {
                let org = to.text("Organizations");
                if to.text("Roles") == "administrator" {
                    self.administrator(&org, from, to, loss);
                }
                to.set("Organizations", self.code(&org));
            }
            _ => self.student(from, to, loss),
        }
    }
}

fn is_gone(record: &Record<'_>) -> bool {
    record.text("status").eq_ignore_ascii_case("tobedeleted")
}
