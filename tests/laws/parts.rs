//! A file checked in parts, cut anywhere, has the result of the whole file.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use hallpass::check::parts::first_record;
use hallpass::check::{
    BundleContext, BundlePlan, FileCheck, Joined, Mode, Partial, Pass, Wrapping,
};
use hallpass::formats;
use hallpass::peek::{Peek, peek};
use hallpass::report::json;
use hallpass::session::Task;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::drive;
use crate::generate::{Files, faulty};
use crate::logs::faulty_log;
use crate::uploads::faulty_uploads;

/// Samples kept, so that some are left out.
const KEEP: usize = 2;

struct Bundle {
    files: Files,
    peeks: Vec<Peek>,
    plan: Arc<BundlePlan>,
}

impl Bundle {
    fn new(files: Files) -> Bundle {
        let known = formats::known_labels().unwrap();
        let peeks = files.0.iter();
        let peeks: Vec<Peek> = peeks
            .map(|(name, bytes)| peek(name, bytes.len() as u64, bytes, &known))
            .collect();
        let format = formats::find("oneroster-1.2").unwrap();
        let layout = (format.layout)().unwrap();
        let fit = formats::fit(format, &layout, &peeks);
        // One that switches on rules of every kind.
        let profile = Arc::new(formats::profile("hmh", format).unwrap());
        let context = BundleContext {
            layout: &layout,
            peeks: &peeks,
            specs: &fit.specs,
            modes: &vec![Mode::Bulk; peeks.len()],
            own: &[],
            named: None,
            as_of: 20_000,
            wrapping: &Wrapping::default(),
            profile: Some(&profile),
        };
        let plan = Arc::new(BundlePlan::new(&layout, &format.all_rules(), &context));
        Bundle { files, peeks, plan }
    }

    fn pass(&self, joined: Option<&Arc<Joined>>) -> Pass {
        match joined {
            Some(joined) => Pass::Place(Arc::clone(joined)),
            None => Pass::Gather(self.plan.facts()),
        }
    }

    /// Checks the records that start in the range, of a file that has a plan.
    fn check(
        &self,
        file: usize,
        range: Range<u64>,
        joined: Option<&Arc<Joined>>,
        before: u64,
    ) -> Partial {
        let (start, pass) = (self.peeks[file].start, self.pass(joined));
        let check = FileCheck::new(&self.plan, file, start, range.clone(), pass, KEEP);
        let mut check = check.unwrap().after(before);
        for piece in self.files.0[file].1[range.start as usize..].chunks(7) {
            if !check.push(piece) {
                break;
            }
        }
        check.finish()
    }

    /// Checks the part between two cuts, if a record starts there.
    fn part(
        &self,
        file: usize,
        part: &Range<u64>,
        joined: Option<&Arc<Joined>>,
        before: u64,
    ) -> Option<Partial> {
        let start = match part.start.checked_sub(1) {
            None => 0,
            Some(last) => last + first_record(&self.files.0[file].1[last as usize..])? as u64,
        };
        (start < part.end).then(|| self.check(file, start..part.end, joined, before))
    }
}

/// The result of the whole, from those of its parts in order; parts without records may be left
/// out. `recheck` checks a range of the file that starts with a record. `None` without parts.
fn join(
    parts: impl IntoIterator<Item = Partial>,
    mut recheck: impl FnMut(Range<u64>) -> Partial,
) -> Option<Partial> {
    let mut parts = parts.into_iter();
    let mut whole = parts.next()?;
    for part in parts {
        if let Err(range) = whole.merge(part) {
            // It starts where the whole so far ends, so this time it fits.
            whole.merge(recheck(range)).ok();
        }
    }
    Some(whole)
}

/// The findings of a partial, as text.
fn told(partial: &Partial) -> String {
    let mut out = String::new();
    for group in partial.sink.groups() {
        writeln!(out, "{group:#?}").unwrap();
    }
    for cause in partial.sink.causes() {
        writeln!(out, "{cause:?}").unwrap();
    }
    for slip in partial.sink.slips() {
        writeln!(out, "{slip:?}").unwrap();
    }
    out
}

/// All that a partial tells, as text.
fn shown(partial: &Partial) -> String {
    let mut out = told(partial);
    for domain in &partial.facts {
        let mut keys: Vec<String> = domain.all().map(|key| format!("{key:?}")).collect();
        keys.sort();
        writeln!(out, "{}", keys.join("\n")).unwrap();
        writeln!(out, "{:?}", domain.links().collect::<Vec<_>>()).unwrap();
    }
    let Partial {
        records,
        blank,
        lines,
        breaks,
        start,
        end,
        stop,
        legacy,
        oversized,
        mended,
        ..
    } = partial;
    let numbers = (
        records, blank, lines, breaks, start, end, stop, legacy, oversized, mended,
    );
    out + &format!("{numbers:?}")
}

proptest! {
    #![proptest_config(crate::config())]

    #[test]
    fn parts_join_to_the_whole(files in faulty(), cuts in prop::collection::vec(any::<Index>(), 1..6)) {
        let bundle = Bundle::new(files);
        let mut all = bundle.plan.facts();
        let planned = (0..bundle.files.0.len()).filter(|file| {
            bundle.plan.files[*file].is_some() && bundle.peeks[*file].start.keeps_offsets()
        });
        let mut cut = Vec::new();
        let mut mended = vec![None; bundle.files.0.len()];
        for file in planned {
            let size = bundle.files.0[file].1.len();
            let mut ends: Vec<u64> = cuts.iter().map(|cut| cut.index(size + 1) as u64).collect();
            ends.extend([0, size as u64]);
            ends.sort_unstable();
            ends.dedup();
            let parts: Vec<Range<u64>> = ends.windows(2).map(|pair| pair[0]..pair[1]).collect();
            let whole = bundle.check(file, 0..size as u64, None, 0);
            let partials: Vec<Partial> =
                parts.iter().filter_map(|part| bundle.part(file, part, None, 0)).collect();
            let recheck = |range| bundle.check(file, range, None, 0);
            let mut joined = join(partials, recheck).unwrap();
            joined.stop = whole.stop;
            prop_assert_eq!(shown(&joined), shown(&whole), "{}", bundle.files.0[file].0);
            for (mine, theirs) in all.iter_mut().zip(&whole.facts) {
                mine.merge(theirs.clone(), 0);
            }
            mended[file].clone_from(&whole.mended);
            cut.push((file, ends));
        }
        // Now that all facts are known, each part of the second pass has to know how many records
        // stand before it.
        let every = Arc::new(Joined::new(&bundle.plan, all.clone(), |_| None, |_| Vec::new()));
        let facts = Arc::new(Joined::new(&bundle.plan, all, |file| mended[file].clone(), |_| Vec::new()));
        for (file, ends) in cut {
            let size = bundle.files.0[file].1.len() as u64;
            let whole = bundle.check(file, 0..size, Some(&facts), 0);
            let mut joined = bundle.check(file, 0..ends[1], Some(&facts), 0);
            for end in &ends[2..] {
                let range = joined.end..*end;
                if !range.is_empty() {
                    let next = bundle.check(file, range, Some(&facts), joined.records);
                    prop_assert!(joined.merge(next).is_ok());
                }
            }
            prop_assert_eq!(told(&joined), told(&whole), "{}", bundle.files.0[file].0);
            prop_assert_eq!(joined.records, whole.records);
            // Records that nothing accuses have nothing to be told of.
            let every = bundle.check(file, 0..size, Some(&every), 0);
            prop_assert_eq!(told(&every), told(&whole), "{}", bundle.files.0[file].0);
        }
    }

    #[test]
    fn a_session_in_parts_gives_the_report_of_one(
        files in faulty(), log in faulty_log(), uploads in faulty_uploads(), most in 1_u64..60
    ) {
        for files in [files, log, uploads] {
            let session = drive::session(&files, drive::format(&files), KEEP);
            let parts = drive::report_in_parts(session, &files, most);
            prop_assert_eq!(parts, drive::report_text(&files, usize::MAX, KEEP));
        }
    }

    #[test]
    fn nor_does_it_matter_where_no_format_is_known(text in "[a,\n]{1,20}") {
        let files = Files(vec![("a.csv".to_owned(), text.into_bytes())]);
        let session = || drive::session(&files, None, KEEP);
        let mut whole = session();
        drive::run(&mut whole, &files, Task::Check, usize::MAX);
        let whole = json::print(&whole.report().unwrap());
        prop_assert_eq!(drive::report_in_parts(session(), &files, 4), whole);
    }
}

/// Records of a student stand in several parts, and what is computed of them does not depend on it.
#[test]
fn students_go_on_from_part_to_part() {
    let header = "Anon Student Id\tSession Id\tTime\tLevel (Unit)\tProblem Name\tProblem View\tStep Name\tAttempt At Step\tOutcome\n";
    let record = |student: u32, at: u32, attempt: u32| {
        format!(
            "s{student}\tz{student}\t2024-03-01 10:00:{at:02}\tU\tP\t1\tstep\t{attempt}\tCORRECT\n"
        )
    };
    let students = (0..4).flat_map(|student| (0..5).map(move |at| (student, at)));
    // Of each student the third attempt is counted as the second.
    let records =
        students.map(|(student, at)| record(student, at, if at == 2 { 2 } else { at + 1 }));
    let log = header.to_owned() + &records.collect::<String>();
    let again = log.clone() + &record(1, 50, 1);
    for (log, total) in [(log, 4), (again, 0)] {
        let files = Files(vec![("log.txt".to_owned(), log.into_bytes())]);
        let session = || drive::session(&files, Some("datashop"), KEEP);
        for most in 1..40 {
            let report = drive::report_in_parts(session(), &files, most);
            let report: serde_json::Value = serde_json::from_str(&report).unwrap();
            let groups = report["groups"].as_array().unwrap().iter();
            let told = groups.filter(|group| group["rule"] == "disagreeing-value");
            let told: Vec<_> = told.map(|group| group["total"].as_u64().unwrap()).collect();
            assert_eq!(told.iter().sum::<u64>(), total, "{most} parts");
            let beyond = report["cannotCheck"].to_string();
            assert_eq!(
                beyond.contains("do not stand together"),
                total == 0,
                "{beyond}"
            );
        }
    }
}
