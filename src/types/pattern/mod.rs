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
        let mut state = self.width;
        for byte in value {
            let class = self.classes[*byte as usize] as usize;
            state = self.next[state + class] as usize;
        }
        self.accepts[state / self.width]
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
