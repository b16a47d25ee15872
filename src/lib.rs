//! Hallpass.

pub mod check;
pub mod decode;
mod error;
pub mod finding;
pub mod fix;
pub mod formats;
pub mod layout;
pub mod peek;
pub mod records;
pub mod report;
pub mod rules;
pub mod session;
pub mod sink;
pub mod source;
pub mod types;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use error::{Error, Result};
