//! Between OneRoster 1.2 and the dialect. The tables are `to_*.csv`; here is what they cannot say.

mod dialect;
mod school;

use crate::convert::{Ask, Loss, Made, Mapping, Own, Record, Written};
use crate::formats::oneroster::convert::{manifest, manifest::Manifest, years, years::Years};
use crate::peek::Peek;
use crate::types::Type;
use dialect::Dialect;

/// 1.2 to the dialect, in which everything belongs to a program: one has to be given.
pub static FROM_V1P2: Mapping = Mapping {
    from: "oneroster-1.2",
    to: "managebac-1.2",
    fits: |peeks| !may_have_programs(peeks),
    folder: "managebac",
    asks: &[
        Ask::must(
            "program",
            "the sourcedId of the program that sessions, courses and students belong to",
            Type::Identifier,
        ),
        NAME,
        SCHOOL,
        SYSTEM_NAME,
        SYSTEM_CODE,
    ],
    own: |bundle| Box::new(Dialect::of(bundle)),
};

/// The same for files that have programs, or do not show it.
pub static FROM_V1P2_WITH_PROGRAMS: Mapping = Mapping {
    from: "oneroster-1.2",
    to: "managebac-1.2",
    fits: may_have_programs,
    folder: "managebac",
    asks: &[
        Ask::may(
            "program",
            "the sourcedId of the program of sessions, courses and students that name none",
            Type::Identifier,
        ),
        NAME,
        SCHOOL,
        SYSTEM_NAME,
        SYSTEM_CODE,
    ],
    own: |bundle| Box::new(Dialect::of(bundle)),
};

const NAME: Ask = Ask::may(
    "programName",
    "the name of that program, where orgs.csv does not have it",
    Type::String,
);

const SCHOOL: Ask = Ask::may(
    "school",
    "the sourcedId of the school that is converted, where there are several: ManageBac takes one at a time",
    Type::Identifier,
);

const SYSTEM_NAME: Ask = Ask::may(
    "systemName",
    "the name of the system that sends the files, the same in each import",
    Type::String,
);

const SYSTEM_CODE: Ask = Ask::may(
    "systemCode",
    "the code of that system, the same in each import",
    Type::String,
);

/// Whether the files have programs, or nothing that would show it: a delta may leave orgs.csv out.
fn may_have_programs(peeks: &[Peek]) -> bool {
    let is_orgs = |peek: &Peek| peek.name.eq_ignore_ascii_case("orgs.csv");
    super::program(peeks).is_some() || !peeks.iter().any(is_orgs)
}

/// The dialect to 1.2.
pub static TO_V1P2: Mapping = Mapping {
    from: "managebac-1.2",
    to: "oneroster-1.2",
    fits: |_| true,
    folder: "managebac",
    asks: &[],
    own: |bundle| {
        Box::new(Base {
            manifest: Manifest::of(bundle, "1.2"),
            years: Years::default(),
        })
    },
};

/// Files of the dialect as those of 1.2.
struct Base {
    manifest: Manifest,
    years: Years,
}

impl Own for Base {
    fn reads(&self) -> &'static [&'static str] {
        &[years::FILE, manifest::FILE]
    }

    fn see(&mut self, record: &Record<'_>, _loss: &mut Loss) {
        self.years.see(record);
        self.manifest.see(record);
    }

    fn make(&mut self, from: &Record<'_>, to: &mut Made<'_>, loss: &mut Loss) {
        self.years.fill(from, to, loss);
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
