//! Passwords drawn by chance, for people to type: without signs that look alike.

use crate::chance;

/// Letters without I, O, l and o, in front.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";

/// The same and digits without 0 and 1.
const SIGNS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

/// Characters of a password: about 57 bits.
const LENGTH: usize = 10;

/// A password. Nothing where the platform gives no secure random numbers.
pub fn draw() -> Option<String> {
    (0..LENGTH)
        .map(|at| pick(if at == 0 { LETTERS } else { SIGNS }))
        .collect()
}

/// One of the signs, each as likely as the others: bytes that would favour some are drawn again.
fn pick(signs: &[u8]) -> Option<char> {
    let fair = 256 - 256 % signs.len();
    loop {
        let [byte] = chance::bytes()?;
        if usize::from(byte) < fair {
            return Some(char::from(signs[usize::from(byte) % signs.len()]));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::HashSet;

    use super::{LENGTH, LETTERS, SIGNS, draw};

    #[test]
    fn passwords_keep_to_the_rules_and_differ() {
        let drawn: Vec<String> = (0..2000).map(|_| draw().unwrap()).collect();
        let signs = |password: &String| password.bytes().all(|sign| SIGNS.contains(&sign));
        assert!(
            drawn
                .iter()
                .all(|password| password.len() == LENGTH && signs(password))
        );
        assert!(
            drawn
                .iter()
                .all(|password| LETTERS.contains(&password.as_bytes()[0]))
        );
        let different: HashSet<&String> = drawn.iter().collect();
        assert_eq!(different.len(), drawn.len());
        // Of 18,000 signs each is there about 320 times: far from that, the draw favours some.
        for sign in SIGNS {
            let behind = drawn.iter().flat_map(|password| password.bytes().skip(1));
            let times = behind.filter(|seen| seen == sign).count();
            assert!(
                (200..450).contains(&times),
                "{}: {times}",
                char::from(*sign)
            );
        }
    }
}
