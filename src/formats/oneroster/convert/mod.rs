//! From one version of OneRoster to another. The tables are `to_*.csv` in the folder of the later
//! version; here is what they cannot say.

pub(in crate::formats) mod manifest;
pub(in crate::formats) mod old;
pub(in crate::formats) mod roles;
mod users;
pub(in crate::formats) mod years;

use crate::convert::{Answer, Ask, Loss, Made, Mapping, Own, Record, Stays, Written};
use crate::peek::Peek;
use crate::types::Type;
use manifest::Manifest;
use years::Years;

/// 1.0 to 1.1: files of 1.0 are checked as 1.1.
pub static V1P0_TO_V1P1: Mapping = Mapping {
    from: "oneroster-1.1",
    to: "oneroster-1.1",
    fits: old::is_old,
    folder: "oneroster/v1p1",
    asks: &[Ask {
        name: "schoolYear",
        title: "the year in which the school year ends, for sessions of which the files do not tell it",
        kind: Answer::Cell(Type::Year),
        required: false,
        group: "",
    }],
    own: |bundle| {
        Box::new(Renewed {
            manifest: Manifest::of(bundle, "1.1"),
            years: Years::with((bundle.asked)("schoolYear")),
        })
    },
};

/// 1.1 to 1.2.
pub static V1P1_TO_V1P2: Mapping = Mapping {
    from: "oneroster-1.1",
    to: "oneroster-1.2",
    fits: |_| true,
    folder: "oneroster/v1p2",
    asks: &[Ask {
        name: "administrator",
        title: "the role of administrators at organizations that are no school or district, or not in the files",
        kind: Answer::Word(&[
            "siteAdministrator",
            "districtAdministrator",
            "systemAdministrator",
        ]),
        required: false,
        group: "",
    }],
    own: |bundle| Box::new(roles::Roles::of(bundle)),
};

/// 1.2 to 1.1.
pub static V1P2_TO_V1P1: Mapping = Mapping {
    from: "oneroster-1.2",
    to: "oneroster-1.1",
    fits: |_| true,
    folder: "oneroster/v1p2",
    asks: &[],
    own: |bundle| Box::new(users::Users::of(bundle)),
};

/// Files of 1.0 with the labels of 1.1, and a manifest.
struct Renewed {
    manifest: Manifest,
    years: Years,
}

impl Own for Renewed {
    fn reads(&self) -> &'static [&'static str] {
        &[years::FILE]
    }

    fn see(&mut self, record: &Record<'_>, _loss: &mut Loss) {
        self.years.see(record);
    }

    fn keep(&mut self, from: &Record<'_>, file: &str, loss: &mut Loss) -> Stays {
        old::keep(from, file, loss)
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        self.years.fill(from, to, loss);
        old::renew(from, to, loss);
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

/// Whether there is a file of that name.
fn has(peeks: &[Peek], name: &str) -> bool {
    peeks
        .iter()
        .any(|peek| peek.name.eq_ignore_ascii_case(name))
}

/// Whether a record says that what it is about goes, however it spells that.
fn is_gone(record: &Record<'_>) -> bool {
    let status = record.text("status");
    let gone = ["inactive", "tobedeleted"];
    gone.iter().any(|gone| status.eq_ignore_ascii_case(gone))
}
