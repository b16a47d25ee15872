//! Columns that belong in pairs: Condition Name and Condition Type, KC and KC Category, Feedback Text
//! and Feedback Classification. The importer wants the second directly behind the first.

use super::headings::{Heading, Kind};
use crate::finding::Safety;

/// The field that has to stand before the second column of a pair.
pub fn partner(heading: &Heading) -> Option<&'static str> {
    match heading.field.as_str() {
        "Condition Type" => Some("Condition Name"),
        "KC Category (*)" => Some("KC (*)"),
        "Feedback Classification" => Some("Feedback Text"),
        _ => None,
    }
}

/// Whether the heading is one behind which the second column of a pair may stand.
pub fn is_first(heading: &Heading, second: &Heading) -> bool {
    let same = second.kind != Kind::Category || heading.model() == second.model();
    same && partner(second) == Some(heading.field.as_str())
}

/// Which columns belong together.
pub struct Pairs {
    /// For each second column its first.
    pub firsts: Vec<Option<usize>>,
    /// Safe, or for review where columns that stand side by side are not those that belong together.
    pub safety: Safety,
}

/// Pairs up the columns: the first name belongs to the first type, as the importer counts them. Where
/// there are not as many of the ones as of the others, none belong together.
pub fn pairs(headings: &[Heading]) -> Pairs {
    let mut pairs = Pairs {
        firsts: vec![None; headings.len()],
        safety: Safety::Safe,
    };
    for (at, second) in headings.iter().enumerate() {
        if partner(second).is_none() || pairs.firsts[at].is_some() {
            continue;
        }
        let alike =
            |other: &Heading| other.field == second.field && other.model() == second.model();
        let columns = |is: &dyn Fn(&Heading) -> bool| -> Vec<usize> {
            let these = headings.iter().filter(|heading| is(heading));
            these.map(|heading| heading.column as usize).collect()
        };
        let seconds = columns(&alike);
        let firsts = columns(&|other| is_first(other, second));
        if firsts.len() != seconds.len() {
            continue;
        }
        for (first, second) in firsts.iter().zip(&seconds) {
            pairs.firsts[*second] = Some(*first);
        }
        if !is_certain(&firsts, &seconds) {
            pairs.safety = Safety::Review;
        }
    }
    pairs
}

/// Whether the columns stand so that only these pairs can be meant: all of the ones before all of the
/// others, each second right before its first, or none right behind another's first.
fn is_certain(firsts: &[usize], seconds: &[usize]) -> bool {
    let before = |a: &[usize], b: &[usize]| a.last() < b.first();
    let both = || firsts.iter().zip(seconds);
    let is_torn = |second: &usize| {
        let side = firsts.iter().position(|first| first + 1 == *second);
        side.is_some_and(|at| seconds[at] != *second)
    };
    before(firsts, seconds)
        || before(seconds, firsts)
        || both().all(|(first, second)| second + 1 == *first)
        || !seconds.iter().any(is_torn)
}

impl Pairs {
    /// The columns with each second one behind its first, the others as they stand.
    pub fn order(&self) -> Vec<usize> {
        let mut behind = vec![None; self.firsts.len()];
        for (second, first) in self.firsts.iter().enumerate() {
            if let Some(first) = first {
                behind[*first] = Some(second);
            }
        }
        let stays = (0..behind.len()).filter(|at| self.firsts[*at].is_none());
        stays
            .flat_map(|at| [Some(at), behind[at]])
            .flatten()
            .collect()
    }
}
