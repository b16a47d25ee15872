//! How DataShop's tables spell what they have.

use super::NOTHING;
use crate::formats::datashop::compute::names::Names;
use crate::formats::datashop::compute::{seconds, steps::Tie};
use crate::formats::datashop::time;
use crate::order::sort_by_key;

/// A time, or a dot.
pub fn moment(time: Option<i64>) -> String {
    time.map_or_else(|| NOTHING.to_owned(), time::text)
}

/// Seconds, or a dot.
pub fn duration(milliseconds: Option<u64>) -> String {
    milliseconds.map_or_else(|| NOTHING.to_owned(), seconds)
}

/// `Unit Fractions, Section Adding`: the levels of a problem, in a list that begins with its name.
pub fn hierarchy(problem: &[u32], names: &Names) -> String {
    levels(problem, ", ", |title, level| {
        format!("{} {}", names.text_of(title), names.text_of(level))
    })
}

/// `(Unit) Fractions, (Section) Adding`, with what is to stand between them.
pub fn bracketed(problem: &[u32], between: &str, names: &Names) -> String {
    levels(problem, between, |title, level| {
        format!("({}) {}", names.text_of(title), names.text_of(level))
    })
}

fn levels(problem: &[u32], between: &str, each: impl Fn(u32, u32) -> String) -> String {
    let levels = problem[1..].chunks_exact(2);
    let levels: Vec<String> = levels.map(|level| each(level[0], level[1])).collect();
    levels.join(between)
}

/// `name (type), name (type)`, by type and name.
pub fn conditions(ties: &[&Tie], names: &Names) -> String {
    let text = |number: u32| names.text_of(number);
    let all = ties.iter().flat_map(|tie| &tie.conditions);
    let mut all: Vec<(&str, &str)> = all.map(|(name, kind)| (text(*kind), text(*name))).collect();
    sort_by_key(&mut all, |pair| *pair);
    all.dedup();
    let all = all.into_iter().map(|(kind, name)| match kind {
        "" => name.to_owned(),
        kind => format!("{name} ({kind})"),
    });
    all.collect::<Vec<String>>().join(", ")
}

/// The KCs of a model among pairs of models and KCs.
pub fn skills(pairs: &[(u32, u32)], model: u32) -> impl Iterator<Item = u32> {
    let pairs = pairs.iter().filter(move |(of, _)| *of == model);
    pairs.map(|(_, skill)| *skill)
}
