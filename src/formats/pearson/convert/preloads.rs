//! Participation in the last administration as what is proposed for the next: one record for each
//! organization, with the sum of its counts.

use std::collections::{HashMap, HashSet};

use crate::convert::{Bundle, Loss, Made, Own, Record, Stays, What};

const FILE: &str = "organization-participation.csv";

/// What is known of organizations.
pub struct Preloads {
    /// The administration that the list is for.
    next: Option<String>,
    /// The one that it is made from, if it was given.
    last: Option<String>,
    orgs: HashMap<String, Org>,
    written: HashSet<String>,
}

/// What the records of an organization say.
#[derive(Default)]
struct Org {
    /// The sum of its counts, and how many there are.
    count: u64,
    counts: usize,
    /// Whether one of them says that it takes part.
    takes_part: bool,
}

impl Preloads {
    /// For the administration that is asked for.
    pub fn of(bundle: &Bundle<'_>) -> Preloads {
        Preloads {
            next: (bundle.asked)("administration"),
            last: (bundle.asked)("lastAdministration"),
            orgs: HashMap::new(),
            written: HashSet::new(),
        }
    }

    /// Why a record is not of the last administration, if so.
    fn lacks(&self, record: &Record<'_>) -> Option<&'static str> {
        let of = record.text("AdministrationCode");
        match &self.last {
            Some(last) if *last != of => Some("it is of another administration"),
            None if self.next.as_ref() == Some(&of) => {
                Some("it is of the administration that the list is for")
            }
            _ => None,
        }
    }
}

impl Own for Preloads {
    fn reads(&self) -> &'static [&'static str] {
        &[FILE]
    }

    fn see(&mut self, record: &Record<'_>, _: &mut Loss) {
        if self.lacks(record).is_some() {
            return;
        }
        let org = self
            .orgs
            .entry(record.text("OrganizationCode"))
            .or_default();
        org.takes_part |= record.text("Participating") == "Y";
        if let Ok(count) = record.text("TotalEnrollmentCount").parse::<u64>() {
            org.count = org.count.saturating_add(count);
            org.counts += 1;
        }
    }

    fn keep(&mut self, from: &Record<'_>, _: &str, loss: &mut Loss) -> Stays {
        if let Some(why) = self.lacks(from) {
            let of = "AdministrationCode";
            loss.tell(What::RecordDropped, from, of, &from.text(of), why);
            return Stays::No;
        }
        match self.written.insert(from.text("OrganizationCode")) {
            true => Stays::Yes,
            false => Stays::Joined,
        }
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        let Some(org) = self.orgs.get(&from.text("OrganizationCode")) else {
            return;
        };
        if org.takes_part {
            to.set("Participating", "Y");
        }
        if org.counts > 0 {
            to.set("PriorEnrollmentCount", &org.count.to_string());
        }
        if org.counts > 1 {
            let why = "it is the sum of all tests: whoever has two tests counts twice";
            let value = org.count.to_string();
            loss.tell(
                What::ValueChanged,
                from,
                "TotalEnrollmentCount",
                &value,
                why,
            );
        }
    }
}
