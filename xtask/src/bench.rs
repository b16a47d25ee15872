//! `cargo xtask bench`: how fast a bundle is checked, natively and in the browser. Measures on
//! made-up data; claims nothing: it prints what it saw.

use crate::{build, data, serve, setup, shell};
use anyhow::Result;
use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

#[derive(clap::Args)]
pub struct Options {
    /// About how large a bundle, in megabytes
    #[arg(long, default_value_t = 100)]
    megabytes: u64,
    /// How often each is measured; the median counts
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// The same seed makes the same bundle
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Measures this alone
    #[arg(long, value_enum)]
    only: Option<Part>,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Part {
    Native,
    Browser,
}

/// Makes the bundle and measures.
pub fn command(options: &Options) -> Result<()> {
    let folder = shell::target_dir()?.join(format!("bench-{}-{}", options.megabytes, options.seed));
    if !folder.is_dir() {
        data::bundle(&folder, options.megabytes * 1_000_000, options.seed)?;
    }
    let paths = shell::files_below(&folder)?;
    let mut bytes = 0;
    for path in &paths {
        bytes += fs::metadata(folder.join(path))?.len();
    }
    println!("{} files, {:.1} MB", paths.len(), bytes as f64 / 1e6);
    if options.only != Some(Part::Browser) {
        native(&folder, bytes, options.rounds)?;
    }
    if options.only != Some(Part::Native) {
        browser(&folder, options.rounds)?;
    }
    Ok(())
}

fn native(folder: &Path, bytes: u64, rounds: usize) -> Result<()> {
    shell::run(&mut shell::cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "hallpass",
        "--bin",
        "hallpass",
    ]))?;
    let program = shell::target_dir()?
        .join("release")
        .join(format!("hallpass{}", std::env::consts::EXE_SUFFIX));
    let mut times = Vec::new();
    for _ in 0..rounds.max(1) {
        let start = Instant::now();
        let mut check = shell::program(&program, &["check", "--report", "json"]);
        // Findings are no failure here.
        check.arg(folder).stdout(Stdio::null()).status()?;
        times.push(start.elapsed());
    }
    let median = median(&mut times).as_secs_f64();
    println!(
        "native: checked in {median:.2} s, {:.0} MB/s (median of {})",
        bytes as f64 / 1e6 / median,
        times.len()
    );
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn browser(folder: &Path, rounds: usize) -> Result<()> {
    setup::node()?;
    build::web(setup::Packages::Needed)?;
    let address = serve::background(vec![
        serve::mount("/", "www"),
        serve::mount("/bench/", "benches/page"),
        serve::mount("/papaparse/", "node_modules/papaparse"),
    ])?;
    let mut node = shell::program("node", &["benches/browser.mjs"]);
    node.arg(folder).arg(rounds.to_string());
    shell::run(
        node.env("HALLPASS_PAGE", address)
            .env("CHROMIUM", setup::chromium()?),
    )
}
