//! No bytes make anything panic: whatever is dropped, there is a report, and fixes can be asked for.

use hallpass::session::Include;
use proptest::prelude::*;

use crate::drive::{checked, fixed};
use crate::generate::{Files, every_oddity};

fn survive(name: &str, bytes: &[u8]) {
    let files = Files(vec![(name.to_owned(), bytes.to_vec())]);
    fixed(&files, Include::Review, &[]);
}

#[test]
fn a_file_of_all_oddities_may_be_cut_anywhere() {
    let bytes = every_oddity();
    for cut in 0..=bytes.len() {
        let files = Files(vec![("users.csv".to_owned(), bytes[..cut].to_vec())]);
        checked(&files, 4096, 1).report().unwrap();
    }
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn any_bytes_have_a_report(
        head in prop::sample::select(vec!["", "sourcedId,name\n", "\u{FEFF}", "role;status\n", "\"", "%PDF"]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        name in prop::sample::select(vec!["users.csv", "manifest.csv", "x.txt", "", ".csv", "a/b/users.csv"]),
    ) {
        survive(name, &[head.as_bytes(), &bytes].concat());
    }

    #[test]
    fn any_utf_16_has_a_report(
        bytes in prop::collection::vec(prop::sample::select(b"\xD8\xDC\0\0\0\0,\"\nab\xFF\xFE".to_vec()), 0..200),
        big in any::<bool>(),
    ) {
        let mark: &[u8] = if big { b"\xFE\xFF" } else { b"\xFF\xFE" };
        survive("users.csv", &[mark, &bytes].concat());
    }
}
