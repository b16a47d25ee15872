//! Columns that belong in pairs: Condition Name and Condition Type, KC and KC Category, Feedback Text
//! and Feedback Classification. The importer wants the second directly behind the first.

use std::collections::BTreeMap;

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

/// Columns that may be pairs, each in the order of the file.
#[derive(Default)]
struct Alike {
    firsts: Vec<usize>,
    seconds: Vec<usize>,
}

/// What these have in common: the field of the first one and, of KCs, the model.
type Key<'a> = (&'a str, &'a str);

fn key(heading: &Heading) -> Key<'_> {
    let model = match heading.kind {
        Kind::Kc | Kind::Category => heading.model(),
        _ => "",
    };
    (partner(heading).unwrap_or(&heading.field), model)
}

/// The columns of a file by what they have in common, so that none is compared with each other one:
/// some files have thousands.
pub struct Families<'a>(BTreeMap<Key<'a>, Alike>);

impl<'a> Families<'a> {
    /// Those of all columns.
    pub fn of(headings: &'a [Heading]) -> Families<'a> {
        let mut families: BTreeMap<Key<'_>, Alike> = BTreeMap::new();
        for (at, heading) in headings.iter().enumerate() {
            let alike = families.entry(key(heading)).or_default();
            match partner(heading) {
                Some(_) => alike.seconds.push(at),
                None => alike.firsts.push(at),
            }
        }
        Families(families)
    }

    /// The columns behind which the second column of a pair may stand.
    pub fn firsts<'k>(&'k self, second: &'k Heading) -> &'k [usize] {
        self.those(key(second))
    }

    /// The KC columns of a model; those without a name have the name "".
    pub fn kcs<'k>(&'k self, model: &'k str) -> &'k [usize] {
        self.those(("KC (*)", model))
    }

    fn those<'k>(&'k self, key: Key<'k>) -> &'k [usize] {
        self.0.get(&key).map_or(&[], |alike| &alike.firsts)
    }
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
    for Alike { firsts, seconds } in Families::of(headings).0.values() {
        if firsts.len() != seconds.len() {
            continue;
        }
        for (first, second) in firsts.iter().zip(seconds) {
            pairs.firsts[*second] = Some(*first);
        }
        if !is_certain(firsts, seconds) {
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
        let side = firsts.binary_search(&second.wrapping_sub(1));
        side.is_ok_and(|at| seconds[at] != *second)
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
