//! Missing keys that explain many findings at once.

use std::collections::HashMap;

use super::Session;
use super::plan::Known;
use crate::check::Print;
use crate::order::{sort_by, sort_by_key};
use crate::{report, rules};

/// Causes that a report names.
const CAUSES: usize = 50;

/// Missing keys, the one that explains most findings first.
pub(super) fn causes(session: &Session) -> Vec<report::Cause> {
    let Some(checked) = &session.checked else {
        return Vec::new();
    };
    let Known::Whole(_) = &checked.facts else {
        return Vec::new();
    };
    // By domain and key, over all files that name it.
    let mut all: HashMap<(usize, Print), (String, Vec<report::CausePlace>)> = HashMap::new();
    for (at, partial) in checked.partials.iter().enumerate() {
        let (Some(partial), Some(plan)) = (partial, &checked.plan.files[at]) else {
            continue;
        };
        for (domain, print, cause) in partial.sink.causes() {
            let (_, places) = all
                .entry((domain, print))
                .or_insert_with(|| (cause.key.clone(), Vec::new()));
            let mut fields: Vec<(&u32, &u64)> = cause.explains.iter().collect();
            sort_by_key(&mut fields, |field| *field);
            places.extend(fields.into_iter().map(|(slot, total)| report::CausePlace {
                file: session.files[at].name.clone(),
                field: plan.field_name(*slot).map(str::to_owned),
                total: *total,
            }));
        }
    }
    let mut causes: Vec<report::Cause> = all
        .into_iter()
        .map(|((domain, _), (key, places))| {
            let (file, field) = checked.plan.planner.domain_name(domain);
            let explains = places.iter().map(|place| place.total).sum();
            let findings = if explains == 1 { "finding" } else { "findings" };
            report::Cause {
                rule: rules::dangling_reference::RULE.name.to_owned(),
                file: file.to_owned(),
                field: Some(field.to_owned()),
                message: format!(
                    "`{key}` is missing from {file}; this explains {explains} {findings}"
                ),
                key: Some(key),
                explains,
                places,
            }
        })
        .collect();
    sort_by(&mut causes, |a, b| {
        (b.explains, &a.file, &a.key).cmp(&(a.explains, &b.file, &b.key))
    });
    causes.truncate(CAUSES);
    causes
}
