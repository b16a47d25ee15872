//! What the rules about time share: when sessions are, and when classes are that run in them.

use crate::check::{BundlePlan, DomainId, Facts, Fold, Print, Reading};

const FILE: &str = "academicSessions.csv";

/// Terms that a class may have for its dates to be looked at.
const TERMS: usize = 64;

/// When each session is.
#[derive(Clone, Copy)]
pub struct Sessions {
    domain: DomainId,
    start: usize,
    end: usize,
}

/// A session: its first day, the day after its last, and the records before it in the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Session {
    /// In days since 1970.
    pub start: i64,
    /// In days since 1970.
    pub end: i64,
    /// From 0.
    pub number: u64,
}

impl Sessions {
    /// Has the dates of all sessions gathered.
    pub fn gather(plan: &mut BundlePlan) -> Sessions {
        let planner = &mut plan.planner;
        let domain = planner.domain(FILE, &["sourcedId"]);
        planner.own(domain, FILE, &["sourcedId"], None);
        let mut number = |field, fold| {
            let reading = (field, Reading::Date);
            planner.number(domain, FILE, &["sourcedId"], reading, fold, None)
        };
        Sessions {
            domain,
            start: number("startDate", Fold::Least),
            end: number("endDate", Fold::Greatest),
        }
    }

    /// The session with this key, if it and its dates are known.
    pub fn get(self, facts: &Facts, session: Print) -> Option<Session> {
        let known = facts[self.domain.0].get(session)?;
        Some(Session {
            start: known.number(self.start)?,
            end: known.number(self.end)?,
            number: known.first(),
        })
    }
}

/// In which terms each class runs.
#[derive(Clone, Copy)]
pub struct Terms {
    classes: DomainId,
    sessions: Sessions,
}

impl Terms {
    /// Has the terms of all classes gathered.
    pub fn gather(plan: &mut BundlePlan) -> Terms {
        let sessions = Sessions::gather(plan);
        let (file, names) = ("classes.csv", ["sourcedId", "termSourcedIds"]);
        let classes = plan.planner.domain(file, &names);
        plan.planner.links(classes, file, &names[..1], names[1]);
        Terms { classes, sessions }
    }

    /// The first day of the class and the day after its last; only if all its terms are known.
    pub fn span(self, facts: &Facts, class: Print) -> Option<(i64, i64)> {
        let mut span = None;
        for term in facts[self.classes.0].links_of(class, TERMS) {
            let term = self.sessions.get(facts, term)?;
            let (start, end) = span.unwrap_or((term.start, term.end));
            span = Some((term.start.min(start), term.end.max(end)));
        }
        span
    }
}
