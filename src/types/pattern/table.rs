//! The parts of an expression to a table of states.

use std::collections::HashMap;

use super::parse::{Bytes, Node};
use super::{Pattern, run};
use crate::order::sort_by_key;

/// States of a table; an expression that needs more is refused.
const MOST: usize = 4096;

/// Positions of an expression, what each accepts and which may follow it (Glushkov 1961).
#[derive(Default)]
pub(super) struct Positions {
    bytes: Vec<Bytes>,
    follow: Vec<Vec<u16>>,
}

/// Where a part of an expression begins and ends, and whether it may be empty.
pub(super) struct Ends {
    first: Vec<u16>,
    last: Vec<u16>,
    empty: bool,
}

impl Positions {
    /// Adds the positions of a part.
    pub fn add(&mut self, node: &Node) -> Result<Ends, String> {
        match node {
            Node::Nothing => Ok(Ends {
                first: Vec::new(),
                last: Vec::new(),
                empty: true,
            }),
            Node::Byte(bytes) => {
                if self.bytes.len() >= MOST {
                    return Err("the pattern is too large; expected smaller repeats".to_owned());
                }
                let at = self.bytes.len() as u16;
                self.bytes.push(**bytes);
                self.follow.push(Vec::new());
                Ok(Ends {
                    first: vec![at],
                    last: vec![at],
                    empty: false,
                })
            }
            Node::All(nodes) => {
                let mut ends = Ends {
                    first: Vec::new(),
                    last: Vec::new(),
                    empty: true,
                };
                for node in nodes {
                    let next = self.add(node)?;
                    ends = self.chain(ends, next);
                }
                Ok(ends)
            }
            Node::Either(nodes) => {
                let mut ends = Ends {
                    first: Vec::new(),
                    last: Vec::new(),
                    empty: false,
                };
                for node in nodes {
                    let one = self.add(node)?;
                    ends.first.extend(one.first);
                    ends.last.extend(one.last);
                    ends.empty |= one.empty;
                }
                Ok(ends)
            }
            Node::Repeat(node, least, most) => {
                let mut ends = Ends {
                    first: Vec::new(),
                    last: Vec::new(),
                    empty: true,
                };
                for _ in 0..*least {
                    let next = self.add(node)?;
                    ends = self.chain(ends, next);
                }
                let optional = match most {
                    None => {
                        let mut again = self.add(node)?;
                        self.link(&again.last.clone(), &again.first.clone());
                        again.empty = true;
                        return Ok(self.chain(ends, again));
                    }
                    Some(most) => most - least,
                };
                for _ in 0..optional {
                    let mut next = self.add(node)?;
                    next.empty = true;
                    ends = self.chain(ends, next);
                }
                Ok(ends)
            }
        }
    }

    fn link(&mut self, from: &[u16], to: &[u16]) {
        for at in from {
            self.follow[*at as usize].extend_from_slice(to);
        }
    }

    fn chain(&mut self, mut front: Ends, back: Ends) -> Ends {
        self.link(&front.last, &back.first);
        if front.empty {
            front.first.extend_from_slice(&back.first);
        }
        let mut last = back.last;
        if back.empty {
            last.extend(front.last);
        }
        Ends {
            first: front.first,
            last,
            empty: front.empty && back.empty,
        }
    }

    /// Sets of positions become states.
    pub fn table(&self, text: &str, ends: &Ends) -> Result<Pattern, String> {
        let (classes, width) = self.classes();
        let mut known: HashMap<Vec<u16>, u16> = HashMap::new();
        // State 0 is dead, state 1 has read nothing.
        let mut states: Vec<Vec<u16>> = vec![Vec::new(), ends.first.clone()];
        sort_by_key(&mut states[1], |position| *position);
        states[1].dedup();
        let mut accepts = vec![false, ends.empty];
        let mut next = vec![0; width];
        let mut at = 1;
        while at < states.len() {
            for class in 0..width {
                let byte = classes.iter().position(|known| *known as usize == class);
                let Some(byte) = byte else { continue };
                let mut read: Vec<u16> = states[at].clone();
                read.retain(|position| self.bytes[*position as usize][byte]);
                let ended = read.iter().any(|position| ends.last.contains(position));
                let follow = read
                    .iter()
                    .flat_map(|position| &self.follow[*position as usize]);
                let mut set: Vec<u16> = follow.copied().collect();
                sort_by_key(&mut set, |position| *position);
                set.dedup();
                if read.is_empty() {
                    next.push(0);
                    continue;
                }
                // Whether it may end here is part of what tells states apart.
                let mut id = set.clone();
                id.push(if ended { u16::MAX } else { u16::MAX - 1 });
                let fresh = states.len() as u16;
                let state = *known.entry(id).or_insert(fresh);
                if state == fresh {
                    states.push(set);
                    accepts.push(ended);
                }
                if states.len() * width > usize::from(u16::MAX) {
                    return Err("the pattern is too large; expected smaller repeats".to_owned());
                }
                next.push(state * width as u16);
            }
            at += 1;
        }
        Ok(Pattern {
            text: text.to_owned(),
            run: run(&next, &accepts, width),
            next,
            accepts,
            classes,
            width,
        })
    }

    /// Bytes that no position tells apart are one class.
    fn classes(&self) -> (Box<[u8; 256]>, usize) {
        let mut classes = Box::new([0_u8; 256]);
        let mut seen: Vec<usize> = Vec::new();
        for byte in 0..256 {
            let same = |other: &usize| self.bytes.iter().all(|bytes| bytes[*other] == bytes[byte]);
            let class = seen.iter().position(same).unwrap_or_else(|| {
                seen.push(byte);
                seen.len() - 1
            });
            classes[byte] = class as u8;
        }
        (classes, seen.len())
    }
}
