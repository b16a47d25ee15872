//! What is known of keys as bytes, some thousands of keys at a time: so it goes from one worker of the
//! page to another without being held twice. Written and read by one version of the engine.

use super::{Domain, Key, Print};

impl Domain {
    /// Takes some of what is known out, as bytes for the same domain of another worker. `None` once
    /// nothing is left; the domain is of no other use then.
    pub(in crate::check) fn take_frame(&mut self) -> Option<Vec<u8>> {
        let (keys, links) = (self.keys.pop(), std::mem::take(&mut self.links));
        let numbers = self.numbers.pop().unwrap_or_default();
        if keys.is_none() && links.is_empty() {
            return None;
        }
        let keys = keys.unwrap_or_default();
        let mut out = Vec::with_capacity(8 + keys.len() * size_of::<Key>() + numbers.len() * 8);
        out.extend((keys.len() as u64).to_le_bytes());
        for (at, key) in keys.iter().enumerate() {
            out.extend(key.high.to_le_bytes());
            out.extend(key.low.to_le_bytes());
            out.extend(key.first.to_le_bytes());
            out.extend(key.flags.to_le_bytes());
            let width = self.folds.len();
            for number in &numbers[at * width..(at + 1) * width] {
                out.extend(number.to_le_bytes());
            }
        }
        for end in links.iter().flat_map(|(from, to)| [from, to]) {
            out.extend(end.high.to_le_bytes());
            out.extend(end.low.to_le_bytes());
        }
        Some(out)
    }

    /// Adds what [`Domain::take_frame`] took out of the same domain elsewhere, in a part `records`
    /// records further on. `None` where the bytes are none of those.
    pub(in crate::check) fn add_frame(&mut self, mut bytes: &[u8], records: u64) -> Option<()> {
        let len = u64::from_le_bytes(take(&mut bytes)?) as usize;
        let (mut keys, mut numbers) = (Vec::new(), Vec::new());
        for _ in 0..len {
            keys.push(Key {
                high: u64::from_le_bytes(take(&mut bytes)?),
                low: u32::from_le_bytes(take(&mut bytes)?),
                first: u32::from_le_bytes(take(&mut bytes)?),
                flags: u64::from_le_bytes(take(&mut bytes)?),
            });
            for _ in 0..self.folds.len() {
                numbers.push(i64::from_le_bytes(take(&mut bytes)?));
            }
        }
        self.merge_keys(&keys, &numbers, records);
        while !bytes.is_empty() {
            let mut end = || {
                let high = u64::from_le_bytes(take(&mut bytes)?);
                let low = u32::from_le_bytes(take(&mut bytes)?);
                Some(Print { high, low })
            };
            let link = (end()?, end()?);
            self.links.insert(link);
        }
        Some(())
    }
}

/// The next bytes.
fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}
