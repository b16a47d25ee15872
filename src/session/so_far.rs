//! What was found so far, while a check goes on: true counts of what was read, and no samples.

use super::groups::grouped;
use super::jobs::Active;
use super::summary::{bare, named};
use super::{PartCheck, PartResult, Session};
use crate::check::Partial;
use crate::report;
use crate::sink::Sink;

/// Records that were read, and findings about them. A group may be there several times, from several
/// parts of a file: then its totals add up.
#[derive(Debug, Default, serde::Serialize)]
pub struct SoFar {
    /// Data records.
    pub records: u64,
    /// Findings, without samples.
    pub groups: Vec<report::Group>,
}

impl Session {
    /// What the session found so far by itself.
    pub fn so_far(&self) -> SoFar {
        let groups = grouped(self);
        let mut all = SoFar {
            records: 0,
            groups: groups.iter().map(|item| bare(self, item)).collect(),
        };
        let Some(checked) = &self.checked else {
            return all;
        };
        let kept = checked.partials.iter().flatten();
        all.records = kept.map(|partial| partial.records - partial.blank).sum();
        for pending in &checked.pending {
            if let Some(so_far) = &pending.so_far {
                self.add_partial(&mut all, pending.file, so_far);
            }
        }
        if let Some(Active::Check {
            file,
            check,
            so_far,
            ..
        }) = &self.active
        {
            if let Some(so_far) = so_far {
                self.add_partial(&mut all, *file, so_far);
            }
            let (records, sink) = check.so_far();
            // Records that are read again are counted already; what is found then is not.
            if checked.partials[*file].is_none() {
                all.records += records;
            }
            self.add_sink(&mut all, *file, sink);
        }
        all
    }

    /// What these parts, and the one at hand, gave so far.
    pub fn parts_so_far<'a>(
        &self,
        done: impl Iterator<Item = (usize, &'a PartResult)>,
        at_hand: Option<&PartCheck>,
    ) -> SoFar {
        let mut all = SoFar::default();
        for (file, result) in done {
            if let Some(partial) = &result.partial {
                self.add_partial(&mut all, file, partial);
            }
        }
        if let Some((file, (records, sink))) = at_hand.and_then(PartCheck::so_far) {
            all.records += records;
            self.add_sink(&mut all, file, sink);
        }
        all
    }

    fn add_partial(&self, all: &mut SoFar, file: usize, partial: &Partial) {
        all.records += partial.records - partial.blank;
        self.add_sink(all, file, &partial.sink);
    }

    fn add_sink(&self, all: &mut SoFar, file: usize, sink: &Sink) {
        let plan = self.checked.as_ref();
        let plan = plan.and_then(|checked| checked.plan.files[file].as_deref());
        let name = &self.files[file].name;
        all.groups
            .extend(sink.groups().map(|group| named(self, name, plan, group)));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::session::{Options, Session, SoFar, Task};

    const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
        o1,,,Hill School,schol,,o9\no2,,,Dale School,school,,\n";

    fn told(so_far: &SoFar) -> Vec<(&str, u64)> {
        let groups = so_far.groups.iter();
        let about = groups.filter(|group| group.file == "orgs.csv");
        about.map(|group| (&*group.rule, group.total)).collect()
    }

    /// What is known after each range of a check.
    fn watched(text: &str) -> (Vec<SoFar>, Session) {
        let mut session = Session::new(Options {
            as_of: 20_000,
            format: Some("oneroster-1.2".to_owned()),
            profile: None,
            samples: 1,
        });
        session.add("orgs.csv", text.len() as u64);
        session.begin(Task::Check).unwrap();
        let mut seen = Vec::new();
        while let Some((_, want)) = session.want().unwrap() {
            for byte in &text.as_bytes()[want.start as usize..want.end as usize] {
                if !session.push(&[*byte]).unwrap() {
                    break;
                }
            }
            seen.push(session.so_far());
            session.end().unwrap();
        }
        (seen, session)
    }

    /// Runs a task: the bytes that were read and were to be read.
    fn run(session: &mut Session, text: &str, task: Task) -> (u64, u64) {
        session.begin(task).unwrap();
        while let Some((_, want)) = session.want().unwrap() {
            session
                .push(&text.as_bytes()[want.start as usize..want.end as usize])
                .unwrap();
            session.end().unwrap();
        }
        session.progress()
    }

    #[test]
    fn what_was_planned_is_counted_before_it_is_read() {
        let size = ORGS.len() as u64;
        let mut session = Session::new(Options {
            as_of: 20_000,
            format: Some("oneroster-1.2".to_owned()),
            profile: None,
            samples: 1,
        });
        session.add("orgs.csv", size);
        assert_eq!(run(&mut session, ORGS, Task::Plan), (0, size));
        session.begin(Task::Check).unwrap();
        assert_eq!(session.progress(), (0, size));
        // One record names a parent that is not there: the file is read again.
        assert_eq!(run(&mut session, ORGS, Task::Check), (2 * size, 2 * size));
    }

    #[test]
    fn counts_grow_and_are_those_of_the_report_in_the_end() {
        let (seen, session) = watched(ORGS);
        let [.., first, second] = seen.as_slice() else {
            panic!("the file is read twice, since a relation is broken");
        };
        assert_eq!(told(first), [("unknown-code", 1)]);
        assert_eq!(first.records, 1, "the last record ends with the file");
        assert_eq!(
            told(second),
            [("unknown-code", 1), ("dangling-reference", 1)]
        );
        assert_eq!(second.records, 2, "what is read again counts once");
        let report = session.report().unwrap();
        let total: u64 = session
            .so_far()
            .groups
            .iter()
            .map(|group| group.total)
            .sum();
        let totals = report.totals;
        assert_eq!(total, totals.error + totals.warning + totals.info);
    }
}
