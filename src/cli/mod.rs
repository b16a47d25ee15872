//! The command line, native only. Reads paths, drives a session, writes what it gives; knows
//! nothing about data.

pub mod arguments;
mod bar;
pub mod check;
pub mod columns;
pub mod compare;
pub mod convert;
pub mod drive;
pub mod fix;
pub mod interrupt;
pub mod layout;
mod outputs;
mod own;
mod threads;
mod values;
