//! See `class_outside_window.md`.

use super::kit::{fields, is, key, relation, written};
use super::sessions::{Sessions, Terms};
use crate::check::{BundleContext, BundlePlan, Facts, Join, Suspects};
use crate::finding::Told;
use crate::profile::rules::asked;
use crate::rules::Rule;

/// The rule.
pub static RULE: Rule = Rule {
    join: Some(compile),
    ..asked(
        "class-outside-window",
        include_str!("class_outside_window.md"),
    )
};

/// When a class has to be.
#[derive(Clone, Copy)]
enum Window {
    /// It has begun.
    Begun,
    /// It lies in the school year of the day.
    SchoolYear,
}

fn compile(context: &BundleContext<'_>, plan: &mut BundlePlan) -> Vec<Box<dyn Join>> {
    let rows = context.asks(&RULE).filter_map(|(row, title)| {
        let window = match row.value.as_str() {
            "begun" => Window::Begun,
            "school year" => Window::SchoolYear,
            _ => return None,
        };
        in_window(window, title.to_owned(), context, plan)
    });
    rows.collect()
}

fn in_window(
    window: Window,
    title: String,
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
) -> Option<Box<dyn Join>> {
    let (file, [id, terms_of]) = fields(
        context,
        plan,
        "classes.csv",
        ["sourcedId", "termSourcedIds"],
    )?;
    let name = "academicSessions.csv";
    fields(
        context,
        plan,
        name,
        ["sourcedId", "type", "startDate", "endDate"],
    )?;
    let (terms, sessions) = (Terms::gather(plan), Sessions::gather(plan));
    let domain = plan.planner.domain(name, &["sourcedId"]);
    let year = is("type", &["schoolYear"]);
    let year = plan.planner.own(domain, name, &["sourcedId"], year);
    let today = i64::from(context.as_of);
    // The school year of the day; a file without one does not say when it is.
    let this_year = move |facts: &Facts| {
        let years = facts[domain.0].all().filter(|known| known.has(year));
        let mut days = years.filter_map(|known| sessions.get(facts, known.print));
        days.find(|session| (session.start..session.end).contains(&today))
    };
    let odd = move |facts: &Facts, class: &str| {
        let (start, end) = terms.span(facts, key([class]))?;
        let days = || format!("{} to {}", written(start), written(end));
        match window {
            Window::Begun if start > today => Some(format!(
                "begins on {}; expected one that has begun by {}",
                written(start),
                written(today)
            )),
            Window::Begun => None,
            Window::SchoolYear => this_year(facts)
                .filter(|year| start < year.start || end > year.end)
                .map(|year| {
                    let (first, last) = (written(year.start), written(year.end));
                    format!("runs from {}; expected days from {first} to {last}", days())
                }),
        }
    };
    Some(relation(
        file,
        move |_| Suspects::Any,
        move |facts, record, out| {
            if let (Some(class), Some(terms)) = (record.text(id), record.text(terms_of))
                && let Some(why) = odd(facts, &class)
            {
                out.field(record.index(), terms_of, || {
                    Told::message(format!("`{terms}` {why}, since {title} drops others"))
                });
            }
        },
    ))
}
