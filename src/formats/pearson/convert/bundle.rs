//! Students, users and organizations of PearsonAccess as a bundle of OneRoster 1.2: it has all
//! organizations that are named, a homeroom for each grade of a school, and one session, the school year
//! that is asked for.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::homerooms::{Added, Homerooms};
use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What, Written};
use crate::formats::oneroster::convert::manifest::Manifest;
use crate::formats::oneroster::convert::roles::name;

const DISTRICT: &str = "district";
const SCHOOL: &str = "school";

/// What is known while the bundle is made.
pub struct Rostered {
    manifest: Manifest,
    /// The first and the last day of the school year.
    year: [String; 2],
    /// For each code the organizations above those that have it: schools of two districts may have
    /// the same.
    above: HashMap<String, HashSet<String>>,
    /// The sourcedIds of organizations that were written.
    listed: HashSet<String>,
    /// Organizations that are named, by their codes and those above them, and what they are.
    named: BTreeMap<(String, String), &'static str>,
    homerooms: Homerooms,
    /// What was written of which user: the file, or the organization of a role.
    written: HashSet<(String, String)>,
    /// Roles in further organizations of a user.
    more: Vec<Added>,
}

impl Rostered {
    /// For the school year that is asked for.
    pub fn of(bundle: &Bundle<'_>) -> Rostered {
        Rostered {
            manifest: Manifest::of(bundle, "1.2"),
            year: ["yearBegins", "yearEnds"].map(|day| (bundle.asked)(day).unwrap_or_default()),
            above: HashMap::new(),
            listed: HashSet::new(),
            named: BTreeMap::new(),
            homerooms: Homerooms::default(),
            written: HashSet::new(),
            more: Vec::new(),
        }
    }

    /// Takes note of what is above an organization.
    fn note(&mut self, code: &str, above: &str) {
        let known = self.above.entry(code.to_owned()).or_default();
        known.insert(above.to_owned());
    }

    /// Takes note of an organization that a record names. Those above others are districts.
    fn name(&mut self, code: &str, above: &str, kind: &'static str) {
        if !code.is_empty() {
            let known = self.named.entry((code.to_owned(), above.to_owned()));
            let known = known.or_insert(kind);
            if kind == DISTRICT {
                *known = kind;
            }
        }
    }

    /// The sourcedId of an organization: its code, behind that of the one above it where several
    /// organizations have it.
    fn id(&self, code: &str, above: &str) -> String {
        match self.above.get(code) {
            Some(known) if known.len() > 1 && !above.is_empty() => format!("{above}.{code}"),
            _ => code.to_owned(),
        }
    }

    /// A role of a user in an organization; the first there is the primary one.
    fn role(&mut self, user: &str, org: &str, role: &str) -> [(&'static str, String); 3] {
        let is_first = self.written.insert((user.to_owned(), org.to_owned()));
        let (id, kind) = match is_first {
            true => (name(user, org), "primary"),
            false => (name(user, &format!("{org}.{role}")), "secondary"),
        };
        [
            ("sourcedId", id),
            ("orgSourcedId", org.to_owned()),
            ("roleType", kind.to_owned()),
        ]
    }

    /// The roles of a user: one record for each organization that he is assigned to.
    fn roles(&mut self, from: &Record<'_>, to: &mut Made<'_>) {
        let user = to.text("userSourcedId");
        let role = to.text("role");
        for (at, org) in orgs(&from.text("Organizations")).enumerate() {
            let mut fields = Vec::from(self.role(&user, org, &role));
            if at == 0 {
                fields.iter().for_each(|(field, text)| to.set(field, text));
                continue;
            }
            let same = ["userSourcedId", "role", "beginDate", "endDate"];
            fields.extend(same.map(|field| (field, to.text(field))));
            self.more.push(fields);
        }
    }

    /// Organizations that are named, and that no file has.
    fn unlisted(&mut self, loss: &mut Loss) -> Vec<Added> {
        let named = std::mem::take(&mut self.named);
        let mut added = Vec::new();
        for ((code, above), kind) in named {
            let id = self.id(&code, &above);
            if !self.listed.insert(id.clone()) {
                continue;
            }
            let why = "students or users name an organization that is in no file: it is called by its code";
            loss.tell_file(What::ValueMade, "orgs.csv", 1, why);
            let above = self.id(&above, "");
            added.push(vec![
                ("sourcedId", id),
                ("name", code.clone()),
                ("type", kind.to_owned()),
                ("identifier", code),
                ("parentSourcedId", above),
            ]);
        }
        added
    }

    /// What the school year is called.
    fn title(&self) -> String {
        let [first, last] = self
            .year
            .each_ref()
            .map(|day| day.get(..4).unwrap_or_default());
        format!("{first}-{last}")
    }

    /// The school year.
    fn session(&self) -> Added {
        let [first, last] = self.year.clone();
        let year = last.get(..4).unwrap_or_default().to_owned();
        vec![
            ("sourcedId", self.title()),
            ("title", self.title()),
            ("type", "schoolYear".to_owned()),
            ("startDate", first),
            ("endDate", last),
            ("schoolYear", year),
        ]
    }
}

impl Own for Rostered {
    fn reads(&self) -> &'static [&'static str] {
        &["students.csv", "users.csv", "organizations.csv"]
    }

    fn see(&mut self, record: &Record<'_>, _: &mut Loss) {
        match record.table() {
            "organizations.csv" => {
                let above = record.text("ParentOrganizationCode");
                self.note(&record.text("OrganizationCode"), &above);
                self.name(&above, "", DISTRICT);
            }
            "students.csv" => {
                let district = record.text("TestingDistrictCode");
                let school = record.text("TestingSchoolCode");
                self.note(&school, &district);
                self.name(&district, "", DISTRICT);
                self.name(&school, &district, SCHOOL);
                let grade = record.text("GradeLevelWhenAssessed");
                self.homerooms.see([district, school, grade]);
            }
            _ => {
                for org in orgs(&record.text("Organizations")) {
                    self.name(org, "", SCHOOL);
                }
            }
        }
    }

    fn keep(&mut self, from: &Record<'_>, file: &str, loss: &mut Loss) -> Stays {
        let is_student = from.table() == "students.csv";
        let field = match is_student {
            true => "StateStudentIdentifier",
            false => "Username",
        };
        let is_one = is_student || file == "users.csv";
        let user = from.text(field);
        if !is_one || user.is_empty() || self.written.insert((user.clone(), file.to_owned())) {
            return Stays::Yes;
        }
        if !is_student {
            return Stays::Joined;
        }
        if file == "users.csv" {
            let why = "a record before it is about the same student";
            loss.tell(What::RecordDropped, from, field, &user, why);
        }
        Stays::No
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let is_student = from.table() == "students.csv";
        let school = || {
            let [school, district] = ["TestingSchoolCode", "TestingDistrictCode"];
            self.id(&from.text(school), &from.text(district))
        };
        match to.file() {
            "orgs.csv" => {
                let above = from.text("ParentOrganizationCode");
                let id = self.id(&from.text("OrganizationCode"), &above);
                to.set("sourcedId", &id);
                self.listed.insert(id);
            }
            "users.csv" if is_student => {
                let name = to.text("username");
                if !name.is_empty() {
                    let why = "PearsonAccess has no user names of students: it is the identifier";
                    loss.tell_in(What::ValueMade, (to.file(), from), "username", &name, why);
                }
                to.set("primaryOrgSourcedId", &school());
                let ids = ["LocalStudentIdentifier", "PearsonStudentIdentifier"];
                let ids = ids.map(|kind| (kind, from.text(kind)));
                let ids = ids.iter().filter(|(_, id)| !id.is_empty());
                let ids: Vec<String> = ids.map(|(kind, id)| format!("{{{kind}:{id}}}")).collect();
                to.set("userIds", &ids.join(","));
            }
            "users.csv" if to.text("enabledUser").is_empty() => {
                let why = "it is not said whether the account is enabled: it is";
                loss.tell(What::ValueMade, from, "AccountEnabled", "true", why);
                to.set("enabledUser", "true");
            }
            "roles.csv" if is_student => {
                let (user, org) = (to.text("userSourcedId"), school());
                for (field, text) in self.role(&user, &org, "student") {
                    to.set(field, &text);
                }
            }
            "roles.csv" => self.roles(from, to),
            "enrollments.csv" => {
                let school = school();
                to.set("sourcedId", &name(&to.text("userSourcedId"), &school));
                to.set(
                    "classSourcedId",
                    &name(&from.text("GradeLevelWhenAssessed"), &school),
                );
                to.set("schoolSourcedId", &school);
            }
            _ => {}
        }
    }

    fn add(&mut self, file: &str, written: &[Written], loss: &mut Loss) -> Vec<Added> {
        match file {
            "orgs.csv" => self.unlisted(loss),
            "roles.csv" => std::mem::take(&mut self.more),
            "courses.csv" => self.homerooms.courses(loss),
            "classes.csv" => {
                let id = |code: &str, above: &str| self.id(code, above);
                self.homerooms.classes(&self.title(), &id, loss)
            }
            "academicSessions.csv" => vec![self.session()],
            _ => self.manifest.add(file, written, loss),
        }
    }
}

/// The codes of a cell with several organizations: how these are separated was never published.
fn orgs(cell: &str) -> impl Iterator<Item = &str> {
    let orgs = cell.split([';', '|', ',']).map(str::trim);
    orgs.filter(|org| !org.is_empty())
}
