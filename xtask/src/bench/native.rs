//! `hallpass check` as a program, beside other programs, and on what is hard to check fast.

use super::bundles::{Bundle, Sizes, bundle, name};
use super::process::{self, Done};
use super::runs::{Run, folder, keep, median};
use crate::data::{LAYOUT, Shape};
use crate::shell;
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// No run takes longer: what does is known to be slow.
const LIMIT: Duration = Duration::from_secs(120);
/// How often a case that is over at once is run for one result.
const REPEATS: usize = 9;

/// What a case is called, on which data it runs, and the command.
pub type Case<'a> = (&'a str, &'a Bundle, &'a dyn Fn(&Path) -> Result<Command>);

/// Hallpass and the `csv` crate, at all sizes.
pub fn native(sizes: Sizes, rounds: usize, seed: u64) -> Result<()> {
    let (program, peers) = (hallpass()?, peers()?);
    let one = |path: &Path| pinned(&program, &["check", "--report", "json"], path);
    let all = |path: &Path| Ok(plain(&program, &["check", "--report", "json"], path));
    let csv = |path: &Path| pinned(&peers, &["csv"], path);
    let rosters = |megabytes| bundle(Shape::Rosters, megabytes, seed);
    let [small, middle, large, huge] = [
        rosters(sizes.small)?,
        rosters(sizes.middle)?,
        rosters(sizes.large)?,
        rosters(sizes.huge)?,
    ];
    let mixed = bundle(Shape::Mixed, sizes.middle, seed)?;
    turns(
        "native",
        rounds,
        &[
            ("hallpass-1", &small, &one),
            ("hallpass-1", &middle, &one),
            ("csv-crate", &middle, &csv),
            ("hallpass-1", &large, &one),
            ("csv-crate", &large, &csv),
            ("hallpass-all", &large, &all),
            ("hallpass-1", &huge, &one),
            ("hallpass-1", &mixed, &one),
            ("csv-crate", &mixed, &csv),
        ],
    )?;
    let trace = bundle(Shape::Trace, sizes.log, seed)?;
    let log = |path: &Path| {
        let mut check = Command::new(&program);
        check.args(["check", "--report", "json", "--layout"]);
        check.arg(path.join(LAYOUT)).arg(path.join("log"));
        Ok(check)
    };
    turns("native-log", 1, &[("hallpass-all", &trace, &log)])
}

/// Hallpass beside other tools that check, each with what the tool can be told of the same rules.
pub fn peers_of(sizes: Sizes, rounds: usize, seed: u64) -> Result<()> {
    let (program, peers) = (hallpass()?, peers()?);
    let one = |path: &Path| pinned(&program, &["check", "--report", "json"], path);
    let all = |path: &Path| Ok(plain(&program, &["check", "--report", "json"], path));
    let schema = |path: &Path| pinned(&peers, &["json-schema"], path);
    let middle = bundle(Shape::Rosters, sizes.middle, seed)?;
    let small = bundle(Shape::Rosters, sizes.small, seed)?;
    let Some(python) = python()? else {
        println!("Python is not installed: polars and frictionless are left out.");
        let cases: [Case; 2] = [
            ("hallpass-1", &middle, &one),
            ("json-schema", &middle, &schema),
        ];
        return turns("peers", rounds, &cases);
    };
    let scripts = shell::root().join("benches/python");
    let polars = |path: &Path| {
        let mut command = plain(&python, &[], &scripts.join("polars_check.py"));
        command
            .arg(path)
            .arg(shell::root().join("src/formats/oneroster"));
        Ok(command)
    };
    let descriptor = folder()?.join("descriptor.json");
    let export = ["layout", "oneroster-1.2", "--as", "datapackage"];
    fs::write(
        &descriptor,
        shell::output(&mut shell::program(&program, &export))?,
    )?;
    let frictionless = |path: &Path| {
        let mut command = plain(&python, &[], &scripts.join("descriptor_check.py"));
        command.arg(path).arg(&descriptor);
        Ok(command)
    };
    turns(
        "peers",
        rounds,
        &[
            ("hallpass-1", &middle, &one),
            ("json-schema", &middle, &schema),
            ("hallpass-all", &middle, &all),
            ("polars", &middle, &polars),
        ],
    )?;
    turns(
        "frictionless",
        rounds.min(3),
        &[
            ("hallpass-1", &small, &one),
            ("frictionless", &small, &frictionless),
        ],
    )
}

/// The shapes that are hard to check, and how the document calls them.
pub const WORST: [(Shape, &str); 7] = [
    (Shape::Quoted, "every cell quoted"),
    (Shape::Wrong, "every cell wrong"),
    (Shape::SameKey, "every key the same"),
    (
        Shape::Crowded,
        "keys chosen to crowd in a table hashed without a secret",
    ),
    (
        Shape::WideCells,
        "a cell of a million characters in every record",
    ),
    (Shape::ManyColumns, "a million columns"),
    (Shape::OneCell, "one cell instead of all records"),
];

/// The size at which a shape is measured.
pub fn worst_size(shape: Shape, sizes: Sizes) -> u64 {
    match shape {
        Shape::OneCell => sizes.huge,
        _ => sizes.middle,
    }
}

/// What is hard to check fast, beside the same without the trouble.
pub fn worst(sizes: Sizes, rounds: usize, seed: u64) -> Result<()> {
    let program = hallpass()?;
    let one = |path: &Path| pinned(&program, &["check", "--report", "json"], path);
    let mut bundles = vec![bundle(Shape::Plain, sizes.middle, seed)?];
    for (shape, _) in WORST {
        bundles.push(bundle(shape, worst_size(shape, sizes), seed)?);
    }
    let cases: Vec<Case> = bundles
        .iter()
        .map(|bundle| ("hallpass-1", bundle, &one as _))
        .collect();
    turns("worst", rounds.min(3), &cases)
}

/// The name of the data that `worst` compares with.
pub fn plain_name(sizes: Sizes) -> String {
    name(Shape::Plain, sizes.middle)
}

/// Runs the cases in turns, each first once in a while, and keeps the results. A case that was ended
/// for its slowness is not run again.
pub fn turns(set: &str, rounds: usize, cases: &[Case]) -> Result<()> {
    let mut runs: Vec<Run> = Vec::new();
    for (_, bundle, _) in cases {
        bundle.warm()?;
    }
    for round in 0..rounds.max(1) {
        for at in 0..cases.len() {
            let (case, bundle, make) = &cases[(at + round) % cases.len()];
            let ended = |run: &Run| {
                run.case == *case && run.on == bundle.name && run.seconds > LIMIT.as_secs_f64()
            };
            if runs.iter().any(ended) {
                continue;
            }
            let done = case_once(&bundle.path, make)?;
            let run = done.into_run(case, &bundle.name, round, bundle.bytes);
            super::say(set, &run);
            runs.push(run);
        }
    }
    keep(set, &runs)
}

/// One result: of a case that is over at once, the middle one of several runs.
fn case_once(path: &Path, make: &dyn Fn(&Path) -> Result<Command>) -> Result<Done> {
    let mut done = process::run(&mut make(path)?, LIMIT)?;
    let mut seconds = vec![done.seconds];
    while done.seconds < 0.1 && seconds.len() < REPEATS {
        seconds.push(process::run(&mut make(path)?, LIMIT)?.seconds);
    }
    done.seconds = median(&seconds).unwrap_or(done.seconds);
    Ok(done)
}

fn plain(program: &Path, arguments: &[&str], path: &Path) -> Command {
    let mut command = shell::program(program, arguments);
    command.arg(path);
    command
}

/// The program on one processor: then it has one thread's worth of time, however many it starts.
pub fn pinned(program: &Path, arguments: &[&str], path: &Path) -> Result<Command> {
    let taskset = shell::on_path("taskset")
        .context("one thread is measured with `taskset`, which is not installed")?;
    let mut command = shell::program(taskset, &["--cpu-list", "0"]);
    command.arg(program).args(arguments).arg(path);
    Ok(command)
}

pub fn hallpass() -> Result<PathBuf> {
    shell::run(&mut shell::cargo(&[
        "build",
        "--quiet",
        "--release",
        "--package",
        "hallpass",
        "--bin",
        "hallpass",
    ]))?;
    Ok(shell::target_dir()?
        .join("release")
        .join(executable("hallpass")))
}

/// Other libraries, in a crate of their own that nothing else builds.
fn peers() -> Result<PathBuf> {
    let target = folder()?.join("peers");
    let manifest = [
        "build",
        "--quiet",
        "--release",
        "--locked",
        "--manifest-path",
        "benches/peers/Cargo.toml",
        "--target-dir",
    ];
    shell::run(shell::cargo(&manifest).arg(&target))?;
    Ok(target.join("release").join(executable("peers")))
}

fn executable(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// A Python with polars and frictionless, in a place of its own; `None` without Python.
fn python() -> Result<Option<PathBuf>> {
    let Some(found) = shell::on_path(&executable("python3")) else {
        return Ok(None);
    };
    let place = folder()?.join("python");
    let python = place.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let wanted = shell::root().join("benches/python/requirements.txt");
    let made = place.join("made.txt");
    if !fs::read(&made).is_ok_and(|made| fs::read(&wanted).is_ok_and(|wanted| made == wanted)) {
        println!("Installing polars and frictionless …");
        shell::run(shell::program(found, &["-m", "venv"]).arg(&place))?;
        shell::run(
            shell::program(
                &python,
                &["-m", "pip", "install", "--quiet", "--requirement"],
            )
            .arg(&wanted),
        )?;
        fs::copy(wanted, made)?;
    }
    Ok(Some(python))
}
