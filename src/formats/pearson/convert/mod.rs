//! What files of PearsonAccess become. The tables are `to_*.csv`; here is what they cannot say. Nothing
//! becomes test attempts: these are what came of tests, and are imported alone.

mod joined;
mod preloads;

use crate::convert::{Answer, Ask, Bundle, Mapping, Own};
use crate::peek::Peek;
use crate::types::Type;
use joined::Joined;
use preloads::Preloads;

const REGISTRATIONS: &str = "pearson-student-registrations";
const STUDENTS: &str = "pearson-students";
const NEEDS: &str = "pearson-personal-needs-profile";

const STATE: Ask = ask(
    "state",
    "the abbreviation of the state, where the files do not say it",
    Type::String,
);

const JOINED: &[Ask] = &[STATE];

/// Registrations to the students in them.
pub static TO_STUDENTS: Mapping = joined(REGISTRATIONS, STUDENTS, |_| true);

/// Registrations to the needs in them.
pub static TO_NEEDS: Mapping = joined(REGISTRATIONS, NEEDS, |_| true);

/// Students, and needs beside them, to registrations.
pub static FROM_STUDENTS: Mapping = joined(STUDENTS, REGISTRATIONS, |_| true);

/// Needs to registrations.
pub static FROM_NEEDS: Mapping = joined(NEEDS, REGISTRATIONS, |_| true);

/// Registrations with what files beside them say.
pub static WHOLE: Mapping = joined(REGISTRATIONS, REGISTRATIONS, joined::are_several);

/// Registrations to barcodes.
pub static TO_PREID: Mapping = Mapping {
    from: REGISTRATIONS,
    to: "pearson-preid",
    fits: |_| true,
    folder: "pearson",
    asks: &[
        STATE,
        ask(
            "administration",
            "the code of the test administration",
            Type::String,
        ),
        ask(
            "schoolYear",
            "the school year, such as 2026-2027",
            Type::String,
        ),
    ],
    own: own_joined,
};

/// Participation in one administration to what is proposed for the next.
pub static TO_PRELOADS: Mapping = Mapping {
    from: "pearson-organization-participation",
    to: "pearson-organization-participation-preloads",
    fits: |_| true,
    folder: "pearson",
    asks: &[
        needed(
            "administration",
            "the code of the test administration that the list is for",
            Type::String,
        ),
        ask(
            "lastAdministration",
            "the code of the test administration that the list is made from, where the file has several",
            Type::String,
        ),
    ],
    own: |bundle| Box::new(Preloads::of(bundle)),
};

const fn joined(from: &'static str, to: &'static str, fits: fn(&[Peek]) -> bool) -> Mapping {
    Mapping {
        from,
        to,
        fits,
        folder: "pearson",
        asks: JOINED,
        own: own_joined,
    }
}

fn own_joined(bundle: &Bundle<'_>) -> Box<dyn Own> {
    Box::new(Joined::of(bundle))
}

const fn ask(name: &'static str, title: &'static str, kind: Type) -> Ask {
    Ask {
        name,
        title,
        kind: Answer::Cell(kind),
        required: false,
        group: "",
    }
}

const fn needed(name: &'static str, title: &'static str, kind: Type) -> Ask {
    Ask {
        name,
        title,
        kind: Answer::Cell(kind),
        required: true,
        group: "",
    }
}
