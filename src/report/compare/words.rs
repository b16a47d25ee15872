//! Numbers and shares as people read them.

use super::Counts;

/// A number with its thousands parted: `1,204`.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of records: `1 record`, `1,204 records`.
pub fn records(n: u64) -> String {
    format!("{} record{}", number(n), if n == 1 { "" } else { "s" })
}

/// A share in percent with one decimal, rounded, but so that 100 % means all: `25.9 %`.
pub fn share(part: u64, whole: u64) -> String {
    let whole = whole.max(1);
    let tenths = part.saturating_mul(1000).saturating_add(whole / 2) / whole;
    let tenths = if part < whole {
        tenths.min(999)
    } else {
        tenths
    };
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// What is counted of a file, nothing left out but zeros: `2 added, 1 changed`.
pub fn counts(counts: &Counts) -> String {
    let Counts {
        added,
        changed,
        removed,
        left,
        unchanged,
        ..
    } = *counts;
    let parts = [
        (added, "added"),
        (changed, "changed"),
        (removed, "archived or deleted"),
        // What is removed because it is missing is not told twice.
        (left, "left alone"),
        (unchanged, "unchanged"),
    ];
    let said = parts.iter().filter(|(n, _)| *n > 0);
    let said: Vec<String> = said
        .map(|(n, what)| format!("{} {what}", number(*n)))
        .collect();
    match said.is_empty() {
        true => "no records".to_owned(),
        false => said.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parted_and_shares_are_whole_for_all_alone() {
        let numbers = [0, 12, 999, 1000, 1_234_567].map(number);
        assert_eq!(numbers, ["0", "12", "999", "1,000", "1,234,567"]);
        assert_eq!(share(312, 1204), "25.9 %");
        assert_eq!(share(2, 3), "66.7 %");
        assert_eq!(share(9999, 10_000), "99.9 %");
        assert_eq!(share(7, 7), "100.0 %");
    }
}
