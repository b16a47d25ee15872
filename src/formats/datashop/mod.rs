//! DataShop's tab-delimited transactions. See `README.md`.

mod headings;
mod pairs;
mod profiles;
pub mod recast;
mod rules;
pub mod step_id;
pub mod time;

use super::{Format, Import};
use crate::check::Mode;
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
        "whether the name of the dataset is free",
        "whether the server that you use follows the last public release of DataShop (10.4.5), whose importer these rules follow",
    ],
};

/// The name that the layout gives to transaction files; the other files are what DataShop exports and
/// does not take back.
const FILE: &str = "*.txt";

/// The field that only KC models have.
const STEP_ID: &str = "Step ID";

static TABLES: Tables = Tables::new("datashop", &["datashop/codes"]);
