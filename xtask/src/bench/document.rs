//! docs/benchmarks.md: the figures that were asked for, then everything that was measured.

use super::bundles::{Sizes, name};
use super::figures::{number, spread};
use super::formats;
use super::goals::goals;
use super::machine::machine;
use super::native::{WORST, plain_name, worst_size};
use super::runs::{Run, Runs, median};
use std::collections::BTreeMap;

/// How the document calls the cases; in this order.
const CASES: [(&str, &str); 14] = [
    ("browser:reading", "browser: reading, the limit"),
    ("browser:hallpass-1", "browser: Hallpass, one worker"),
    ("browser:hallpass-all", "browser: Hallpass, all workers"),
    ("browser:papaparse", "browser: Papa Parse, parsing"),
    ("browser:udsv", "browser: uDSV, parsing"),
    ("browser:duckdb", "browser: DuckDB-wasm, reading with types"),
    ("browser:inflating", "browser: inflating, all workers"),
    ("hallpass-1", "native: Hallpass, one thread"),
    ("hallpass-all", "native: Hallpass, all threads"),
    ("csv-crate", "native: `csv` crate, parsing, one thread"),
    ("json-schema", "native: JSON Schema, one thread"),
    ("polars", "native: polars, all threads"),
    ("frictionless", "native: frictionless"),
    ("page:click", "page, while it is clicked"),
];

const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench --record`. What is compared with what, and why that is fair: `benches/README.md`. Numbers are
medians, with the least and the most in brackets. A comparison is that of speeds, byte for byte, of two runs in the same round, so
whatever else the machine did met both; seconds belong to this machine on this day.

";

const HARD: &str = "
## Hard to check

Native, one thread. Time per byte against the same bundle without the trouble; asked is at most 3, or to stop with a clear error.

| enrollments.csv | Data | Time per byte | Memory | |
|---|---|---|---|---|
";

const PAGE: &str = "
## The page while it works

Milliseconds from a click until the answer was drawn, and by which timers were late.

| Data | Clicks | Median | 95 of 100 | Most | Timers, 95 of 100 | Most | It said |
|---|---|---|---|---|---|---|---|
";

const EVERYTHING: &str = "
## Everything

Memory is that of the wasm modules in the browser, that of the process natively.

| What | Data | Rounds | Seconds | MB/s | Memory |
|---|---|---|---|---|---|
";

/// All of it.
pub fn document(runs: &Runs, sizes: Sizes) -> String {
    let mut text = HEAD.to_owned();
    text.extend(machine(runs).iter().map(|line| format!("- {line}\n")));
    text += "\n## What was asked for\n\n| Comparison | Asked | Measured | |\n|---|---|---|---|\n";
    for figure in goals(runs, sizes) {
        let (asked, measured) = (figure.asked(), figure.measured());
        text += &format!(
            "| {} | {asked} | {measured} | {} |\n",
            figure.what,
            figure.verdict()
        );
    }
    text += HARD;
    for (shape, words) in WORST {
        let on = name(shape, worst_size(shape, sizes));
        text += &trouble(runs, words, &on, &plain_name(sizes));
    }
    text += PAGE;
    text.extend(
        runs.0
            .iter()
            .filter(|run| run.case == "page:click")
            .map(clicks),
    );
    text += EVERYTHING;
    for (case, words) in CASES.into_iter().chain(formats::CASES) {
        let rows = data_of(runs, case);
        text.extend(rows.iter().map(|on| row(runs, case, words, on)));
    }
    text + "\n" + &counts(runs)
}

/// On which data a case ran, the smallest first. What is hard to check has a table of its own.
fn data_of(runs: &Runs, case: &str) -> Vec<String> {
    let of_case = runs
        .0
        .iter()
        .filter(|run| run.case == case && !is_hard(run));
    let mut data: Vec<_> = of_case.map(|run| (run.bytes, run.on.clone())).collect();
    data.sort();
    data.dedup();
    data.into_iter().map(|(_, on)| on).collect()
}

fn is_hard(run: &Run) -> bool {
    let shape = |on: &str| on.split(',').next().map(str::to_owned);
    let mut hard = WORST.iter().map(|(worst, _)| name(*worst, 0));
    hard.any(|worst| shape(&worst) == shape(&run.on))
}

fn row(runs: &Runs, case: &str, words: &str, on: &str) -> String {
    let seconds = runs.seconds(case, on);
    let bytes = runs.of(case, on).map(|run| run.bytes).next();
    let speed = |seconds| bytes.unwrap_or_default() as f64 / 1e6 / seconds;
    format!(
        "| {words} | {on} | {} | {} | {:.0} | {} |\n",
        seconds.len(),
        spread(&seconds).unwrap_or_default(),
        median(&seconds).map_or(0.0, speed),
        memory(runs, case, on)
    )
}

fn trouble(runs: &Runs, words: &str, on: &str, plain: &str) -> String {
    let cost = runs.ratios(("hallpass-1", plain), ("hallpass-1", on));
    let verdict = match (median(&cost), runs.of("hallpass-1", on).next()) {
        (_, Some(run)) if !run.note.is_empty() => run.note.clone(),
        (Some(cost), _) if cost > 3.0 => format!("missed by {:.0} %", (cost / 3.0 - 1.0) * 100.0),
        (Some(_), _) => "met".to_owned(),
        (None, _) => String::new(),
    };
    let cost = spread(&cost).unwrap_or_else(|| "not measured".to_owned());
    let memory = memory(runs, "hallpass-1", on);
    format!("| {words} | {on} | {cost} | {memory} | {verdict} |\n")
}

fn clicks(run: &Run) -> String {
    let value = |name: &str| run.values.get(name).copied().unwrap_or_default();
    let values = [
        "click median",
        "click p95",
        "click most",
        "timer p95",
        "timer most",
    ];
    let values = values.map(|name| number(value(name))).join(" | ");
    format!(
        "| {} | {} | {values} | {} |\n",
        run.on,
        value("clicks"),
        run.note
    )
}

fn memory(runs: &Runs, case: &str, on: &str) -> String {
    let most = runs
        .values(case, on, "memory")
        .into_iter()
        .fold(0.0, f64::max);
    if most == 0.0 {
        return String::new();
    }
    format!("{:.0} MB", most / 1e6)
}

/// Whether all tools saw the same, as many records of the same files, and found nothing in files that
/// have nothing to be found.
fn counts(runs: &Runs) -> String {
    let mut seen: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut faults = Vec::new();
    for run in runs.0.iter().filter(|run| !is_hard(run)) {
        let value = |name: &str| run.values.get(name).copied().unwrap_or_default() as u64;
        let counts = seen.entry(&run.on).or_default();
        if value("records") > 0 && !counts.contains(&value("records")) {
            counts.push(value("records"));
        }
        if value("invalid") > 0 {
            faults.push(format!(
                " {} found {} faults in {}.",
                run.case,
                value("invalid"),
                run.on
            ));
        }
    }
    faults.dedup();
    let differ = seen.iter().filter(|(_, counts)| counts.len() > 1);
    let differ: Vec<_> = differ
        .map(|(on, counts)| format!("of {on}: {counts:?}"))
        .collect();
    if differ.is_empty() && faults.is_empty() {
        return "All tools counted the same records and found no faults in them.\n".to_owned();
    }
    let differ = match differ.is_empty() {
        true => "All tools counted the same records.".to_owned(),
        false => format!(
            "Not all tools counted the same records, {}.",
            differ.join("; ")
        ),
    };
    format!("{differ}{}\n", faults.concat())
}
