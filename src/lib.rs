//! Hallpass tells, before an upload and without a byte leaving the machine, whether a receiver
//! will take a file of student data, what is wrong with it and where, and writes a repaired copy.
//!
//! # Bird's-eye view
//!
//! ```text
//! file · folder · zip ─▶ source ─▶ decode ─▶ records ─▶ check ─▶ session ─▶ report ─▶ page · json · csv · html · text · sarif
//!                        ranges    UTF-8     batches     │  ▲        │
//!                                                  facts ▼  │ rules  ├─▶ fix ─▶ repaired bundle, change log
//!                                                        layout,   └─▶ convert ─▶ bundle of another format, loss report
//!                                                        types, formats
//! ```
//!
//! A [`session::Session`] is told the names and sizes of some files and then says, again and again,
//! which byte range it wants. Whoever can read (the page's worker, the command line) pushes those
//! bytes. The first bytes of every file tell the format ([`peek`], [`formats`]); its tables
//! ([`layout`]) and rules ([`rules`]) are compiled into checks ([`check`]); each file streams past
//! them once, and once more if something relates records and is broken.
//!
//! # Code map
//!
//! | module | what it is for |
//! |---|---|
//! | [`source`] | byte ranges of files and zip members, with guards against hostile archives; native files |
//! | [`decode`], [`legacy`] | bytes to text; what bytes that are not UTF-8 most likely say |
//! | [`records`] | text to records: cells, physical lines, byte ranges, lexical faults |
//! | [`peek`] | a first look at a file: delimiter, header, what it is if it is no table |
//! | [`tables`], [`layout`], [`types`] | the tables that ship; what they say of files and fields; what a cell of each type holds |
//! | [`rules`] | the rules that all formats share: one `.rs` and one `.md` each |
//! | [`formats`] | one folder per format: tables, code lists, its own rules, cases |
//! | [`profile`] | what a receiver asks for beyond the format, laid over it |
//! | [`check`] | plans, the driver of a file, facts and their merge |
//! | [`finding`], [`evidence`], [`sink`], [`slip`] | what a rule says and shows; counting all and keeping some; what happened to a column of keys |
//! | [`fix`] | edits to byte ranges as the file streams |
//! | [`convert`] | from one format to another, by tables; what is lost on the way |
//! | [`chance`] | secure random numbers, for passwords |
//! | [`session`] | the order of things, for one bundle |
//! | [`compare`] | two bundles: what an import would change, and the delta between them |
//! | [`report`] | the public shape, and its printers |
//! | `formula` | cells that a spreadsheet would run |
//! | `line` | the line of a record of a table |
//! | `wasm` | the boundary to JavaScript |
//!
//! # Invariants
//!
//! - The engine is pushed and never pulls. Nothing under `check`, `records` or `rules` opens a file,
//!   reads the clock or knows JavaScript.
//! - No stage holds a whole file. Memory grows with the number of keys, not with that of findings.
//! - Checks do not fail: their result is findings. [`Error`] means that *we* failed, and says
//!   nothing about anyone's data.
//! - A finding that is not kept is still counted. Totals are true.
//! - The result of a file does not depend on how its bytes were cut into pieces or parts.
//! - A byte that no fix touches is copied as it is.
//! - [`report`] is the only serialisable shape.
//! - There is no registry that fills itself, no macro that hides a rule, no expression language.
//!
//! Decisions and their reasons are in `docs/decisions`.

pub mod chance;
pub mod check;
pub mod compare;
pub mod convert;
pub mod decode;
mod decoded;
mod error;
pub mod evidence;
pub mod finding;
pub mod fix;
pub mod formats;
mod formula;
pub mod layout;
pub mod legacy;
mod line;
mod order;
pub mod peek;
pub mod profile;
pub mod records;
pub mod report;
pub mod rules;
pub mod session;
pub mod sink;
pub mod slip;
pub mod source;
pub mod tables;
pub mod types;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use error::{Error, Result};
