//! Uids made of what another system calls its users: within the rules, and unique even where capitals
//! do not count.

use std::collections::HashSet;

use super::letters::plain;

/// Fewest and most characters, as both the table and the descriptions have it.
const LENGTH: (usize, usize) = (4, 20);

/// What stands in front of a name that begins with a digit.
const LETTER: char = 'u';

/// Uids that are given out.
#[derive(Default)]
pub struct Uids {
    /// In small letters, with whether someone has it already.
    known: HashSet<String>,
    /// Names that are uids as they stand, and that nobody has yet.
    reserved: HashSet<String>,
}

/// Whether a name is a uid as it stands.
fn is_uid(name: &str) -> bool {
    let (least, most) = LENGTH;
    (least..=most).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl Uids {
    /// Keeps a name for the first user who has it, where it is a uid as it stands: it is not given to
    /// others whose names have to be changed.
    pub fn reserve(&mut self, name: &str) {
        if is_uid(name) {
            self.reserved.insert(name.to_ascii_lowercase());
        }
    }

    /// A uid for a user with these names, of which the first counts that can be one. Nothing where none
    /// has a letter or digit that can stand there.
    pub fn give(&mut self, names: [&str; 2]) -> Option<String> {
        for name in names {
            let small = name.to_ascii_lowercase();
            if is_uid(name) && !self.known.contains(&small) {
                self.reserved.remove(&small);
                self.known.insert(small);
                return Some(name.to_owned());
            }
        }
        // Of several, the first that is long enough by itself.
        let made = || names.iter().filter_map(|name| made(name));
        let base = made()
            .find(|name| name.len() >= LENGTH.0)
            .or_else(|| made().next())?;
        let free = |uid: &String| {
            let small = uid.to_ascii_lowercase();
            !self.known.contains(&small) && !self.reserved.contains(&small)
        };
        let whole = Some(base.clone()).filter(|base| base.len() >= LENGTH.0);
        let numbered = (2..).map(|number| with_number(&base, number));
        let uid = whole.into_iter().chain(numbered).find(free)?;
        self.known.insert(uid.to_ascii_lowercase());
        Some(uid)
    }
}

/// A name without what a uid cannot have; of an address, what stands before the `@`.
fn made(name: &str) -> Option<String> {
    let local = name.split('@').next().filter(|local| !local.is_empty());
    let mut uid = plain(local.unwrap_or(name))?;
    if uid.starts_with(|c: char| c.is_ascii_digit()) {
        uid.insert(0, LETTER);
    }
    uid.truncate(LENGTH.1);
    Some(uid)
}

/// The name with a number behind it: cut where it gets too long, with zeros where it is too short.
fn with_number(base: &str, number: u64) -> String {
    let digits = number.to_string().len();
    let base = &base[..base.len().min(LENGTH.1 - digits)];
    let width = LENGTH.0.saturating_sub(base.len());
    format!("{base}{number:0width$}")
}

#[cfg(test)]
mod tests {
    use super::{Uids, is_uid};

    #[test]
    fn uids_keep_to_the_rules() {
        let mut uids = Uids::default();
        for (names, uid) in [
            (["kay7", ""], "kay7"),
            (["ana.lee@larkmoor.example", "1"], "analee"),
            (["ana-lee", ""], "analee2"),
            (["Kay.7", ""], "Kay72"),
            (["20041", ""], "u20041"),
            (["jo", "4711"], "u4711"),
            (["jo", ""], "jo02"),
            (["jo", ""], "jo03"),
            (["", "José Núñez"], "JoseNunez"),
            (["a.very.long.name.of.somebody", ""], "averylongnameofsomeb"),
            (["a.very.long.name.of.someone", ""], "averylongnameofsomeo"),
            (
                ["a.very.long.name.of.someoneelse", ""],
                "averylongnameofsome2",
            ),
        ] {
            let given = uids.give(names);
            assert_eq!(given.as_deref(), Some(uid), "{names:?}");
            assert!(is_uid(uid), "{uid}");
        }
        assert_eq!(uids.give(["Ωμέγα", "-"]), None);
    }

    #[test]
    fn who_has_a_uid_already_keeps_it() {
        let mut uids = Uids::default();
        uids.reserve("anna");
        assert_eq!(uids.give(["an.na", ""]).as_deref(), Some("anna2"));
        assert_eq!(uids.give(["anna", ""]).as_deref(), Some("anna"));
        assert_eq!(uids.give(["Anna", ""]).as_deref(), Some("Anna3"));
    }
}
