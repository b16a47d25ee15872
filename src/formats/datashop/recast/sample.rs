//! Some students, drawn by a seed: whatever the order of the records, and whatever else is in the
//! files, of the same students the same ones are drawn.

use std::collections::BTreeSet;
use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

/// Students that are drawn; memory is for them alone.
pub(super) struct Sample {
    most: usize,
    seed: String,
    drawn: BTreeSet<(u128, Vec<u8>)>,
}

impl Sample {
    /// At most so many students.
    pub fn new(most: usize, seed: String) -> Sample {
        Sample {
            most,
            seed,
            drawn: BTreeSet::new(),
        }
    }

    /// The student takes part in the draw. Those whose lots are the smallest stay.
    pub fn add(&mut self, student: &[u8]) {
        let lot = self.lot(student);
        let last = self.drawn.last().map(|(last, _)| *last);
        if student.is_empty() || self.drawn.len() >= self.most && last.is_none_or(|last| lot > last)
        {
            return;
        }
        self.drawn.insert((lot, student.to_vec()));
        if self.drawn.len() > self.most {
            self.drawn.pop_last();
        }
    }

    /// Whether the student is drawn.
    pub fn has(&self, student: &[u8]) -> bool {
        self.drawn.contains(&(self.lot(student), student.to_vec()))
    }

    fn lot(&self, student: &[u8]) -> u128 {
        let mut hasher = SipHasher13::new();
        hasher.write(self.seed.as_bytes());
        // No text has this byte, so seed and student cannot run into each other.
        hasher.write(&[0xff]);
        hasher.write(student);
        hasher.finish128().as_u128()
    }
}
