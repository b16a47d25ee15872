//! What a value looks like, as layouts write it: a regular expression for the whole value, compiled
//! to a table so that checking takes one step per byte.
//!
//! Known: literals, `.`, classes `[a-z]` `[^:}]`, `\d` `\w` `\s` and escaped punctuation, groups,
//! `|`, and the repeats `?` `*` `+` `{2}` `{2,}` `{2,5}`. Nothing looks back or ahead. Beyond ASCII,
//! `.` and negated classes accept any character, and nothing else does.

mod parse;
mod table;

use table::Positions;

/// A compiled expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// For each state and byte class the next state, which is told by where its own classes begin;
    /// the first state accepts nothing any more.
    next: Vec<u16>,
    /// For each state whether the value may end there.
    accepts: Vec<bool>,
    /// For each byte its class.
    classes: Box<[u8; 256]>,
    width: usize,
    run: Option<Run>,
}

/// What is left of an expression such as `[A-Z0-9]{1,15}`: only how many bytes there are matters, and
/// that all are of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Run {
    class: u8,
    least: usize,
    most: usize,
}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Words for the author of the layout: where the expression cannot be read, or that it is too
    /// large.
    pub fn read(text: &str) -> Result<Pattern, String> {
        let node = parse::parse(text)?;
        let mut positions = Positions::default();
        let ends = positions.add(&node)?;
        positions.table(text, &ends)
    }

    /// The expression as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole value looks so.
    pub fn matches(&self, value: &[u8]) -> bool {
        if let Some(run) = &self.run {
            let is = |byte: &u8| self.classes[*byte as usize] == run.class;
            let all = value.iter().fold(true, |all, byte| all & is(byte));
            return all && (run.least..=run.most).contains(&value.len());
        }
        let mut state = self.width;
        for byte in value {
            let class = self.classes[*byte as usize] as usize;
            state = self.next[state + class] as usize;
        }
        self.accepts[state / self.width]
    }
}

/// The run that a table stands for, if bytes of one class alone lead anywhere.
fn run(next: &[u16], accepts: &[bool], width: usize) -> Option<Run> {
    let is_live = |class: &usize| next.chunks(width).any(|state| state[*class] != 0);
    let mut live = (0..width).filter(is_live);
    let (Some(class), None) = (live.next(), live.next()) else {
        return None;
    };
    // Whether a value of so many bytes is one, up to where the states repeat.
    let mut lengths = Vec::new();
    let mut state = 1;
    let repeats = loop {
        lengths.push(accepts[state]);
        match next[state * width + class] as usize / width {
            0 => break false,
            same if same == state => break true,
            other if lengths.len() <= accepts.len() => state = other,
            _ => return None,
        }
    };
    let least = lengths.iter().position(|is| *is)?;
    let last = lengths.iter().rposition(|is| *is)?;
    let has_gaps = lengths[least..=last].contains(&false);
    let most = match repeats && accepts[state] {
        true => usize::MAX,
        false => last,
    };
    (!has_gaps).then_some(Run {
        class: class as u8,
        least,
        most,
    })
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
            pattern in r"\[ab\](\*|\+|\{1,3\}|\{0,2\})|([abc]|\[[abc]{1,2}\]|\[\^[abc]\]|\([abc]\|[abc]{0,2}\)|[abc][?*+]|[abc]\{1,2\}){0,6}",
            value in "[abcd]{0,8}",
        ) {
            let ours = Pattern::read(&pattern).unwrap();
            let theirs = regex_lite::Regex::new(&format!("^(?:{pattern})$")).unwrap();
            prop_assert_eq!(ours.matches(value.as_bytes()), theirs.is_match(&value), "{}", pattern);
        }
    }
}
