//! The page's engine in Chromium beside other parsers, and the page itself under load.

use super::bundles::{Bundle, Sizes, bundle, zipped};
use super::runs::{Run, folder, keep};
use crate::data::{LAYOUT, Shape};
use crate::{build, serve, setup, shell};
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Stdio,
};

/// The engine's workers and other parsers, on bundles in turns.
pub fn engine(sizes: Sizes, rounds: usize, seed: u64) -> Result<()> {
    let address = page_with_peers()?;
    let rosters = |megabytes| bundle(Shape::Rosters, megabytes, seed);
    let (middle, large) = (rosters(sizes.middle)?, rosters(sizes.large)?);
    let zip = zipped(Shape::Rosters, sizes.middle, seed)?;
    let mixed = bundle(Shape::Mixed, sizes.middle, seed)?;
    let parsers = ["papaparse", "udsv", "duckdb"];
    let ours = ["reading", "hallpass-1", "hallpass-all"];
    let on = |at: usize, names: &[&str]| {
        let cases = names.iter().map(|case| json!({"case": case, "on": at}));
        cases.collect::<Vec<_>>()
    };
    let both = [ours, parsers].concat();
    let cases = [on(0, &both), on(1, &["inflating", "hallpass-all"])];
    turns(
        &address,
        "browser",
        rounds,
        &[large.clone(), zip],
        &cases.concat(),
    )?;

    let huge = rosters(sizes.huge)?;
    let cases = [
        on(0, &ours),
        on(1, &["hallpass-1"]),
        on(2, &["hallpass-1"]),
        on(3, &both),
    ];
    let bundles = [middle, huge, large, mixed];
    turns(
        &address,
        "browser-sizes",
        rounds.min(5),
        &bundles,
        &cases.concat(),
    )?;

    let keys = bundle(Shape::Keys, 0, seed)?;
    turns(
        &address,
        "browser-keys",
        1,
        &[keys],
        &on(0, &["hallpass-1", "hallpass-all"]),
    )
}

/// The page itself: a year's log, clicks meanwhile, a check that is given up, a small file.
pub fn page(sizes: Sizes, rounds: usize, seed: u64) -> Result<()> {
    setup::node()?;
    build::web(setup::Packages::Needed)?;
    let address = serve::background(vec![serve::mount("/", "www")])?;
    let rosters = bundle(Shape::Rosters, sizes.log, seed)?;
    let small = bundle(Shape::Rosters, 1, seed)?;
    let trace = bundle(Shape::Trace, sizes.log, seed)?;
    let log = trace.path.join("log/transactions.txt");
    let tables = ["files.csv", "layout.csv", "codes/outcome.csv"];
    let with_layout = tables
        .iter()
        .map(|table| trace.path.join(LAYOUT).join(table));
    let with_layout: Vec<_> = std::iter::once(log.clone()).chain(with_layout).collect();
    let one = |what: &str, name: &str, bytes, files: Vec<PathBuf>| json!({"do": what, "name": name, "bytes": bytes, "files": files});
    let plan = json!({
        "rounds": rounds,
        "bundles": [
            one("drop", &small.name, small.bytes, small.files()?),
            one("click", &trace.name, trace.bytes, vec![log]),
            one("click", &format!("{}, with its layout", trace.name), trace.bytes, with_layout),
            one("click", &rosters.name, rosters.bytes, rosters.files()?),
            one("cancel", &rosters.name, rosters.bytes, rosters.files()?),
        ],
    });
    rosters.warm()?;
    let runs = node("benches/page.mjs", "page", &address, &plan)?;
    keep("page", &runs)
}

fn turns(
    address: &str,
    set: &str,
    rounds: usize,
    bundles: &[Bundle],
    cases: &[serde_json::Value],
) -> Result<()> {
    let mut listed = Vec::new();
    for bundle in bundles {
        bundle.warm()?;
        listed.push(json!({"name": bundle.name, "bytes": bundle.bytes, "files": bundle.files()?}));
    }
    let plan = json!({"rounds": rounds.max(1), "bundles": listed, "cases": cases});
    let runs = node("benches/browser.mjs", set, address, &plan)?;
    keep(set, &runs)
}

/// Starts a script with its plan; shows and returns what it measured.
fn node(script: &str, set: &str, address: &str, plan: &serde_json::Value) -> Result<Vec<Run>> {
    let file = folder()?.join(format!("{set}.plan.json"));
    fs::write(&file, plan.to_string())?;
    let mut command = shell::program("node", &[script]);
    command.arg(file).stdout(Stdio::piped());
    command
        .env("HALLPASS_PAGE", address)
        .env("CHROMIUM", setup::chromium()?);
    let mut child = command.spawn().context("node could not be started")?;
    let mut runs = Vec::new();
    let out = child.stdout.take().context("no output")?;
    for line in BufReader::new(out).lines() {
        let run: Run = serde_json::from_str(&line?)?;
        super::say(set, &run);
        runs.push(run);
    }
    if !child.wait()?.success() {
        bail!("{} failed", shell::show(&command));
    }
    Ok(runs)
}

/// Serves the page, and beside it the benchmark's own page and other parsers. These are packages of
/// their own: nothing that is tested or shipped needs them.
fn page_with_peers() -> Result<String> {
    setup::node()?;
    build::web(setup::Packages::Needed)?;
    let benches = shell::root().join("benches");
    let (wanted, there) = (
        benches.join("package-lock.json"),
        benches.join("node_modules/.package-lock.json"),
    );
    if !setup::newer(&there, &wanted) {
        println!("Installing the parsers to measure beside …");
        let install = [
            "ci",
            "--prefix",
            "benches",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ];
        shell::run(&mut shell::npm(&install).context("npm is not installed")?)?;
    }
    let bundled = folder()?.join("bundled");
    let bundle = [
        "benches/duckdb.entry.mjs",
        "--bundle",
        "--format=esm",
        "--log-level=error",
    ];
    let mut esbuild = shell::program(shell::node_tool("esbuild"), &bundle);
    shell::run(esbuild.arg(format!("--outfile={}", bundled.join("duckdb.js").display())))?;
    serve::background(vec![
        serve::mount("/", "www"),
        serve::mount("/bench/", "benches/page"),
        serve::mount("/bundled/", bundled),
        serve::mount("/papaparse/", "benches/node_modules/papaparse"),
        serve::mount("/udsv/", "benches/node_modules/udsv/dist"),
        serve::mount("/duckdb/", "benches/node_modules/@duckdb/duckdb-wasm/dist"),
    ])
}
