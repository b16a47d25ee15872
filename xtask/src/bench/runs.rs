//! What was measured: one line of JSON for each run, a file for each set of cases that took turns.
//! A set that is measured again replaces what it had; the others stay.

use crate::shell;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, path::PathBuf};

/// One run of one case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// The set of cases that took turns with it; the name of the file that it is kept in.
    #[serde(skip)]
    pub set: String,
    /// Who did what: `hallpass-1`.
    pub case: String,
    /// On which data.
    pub on: String,
    /// Cases of one round ran one after the other.
    pub round: usize,
    /// How long it took; 0 where something else was measured.
    pub seconds: f64,
    /// How large the files are.
    pub bytes: u64,
    /// What else was seen, by name: `records`, `memory` (bytes at most), delays in milliseconds.
    #[serde(default)]
    pub values: BTreeMap<String, f64>,
    /// What is to be said of it in words.
    #[serde(default)]
    pub note: String,
}

/// All that was measured, of all sets.
#[derive(Default)]
pub struct Runs(pub Vec<Run>);

/// Forgets all results.
pub fn forget() -> Result<()> {
    let results = folder()?.join("results");
    if results.is_dir() {
        fs::remove_dir_all(results)?;
    }
    Ok(())
}

/// Where the bench keeps what it makes.
pub fn folder() -> Result<PathBuf> {
    Ok(shell::target_dir()?.join("bench"))
}

/// Keeps what a set measured, in place of what it had.
pub fn keep(set: &str, runs: &[Run]) -> Result<()> {
    let results = folder()?.join("results");
    fs::create_dir_all(&results)?;
    let mut text = String::new();
    for run in runs {
        text += &serde_json::to_string(run)?;
        text += "\n";
    }
    fs::write(results.join(format!("{set}.jsonl")), text).context("results could not be kept")
}

impl Runs {
    /// Everything that is kept.
    pub fn kept() -> Result<Self> {
        let results = folder()?.join("results");
        let mut runs = Vec::new();
        for path in shell::files_below(&results).unwrap_or_default() {
            let set = path.trim_end_matches(".jsonl");
            for line in fs::read_to_string(results.join(&path))?.lines() {
                let run: Run = serde_json::from_str(line).with_context(|| path.clone())?;
                runs.push(Run {
                    set: set.to_owned(),
                    ..run
                });
            }
        }
        Ok(Self(runs))
    }

    /// The runs of a case on data.
    pub fn of<'a>(&'a self, case: &'a str, on: &'a str) -> impl Iterator<Item = &'a Run> {
        let runs = self.0.iter();
        runs.filter(move |run| run.case == case && run.on == on)
    }

    /// The seconds that each run of a case took.
    pub fn seconds(&self, case: &str, on: &str) -> Vec<f64> {
        self.of(case, on).map(|run| run.seconds).collect()
    }

    /// How many times as fast one case was as another, byte for byte, in each round of a set that has
    /// both.
    pub fn ratios(&self, (case, on): (&str, &str), (other, other_on): (&str, &str)) -> Vec<f64> {
        let speed = |run: &Run| run.bytes as f64 / run.seconds;
        let pairs = self.of(case, on).filter_map(|run| {
            let mut others = self.of(other, other_on);
            let other = others.find(|other| (&other.set, other.round) == (&run.set, run.round))?;
            Some(speed(run) / speed(other))
        });
        pairs.filter(|ratio| ratio.is_finite()).collect()
    }

    /// A value of every run of a case that has it.
    pub fn values(&self, case: &str, on: &str, name: &str) -> Vec<f64> {
        let runs = self.of(case, on);
        runs.filter_map(|run| run.values.get(name).copied())
            .collect()
    }
}

/// The middle one of several numbers; of an even number, the mean of the two.
pub fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(match sorted.len() % 2 {
        0 => (sorted[middle - 1] + upper) / 2.0,
        _ => upper,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(set: &str, case: &str, round: usize, seconds: f64) -> Run {
        Run {
            set: set.to_owned(),
            case: case.to_owned(),
            on: "x".to_owned(),
            round,
            seconds,
            bytes: 100,
            values: BTreeMap::new(),
            note: String::new(),
        }
    }

    #[test]
    fn ratios_are_those_of_rounds_that_have_both() {
        let runs = Runs(vec![
            run("s", "a", 0, 1.0),
            run("s", "b", 0, 2.0),
            run("s", "a", 1, 1.0),
            run("s", "b", 1, 8.0),
            run("s", "a", 2, 1.0),
            run("other", "b", 2, 1.0),
        ]);
        assert_eq!(runs.ratios(("a", "x"), ("b", "x")), [2.0, 8.0]);
        assert_eq!(median(&runs.ratios(("a", "x"), ("b", "x"))), Some(5.0));
        assert_eq!(median(&[]), None);
    }
}
