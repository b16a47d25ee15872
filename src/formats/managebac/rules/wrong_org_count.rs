//! See `wrong_org_count.md`.

use crate::check::{BundleContext, BundlePlan, Facts, Join, Suspects};
use crate::finding::{Authority, Told};
use crate::formats::oneroster::rules::kit::{fields, key, relation};
use crate::rules::{Rule, nth};

/// The rule.
pub static RULE: Rule = Rule {
    authority: Authority::Vendor,
    join: Some(|context, plan| compile(context, plan).into_iter().collect()),
    ..Rule::new("wrong-org-count", include_str!("wrong_org_count.md"))
};

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Option<Box<dyn Join>> {
    let (file, [kind]) = fields(context, plan, "orgs.csv", ["type"])?;
    let kinds = plan.planner.domain("orgs.csv", &["type"]);
    let own = plan.planner.own(kinds, "orgs.csv", &["type"], None);
    // The first of a kind of which there are several.
    let first = move |facts: &Facts, kind: &str| {
        let known = facts[kinds.0].get(key([kind]))?;
        known.has_twice(own).then(|| known.first())
    };
    let schools = move |facts: &Facts| facts[kinds.0].get(key(["school"])).is_some();
    Some(relation(
        file,
        move |facts| {
            let several = |kind| first(facts, kind).is_some();
            Suspects::any(!schools(facts) || several("school") || several("district"))
        },
        move |facts, record, out| {
            let Some(is) = record.text(kind) else { return };
            let told = match first(facts, &is).filter(|first| *first != record.number()) {
                Some(first) if ["school", "district"].contains(&&*is) => {
                    format!(
                        "`{is}` is what {} is, too; expected one {is} only",
                        nth(first)
                    )
                }
                _ if record.number() == 0 && !schools(facts) => {
                    format!("`{is}` is here, but no school; expected one record of type school")
                }
                _ => return,
            };
            out.field(record.index(), kind, || Told::message(told));
        },
    ))
}
