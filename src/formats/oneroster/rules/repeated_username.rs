//! See `repeated_username.md`.

use super::kit::{fields, key, relation};
use crate::check::{BundleContext, BundlePlan, Join, Suspects};
use crate::finding::{Authority, Severity, Told};
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    severity: Severity::Warning,
    authority: Authority::Practice,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("repeated-username", include_str!("repeated_username.md"))
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [name]) = fields(context, plan, "users.csv", ["username"])?;
    let domain = plan.planner.domain("users.csv", &["username"]);
    let own = plan.planner.own(domain, "users.csv", &["username"], None);
    Some(relation(
        file,
        move |facts| Suspects::with(facts, domain, |known| known.has_twice(own)),
        move |facts, record, out| {
            if let Some(text) = record.text(name)
                && let Some(known) = facts[domain.0].get(key([&text]))
                && known.has_twice(own)
                && known.first() != record.number()
            {
                out.field(record.index(), name, || {
                    Told::message(format!(
                        "`{text}` is already the username of {}; expected another",
                        nth(known.first())
                    ))
                });
            }
        },
    ))
}
