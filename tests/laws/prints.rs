//! The order of fingerprints is another one in each run, and nothing that is told depends on it: what
//! names keys have does not matter.

use crate::drive;
use crate::generate::Files;

#[test]
fn a_key_with_two_parents_is_in_no_circle() {
    for n in 0..64 {
        let (twice, below) = (format!("x{n}"), format!("y{n}"));
        let orgs = format!(
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
             d1,,,D,district,,\ns1,,,S,school,,d1\n\
             {twice},,,Xa,local,,d1\n{twice},,,Xb,local,,s1\n{below},,,Xc,local,,{twice}\n"
        );
        let files = Files(vec![("orgs.csv".to_owned(), orgs.into_bytes())]);
        let totals = drive::totals(&drive::report(&files));
        let circles = totals
            .keys()
            .filter(|(rule, _, _)| rule == "circular-parents");
        assert_eq!(circles.count(), 0, "{twice}");
    }
}
