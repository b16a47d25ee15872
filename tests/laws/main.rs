//! Laws that hold for every bundle: about parts and pieces, about fixes and conversions, and that
//! nothing panics.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod compare;
mod convert;
mod drive;
mod fixes;
mod generate;
mod logs;
mod parts;
mod pieces;
mod prints;
mod rollups;
mod rosters;
mod totality;
mod uploads;

#[path = "../support/mod.rs"]
mod support;

use proptest::test_runner::Config;

/// Each case checks whole bundles several times: fewer cases than usual, unless
/// `PROPTEST_CASES` asks for more.
fn config() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: asked.and_then(|cases| cases.parse().ok()).unwrap_or(40),
        max_shrink_iters: 300,
        failure_persistence: None,
        ..Config::default()
    }
}
