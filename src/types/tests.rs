//! The laws every type keeps, and the helper with which each shows what it accepts and mends.
#![allow(clippy::unwrap_used)]

use super::{CodeList, Type};
use crate::finding::Safety;
use proptest::prelude::*;

/// Shows what a type accepts, and what it makes of other text: `"x"` safely, `"? x"` for review,
/// `""` nothing.
pub(super) fn check(ty: &Type, accepted: &[&str], mended: &[(&str, &str)]) {
    for cell in accepted {
        assert!(ty.accepts(cell.as_bytes()), "{ty} should accept {cell:?}");
        assert_eq!(ty.mend(cell), None, "{ty} should leave {cell:?} alone");
        assert_eq!(
            ty.fault(cell.as_bytes()),
            None,
            "{ty} should find no fault in {cell:?}"
        );
    }
    for (cell, expected) in mended {
        assert!(!ty.accepts(cell.as_bytes()), "{ty} should refuse {cell:?}");
        assert!(
            ty.fault(cell.as_bytes()).is_some(),
            "{ty} should find a fault in {cell:?}"
        );
        let seen = ty
            .mend(cell)
            .map_or(String::new(), |mend| match mend.safety {
                Safety::Safe => mend.text,
                Safety::Review => format!("? {}", mend.text),
                Safety::Shown => unreachable!(),
            });
        assert_eq!(seen, *expected, "{ty}: {cell:?}");
    }
}

/// A code list with what makes code lists hard.
pub(super) fn codes() -> CodeList {
    CodeList::read(
        "code,meaning,synonyms\nstudent,Learner,pupil|Learner\naide,,\ntobedeleted,,to be deleted\n08,Grade 8,\n09,Grade 9,9\nA,,\na,,\nÁrea,,",
    )
    .unwrap()
}

fn types() -> Vec<Type> {
    let singles = [
        "identifier",
        "string",
        "date",
        "datetime",
        "boolean",
        "integer",
        "decimal",
        "year",
        "email",
    ];
    let mut types: Vec<Type> = singles
        .iter()
        .map(|name| Type::read(name, None).unwrap())
        .collect();
    types.extend([Type::Code(codes()), Type::OpenCode(codes())]);
    let lists: Vec<Type> = types
        .iter()
        .map(|ty| Type::List(Box::new(ty.clone())))
        .collect();
    types.extend(lists);
    types
}

#[test]
fn names_read_back() {
    for ty in types() {
        assert_eq!(Type::read(&ty.to_string(), ty.codes().cloned()), Ok(ty));
    }
}

#[test]
fn names_that_are_not_types() {
    for (name, list, words) in [
        (
            "dat",
            None,
            "`dat` is not a type; expected identifier, string",
        ),
        ("list of list of date", None, "is not a type"),
        ("code", None, "`code` needs the name of a code list"),
        ("list of open code", None, "needs the name of a code list"),
        ("date", Some(codes()), "`date` has no use for a code list"),
        ("coed", Some(codes()), "`coed` is not a type"),
        ("", None, "is not a type"),
    ] {
        let error = Type::read(name, list).unwrap_err();
        assert!(error.contains(words), "{error}");
    }
}

/// Text near to what the types read: digits, signs, separators, names, oddities.
fn near() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,4}",
        "[-/.,:;| T@{}'\"=+%eEZ]",
        prop::sample::select(vec![
            "Aug", "agosto", "PM", "ext:", "student", "true", "SY", "UTC", "+09:00", "\u{A0}",
            "\u{FEFF}", "２", "\u{2013}", "年", "é", "İ", "2024", "-08-01", "45505", "a@b.org",
            "E+11", "(at)", "<", ">"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..9).prop_map(|pieces| pieces.concat())
}

fn keeps_the_laws(cell: &str) -> Result<(), TestCaseError> {
    for ty in types() {
        let accepted = ty.accepts(cell.as_bytes());
        prop_assert_eq!(accepted, ty.fault(cell.as_bytes()).is_none());
        if let Some(mend) = ty.mend(cell) {
            prop_assert!(!accepted, "{} accepts {:?} and mends it", ty, cell);
            prop_assert!(
                ty.accepts(mend.text.as_bytes()),
                "{} refuses its own {:?}",
                ty,
                mend
            );
            prop_assert!(mend.safety != Safety::Shown);
            prop_assert_eq!(ty.mend(&mend.text), None);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn mends_are_accepted_and_final(cell in near()) {
        keeps_the_laws(&cell)?;
    }

    #[test]
    fn any_text_is_taken_without_panic(cell in "\\PC{1,40}|.{1,40}") {
        keeps_the_laws(&cell)?;
    }

    #[test]
    fn any_bytes_are_taken_without_panic(cell in prop::collection::vec(any::<u8>(), 1..40)) {
        for ty in types() {
            let accepted = ty.accepts(&cell);
            prop_assert_eq!(accepted, ty.fault(&cell).is_none());
        }
    }
}
