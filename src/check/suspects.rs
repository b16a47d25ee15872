//! Which records may be at fault for what relates records. The facts of all files tell it, so that
//! the pass that places findings looks closely at no others.

use super::key_plan::Last;
use super::planner::DomainId;
use super::{BundlePlan, Facts, Faulty, FilePlan, Known, Print};
use crate::order::sort_by_key;

/// Which records of its file a join may have to speak of.
pub enum Suspects {
    /// None.
    None,
    /// Those that have or name one of these keys.
    Keys(DomainId, Vec<Print>),
    /// Perhaps any.
    Any,
}

/// Keys that are told apart as suspects, at most. Where there are more, most batches have one.
const MOST: usize = 1 << 16;

impl Suspects {
    /// Those that have or name a key of `domain` of which `is` is true. Only for files whose records
    /// enter the keys for which they are at fault in that domain.
    pub fn with(facts: &Facts, domain: DomainId, is: impl Fn(&Known<'_>) -> bool) -> Suspects {
        let known = facts[domain.0].all().filter(is);
        Suspects::of(domain, known.map(|known| known.print))
    }

    /// Those that have or name one of these keys of `domain`; the same holds for their file.
    pub fn of(domain: DomainId, keys: impl Iterator<Item = Print>) -> Suspects {
        let keys: Vec<Print> = keys.take(MOST + 1).collect();
        match keys.len() {
            0 => Suspects::None,
            1..=MOST => Suspects::Keys(domain, keys),
            _ => Suspects::Any,
        }
    }

    /// Perhaps any, if it is so at all.
    pub fn any(is: bool) -> Suspects {
        if is { Suspects::Any } else { Suspects::None }
    }
}

/// The facts of all files, and which records they accuse.
pub struct Joined {
    /// The facts.
    pub facts: Facts,
    files: Vec<Option<Accused>>,
}

/// The records of a file that are accused.
pub(super) struct Accused {
    /// The plan's joins that accuse any, by their place.
    pub joins: Vec<usize>,
    /// The keys by which they are known; none where it may be any record.
    pub keys: Option<AccusedKeys>,
    /// For each rule about records that stand together what is wrong with them, in their order.
    faults: Vec<Vec<Faulty>>,
}

impl Accused {
    /// Faults that a rule found in so many data records behind so many others.
    pub fn faults(&self, rule: usize, before: i64, len: usize) -> &[Faulty] {
        let faults = self
            .faults
            .get(rule)
            .map_or(&[] as &[Faulty], Vec::as_slice);
        let place = |record: i64| faults.partition_point(|(at, _)| (*at as i64) < record);
        &faults[place(before)..place(before + len as i64)]
    }
}

/// The keys by which accused records are known.
#[derive(Default)]
pub(super) struct AccusedKeys {
    sets: Vec<KeySet>,
    /// Data records with keys that may be others than what stands there, or that are at fault themselves;
    /// in order.
    mended: Vec<u64>,
    /// The steps of the file's plan for sound batches that enter such keys, and the plan's parts that
    /// they need.
    pub steps: Vec<usize>,
    pub parts: Vec<usize>,
}

impl Joined {
    /// What the facts of all files tell. `mended` says of which data records of a file, in order, a
    /// cell of a key was read as something else than what stands there: they may be accused whatever
    /// stands there. Nothing where any may be one of them. `faults` says what is wrong with records that
    /// stand together.
    pub fn new(
        plan: &BundlePlan,
        facts: Facts,
        mended: impl Fn(usize) -> Option<Vec<u64>>,
        faults: impl Fn(usize) -> Vec<Vec<Faulty>>,
    ) -> Joined {
        let mut files: Vec<Option<Accused>> = plan.files.iter().map(|_| None).collect();
        for (at, (_, join)) in plan.joins.iter().enumerate() {
            let suspects = join.suspects(&facts);
            let file = join.file();
            let keys = || {
                mended(file).map(|mended| AccusedKeys {
                    mended,
                    ..AccusedKeys::default()
                })
            };
            let accused = || Accused {
                joins: Vec::new(),
                keys: keys(),
                faults: Vec::new(),
            };
            let accused = match suspects {
                Suspects::None => continue,
                _ => files[file].get_or_insert_with(accused),
            };
            accused.joins.push(at);
            match suspects {
                Suspects::Keys(domain, keys) => {
                    let sets = accused.keys.as_mut().map(|known| &mut known.sets);
                    sets.into_iter()
                        .for_each(|sets| sets.push(KeySet::new(domain, &keys)));
                }
                _ => accused.keys = None,
            }
        }
        for (file, accused) in files.iter_mut().enumerate() {
            let faults = faults(file);
            if faults.iter().all(Vec::is_empty) {
                continue;
            }
            // A file that nothing else accuses has no other records to be looked at.
            let only = || Accused {
                joins: Vec::new(),
                keys: Some(AccusedKeys::default()),
                faults: Vec::new(),
            };
            let accused = accused.get_or_insert_with(only);
            if let Some(keys) = &mut accused.keys {
                keys.mended
                    .extend(faults.iter().flatten().map(|(record, _)| *record));
                sort_by_key(&mut keys.mended, |record| *record);
                keys.mended.dedup();
            }
            accused.faults = faults;
        }
        for (accused, plan) in files.iter_mut().zip(&plan.files) {
            let keys = accused.as_mut().and_then(|accused| accused.keys.as_mut());
            if let (Some(keys), Some(plan)) = (keys, plan) {
                keys.find_steps(plan);
            }
        }
        Joined { facts, files }
    }

    /// The files with accused records: those that have to be read once more.
    pub fn files(&self) -> impl Iterator<Item = usize> {
        let files = self.files.iter().enumerate();
        files.filter_map(|(at, accused)| accused.as_ref().map(|_| at))
    }

    /// The accused records of a file.
    pub(super) fn of(&self, file: usize) -> Option<&Accused> {
        self.files[file].as_ref()
    }
}

impl AccusedKeys {
    fn find_steps(&mut self, plan: &FilePlan) {
        for (at, step) in plan.sound_keys.steps.iter().enumerate() {
            if self.sets_of(plan, at).next().is_some() {
                self.steps.push(at);
                self.parts.extend(&step.front);
                if let Last::Cell(part) = step.last {
                    self.parts.push(part);
                }
            }
        }
    }

    /// Of so many data records behind so many others, those with mended keys.
    pub fn mended_of(&self, before: i64, len: usize) -> impl Iterator<Item = u32> {
        let first = self
            .mended
            .partition_point(|record| (*record as i64) < before);
        let records = self.mended[first..]
            .iter()
            .map(move |record| *record as i64 - before);
        records
            .take_while(move |record| *record < len as i64)
            .map(|record| record as u32)
    }

    /// The sets to which keys of the step may belong.
    pub fn sets_of<'a>(
        &'a self,
        plan: &'a FilePlan,
        step: usize,
    ) -> impl Iterator<Item = &'a KeySet> {
        let entries = &plan.sound_keys.steps[step].entries;
        let enters = |domain| entries.iter().any(|entry| entry.domain == domain);
        self.sets.iter().filter(move |set| enters(set.domain))
    }
}

/// A set of keys of a domain in which most others are quickly seen not to be.
pub(super) struct KeySet {
    domain: usize,
    /// One bit or more of sixteen is set for each key.
    bits: Vec<u64>,
    /// In order.
    prints: Vec<Print>,
}

impl KeySet {
    fn new(domain: DomainId, keys: &[Print]) -> KeySet {
        let mut prints = keys.to_vec();
        sort_by_key(&mut prints, |print| *print);
        let words = (prints.len() / 4).next_power_of_two().max(64);
        let mut bits = vec![0; words];
        for print in &prints {
            let (word, bit) = place(*print, words);
            bits[word] |= bit;
        }
        KeySet {
            domain: domain.0,
            bits,
            prints,
        }
    }

    /// Whether the key is one of them.
    pub fn has(&self, print: Print) -> bool {
        let (word, bit) = place(print, self.bits.len());
        self.bits[word] & bit != 0 && self.prints.binary_search(&print).is_ok()
    }
}

/// The word and the bit of a key in a table of so many words, a power of two.
fn place(print: Print, words: usize) -> (usize, u64) {
    (
        (print.high >> 6) as usize & (words - 1),
        1 << (print.high & 63),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::print;

    #[test]
    fn a_set_has_its_keys_and_no_others() {
        let key = |n: u32| print([n.to_string().as_bytes()]);
        for len in [1, 3, 500, 5000] {
            let keys: Vec<Print> = (0..len).map(key).collect();
            let set = KeySet::new(DomainId(0), &keys);
            assert!(keys.iter().all(|print| set.has(*print)));
            assert!((len..3 * len).all(|n| !set.has(key(n))));
        }
    }
}
