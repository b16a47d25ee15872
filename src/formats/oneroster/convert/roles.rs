//! 1.1 to 1.2: the role of a user, one record of roles.csv for each of his organizations.

use std::collections::HashMap;

use super::{manifest::Manifest, old};
use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What, Written};
use crate::types::identifier;

/// What is known while records become those of 1.2.
pub struct Roles {
    manifest: Manifest,
    is_old: bool,
    /// The type of each organization.
    types: HashMap<String, String>,
}

impl Roles {
    /// For these files.
    pub fn of(bundle: &Bundle<'_>) -> Roles {
        Roles {
            manifest: Manifest::of(bundle, "1.2"),
            is_old: old::is_old(bundle.peeks),
            types: HashMap::new(),
        }
    }

    /// An administrator is one of what the organization is; 1.2 has no administrators as such.
    fn administrator(&self, org: &str) -> (&'static str, &'static str) {
        match self.types.get(org).map(String::as_str) {
            Some("school") => ("siteAdministrator", "at a school"),
            Some("district") => ("districtAdministrator", "at a district"),
            Some(_) => ("systemAdministrator", "at neither a school nor a district"),
            None => (
                "systemAdministrator",
                "at an organization that is not known",
            ),
        }
    }
}

impl Own for Roles {
    fn reads(&self) -> &'static [&'static str] {
        &["orgs.csv"]
    }

    fn see(&mut self, record: &Record<'_>) {
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
            old::renew(from, to, loss);
        }
        if to.file() != "roles.csv" {
            return;
        }
        let (user, org) = (to.text("userSourcedId"), to.text("orgSourcedId"));
        let id = name(&user, &org);
        loss.tell(
            What::ValueMade,
            from,
            "sourcedId",
            &id,
            "roles.csv asks for one; it is made of the user and the organization",
        );
        to.set("sourcedId", &id);
        let role = from.text("role");
        if role != "administrator" {
            return to.set("role", &role);
        }
        let (new, place) = self.administrator(&org);
        let why = format!("1.2 has no such role; {place} it is `{new}`");
        loss.tell(What::ValueChanged, from, "role", &role, &why);
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
fn name(user: &str, org: &str) -> String {
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
