//! 1.2 to 1.1: the role and the organizations of a user, out of his records in roles.csv.

use std::collections::HashMap;

use super::manifest::Manifest;
use crate::check::Mode;
use crate::convert::{Bundle, Loss, Made, Own, Record, What, Written};

/// What is known while records become those of 1.1.
pub struct Users {
    manifest: Manifest,
    /// Roles and organizations, each once.
    words: Words,
    users: HashMap<String, User>,
    is_delta: bool,
}

/// Words that repeat, by numbers.
#[derive(Default)]
struct Words {
    all: Vec<String>,
    known: HashMap<String, u32>,
}

impl Words {
    fn number(&mut self, word: String) -> u32 {
        let next = self.all.len() as u32;
        let words = &mut self.all;
        *self.known.entry(word).or_insert_with_key(|word| {
            words.push(word.clone());
            next
        })
    }

    fn word(&self, number: u32) -> &str {
        &self.all[number as usize]
    }
}

#[derive(Default)]
struct User {
    held: Vec<Held>,
    /// Whether users.csv has him.
    met: bool,
}

/// A role that a user has.
struct Held {
    role: u32,
    org: u32,
    primary: bool,
    gone: bool,
}

impl Users {
    /// For these files.
    pub fn of(bundle: &Bundle<'_>) -> Users {
        Users {
            manifest: Manifest::of(bundle, "1.1"),
            words: Words::default(),
            users: HashMap::new(),
            is_delta: false,
        }
    }
}

/// The role of 1.1 for one of 1.2; none where it has nothing like it.
fn earlier(role: &str) -> Option<&str> {
    match role {
        "districtAdministrator" | "principal" | "siteAdministrator" | "systemAdministrator" => {
            Some("administrator")
        }
        "counselor" | "" => None,
        role if role.starts_with("ext:") => None,
        role => Some(role),
    }
}

impl Own for Users {
    fn reads(&self) -> &'static [&'static str] {
        &["roles.csv"]
    }

    fn see(&mut self, record: &Record<'_>) {
        if record.table() != "roles.csv" {
            return;
        }
        self.is_delta = record.mode() == Mode::Delta;
        let held = Held {
            role: self.words.number(record.text("role")),
            org: self.words.number(record.text("orgSourcedId")),
            primary: record.text("roleType") == "primary",
            gone: record.text("status") == "tobedeleted",
        };
        let user = self.users.entry(record.text("userSourcedId")).or_default();
        user.held.push(held);
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        if to.file() != "users.csv" {
            return;
        }
        let Some(user) = self.users.get_mut(&to.text("sourcedId")) else {
            return;
        };
        user.met = true;
        // Roles that go do not count, but where the user goes with them.
        let stay = |held: &&Held| !held.gone;
        let mut held: Vec<&Held> = user.held.iter().filter(stay).collect();
        if held.is_empty() {
            held = user.held.iter().collect();
        }
        let first = from.text("primaryOrgSourcedId");
        let is_first = |held: &Held| self.words.word(held.org) == first;
        // Stable: of equal ones the order of roles.csv stays.
        held.sort_by_key(|held| !is_first(held));
        if !first.is_empty() && !held.iter().any(|held| is_first(held)) {
            let why = "no record of roles.csv has the user there";
            loss.tell(What::ValueDropped, from, "primaryOrgSourcedId", &first, why);
        }
        let mut orgs: Vec<&str> = Vec::new();
        for held in &held {
            let org = self.words.word(held.org);
            if !org.is_empty() && !orgs.contains(&org) {
                orgs.push(org);
            }
        }
        to.set("orgSourcedIds", &orgs.join(","));
        held.sort_by_key(|held| !held.primary);
        let roles = held.iter().map(|held| self.words.word(held.role));
        let mut chosen: Option<&str> = None;
        let mut lost: Vec<&str> = Vec::new();
        for role in roles.filter(|role| !role.is_empty()) {
            match (earlier(role), chosen) {
                (Some(new), None) => {
                    chosen = Some(new);
                    if new != role {
                        let why = format!("1.1 has no such role; it is `{new}` there");
                        loss.tell(What::ValueChanged, from, "role", role, &why);
                    }
                }
                (Some(new), Some(chosen)) if new == chosen => {}
                _ if !lost.contains(&role) => lost.push(role),
                _ => {}
            }
        }
        for role in lost {
            let why = match earlier(role) {
                None => format!("1.1 has no role like `{role}`"),
                Some(_) => format!("a user of 1.1 has one role, and `{role}` is not the first"),
            };
            loss.tell(What::ValueDropped, from, "role", role, &why);
        }
        to.set("role", chosen.unwrap_or_default());
    }

    fn add(
        &mut self,
        file: &str,
        written: &[Written],
        loss: &mut Loss,
    ) -> Vec<Vec<(&'static str, String)>> {
        if file == "users.csv" {
            let lone = self.users.values().filter(|user| !user.met);
            let lone: usize = lone.map(|user| user.held.len()).sum();
            if lone > 0 {
                let why = "users.csv does not have the user, and in 1.1 roles stand there";
                loss.tell_file(What::RecordDropped, "roles.csv", lone as u64, why);
            }
            if self.is_delta {
                let why = "it holds changes: what organizations users have beside those it names is not known";
                loss.tell_file(What::ValueMissing, "roles.csv", 1, why);
            }
        }
        self.manifest.add(file, written, loss)
    }
}
