//! Hallpass.

pub mod finding;
