//! The result of a file does not depend on how its bytes come: in pieces, or in parts.

use proptest::prelude::*;

use crate::drive::report_text;
use crate::generate::faulty;
use crate::logs::faulty_log;
use crate::uploads::faulty_uploads;

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn the_size_of_the_pieces_leaves_no_trace(
        files in faulty(), log in faulty_log(), uploads in faulty_uploads(), piece in 1usize..40
    ) {
        for files in [files, log, uploads] {
            let whole = report_text(&files, usize::MAX, 3);
            prop_assert_eq!(report_text(&files, piece, 3), whole);
        }
    }
}
