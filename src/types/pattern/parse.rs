//! The text of an expression to its parts.

/// Bytes that one position of the expression accepts.
pub(super) type Bytes = [bool; 256];

/// A part of an expression.
pub(super) enum Node {
    Nothing,
    Byte(Box<Bytes>),
    All(Vec<Node>),
    Either(Vec<Node>),
    Repeat(Box<Node>, usize, Option<usize>),
}

/// Reads an expression. Errors are for the author of the layout.
pub(super) fn parse(text: &str) -> Result<Node, String> {
    let mut parser = Parser {
        text: text.as_bytes(),
        at: 0,
        depth: 0,
    };
    let node = parser.either()?;
    if parser.at < parser.text.len() {
        return Err(parser.wrong("nothing more"));
    }
    Ok(node)
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
