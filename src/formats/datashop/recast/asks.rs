//! What can be asked of transactions.

use crate::convert::{Answer, Ask};
use crate::types::Type;

/// All of it; nothing is needed.
pub(super) const ALL: &[Ask] = &[
    ask("subset", "students", "the students to keep", Answer::Names),
    ask("subset", "problems", "the problems to keep", Answer::Names),
    ask(
        "subset",
        "levels",
        "the units, sections or other levels to keep",
        Answer::Names,
    ),
    ask(
        "subset",
        "conditions",
        "the conditions to keep",
        Answer::Names,
    ),
    ask(
        "subset",
        "from",
        "the first day to keep",
        Answer::Cell(Type::Date),
    ),
    ask(
        "subset",
        "to",
        "the last day to keep",
        Answer::DayFrom("from"),
    ),
    ask(
        "subset",
        "sample-students",
        "how many of the students that are left to draw at random",
        Answer::Count,
    ),
    ask(
        "subset",
        "seed",
        "any text: the same one draws the same students again",
        Answer::Cell(Type::String),
    ),
    ask(
        "rename",
        "rename-problems",
        "a table of old and new problem names",
        Answer::Table,
    ),
    ask(
        "rename",
        "rename-steps",
        "a table of old and new step names",
        Answer::Table,
    ),
    ask(
        "rename",
        "rename-students",
        "a table of old and new student ids",
        Answer::Table,
    ),
    ask(
        "rename",
        "rename-kcs",
        "a table of old and new knowledge components",
        Answer::Table,
    ),
    ask(
        "anonymise",
        "anonymise-key",
        "a secret that turns student ids into others, the same in each file",
        Answer::Secret,
    ),
    ask(
        "anonymise",
        "anonymise-columns",
        "labels of other columns to make unreadable with that secret",
        Answer::Names,
    ),
    ask(
        "kc",
        "new-kc-model",
        "the name of a KC model to add",
        Answer::Cell(Type::String),
    ),
    ask(
        "kc",
        "kc-of",
        "what its knowledge components are: `step`, `problem`, or the name of the model to copy",
        Answer::Cell(Type::String),
    ),
    ask(
        "columns",
        "columns",
        "a table of their labels and DataShop's",
        Answer::Table,
    ),
    ask(
        "columns",
        "leave-out-columns",
        "labels of columns to leave out",
        Answer::Names,
    ),
    ask(
        "columns",
        super::computed::NAME,
        "labels of columns to fill in as DataShop computes them: Problem View, Duration (sec), Attempt At Step, Is Last Attempt; or `all`",
        Answer::Names,
    ),
    #[cfg(not(target_arch = "wasm32"))]
    super::super::rollup::at_once("columns"),
];

const fn ask(group: &'static str, name: &'static str, title: &'static str, kind: Answer) -> Ask {
    Ask {
        name,
        title,
        kind,
        required: false,
        group,
    }
}
