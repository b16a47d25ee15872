//! The figures that were asked for, from what was measured.

use super::bundles::{Sizes, name};
use super::figures::{Figure, Goal};
use super::runs::Runs;
use crate::data::{KEYS, REFERENCES, Shape};

/// Bytes of memory that a key may take: a fingerprint and where it was met, with room in its table.
const PER_KEY: f64 = 24.0;
/// Bytes of memory that everything but keys may take.
const BESIDE_KEYS: f64 = 128e6;

const ONE: &str = "browser:hallpass-1";
const ALL: &str = "browser:hallpass-all";

/// All figures.
pub fn goals(runs: &Runs, sizes: Sizes) -> Vec<Figure> {
    let mut figures = in_the_browser(runs, sizes);
    figures.extend(natively(runs, sizes));
    figures.extend(super::formats::figures(runs, sizes));
    figures.extend(memory(runs, sizes));
    figures.extend(page(runs, sizes));
    figures
}

/// A comparison: what it says, how many times as fast is asked for, who, beside whom.
type Ratio<'a> = (&'a str, f64, &'a str, &'a str);

fn ratio(runs: &Runs, on: &str, (what, at_least, ours, theirs): Ratio) -> Figure {
    let what = format!("{what}; {on}");
    Figure::new(
        what,
        Goal::AtLeast(at_least),
        runs.ratios((ours, on), (theirs, on)),
    )
}

/// Whether a large bundle costs more for each byte than a small one.
fn growth(runs: &Runs, what: &str, case: &str, small: &str, huge: &str) -> Figure {
    let what = format!("{what}: time per byte; {huge} against {small}");
    Figure::new(
        what,
        Goal::AtMost(1.1),
        runs.ratios((case, small), (case, huge)),
    )
}

fn in_the_browser(runs: &Runs, sizes: Sizes) -> Vec<Figure> {
    let [middle, large, huge] = [sizes.middle, sizes.large, sizes.huge].map(rosters);
    let ratios: [Ratio; 5] = [
        (
            "browser, one worker against reading alone",
            0.35,
            ONE,
            "browser:reading",
        ),
        (
            "browser, all workers against reading alone by one",
            0.45,
            ALL,
            "browser:reading",
        ),
        (
            "browser, one worker against Papa Parse, which only parses",
            4.0,
            ONE,
            "browser:papaparse",
        ),
        (
            "browser, one worker against uDSV, which only parses",
            2.0,
            ONE,
            "browser:udsv",
        ),
        (
            "browser, one worker against DuckDB-wasm, which reads with types",
            7.0,
            ONE,
            "browser:duckdb",
        ),
    ];
    let inflating = (
        "browser, all workers against as many that only inflate",
        0.9,
        ALL,
        "browser:inflating",
    );
    let mut figures: Vec<_> = ratios.map(|each| ratio(runs, &large, each)).into();
    figures.push(ratio(runs, &format!("{middle}, zipped"), inflating));
    figures.push(growth(runs, "browser, one worker", ONE, &middle, &huge));
    figures
}

fn natively(runs: &Runs, sizes: Sizes) -> Vec<Figure> {
    let [small, middle, large, huge] =
        [sizes.small, sizes.middle, sizes.large, sizes.huge].map(rosters);
    let csv = (
        "native, one thread against the `csv` crate, which only parses",
        1.0,
        "hallpass-1",
        "csv-crate",
    );
    let schema = (
        "native, one thread against JSON Schema as `qsv validate` uses it",
        8.0,
        "hallpass-1",
        "json-schema",
    );
    let polars = (
        "native, all threads against polars with the rules as expressions",
        2.0,
        "hallpass-all",
        "polars",
    );
    let frictionless = (
        "native, one thread against frictionless with the exported descriptor",
        150.0,
        "hallpass-1",
        "frictionless",
    );
    vec![
        ratio(runs, &large, csv),
        ratio(runs, &middle, schema),
        ratio(runs, &middle, polars),
        ratio(runs, &small, frictionless),
        growth(runs, "native, one thread", "hallpass-1", &small, &huge),
    ]
}

fn memory(runs: &Runs, sizes: Sizes) -> Vec<Figure> {
    let figure = |what: String, most: f64, case: &str, on: &str| {
        let seen = runs
            .values(case, on, "memory")
            .iter()
            .map(|bytes| bytes / 1e6)
            .collect();
        Figure::new(format!("{what}; {on}"), Goal::AtMost(most / 1e6), seen).unit(" MB")
    };
    let large = rosters(sizes.large);
    // Each record has a key.
    let keys = runs
        .values(ONE, &large, "records")
        .first()
        .copied()
        .unwrap_or_default();
    let bundle = format!(
        "browser, one worker: wasm memory, 128 MB and {PER_KEY} bytes for each of {:.1} million keys",
        keys / 1e6
    );
    let (keys_there, references) = (KEYS as f64 / 1e6, REFERENCES as f64 / 1e6);
    let many = |who| {
        format!(
            "browser, {who}: wasm memory, {keys_there:.1} million keys and {references:.1} million references"
        )
    };
    vec![
        figure(bundle, BESIDE_KEYS + PER_KEY * keys, ONE, &large),
        figure(many("one worker"), 700e6, ONE, "keys"),
        figure(many("all workers together"), 700e6, ALL, "keys"),
    ]
}

fn page(runs: &Runs, sizes: Sizes) -> Vec<Figure> {
    let milliseconds =
        |what: String, most, seen| Figure::new(what, Goal::AtMost(most), seen).unit(" ms");
    let trace = name(Shape::Trace, sizes.log);
    let data = [
        trace.clone(),
        format!("{trace}, with its layout"),
        rosters(sizes.log),
    ];
    let mut figures: Vec<_> = data
        .map(|on| {
            let what = format!("page, 95 of 100 clicks during a check answered within; {on}");
            let figure = milliseconds(what, 100.0, when_read(runs, &on, "click p95"));
            let said = runs
                .of("page:click", &on)
                .map(|run| run.note.clone())
                .next();
            Figure {
                instead: said.unwrap_or_default(),
                ..figure
            }
        })
        .into();
    let (log, small) = (rosters(sizes.log), rosters(1));
    let cancelled = runs.values("page:cancel", &log, "cancelled");
    figures.push(milliseconds(
        format!("page, a check given up within; {log}"),
        100.0,
        cancelled,
    ));
    let shown = runs
        .seconds("page:drop", &small)
        .iter()
        .map(|seconds| seconds * 1e3)
        .collect();
    figures.push(milliseconds(
        format!("page, from the files to the result; {small}"),
        150.0,
        shown,
    ));
    figures
}

/// A value of runs in which the page did read the files, which it does when it knows their format.
fn when_read(runs: &Runs, on: &str, name: &str) -> Vec<f64> {
    let read = runs
        .of("page:click", on)
        .filter(|run| run.values.get("checked") == Some(&1.0));
    read.filter_map(|run| run.values.get(name).copied())
        .collect()
}

fn rosters(megabytes: u64) -> String {
    name(Shape::Rosters, megabytes)
}
