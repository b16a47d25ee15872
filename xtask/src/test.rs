//! `cargo xtask test`: every step that must hold, each with a heading and its time. A step that
//! fails says what mends it and does not stop the others. The last line counts everything.

use crate::{
    build,
    count::{Count, ONE, cargo_count, counted, node_count},
    data, dist, serve, setup, shell,
};
use anyhow::{Result, bail};
use std::{fs, path::Path, process::ExitCode, time::Instant};

#[derive(clap::Args)]
pub struct Options {
    /// Runs these steps alone: format, lint, lint-wasm, native, docs, samples, size, types, page
    #[arg(long, value_name = "STEP", value_delimiter = ',')]
    only: Vec<String>,
}

struct Step {
    name: &'static str,
    about: &'static str,
    /// What to run or read when it fails.
    mend: &'static str,
    run: fn() -> Result<Count>,
}

const STEPS: [Step; 9] = [
    Step {
        name: "format",
        about: "Rust is formatted",
        mend: "cargo fmt --all",
        run: format,
    },
    Step {
        name: "lint",
        about: "clippy is silent",
        mend: "cargo clippy --workspace --all-targets --fix",
        run: lint,
    },
    Step {
        name: "lint-wasm",
        about: "clippy is silent about the wasm build",
        mend: LINT_WASM,
        run: lint_wasm,
    },
    Step {
        name: "native",
        about: "native tests",
        mend: "cargo test --workspace",
        run: native,
    },
    Step {
        name: "docs",
        about: "generated and written documentation is current",
        mend: "cargo xtask docs",
        run: docs,
    },
    Step {
        name: "samples",
        about: "the page's samples are current",
        mend: "cargo xtask samples",
        run: samples,
    },
    Step {
        name: "size",
        about: "the page is within its size budget",
        mend: "cargo xtask build",
        run: size,
    },
    Step {
        name: "types",
        about: "the page's scripts agree with their types",
        mend: "npm run types",
        run: types,
    },
    Step {
        name: "page",
        about: "wasm parity and the page in Chromium",
        mend: "cargo xtask test --only page",
        run: page,
    },
];

const LINT_WASM: &str =
    "cargo clippy --package hallpass --lib --target wasm32-unknown-unknown --fix";

/// Runs the steps. The exit code says whether all of them held.
pub fn command(options: &Options) -> Result<ExitCode> {
    if let Some(unknown) = options
        .only
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != *name))
    {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        bail!(
            "`{unknown}` is not a step; the steps are {}",
            names.join(", ")
        );
    }
    let mut total = Count::default();
    let mut mends = Vec::new();
    for step in STEPS
        .iter()
        .filter(|step| options.only.is_empty() || options.only.iter().any(|name| name == step.name))
    {
        println!("\n== {}: {}", step.name, step.about);
        let start = Instant::now();
        let count = (step.run)().unwrap_or_else(|error| {
            println!("error: {error:#}");
            Count {
                passed: 0,
                failed: 1,
            }
        });
        let verdict = if count.failed == 0 { "holds" } else { "FAILS" };
        println!(
            "== {}: {verdict} ({:.1} s)",
            step.name,
            start.elapsed().as_secs_f64()
        );
        if count.failed > 0 {
            mends.push(format!(
                "{} fails. To mend or look closer: {}",
                step.name, step.mend
            ));
        }
        total += count;
    }
    println!();
    for mend in mends {
        println!("{mend}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn format() -> Result<Count> {
    setup::component("rustfmt")?;
    shell::run(&mut shell::cargo(&["fmt", "--all", "--check"])).map(|()| ONE)
}

fn lint() -> Result<Count> {
    setup::component("clippy")?;
    shell::run(&mut shell::cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
    .map(|()| ONE)
}

fn lint_wasm() -> Result<Count> {
    setup::component("clippy")?;
    setup::target("wasm32-unknown-unknown")?;
    let place = [
        "clippy",
        "--quiet",
        "--package",
        "hallpass",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
    ];
    shell::run(shell::cargo(&place).args(["--", "-D", "warnings"])).map(|()| ONE)
}

const SEED: &str = "PROPTEST_RNG_SEED";

/// Laws draw the same cases each time, so that a change is judged by what it changes; other cases are
/// drawn by `PROPTEST_RNG_SEED=N`, or by `cargo test`, which draws new ones each time.
fn native() -> Result<Count> {
    let mut tests = shell::cargo(&["test", "--workspace", "--no-fail-fast"]);
    if std::env::var_os(SEED).is_none() {
        tests.env(SEED, "1");
    }
    counted(&mut tests, cargo_count)
}

/// Generated pages are compared by tests/docs.rs, which `native` counts; what is written beside
/// the code must have no broken links either.
fn docs() -> Result<Count> {
    shell::run(&mut shell::cargo(&[
        "test",
        "--quiet",
        "--package",
        "hallpass",
        "--test",
        "docs",
    ]))?;
    let mut doc = shell::cargo(&[
        "doc",
        "--quiet",
        "--package",
        "hallpass",
        "--no-deps",
        "--document-private-items",
    ]);
    shell::run(doc.env("RUSTDOCFLAGS", "-D warnings")).map(|()| ONE)
}

fn samples() -> Result<Count> {
    let fresh = shell::target_dir()?.join("fresh-samples");
    drop(fs::remove_dir_all(&fresh));
    data::samples(&fresh)?;
    let kept = shell::root().join("www/samples");
    let (made, stored) = (shell::files_below(&fresh)?, shell::files_below(&kept)?);
    if made != stored {
        bail!("www/samples holds {stored:?}; the generator writes {made:?}");
    }
    for path in made {
        if fs::read(fresh.join(&path))? != fs::read(kept.join(&path))? {
            bail!("www/samples/{path} is not what the generator writes");
        }
    }
    Ok(ONE)
}

fn size() -> Result<Count> {
    build::web(setup::Packages::Needed)?;
    build::weigh().map(|()| ONE)
}

/// The generated types of the wasm module are part of what is checked, so it is built first.
fn types() -> Result<Count> {
    build::web(setup::Packages::Needed)?;
    shell::run(&mut shell::program(
        shell::node_tool("tsc"),
        &["--project", "tsconfig.json"],
    ))
    .map(|()| ONE)
}

fn page() -> Result<Count> {
    setup::node()?;
    build::web(setup::Packages::Needed)?;
    dist::command()?;
    let chromium = setup::chromium()?;
    shell::run(&mut shell::cargo(&[
        "build",
        "--quiet",
        "--package",
        "hallpass",
        "--bin",
        "hallpass",
    ]))?;
    let native = shell::target_dir()?
        .join("debug")
        .join(format!("hallpass{}", std::env::consts::EXE_SUFFIX));
    let address = serve::background(vec![serve::mount("/", "www")])?;

    let mut node = shell::program(
        "node",
        &["--test", "--test-timeout=300000", "--test-reporter=spec"],
    );
    node.args(specs(&shell::root().join("tests/browser"))?);
    node.env("HALLPASS_PAGE", address)
        .env("HALLPASS_NATIVE", native)
        .env("CHROMIUM", chromium);
    counted(&mut node, node_count)
}

/// Named one by one: not every Node that we take can look for them itself.
fn specs(folder: &Path) -> Result<Vec<String>> {
    let files = shell::files_below(folder)?;
    Ok(files
        .iter()
        .filter(|file| file.ends_with(".test.mjs"))
        .map(|file| format!("tests/browser/{file}"))
        .collect())
}
