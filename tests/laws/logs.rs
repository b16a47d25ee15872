//! Logs of tutors as people really hand them in: DataShop transactions with faults put in here and there.

use proptest::prelude::*;

use super::generate::{Files, Pool, Table, fault};

/// A log without any fault.
const CLEAN: &str = "Anon Student Id\tSession Id\tTime\tTime Zone\tLevel (Unit)\tProblem Name\tProblem View\tStep Name\tInput\tOutcome\tStudent Response Type\tFeedback Text\tFeedback Classification\tCondition Name\tCondition Type\tCondition Name\tCondition Type\tKC (A)\tKC Category (A)\tKC (B)\tCF (version)\tDuration (sec)\tAttempt At Step\tIs Last Attempt
s1\tz1\t2020-01-15 10:00:00\tUTC\tUnit 1\tSlope\t1\tStep 1\t42\tCORRECT\tATTEMPT\tWell done\tpraise\tcolour\tred\tsize\tlarge\tslope\tmath\tplane\t1.0\t0\t1\t1
s1\tz1\t2020-01-15 10:00:05\tUTC\tUnit 1\tSlope\t1\tStep 2\tabc\tINCORRECT\tATTEMPT\t\t\tcolour\tred\t\t\tslope\t\tplane\t1.0\t5\t1\t1
s2\tz2\t2020-02-16 08:00:00.25\tUTC\tUnit 1\tGraph\t2\tStep 1\t\tHINT\tHINT_REQUEST\t\t\tcolour\tblue\tsize\tsmall\t\t\t\t\t0\t1\t1
s2\tz2\t2020-02-16 08:00:07\tUTC\tUnit 2\tGraph\t2\tStep 1\t7\tCORRECT\tATTEMPT\t\t\t\t\t\t\tgraph\tmath\t\t\t0\t1\t1
";

const POOL: Pool = Pool {
    cells: &[
        b"",
        b" ",
        b"\"\"",
        b"\" \"",
        b" x",
        b"x ",
        b"\" x\"",
        b"\"x\"",
        b"\"\"\"x\"\"\"",
        b"\"x",
        b"x\"",
        b"\"",
        b"x\ty",
        b"\"x\ty\"",
        b"\"x\ny\"",
        b"correct",
        b"\"CORRECT\"",
        b" Incorrect",
        b"hint request",
        b"Hint-Request",
        b"right",
        b"3/4/2020 10:00",
        b"3/4/2020 5:18 PM",
        b"24/2/2020 10:00",
        b"2/24/2020 10:00",
        b"24.2.2020 10:00",
        b"24-Feb-2020 10:00:01,5",
        b"\"2020-01-15 10:00:00\"",
        b"\"3/4/2020 10:00\"",
        b"2020-01-15T10:00:00",
        b"2020-01-15T10:00:00Z",
        b"2020-01-15 10:00:00 EST",
        b"2020-01-15 1:00:00 PM",
        b"1950-01-15T10:00:00",
        b"2050-01-15T10:00:00",
        b"0000-00-00 00:00:00",
        b"2020-00-15 10:00",
        b"1580000000",
        b"1580000000000",
        b"08:56.0",
        b"1.0",
        b"\"2\"",
        b"-1",
        b"#N/A",
        b"\"#N/A\"",
        b"1.23E+11",
        b"America/New_York",
        b"\"America/New_York\"",
        b"O'Brien",
        b"aXXXb",
        b"x\x01y",
        b"\xE9t\xE9",
        b"\xF0\x9F\x98\x80",
        b"a123456789b123456789c123456789d123456789e123456789f123456789",
        b"\"a123456789b123456789c123456789d123456789e123456789f12345\"",
    ],
    labels: &[
        b"anon student id",
        b"SessionId",
        b" Time ",
        b"\"Time\"",
        b"Problem.Name",
        b"Problem Start Time",
        b"Level",
        b"Level(Unit)",
        b"level ( Unit )",
        b"KC",
        b"KC ()",
        b"kc (A)",
        b"KC..A..1",
        b"KC Category(A)",
        b"KCCategory(A)",
        b"KC Category (B)",
        b"CF",
        b"CF()",
        b"CFU count",
        b"cf(version)",
        b"CF (a/b)",
        b"Condition Name",
        b"Condition Type",
        b"Condition Name 1",
        b"Feedback Text",
        b"Total # Hints",
        b"Total Num Hints",
        b"Order",
        b"Row",
        b"Problem Id",
        b"extra",
        b"extra %",
        b"",
        b"caf\xE9",
        b"Selection",
        b"Event Type",
    ],
};

/// The log without any fault.
pub fn clean_log() -> Files {
    Files(vec![("log.txt".to_owned(), CLEAN.as_bytes().to_vec())])
}

/// A log with some faults.
pub fn faulty_log() -> impl Strategy<Value = Files> {
    prop::collection::vec(fault(), 0..8).prop_map(|faults| {
        let mut table = Table::log("log.txt", CLEAN, POOL);
        for (_, fault) in faults {
            table.apply(fault);
        }
        Files(vec![("log.txt".to_owned(), table.bytes())])
    })
}
