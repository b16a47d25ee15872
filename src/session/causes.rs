//! What explains many findings at once: keys that are missing, columns of keys to which something
//! happened, so that they only seem to be missing, and files that are called changes and are not.

use std::collections::{BTreeMap, HashMap};

use super::Session;
use super::plan::{Checked, Known};
use crate::check::{FilePlan, Mode, Print};
use crate::layout::Required;
use crate::order::sort_by;
use crate::report::words::plural;
use crate::slip::{Slip, Slipped};
use crate::{report, rules};

/// Causes that a report names; who mends these has most findings behind him.
const CAUSES: usize = 10;

/// A wrong word in the manifest, what happened to whole columns, then missing keys; of each, what
/// explains most findings first.
pub(super) fn causes(session: &Session) -> Vec<report::Cause> {
    let Some(checked) = &session.checked else {
        return Vec::new();
    };
    let Known::Whole(_) = &checked.facts else {
        return Vec::new();
    };
    let mut columns = slipped(session, checked);
    let mut keys = missing(session, checked);
    for causes in [&mut columns, &mut keys] {
        sort_by(causes, |a, b| {
            (b.explains, &a.file, &a.key, &a.message)
                .cmp(&(a.explains, &b.file, &b.key, &b.message))
        });
    }
    let mut all: Vec<report::Cause> = wrong_mode(session, checked).into_iter().collect();
    all.append(&mut columns);
    all.append(&mut keys);
    all.truncate(CAUSES);
    all
}

/// Files whose records all lack what only a record of changes has to have: they were called changes,
/// and are not.
fn wrong_mode(session: &Session, checked: &Checked) -> Option<report::Cause> {
    let (format, _) = session.format?;
    let manifest = format.import.manifest.as_ref()?;
    let (mut places, mut word) = (Vec::new(), String::new());
    for (at, plan, sink) in checked.sinks() {
        let spec = plan.spec();
        let records = checked.partials[at].as_ref()?;
        let records = records.records - records.blank;
        if (format.mode)(&session.peeks, &spec.name) != Mode::Delta {
            continue;
        }
        word = (manifest.stated)(&session.peeks, &spec.name).unwrap_or(word);
        let lacking = sink.groups().filter_map(|group| {
            let slot = group.field?;
            let field = plan.field_name(slot)?;
            let known = &spec.fields[spec.field(field)?];
            let of_mode = matches!(&known.required, Required::When(on) if on.field == "mode");
            let is_rule = std::ptr::eq(group.rule, &rules::required_value::RULE);
            (of_mode && is_rule && group.total == records).then(|| report::CausePlace {
                file: session.files[at].name.clone(),
                field: Some(field.to_owned()),
                total: group.total,
            })
        });
        places.extend(lacking);
    }
    let mut files: Vec<&str> = places.iter().map(|place| place.file.as_str()).collect();
    files.dedup();
    let [first, rest @ ..] = files.as_slice() else {
        return None;
    };
    let others = match rest.len() {
        0 => String::new(),
        n => format!(" and {}", plural(n as u64, "other file")),
    };
    let said = format!(
        "`{word}` is what {} says of {first}{others}, but no record there has a status; expected bulk for files with all records",
        manifest.file
    );
    Some(report::Cause {
        rule: rules::required_value::RULE.name.to_owned(),
        ..cause(manifest.file, "value", said, places)
    })
}

/// Keys that are missing whatever their spelling.
fn missing(session: &Session, checked: &Checked) -> Vec<report::Cause> {
    // By domain and key, over all files that name it.
    let mut all: HashMap<(usize, Print), (String, Vec<report::CausePlace>)> = HashMap::new();
    for (at, plan, sink) in checked.sinks() {
        for (domain, print, cause) in sink.causes() {
            let (_, found) = all
                .entry((domain, print))
                .or_insert_with(|| (cause.key.clone(), Vec::new()));
            found.extend(places(&session.files[at].name, plan, &cause.explains));
        }
    }
    let causes = all.into_iter().map(|((domain, _), (key, places))| {
        let (file, field) = checked.plan.planner.domain_name(domain);
        let said = format!("`{key}` is missing from {file}");
        report::Cause {
            key: Some(key),
            ..cause(file, field, said, places)
        }
    });
    causes.collect()
}

/// Columns whose keys are there in another spelling.
fn slipped(session: &Session, checked: &Checked) -> Vec<report::Cause> {
    // What happened to the keys of a file, over all files that name them; to what a file names, by
    // itself.
    type Found = (Slipped, Vec<report::CausePlace>);
    let mut all: BTreeMap<(usize, Slip, Option<usize>), Found> = BTreeMap::new();
    for (at, plan, sink) in checked.sinks() {
        for (domain, slip, slipped) in sink.slips() {
            let own = matches!(slip, Slip::ZerosOfNaming(_)).then_some(at);
            let places = places(&session.files[at].name, plan, &slipped.explains);
            match all.get_mut(&(domain, slip, own)) {
                Some((known, found)) => {
                    known.merge(slipped);
                    found.extend(places);
                }
                None => {
                    let found = (slipped.clone(), places.collect());
                    all.insert((domain, slip, own), found);
                }
            }
        }
    }
    let causes = all.into_iter().map(|((domain, slip, own), found)| {
        let (slipped, places) = found;
        let (target, field) = checked.plan.planner.domain_name(domain);
        let naming = places.first().filter(|_| own.is_some()).cloned();
        let (file, field) = match &naming {
            Some(place) => (place.file.as_str(), place.field.as_deref().unwrap_or("")),
            None => (target, field),
        };
        cause(
            file,
            field,
            said(&slipped, slip, target, (file, field)),
            places,
        )
    });
    causes.collect()
}

/// What happened to keys of `target`; `file` and `field` are the column to mend.
fn said(slipped: &Slipped, slip: Slip, target: &str, (file, field): (&str, &str)) -> String {
    let (key, there) = &slipped.example;
    let number = slipped.keys();
    let keys = plural(number, "missing key");
    let verb = if number == 1 { "is" } else { "are" };
    match slip {
        Slip::ZerosOfKey | Slip::ZerosOfNaming(_) => {
            let width = match slipped.lengths {
                (least, most) if least == most => format!("{most}"),
                (least, most) => format!("{least} to {most}"),
            };
            format!(
                "`{key}` is `{there}` in {target}: {field} of {file} seems to have lost leading zeros; {keys} {verb} there when it is filled up to {width} digits"
            )
        }
        Slip::Marks => format!(
            "`{key}` is `{there}` in {target}: {keys} {verb} there with other blanks, hyphens or capitals"
        ),
    }
}

fn places(
    file: &str,
    plan: &FilePlan,
    explains: &BTreeMap<u32, u64>,
) -> impl Iterator<Item = report::CausePlace> {
    explains
        .iter()
        .map(move |(slot, total)| report::CausePlace {
            file: file.to_owned(),
            field: plan.field_name(*slot).map(str::to_owned),
            total: *total,
        })
}

/// A cause in this column, which shows in these places.
fn cause(file: &str, field: &str, said: String, places: Vec<report::CausePlace>) -> report::Cause {
    let explains = places.iter().map(|place| place.total).sum();
    report::Cause {
        rule: rules::dangling_reference::RULE.name.to_owned(),
        file: file.to_owned(),
        field: Some(field.to_owned()),
        key: None,
        message: format!("{said}; this explains {}", plural(explains, "finding")),
        explains,
        places,
    }
}
