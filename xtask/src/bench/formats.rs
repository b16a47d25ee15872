//! Formats beside one another on the command line, one thread each: the versions and dialects of
//! OneRoster, comparing and converting beside checking, and the wide files of other families.

use super::bundles::{Sizes, bundle, name, older, older_name};
use super::figures::{Figure, Goal};
use super::native::{hallpass, pinned, turns};
use super::runs::{Runs, folder};
use crate::data::{NEW, OLD, Shape};
use anyhow::Result;
use std::path::Path;

/// How the document calls the cases of this part alone.
pub const CASES: [(&str, &str); 3] = [
    ("compare", "native: Hallpass, comparing, one thread"),
    (
        "convert-1.1",
        "native: Hallpass, converting to OneRoster 1.1 and checking that, one thread",
    ),
    (
        "convert-1.2",
        "native: Hallpass, converting to OneRoster 1.2 and checking that, one thread",
    ),
];

const CHECK: &str = "hallpass-1";

/// Measures them.
pub fn formats(sizes: Sizes, rounds: usize, seed: u64) -> Result<()> {
    let program = hallpass()?;
    let check = |path: &Path| pinned(&program, &["check", "--report", "json"], path);
    let compare = |path: &Path| {
        let mut command = pinned(&program, &["compare", "--report", "json"], &path.join(OLD))?;
        command.arg(path.join(NEW));
        Ok(command)
    };
    let made = folder()?.join("converted");
    let convert = |to: &'static str| {
        let (program, made) = (&program, &made);
        move |path: &Path| {
            let mut command = pinned(program, &["convert", "--force", "--to", to, "--out"], made)?;
            command.arg(path);
            Ok(command)
        }
    };
    let (to_1p1, to_1p2) = (convert("oneroster-1.1"), convert("oneroster-1.2"));

    let of = |shape| bundle(shape, sizes.large, seed);
    let versions = [
        of(Shape::Rosters)?,
        older(sizes.large, seed)?,
        of(Shape::Managebac)?,
    ];
    let wide = [
        of(Shape::Plain)?,
        of(Shape::Trace)?.part("log")?,
        of(Shape::Registrations)?,
    ];
    for (set, bundles) in [("versions", versions), ("wide", wide)] {
        let cases: Vec<_> = bundles.iter().map(|on| (CHECK, on, &check as _)).collect();
        turns(set, rounds, &cases)?;
    }

    let changed = of(Shape::Changed)?;
    let new = changed.part(NEW)?;
    turns(
        "compare",
        rounds,
        &[("compare", &changed, &compare), (CHECK, &new, &check)],
    )?;

    let of = |shape| bundle(shape, sizes.middle, seed);
    let (rosters, old) = (of(Shape::Rosters)?, older(sizes.middle, seed)?);
    let dialect = of(Shape::Managebac)?;
    turns(
        "convert",
        rounds.min(3),
        &[
            ("convert-1.1", &rosters, &to_1p1),
            ("convert-1.2", &old, &to_1p2),
            ("convert-1.2", &dialect, &to_1p2),
        ],
    )
}

/// The figures that were asked for.
pub fn figures(runs: &Runs, sizes: Sizes) -> Vec<Figure> {
    let of = |shape| name(shape, sizes.large);
    let rosters = of(Shape::Rosters);
    let near = |on: String| {
        let what = format!("native, one thread: MB/s of {on} against {rosters}");
        let ratios = runs.ratios((CHECK, &on), (CHECK, &rosters));
        Figure::new(what, Goal::Between(0.9, 1.1), ratios)
    };
    let at_least = |what: &str, goal, ours: (&str, String), theirs: String| {
        let what = format!("native, one thread, {what}; {}", ours.1);
        let ratios = runs.ratios((ours.0, &ours.1), (CHECK, &theirs));
        Figure::new(what, Goal::AtLeast(goal), ratios)
    };
    let changed = of(Shape::Changed);
    let new = format!("{changed}, {NEW}");
    let plain = || of(Shape::Plain);
    vec![
        near(older_name(sizes.large)),
        near(of(Shape::Managebac)),
        at_least(
            "comparing against checking, MB/s, both sides counted",
            0.5,
            ("compare", changed),
            new,
        ),
        at_least(
            "DataShop transactions against OneRoster enrollments, MB/s",
            1.0,
            (CHECK, format!("{}, log", of(Shape::Trace))),
            plain(),
        ),
        at_least(
            "registrations of 86 columns against OneRoster enrollments, MB/s",
            0.6,
            (CHECK, of(Shape::Registrations)),
            plain(),
        ),
    ]
}
