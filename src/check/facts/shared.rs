//! Which keys two domains have in common.

use super::{Domain, EMPTY};
use crate::check::Print;

impl Domain {
    /// The keys that are known in both domains, in no order that means anything. Tables are ordered
    /// by the prints of keys, so both are walked from the beginning to the end, and keys themselves
    /// are looked at only where they seem to be the same.
    pub fn shared(&self, other: &Domain) -> Vec<Print> {
        if self.len > other.len {
            return other.shared(self);
        }
        if self.len == 0 {
            return Vec::new();
        }
        let tags = self.table.iter().filter(|entry| **entry != EMPTY);
        let keys = tags.filter_map(|entry| {
            let slot = (entry >> 32 << 32 >> other.shift) as usize;
            let alike = other.has_tag(slot, entry >> 32);
            let print = || self.key(*entry as u32 as usize).print();
            alike.then(print).filter(|print| other.find(*print).is_ok())
        });
        keys.collect()
    }

    /// Whether a key with this tag may stand at a place of the table or behind it.
    fn has_tag(&self, slot: usize, tag: u64) -> bool {
        let mask = self.table.len() - 1;
        let places = (slot..).map(|slot| self.table[slot & mask]);
        let mut known = places.take_while(|entry| *entry != EMPTY);
        known.any(|entry| entry >> 32 == tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Mark, print};

    fn domain(keys: impl Iterator<Item = u32>) -> Domain {
        let mut domain = Domain::new(Vec::new());
        let prints: Vec<Print> = keys.map(|n| print([n.to_string().as_bytes()])).collect();
        let mut places = Vec::new();
        domain.enter(&prints, &mut places);
        for (record, place) in places.iter().enumerate() {
            domain.own(*place, Mark::nth(0), record as u64);
        }
        domain
    }

    #[test]
    fn shared_keys_are_those_of_both_domains_whichever_is_asked() {
        for (few, many) in [(0, 5), (5, 0), (3, 3), (700, 90_000)] {
            let (left, right) = (domain(0..few + 10), domain(few..few + many));
            let mut expected: Vec<Print> = (few..few + many.min(10))
                .map(|n| print([n.to_string().as_bytes()]))
                .collect();
            expected.sort_unstable();
            for (one, two) in [(&left, &right), (&right, &left)] {
                let mut found = one.shared(two);
                found.sort_unstable();
                assert!(found == expected, "{few}, {many}");
            }
        }
    }
}
