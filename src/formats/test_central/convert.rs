//! Users of OneRoster as candidates, and a file of candidates with all labels. The tables are
//! `to_test-central.csv` and `header/to_test-central.csv`; here is what they cannot say.

use std::collections::HashSet;

use super::letters::plain;
use super::password::draw;
use super::uid::Uids;
use crate::convert::{Answer, Ask, Bundle, Loss, Made, Mapping, Own, Record, Stays, What};
use crate::types::Type;

/// 1.2 to candidates.
pub static FROM_V1P2: Mapping = from("oneroster-1.2");

/// 1.1 to candidates.
pub static FROM_V1P1: Mapping = from("oneroster-1.1");

/// Candidates to a file with a header.
pub static WITH_HEADER: Mapping = Mapping {
    from: "test-central",
    to: "test-central",
    fits: |_| true,
    folder: "test_central/header",
    asks: &[],
    own: |_| Box::new(Same),
};

const fn from(id: &'static str) -> Mapping {
    Mapping {
        from: id,
        to: "test-central",
        fits: |_| true,
        folder: "test_central",
        asks: &[Ask {
            name: "role",
            title: "the role of the users who become candidates, such as student; all users without it",
            kind: Answer::Cell(Type::String),
            required: false,
            group: "",
        }],
        own: |bundle| Box::new(Candidates::of(bundle)),
    }
}

/// Nothing to add.
struct Same;

impl Own for Same {}

/// Users as candidates.
struct Candidates {
    uids: Uids,
    /// The role that is asked for.
    role: Option<String>,
    /// Users who have it, as roles.csv says.
    have: HashSet<String>,
}

impl Candidates {
    fn of(bundle: &Bundle<'_>) -> Candidates {
        Candidates {
            uids: Uids::default(),
            role: (bundle.asked)("role"),
            have: HashSet::new(),
        }
    }

    /// Why a user does not become a candidate, and the field that says so.
    fn lacks(&self, from: &Record<'_>) -> Option<(&'static str, &'static str)> {
        let has_role = |role: &String| {
            from.text("role") == *role || self.have.contains(&from.text("sourcedId"))
        };
        if is_deleted(from) {
            Some(("status", "the user is to be deleted"))
        } else if from.text("enabledUser").eq_ignore_ascii_case("false") {
            Some(("enabledUser", "the account is switched off"))
        } else if !self.role.as_ref().is_none_or(has_role) {
            Some(("role", "the user does not have the role that was asked for"))
        } else {
            None
        }
    }

    fn uid(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let (username, identifier) = (from.text("username"), from.text("identifier"));
        let Some(uid) = self.uids.give([&username, &identifier]) else {
            return;
        };
        if uid != username {
            let why = "a uid has 4 to 20 letters and digits, a letter first, and is unique; it was made of the username or the identifier";
            loss.tell(What::ValueChanged, from, "username", &username, why);
        }
        to.set("uid", &uid);
    }
}

impl Own for Candidates {
    fn reads(&self) -> &'static [&'static str] {
        &["users.csv", "roles.csv"]
    }

    fn see(&mut self, record: &Record<'_>, _loss: &mut Loss) {
        if record.table() == "users.csv" {
            self.uids.reserve(&record.text("username"));
        } else if !is_deleted(record) && self.role.as_ref() == Some(&record.text("role")) {
            self.have.insert(record.text("userSourcedId"));
        }
    }

    fn keep(&mut self, from: &Record<'_>, _: &str, loss: &mut Loss) -> Stays {
        let Some((field, why)) = self.lacks(from) else {
            return Stays::Yes;
        };
        loss.tell(What::RecordDropped, from, field, &from.text(field), why);
        Stays::No
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        self.uid(from, to, loss);
        name("nmf", "givenName", 20, from, to, loss);
        name("nmm", "middleName", 1, from, to, loss);
        name("nml", "familyName", 20, from, to, loss);
        // Never the one that the other system has, nor told anywhere else.
        if let Some(password) = draw() {
            to.set("pwd", &password);
            let why = "it was drawn by chance, and stands in the file alone";
            loss.tell(What::ValueMade, from, "pwd", "", why);
        }
    }
}

fn is_deleted(record: &Record<'_>) -> bool {
    record.text("status").eq_ignore_ascii_case("tobedeleted")
}

/// Writes a name in letters that may stand there, as many as there may be. One that has none is carried
/// as it is, for the check to tell.
fn name(field: &str, of: &str, most: usize, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
    let text = from.text(of);
    let mut name = plain(&text).unwrap_or_else(|| text.clone());
    if let Some((end, _)) = name.char_indices().nth(most) {
        name.truncate(end);
    }
    if name != text {
        let why = "Test-Central takes letters from A to Z and digits, 20 of a name and 1 of a middle name";
        loss.tell(What::ValueChanged, from, of, &text, why);
    }
    to.set(field, &name);
}
