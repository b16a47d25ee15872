//! DataShop's tab-delimited transactions, and the tables that it makes of them. See `README.md`.

pub mod compute;
mod headings;
mod pairs;
mod profiles;
pub mod recast;
pub mod rollup;
mod rules;
pub mod step_id;
pub mod time;

use super::{Format, Import};
use crate::check::Mode;
use crate::peek::{Peek, plain};
use crate::tables::Tables;

pub use profiles::PROFILES;

/// Transactions, as the upload page of DataShop takes them.
pub static TRANSACTIONS: Format = Format {
    id: "datashop",
    title: "DataShop transactions",
    dialect_of: None,
    layout: || TABLES.layout(),
    claim: |_| None,
    rules: rules::ALL,
    mode: |_, _| Mode::Bulk,
    import: &Import::UNKNOWN,
    cannot_check: &[
        "whether the students' ids are anonymous",
        "whether the times are local ones, in the time zone that the file names",
        "whether Duration (sec) is what DataShop would compute, where no Problem Start Time says when a problem began; `convert --to datashop` with `compute=all` tells it",
        "whether the name of the dataset is free",
        "whether the server that you use follows the last public release of DataShop (10.4.5), whose importer these rules follow",
    ],
};

/// One format for each table that DataShop makes, with the labels that only it has.
macro_rules! made {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $title:literal, $labels:expr, $rules:expr, $tables:expr;)*) => {
        $($(#[$doc])*
        pub static $name: Format = Format {
            id: $id,
            title: $title,
            dialect_of: None,
            layout: || $tables.layout(),
            claim: |peeks| claim(peeks, $labels),
            rules: $rules,
            mode: |_, _| Mode::Bulk,
            import: &Import::UNKNOWN,
            cannot_check: &["whether it is what DataShop would compute from the same transactions"],
        };)*
    };
}

made! {
    /// What students did step by step, as DataShop exports it.
    STUDENT_STEP = "datashop-student-step", "DataShop student-step rollup",
        &["First Transaction Time", "Step Start Time", "First Attempt", "Correct First Attempt"],
        rules::ROLLUP, STEP_TABLES;
    /// What students did problem by problem, as DataShop exports it.
    STUDENT_PROBLEM = "datashop-student-problem", "DataShop student-problem rollup",
        &["Avg Assistance Score", "Steps Missing Start Times", "Correct First Attempts"],
        rules::ROLLUP, PROBLEM_TABLES;
    /// Which KCs steps need, as DataShop exports it and takes it back.
    KC_MODEL = "datashop-kc-model", "DataShop KC model", &["Step ID"], rules::KC_MODEL, MODEL_TABLES;
}

/// The label that says which table of DataShop's it is, where there are no transactions beside it.
fn claim(peeks: &[Peek], own: &[&str]) -> Option<String> {
    let find = |labels: &[&str]| {
        let plainly: Vec<String> = labels.iter().map(|label| plain(label)).collect();
        let all = peeks.iter().flat_map(|peek| &peek.labels);
        all.into_iter()
            .find(|label| plainly.contains(&plain(label)))
    };
    let own = find(own)?;
    let is_log = find(&["Session Id", "Time"]).is_some();
    (!is_log).then(|| format!("`{own}` is a label of it"))
}

/// The name that the layout gives to transaction files; the other files are what DataShop exports and
/// does not take back as transactions.
const FILE: &str = "*.txt";

/// The field that only KC models have.
const STEP_ID: &str = "Step ID";

static TABLES: Tables = Tables::together(
    "datashop",
    &[
        "datashop/student-step",
        "datashop/student-problem",
        "datashop/kc-model",
    ],
    CODES,
);
static STEP_TABLES: Tables = Tables::new("datashop/student-step", CODES);
static PROBLEM_TABLES: Tables = Tables::new("datashop/student-problem", CODES);
static MODEL_TABLES: Tables = Tables::new("datashop/kc-model", CODES);

const CODES: &[&str] = &["datashop/codes"];
