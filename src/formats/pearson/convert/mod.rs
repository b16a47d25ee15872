//! What files of PearsonAccess become, and what becomes such files. The tables are `to_*.csv`; here is what they cannot say. Nothing
//! becomes test attempts: these are what came of tests, and are imported alone.

mod bundle;
mod homerooms;
mod joined;
mod preloads;
mod roster;

use crate::convert::{Answer, Ask, Bundle, Mapping, Own};
use crate::peek::Peek;
use crate::types::Type;
use bundle::Rostered;
use joined::Joined;
use preloads::Preloads;
use roster::Roster;

const REGISTRATIONS: &str = "pearson-student-registrations";
const STUDENTS: &str = "pearson-students";
const NEEDS: &str = "pearson-personal-needs-profile";

const STATE: Ask = Ask::may(
    "state",
    "the abbreviation of the state, where the files do not say it",
    Type::String,
);

const LAYOUT: Ask = Ask::may(
    "layout",
    "the programme that the registrations are for: 2018 and later, PARCC 2016, New Jersey 2022, Illinois 2023 or Colorado CMAS 2021; without it that of registrations at hand, or else the first",
    Type::String,
);

const JOINED: &[Ask] = &[STATE];

const REGISTERED: &[Ask] = &[STATE, LAYOUT];

/// Registrations to the students in them.
pub static TO_STUDENTS: Mapping = joined(REGISTRATIONS, STUDENTS, JOINED, |_| true);

/// Registrations to the needs in them.
pub static TO_NEEDS: Mapping = joined(REGISTRATIONS, NEEDS, JOINED, |_| true);

/// Students, and needs beside them, to registrations.
pub static FROM_STUDENTS: Mapping = joined(STUDENTS, REGISTRATIONS, REGISTERED, |_| true);

/// Needs to registrations.
pub static FROM_NEEDS: Mapping = joined(NEEDS, REGISTRATIONS, REGISTERED, |_| true);

/// Registrations with what files beside them say.
pub static WHOLE: Mapping = joined(
    REGISTRATIONS,
    REGISTRATIONS,
    REGISTERED,
    joined::are_several,
);

/// Registrations to barcodes.
pub static TO_PREID: Mapping = Mapping {
    from: REGISTRATIONS,
    to: "pearson-preid",
    fits: |_| true,
    folder: "pearson",
    asks: &[
        STATE,
        Ask::may(
            "administration",
            "the code of the test administration",
            Type::String,
        ),
        Ask::may("year", "the school year, such as 2026-2027", Type::String),
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
        Ask::must(
            "administration",
            "the code of the test administration that the list is for",
            Type::String,
        ),
        Ask::may(
            "lastAdministration",
            "the code of the test administration that the list is made from, where the file has several",
            Type::String,
        ),
    ],
    own: |bundle| Box::new(Preloads::of(bundle)),
};

const fn joined(
    from: &'static str,
    to: &'static str,
    asks: &'static [Ask],
    fits: fn(&[Peek]) -> bool,
) -> Mapping {
    Mapping {
        from,
        to,
        fits,
        folder: "pearson",
        asks,
        own: own_joined,
    }
}

fn own_joined(bundle: &Bundle<'_>) -> Box<dyn Own> {
    Box::new(Joined::of(bundle))
}

/// OneRoster to files of PearsonAccess.
pub static FROM_ONEROSTER: [Mapping; 8] = [
    roster("oneroster-1.2", STUDENTS, OF_STUDENTS, FOLDER),
    roster("oneroster-1.1", STUDENTS, OF_STUDENTS, FOLDER),
    roster("oneroster-1.2", REGISTRATIONS, OF_REGISTRATIONS, FOLDER),
    roster("oneroster-1.1", REGISTRATIONS, OF_REGISTRATIONS, FOLDER),
    roster(
        "oneroster-1.2",
        "pearson-users",
        OF_USERS,
        "pearson/from-oneroster-1.2",
    ),
    roster(
        "oneroster-1.1",
        "pearson-users",
        OF_USERS,
        "pearson/from-oneroster-1.1",
    ),
    roster("oneroster-1.2", "pearson-organizations", &[], FOLDER),
    roster("oneroster-1.1", "pearson-organizations", &[], FOLDER),
];

const FOLDER: &str = "pearson/from-oneroster";

const OF_STUDENTS: &[Ask] = &[OF_STATE, DISTRICT, STATE_IDENTIFIER];

const OF_REGISTRATIONS: &[Ask] = &[OF_STATE, DISTRICT, STATE_IDENTIFIER, LAYOUT];

const OF_STATE: Ask = Ask::must(
    "state",
    "the abbreviation of the state, such as CO",
    Type::String,
);

const DISTRICT: Ask = Ask::may(
    "district",
    "the code of the district, for schools of which the files do not say it",
    Type::String,
);

const STATE_IDENTIFIER: Ask = Ask::may(
    "stateIdentifier",
    "what userIds call the identifier that the state gives to a student; without it that is the one in `identifier`",
    Type::String,
);

const OF_USERS: &[Ask] = &[Ask::may(
    "activeFrom",
    "the day from which on accounts can be used, where the files do not say it",
    Type::Date,
)];

const fn roster(
    from: &'static str,
    to: &'static str,
    asks: &'static [Ask],
    folder: &'static str,
) -> Mapping {
    Mapping {
        from,
        to,
        fits: |_| true,
        folder,
        asks,
        own: |bundle| Box::new(Roster::of(bundle)),
    }
}

/// Students, and users and organizations beside them, to OneRoster.
pub static STUDENTS_TO_ONEROSTER: Mapping = rostered(STUDENTS);

/// Users, and organizations beside them, to OneRoster.
pub static USERS_TO_ONEROSTER: Mapping = rostered("pearson-users");

/// Organizations to OneRoster.
pub static ORGANIZATIONS_TO_ONEROSTER: Mapping = rostered("pearson-organizations");

const YEAR: &[Ask] = &[
    Ask::must("yearBegins", "the first day of the school year", Type::Date),
    Ask {
        name: "yearEnds",
        title: "the last day of the school year",
        kind: Answer::DayFrom("yearBegins"),
        required: true,
        group: "",
    },
];

const fn rostered(from: &'static str) -> Mapping {
    Mapping {
        from,
        to: "oneroster-1.2",
        fits: |_| true,
        folder: "pearson",
        asks: YEAR,
        own: |bundle| Box::new(Rostered::of(bundle)),
    }
}
