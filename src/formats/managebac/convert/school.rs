//! ManageBac is one school: of a bundle of several the one that was chosen, with all that is of it.

use std::collections::{HashMap, HashSet};

use crate::check::Mode;
use crate::convert::{Loss, Record, What, Written};

/// Organizations that belong to a school.
struct Near {
    below: HashSet<String>,
    above: HashSet<String>,
}

/// The school that is converted.
#[derive(Default)]
pub struct School {
    chosen: Option<String>,
    /// Schools, in the order of orgs.csv.
    schools: Vec<String>,
    /// For each organization the one above it.
    above: HashMap<String, String>,
    /// For each user the organizations that he has a role in; once all are known, those below the
    /// school alone, of users who have one.
    homes: HashMap<String, HashSet<String>>,
    /// Once all are known: the school with all organizations below it, and with all above it.
    near: Option<Near>,
    /// Courses that classes of the school are of.
    courses: HashSet<String>,
}

impl School {
    /// The one that was chosen.
    pub fn with(chosen: Option<String>) -> School {
        School {
            chosen,
            ..School::default()
        }
    }

    /// Whether one was.
    pub fn is_chosen(&self) -> bool {
        self.chosen.is_some()
    }

    /// The chosen one, or else the first of orgs.csv.
    pub fn id(&self) -> &str {
        let first = self.schools.first();
        self.chosen.as_ref().or(first).map_or("", String::as_str)
    }

    /// Takes a record of a file that tells what is of the school.
    pub fn see(&mut self, record: &Record<'_>) {
        let id = || record.text("sourcedId");
        match record.table() {
            "orgs.csv" => {
                if record.text("type") == "school" {
                    self.schools.push(id());
                }
                self.above.insert(id(), record.text("parentSourcedId"));
            }
            "roles.csv" => {
                let homes = self.homes.entry(record.text("userSourcedId"));
                homes.or_default().insert(record.text("orgSourcedId"));
            }
            "classes.csv" if Some(record.text("schoolSourcedId")) == self.chosen => {
                self.courses.insert(record.text("courseSourcedId"));
            }
            _ => {}
        }
    }

    /// The field that says that a record is of another school than the chosen one, if it is.
    pub fn elsewhere(&mut self, record: &Record<'_>, file: &str) -> Option<&'static str> {
        let chosen = self.chosen.as_ref()?;
        let near = self.near.get_or_insert_with(|| {
            let near = Near::to(chosen, &self.above);
            self.homes.retain(|_, homes| {
                homes.retain(|home| near.below.contains(home));
                !homes.is_empty()
            });
            near
        });
        let of = |field| near.below.contains(&record.text(field));
        let id = || record.text("sourcedId");
        let (field, stays) = match file {
            "orgs.csv" => ("sourcedId", of("sourcedId") || near.above.contains(&id())),
            "users.csv" | "demographics.csv" => ("sourcedId", self.homes.contains_key(&id())),
            "roles.csv" => ("orgSourcedId", of("orgSourcedId")),
            "classes.csv" | "enrollments.csv" => ("schoolSourcedId", of("schoolSourcedId")),
            "courses.csv" => (
                "orgSourcedId",
                of("orgSourcedId") || self.courses.contains(&id()),
            ),
            _ => return None,
        };
        (!stays).then_some(field)
    }

    /// Tells where a school is to be chosen, or the chosen one is none. `written` ends with orgs.csv.
    pub fn tell(&self, written: &[Written], loss: &mut Loss) {
        let is_bulk = written.last().is_none_or(|file| file.mode == Mode::Bulk);
        let schools = self.schools.len();
        let why = match &self.chosen {
            None if schools > 1 => format!(
                "ManageBac takes one school at a time, and there are {schools}: each has to be converted by itself, with its sourcedId given as `school`"
            ),
            Some(chosen) if is_bulk && !self.schools.contains(chosen) => {
                format!("`{chosen}`, given as `school`, is no school of orgs.csv")
            }
            _ => return,
        };
        loss.tell_file(What::ValueMissing, "orgs.csv", 1, &why);
    }
}

impl Near {
    /// What belongs to a school, where each organization has the one above it.
    fn to(school: &str, orgs: &HashMap<String, String>) -> Near {
        let mut above = HashSet::new();
        let mut at = Some(school);
        while let Some(org) = at.filter(|org| above.insert((*org).to_owned())) {
            at = orgs.get(org).map(String::as_str);
        }
        let mut right_below: HashMap<&str, Vec<&str>> = HashMap::new();
        for (org, parent) in orgs {
            right_below.entry(parent).or_default().push(org);
        }
        let mut below = HashSet::new();
        let mut left = vec![school];
        while let Some(org) = left.pop() {
            if below.insert(org.to_owned()) {
                left.extend(right_below.get(org).into_iter().flatten());
            }
        }
        Near { below, above }
    }
}
