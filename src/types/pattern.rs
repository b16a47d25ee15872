//! What a value looks like, as layouts write it: a regular expression for the whole value, compiled
//! to a table so that checking takes one step per byte.
//!
//! Known: literals, `.`, classes `[a-z]` `[^:}]`, `\d` `\w` `\s` and escaped punctuation, groups,
//! `|`, and the repeats `?` `*` `+` `{2}` `{2,}` `{2,5}`. Nothing looks back or ahead. Beyond ASCII,
//! `.` and negated classes accept any character, and nothing else does.

use std::collections::HashMap;

/// States of a table; an expression that needs more is refused.
const MOST: usize = 4096;

/// A compiled expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// For each state and byte class the next state; state 0 accepts nothing any more.
    next: Vec<u16>,
    accepts: Vec<bool>,
    /// For each byte its class.
    classes: Box<[u8; 256]>,
    width: usize,
}

/// Bytes that one position of the expression accepts.
type Bytes = [bool; 256];

enum Node {
    Nothing,
    Byte(Box<Bytes>),
    All(Vec<Node>),
    Either(Vec<Node>),
    Repeat(Box<Node>, usize, Option<usize>),
}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Words for the author of the layout: where the expression cannot be read, or that it is too
    /// large.
    pub fn read(text: &str) -> Result<Pattern, String> {
        let mut parser = Parser {
            text: text.as_bytes(),
            at: 0,
            depth: 0,
        };
        let node = parser.either()?;
        if parser.at < parser.text.len() {
            return Err(parser.wrong("nothing more"));
        }
        let mut glushkov = Glushkov::default();
        let ends = glushkov.add(&node)?;
        glushkov.table(text, &ends)
    }

    /// The expression as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole value looks so.
    pub fn matches(&self, value: &[u8]) -> bool {
        let mut state = 1;
        for byte in value {
            let class = self.classes[*byte as usize] as usize;
            state = self.next[state * self.width + class] as usize;
        }
        self.accepts[state]
    }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn wrong(&self, expected: &str) -> String {
        let text = String::from_utf8_lossy(self.text);
        format!(
            "`{text}` cannot be read at character {}; expected {expected}",
            self.at + 1
        )
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn either(&mut self) -> Result<Node, String> {
        let mut nodes = vec![self.all()?];
        while self.take(b'|') {
            nodes.push(self.all()?);
        }
        Ok(Node::Either(nodes))
    }

    fn all(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while self.peek().is_some_and(|b| b != b'|' && b != b')') {
            let one = self.one()?;
            nodes.push(self.repeat(one)?);
        }
        Ok(if nodes.is_empty() {
            Node::Nothing
        } else {
            Node::All(nodes)
        })
    }

    fn one(&mut self) -> Result<Node, String> {
        let byte = self.peek().unwrap_or_default();
        self.at += 1;
        let accepted = match byte {
            b'(' => {
                self.depth += 1;
                if self.depth > 50 {
                    return Err(self.wrong("fewer groups within groups"));
                }
                if self.take(b'?') && !self.take(b':') {
                    return Err(self.wrong("`:`"));
                }
                let node = self.either()?;
                self.depth -= 1;
                return if self.take(b')') {
                    Ok(node)
                } else {
                    Err(self.wrong("`)`"))
                };
            }
            b'[' => self.class()?,
            b'.' => set(|b| b != b'\n'),
            b'\\' => self.escape()?,
            // The whole value is meant anyway.
            b'^' if self.at == 1 => return Ok(Node::Nothing),
            b'$' if self.at == self.text.len() => return Ok(Node::Nothing),
            b'*' | b'+' | b'?' | b'{' | b'^' | b'$' => {
                self.at -= 1;
                return Err(self.wrong("a character; a special one has `\\` before it"));
            }
            byte if byte.is_ascii() => set(|b| b == byte),
            _ => {
                self.at -= 1;
                return Err(self.wrong("an ASCII character"));
            }
        };
        Ok(Node::Byte(Box::new(accepted)))
    }

    fn escape(&mut self) -> Result<Bytes, String> {
        let Some(byte) = self.peek() else {
            return Err(self.wrong("a character"));
        };
        self.at += 1;
        Ok(match byte {
            b'd' => set(|b| b.is_ascii_digit()),
            b'w' => set(|b| b.is_ascii_alphanumeric() || b == b'_'),
            b's' => set(|b| b.is_ascii_whitespace()),
            byte if byte.is_ascii_punctuation() => set(|b| b == byte),
            _ => {
                self.at -= 1;
                return Err(self.wrong("d, w, s or punctuation"));
            }
        })
    }

    fn class(&mut self) -> Result<Bytes, String> {
        let negated = self.take(b'^');
        let mut accepted = [false; 256];
        let mut first = true;
        loop {
            let Some(byte) = self.peek() else {
                return Err(self.wrong("`]`"));
            };
            self.at += 1;
            match byte {
                b']' if !first => break,
                b'\\' => {
                    let escaped = self.escape()?;
                    (0..256).for_each(|b| accepted[b] |= escaped[b]);
                }
                byte if !byte.is_ascii() => {
                    self.at -= 1;
                    return Err(self.wrong("an ASCII character"));
                }
                byte => {
                    let to = match self.text.get(self.at..self.at + 2) {
                        Some([b'-', to]) if *to != b']' => {
                            self.at += 2;
                            *to
                        }
                        _ => byte,
                    };
                    if to < byte || !to.is_ascii() {
                        return Err(self.wrong("a range that rises"));
                    }
                    (byte..=to).for_each(|b| accepted[b as usize] = true);
                }
            }
            first = false;
        }
        if negated {
            accepted.iter_mut().for_each(|b| *b = !*b);
        }
        Ok(accepted)
    }

    fn repeat(&mut self, node: Node) -> Result<Node, String> {
        let (least, most) = match self.peek() {
            Some(b'?') => (0, Some(1)),
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'{') => {
                self.at += 1;
                let least = self.number()?;
                let most = match self.take(b',') {
                    false => Some(least),
                    true if self.peek() == Some(b'}') => None,
                    true => Some(self.number()?),
                };
                if self.peek() != Some(b'}') || most.is_some_and(|most| most < least) {
                    return Err(self.wrong("`}` behind one or two rising numbers"));
                }
                (least, most)
            }
            _ => return Ok(node),
        };
        self.at += 1;
        Ok(Node::Repeat(Box::new(node), least, most))
    }

    fn number(&mut self) -> Result<usize, String> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(&self.text[start..self.at]).unwrap_or_default();
        digits
            .parse()
            .ok()
            .filter(|n| *n <= 1000)
            .ok_or_else(|| self.wrong("a number up to 1000"))
    }
}

fn set(accepts: impl Fn(u8) -> bool) -> Bytes {
    std::array::from_fn(|b| accepts(b as u8))
}

/// Positions of an expression, what each accepts and which may follow it (Glushkov 1961).
#[derive(Default)]
struct Glushkov {
    bytes: Vec<Bytes>,
    follow: Vec<Vec<u16>>,
}

/// Where a part of an expression begins and ends, and whether it may be empty.
struct Ends {
    first: Vec<u16>,
    last: Vec<u16>,
    empty: bool,
}

impl Glushkov {
    fn add(&mut self, node: &Node) -> Result<Ends, String> {
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
    fn table(&self, text: &str, ends: &Ends) -> Result<Pattern, String> {
        let (classes, width) = self.classes();
        let mut known: HashMap<Vec<u16>, u16> = HashMap::new();
        // State 0 is dead, state 1 has read nothing.
        let mut states: Vec<Vec<u16>> = vec![Vec::new(), ends.first.clone()];
        states[1].sort_unstable();
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
                set.sort_unstable();
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
                if states.len() > MOST {
                    return Err("the pattern is too large; expected smaller repeats".to_owned());
                }
                next.push(state);
            }
            at += 1;
        }
        Ok(Pattern {
            text: text.to_owned(),
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Pattern;
    use proptest::prelude::*;

    #[test]
    fn patterns_of_published_layouts() {
        for (pattern, yes, no) in [
            (
                r"\{[^:}]+:[^}]+\}",
                &["{LDAP:u1}", "{a:b:c}", "{ü:é}"][..],
                &["LDAP:u1", "{a:}", "{:b}", ""][..],
            ),
            (r"\d{2}[A-Z]?", &["01", "01A"], &["1", "01a", "01AB"]),
            ("a|bc*", &["a", "b", "bccc"], &["", "ac", "c"]),
            ("(?:ab){1,2}", &["ab", "abab"], &["", "a", "ababab"]),
            ("[^]x]", &["y", "-"], &["]", "x", "yy"]),
            ("[a-]", &["a", "-"], &["b"]),
            ("", &[""], &["a"]),
            ("^a.c$", &["abc"], &["ac", "a\nc"]),
        ] {
            let pattern = Pattern::read(pattern).unwrap();
            for value in yes {
                assert!(
                    pattern.matches(value.as_bytes()),
                    "{} {value}",
                    pattern.text()
                );
            }
            for value in no {
                assert!(
                    !pattern.matches(value.as_bytes()),
                    "{} {value}",
                    pattern.text()
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        for pattern in [
            "(",
            "a)",
            "[a",
            "*a",
            "a{2",
            "a{3,2}",
            r"\q",
            "é",
            "(?=a)",
            "a{1000}{1000}",
        ] {
            assert!(Pattern::read(pattern).is_err(), "{pattern}");
        }
        assert!(Pattern::read("a(b").unwrap_err().contains("character 4"));
    }

    proptest! {
        #[test]
        fn agrees_with_a_regex_library(
            pattern in r"([abc]|\[[abc]{1,2}\]|\[\^[abc]\]|\([abc]\|[abc]{0,2}\)|[abc][?*+]|[abc]\{1,2\}){0,6}",
            value in "[abcd]{0,8}",
        ) {
            let ours = Pattern::read(&pattern).unwrap();
            let theirs = regex_lite::Regex::new(&format!("^(?:{pattern})$")).unwrap();
            prop_assert_eq!(ours.matches(value.as_bytes()), theirs.is_match(&value), "{}", pattern);
        }
    }
}
