//! What the rules about the terms of classes share: which terms each class names, when they are and
//! whose.

use crate::check::{BundleContext, BundlePlan, DomainId, Facts, Join, Print, Suspects};
use crate::finding::Told;
use crate::formats::oneroster::rules::kit::{fields, key, relation};
use crate::formats::oneroster::rules::sessions::{Session, Sessions};

/// Terms that a class may have for them to be looked at.
const TERMS: usize = 64;

/// The terms of all classes.
#[derive(Clone, Copy)]
pub struct ClassTerms {
    /// Classes, with the terms that they name.
    classes: DomainId,
    sessions: Sessions,
    /// Sessions, with the programs to which they belong.
    programs: DomainId,
}

impl ClassTerms {
    /// When the terms of a class are, in order; only of those that are known.
    pub fn days(self, facts: &Facts, class: Print) -> Vec<Session> {
        let terms = facts[self.classes.0].links_of(class, TERMS);
        let days = terms.filter_map(|term| self.sessions.get(facts, term));
        let mut days: Vec<Session> = days.collect();
        days.sort_unstable();
        days
    }

    /// The programs to which the terms of a class belong, each once.
    pub fn programs(self, facts: &Facts, class: Print) -> Vec<Print> {
        let terms = facts[self.classes.0].links_of(class, TERMS);
        let programs = terms.flat_map(|term| facts[self.programs.0].links_of(term, 1));
        let mut programs: Vec<Print> = programs.collect();
        programs.sort_unstable();
        programs.dedup();
        programs
    }
}

/// A check of the terms of each class: `odd` says what is wrong, the terms as they stand there in
/// front of it.
pub fn classes<F>(
    context: &BundleContext<'_>,
    plan: &mut BundlePlan,
    odd: F,
) -> Option<Box<dyn Join>>
where
    F: Fn(&ClassTerms, &Facts, Print) -> Option<String> + Copy + Send + Sync + 'static,
{
    let names = ["sourcedId", "termSourcedIds"];
    let (file, [id, terms]) = fields(context, plan, "classes.csv", names)?;
    let program = "metadata.managebac.orgSourcedId";
    let session = ["sourcedId", "startDate", "endDate", program];
    fields(context, plan, "academicSessions.csv", session)?;
    let sessions = Sessions::gather(plan);
    let planner = &mut plan.planner;
    let ids = planner.domain("classes.csv", &names[..1]);
    planner.own(ids, "classes.csv", &names[..1], None);
    let classes = planner.domain("classes.csv", &names);
    planner.links(classes, "classes.csv", &names[..1], names[1]);
    let programs = planner.domain("academicSessions.csv", &["sourcedId", program]);
    planner.links(programs, "academicSessions.csv", &["sourcedId"], program);
    let known = ClassTerms {
        classes,
        sessions,
        programs,
    };
    Some(relation(
        file,
        move |facts| {
            let mut odd_ones: Vec<Print> = facts[classes.0].links().map(|link| link.0).collect();
            odd_ones.dedup();
            odd_ones.retain(|class| odd(&known, facts, *class).is_some());
            Suspects::of(ids, odd_ones.into_iter())
        },
        move |facts, record, out| {
            if let (Some(class), Some(text)) = (record.text(id), record.text(terms))
                && let Some(what) = odd(&known, facts, key([&class]))
            {
                out.field(record.index(), terms, || {
                    Told::message(format!("`{text}` {what}"))
                });
            }
        },
    ))
}
