//! 1.2 to 1.1: the role and the organizations of a user, out of his records in roles.csv.

use std::collections::{HashMap, HashSet};

use super::is_gone;
use super::manifest::{self, Manifest};
use crate::check::Mode;
use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What, Written};

/// What is known while records become those of 1.1.
pub struct Users {
    manifest: Manifest,
    /// Roles and organizations, each once.
    words: Words,
    users: HashMap<String, User>,
    /// What roles.csv is called in the bundle.
    file: String,
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
    /// Its line in roles.csv.
    line: u64,
    secondary: bool,
    gone: bool,
}

impl Users {
    /// For these files.
    pub fn of(bundle: &Bundle<'_>) -> Users {
        Users {
            manifest: Manifest::of(bundle, "1.1"),
            words: Words::default(),
            users: HashMap::new(),
            file: String::new(),
            is_delta: false,
        }
    }

    /// Tells what the one role of 1.1 leaves of those that a user has: no organization is written for
    /// a role that the user does not have there.
    fn tell(&self, held: &Held, chosen: Option<&str>, loss: &mut Loss) -> Stays {
        let role = self.words.word(held.role);
        let mut tell = |what, field, value, why: &str| {
            loss.tell_line(what, (&self.file, held.line), field, value, why);
        };
        let new = earlier(role);
        match (chosen, new) {
            (Some(chosen), Some(new)) if chosen == new => {
                if new != role {
                    let why = format!("1.1 has no such role: `{role}` became `{new}`");
                    tell(What::ValueChanged, "role", role, &why);
                }
                if held.secondary {
                    let why = "1.1 does not tell secondary roles from primary ones";
                    tell(What::ValueDropped, "roleType", "secondary", why);
                }
                return Stays::Yes;
            }
            // Where no role of the user has a place, his organizations still do.
            (None, _) if role.is_empty() => return Stays::Yes,
            (None, _) => {
                let why = format!("1.1 has no role like `{role}`");
                tell(What::ValueDropped, "role", role, &why);
                return Stays::Yes;
            }
            (Some(_), None) => {
                let why = match role {
                    "" => "it does not say which role".to_owned(),
                    role => format!("1.1 has no role like `{role}`"),
                };
                tell(What::RecordDropped, "role", role, &why);
            }
            (Some(chosen), Some(_)) => {
                let why = format!(
                    "a user of 1.1 has one role in all of his organizations, here `{chosen}`; `{role}` is left out, and its organization unless he is `{chosen}` there"
                );
                tell(What::RecordDropped, "role", role, &why);
            }
        }
        Stays::No
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
        &["roles.csv", manifest::FILE]
    }

    fn see(&mut self, record: &Record<'_>, _loss: &mut Loss) {
        self.manifest.see(record);
        if record.table() != "roles.csv" {
            return;
        }
        self.is_delta = record.mode() == Mode::Delta;
        if self.file.is_empty() {
            record.file().clone_into(&mut self.file);
        }
        let held = Held {
            role: self.words.number(record.text("role")),
            org: self.words.number(record.text("orgSourcedId")),
            line: record.line(),
            secondary: record.text("roleType") == "secondary",
            gone: is_gone(record),
        };
        let user = self.users.entry(record.text("userSourcedId")).or_default();
        user.held.push(held);
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        if to.file() != "users.csv" {
            return;
        }
        let id = to.text("sourcedId");
        if let Some(user) = self.users.get_mut(&id) {
            user.met = true;
        }
        let Some(User { held, .. }) = self.users.get(&id) else {
            return;
        };
        // Roles that go do not count, but where the user goes with them.
        let goes = is_gone(from);
        let (mut stay, gone): (Vec<&Held>, Vec<&Held>) =
            held.iter().partition(|held| goes || !held.gone);
        // A delta whose roles tell which organizations stay says so by leaving out those that go.
        let why = match (stay.is_empty(), self.is_delta) {
            (true, _) => {
                "the role goes, and which others the user has is not told; 1.1 lists those that stay"
            }
            (false, false) => "the role goes, and 1.1 lists organizations that stay",
            (false, true) => "",
        };
        for held in gone.iter().filter(|_| !why.is_empty()) {
            let (at, org) = ((self.file.as_str(), held.line), self.words.word(held.org));
            loss.tell_line(What::RecordDropped, at, "orgSourcedId", org, why);
        }
        if self.is_delta && !goes && !stay.is_empty() {
            let why = "roles.csv holds changes alone: roles and organizations that the user keeps are not in it, and 1.1 takes this list for all of them";
            loss.tell(What::ValueMissing, from, "orgSourcedIds", "", why);
        }
        let first = from.text("primaryOrgSourcedId");
        let word = |number: u32| self.words.word(number);
        let is_first = |held: &Held| word(held.org) == first;
        // Stable: of equal ones the order of roles.csv stays.
        stay.sort_by_key(|held| !is_first(held));
        let roles = stay
            .iter()
            .filter(|held| earlier(word(held.role)).is_some());
        let chosen = roles.min_by_key(|held| held.secondary);
        let chosen = chosen.and_then(|held| earlier(word(held.role)));
        stay.retain(|held| self.tell(held, chosen, loss) == Stays::Yes);
        if !first.is_empty() && !stay.iter().any(|held| is_first(held)) {
            let why = "no role of the user there is among those that stay";
            loss.tell(What::ValueDropped, from, "primaryOrgSourcedId", &first, why);
        }
        let mut known = HashSet::new();
        let orgs = stay.iter().filter(|held| known.insert(held.org));
        let orgs = orgs
            .map(|held| word(held.org))
            .filter(|org| !org.is_empty());
        let orgs: Vec<&str> = orgs.collect();
        to.set("orgSourcedIds", &orgs.join(","));
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
            let mut lone: Vec<u64> = lone
                .flat_map(|user| &user.held)
                .map(|held| held.line)
                .collect();
            lone.sort_unstable();
            for line in lone {
                let why = "users.csv does not have the user, and in 1.1 roles stand there";
                loss.tell_line(What::RecordDropped, (&self.file, line), "", "", why);
            }
        }
        self.manifest.add(file, written, loss)
    }
}
