//! Transactions as other transactions: fewer of them, under other names, of several files, with other
//! KC models, or of a file that another program wrote. `README.md` of the format tells in which order
//! this is done.

mod asks;
mod columns;
mod computed;
mod kc;
mod lists;
mod map;
mod places;
mod prepare;
mod pseudonym;
mod rename;
mod run;
mod sample;
mod subset;

use crate::convert::Recast;

/// Files of transactions, with KC models beside them, as one file of transactions.
pub static TRANSACTIONS: Recast = Recast {
    format: "datashop",
    title: "DataShop transactions, cut, renamed or merged",
    asks: asks::ALL,
    own: |tables, asked| Ok(Box::new(run::Transactions::new(tables, asked)?)),
};
