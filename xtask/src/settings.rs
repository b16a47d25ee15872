//! The web build's settings, as `wasm-pack.toml` holds them. Says nothing of its own.

use crate::shell;
use anyhow::{Context, Result};
use serde::Deserialize;

/// All of `wasm-pack.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub build: Build,
    pub scalar: Scalar,
    pub optimise: Optimise,
    pub budget: Budget,
}

/// How the module is compiled and where its JavaScript side goes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Build {
    pub target: String,
    pub profile: String,
    pub opt_level: String,
    pub target_features: Vec<String>,
    pub rustflags: Vec<String>,
    pub wasm_bindgen: String,
    pub out_dir: String,
    pub out_name: String,
}

/// How the module for browsers without SIMD differs from the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scalar {
    pub target_features: Vec<String>,
    pub out_name: String,
}

/// Flags for wasm-opt.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Optimise {
    pub level: String,
    pub features: Vec<String>,
}

/// The most that may be sent to a visitor, in bytes, gzipped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    pub wasm: u64,
    pub page: u64,
    pub rules: u64,
    pub tables: u64,
}

/// Reads `wasm-pack.toml`. Fails, naming the place, on anything it does not know.
pub fn read() -> Result<Settings> {
    let path = shell::root().join("wasm-pack.toml");
    let text = std::fs::read_to_string(&path).context("wasm-pack.toml could not be read")?;
    toml::from_str(&text).context("wasm-pack.toml is not as expected")
}
