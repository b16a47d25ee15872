//! What fixes may do and what they may not.

use hallpass::finding::Safety;
use hallpass::session::Include;
use proptest::prelude::*;

use crate::drive::{fixed, report, totals};
use crate::generate::{clean, faulty};

#[test]
fn the_clean_bundle_is_clean() {
    let report = report(&clean());
    assert_eq!(totals(&report), Default::default());
    assert_eq!(report.not_checked.len(), 0);
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn without_edits_all_bytes_stay(files in faulty()) {
        let (out, _) = fixed(&files, Include::Review, &["no-such-rule"]);
        prop_assert_eq!(out, files);
    }

    #[test]
    fn safe_fixes_are_done_after_one_round(files in faulty()) {
        let (once, log) = fixed(&files, Include::Safe, &[]);
        let after = report(&once);
        for group in &after.groups {
            let safe = group.samples.iter().find(|sample| {
                sample.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe)
            });
            prop_assert!(safe.is_none(), "{} {:?}\n{log}\n{:?}", group.rule, safe, &once);
        }
        let (twice, _) = fixed(&once, Include::Safe, &[]);
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn a_safe_fix_adds_no_finding(files in faulty()) {
        let (once, log) = fixed(&files, Include::Safe, &[]);
        let before = totals(&report(&files));
        for (group, total) in totals(&report(&once)) {
            let had = before.get(&group).copied().unwrap_or_default();
            prop_assert!(total <= had, "{group:?}: {had} became {total}\n{log}\n{:?}", &once);
        }
    }
}
