//! See `terms_of_several_programs.md`.

use super::terms;
use crate::finding::Authority;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| {
        let join = terms::classes(context, plan, |terms, facts, class| {
            let programs = terms.programs(facts, class).len();
            (programs > 1)
                .then(|| format!("are terms of {programs} programs; expected those of one program"))
        });
        join.into_iter().collect()
    }),
    ..Rule::new(
        "terms-of-several-programs",
        include_str!("terms_of_several_programs.md"),
    )
};
