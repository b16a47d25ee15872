//! See `repeated_step.md`.

use crate::finding::{Authority, Consequence, Severity};
use crate::formats::datashop::STEP_ID;
use crate::rules::{Rule, duplicate_key};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    consequence: Consequence::AcceptedButWrong,
    authority: Authority::Practice,
    join: Some(|context, plan| {
        let steps = duplicate_key::shared(context, plan, "kc_model.txt", &[STEP_ID]);
        steps.into_iter().collect()
    }),
    ..Rule::new("repeated-step", include_str!("repeated_step.md"))
};
