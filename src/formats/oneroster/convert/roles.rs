//! 1.1 to 1.2: the role of a user, one record of roles.csv for each of his organizations.

use std::collections::HashMap;

use super::{is_gone, manifest, manifest::Manifest, old, years, years::Years};
use crate::check::Mode;
use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What, Written};
use crate::types::identifier;

const FILE: &str = "roles.csv";

/// What is known while records become those of 1.2.
pub struct Roles {
    manifest: Manifest,
    is_old: bool,
    years: Years,
    /// The role that was given for administrators of whom the organization does not tell it.
    administrator: Option<String>,
    /// The type of each organization.
    types: HashMap<String, String>,
}

impl Roles {
    /// For these files.
    pub fn of(bundle: &Bundle<'_>) -> Roles {
        Roles {
            manifest: Manifest::of(bundle, "1.2"),
            is_old: old::is_old(bundle.peeks),
            years: Years::default(),
            administrator: (bundle.asked)("administrator"),
            types: HashMap::new(),
        }
    }

    /// Tells of a delta that roles of before are not taken back.
    fn tell_delta(&self, from: &Record<'_>, loss: &mut Loss) {
        if from.mode() == Mode::Delta && !is_gone(from) {
            let why = "users.csv holds changes and the organizations that a user has now: which ones he left is not known, so his roles there are not marked `tobedeleted`";
            loss.tell_in(What::ValueMissing, (FILE, from), "status", "", why);
        }
    }

    /// An administrator is one of what the organization is; 1.2 has no administrators as such, and
    /// what they may do differs too much for a guess.
    fn administrator(&self, org: &str) -> (&str, &'static str) {
        let (role, place) = match self.types.get(org).map(String::as_str) {
            Some("school") => (Some("siteAdministrator"), "at a school"),
            Some("district") => (Some("districtAdministrator"), "at a district"),
            Some(_) => (None, "at neither a school nor a district"),
            None => (None, "at an organization that is not in the files"),
        };
        let role = role.or(self.administrator.as_deref());
        (role.unwrap_or_default(), place)
    }
}

impl Own for Roles {
    fn reads(&self) -> &'static [&'static str] {
        &["orgs.csv", years::FILE, manifest::FILE]
    }

    fn see(&mut self, record: &Record<'_>, _loss: &mut Loss) {
        self.years.see(record);
        self.manifest.see(record);
        if record.table() == "orgs.csv" {
            self.types
                .insert(record.text("sourcedId"), record.text("type"));
        }
    }

    fn keep(&mut self, from: &Record<'_>, file: &str, loss: &mut Loss) -> Stays {
        match self.is_old {
            true => old::keep(from, file, loss),
            false => Stays::Yes,
        }
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        if self.is_old {
            self.years.fill(from, to, loss);
            old::renew(from, to, loss);
        }
        if to.file() == "users.csv" {
            self.tell_delta(from, loss);
        }
        if to.file() != FILE {
            return;
        }
        let (user, org) = (to.text("userSourcedId"), to.text("orgSourcedId"));
        let id = name(&user, &org);
        let why = "1.2 asks for one; it is made of the user and the organization";
        loss.tell_in(What::ValueMade, (FILE, from), "sourcedId", &id, why);
        to.set("sourcedId", &id);
        let role = from.text("role");
        if role != "administrator" {
            return to.set("role", &role);
        }
        let (new, place) = self.administrator(&org);
        let (what, why) = match new {
            "" => (
                What::ValueDropped,
                format!(
                    "1.2 has no such role; which it is {place} has to be given as `administrator`"
                ),
            ),
            new => (
                What::ValueChanged,
                format!("1.2 has no such role; {place} it is `{new}`"),
            ),
        };
        loss.tell(what, from, "role", &role, &why);
        to.set("role", new);
    }

    fn add(
        &mut self,
        file: &str,
        written: &[Written],
        loss: &mut Loss,
    ) -> Vec<Vec<(&'static str, String)>> {
        self.manifest.add(file, written, loss)
    }
}

/// The identifier of a role: `user@org`, or where that could be another's or is too long, a number
/// made of both.
pub fn name(user: &str, org: &str) -> String {
    let plain = format!("{user}@{org}");
    let is_plain = ![user, org]
        .iter()
        .any(|id| id.is_empty() || id.contains('@'));
    if is_plain && identifier::accepts(plain.as_bytes()) {
        return plain;
    }
    // FNV-1a: the same on every machine, and no secret, so that two conversions agree.
    let bytes = user.bytes().chain([0]).chain(org.bytes());
    let hash = bytes.fold(
        0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128,
        |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b),
    );
    format!("role-{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_roles_are_those_of_no_other() {
        assert_eq!(name("u1", "s1"), "u1@s1");
        let odd = [
            ("a@b", "c"),
            ("a", "b@c"),
            ("", "c"),
            ("a b", "c"),
            ("a", ""),
        ];
        let mut ids: Vec<String> = odd.iter().map(|(user, org)| name(user, org)).collect();
        ids.push(name(&"u".repeat(200), &"s".repeat(200)));
        assert!(
            ids.iter()
                .all(|id| id.starts_with("role-") && id.len() == 37),
            "{ids:?}"
        );
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 6);
    }
}
