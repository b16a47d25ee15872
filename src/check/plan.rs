//! Layout and rules compiled for the files at hand.

use std::sync::Arc;

use super::{BundleContext, Facts, FilePlan, Join, Measured, Planner};
use crate::finding::{Finding, Place, Severity, Told};
use crate::layout::{Confidence, Layout};
use crate::rules::Rule;

/// Something that was left out of the check, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The rule, where it is one rule.
    pub rule: Option<&'static str>,
    /// The file.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// All files, ready to be checked.
pub struct BundlePlan {
    /// One per file at hand; `None` for what cannot be checked.
    pub files: Vec<Option<Arc<FilePlan>>>,
    /// Findings about files that are no part of the check, and about the bundle, with the file's
    /// place where there is one, else a file's name.
    pub findings: Vec<(FileRef, Finding)>,
    /// What will not be checked.
    pub skipped: Vec<Skipped>,
    pub(crate) planner: Planner,
    pub(super) joins: Vec<(&'static Rule, Box<dyn Join>)>,
}

/// A file that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRef {
    /// One at hand.
    At(usize),
    /// One that is missing, or no table.
    Named(String),
}

impl BundlePlan {
    /// Compiles the rules for the files at hand.
    pub fn new(
        layout: &Arc<Layout>,
        rules: &[&'static Rule],
        context: &BundleContext<'_>,
    ) -> BundlePlan {
        let mut plan = BundlePlan {
            files: Vec::new(),
            findings: Vec::new(),
            skipped: Vec::new(),
            planner: Planner::default(),
            joins: Vec::new(),
        };
        for (at, peek) in context.peeks.iter().enumerate() {
            let file = match (context.specs[at], peek.foreign) {
                (Some(spec), None) if !peek.labels.is_empty() => {
                    let (mode, profile) = (context.modes[at], context.profile);
                    let plan = FilePlan::new(layout, spec, peek, mode, profile);
                    let before = context.many().iter().position(|many| *many == at);
                    Some(plan.behind(before.unwrap_or_default()))
                }
                _ => None,
            };
            if let Some(file) = &file
                && file.fields.iter().all(Option::is_none)
            {
                let (file, reason) = (peek.name.clone(), "it has no header".to_owned());
                plan.skipped.push(Skipped {
                    rule: None,
                    file,
                    reason,
                });
            }
            plan.files.push(file.map(Arc::new));
        }
        for rule in rules {
            if let Some(check) = rule.bundle {
                check(rule, context, &mut plan);
            }
        }
        plan.grade(context);
        let files = plan.files.iter_mut().flatten().filter_map(Arc::get_mut);
        for file in files.filter(|file| file.is_doubtful) {
            file.findings.iter_mut().for_each(|f| f.told.doubt());
        }
        for (at, file) in plan.files.iter_mut().enumerate() {
            if let Some(file) = file.as_mut().and_then(Arc::get_mut) {
                file.compile(rules, context, at);
            }
        }
        for rule in rules {
            if let Some(join) = rule.join {
                let joins = join(context, &mut plan);
                plan.joins
                    .extend(joins.into_iter().map(|join| (*rule, join)));
            }
        }
        let gathers = std::mem::take(&mut plan.planner.gathers);
        for gather in &gathers {
            for at in context.files(&gather.file) {
                if let Some(file) = plan.files[at].as_mut().and_then(Arc::get_mut) {
                    file.gather(gather);
                }
            }
        }
        plan.planner.gathers = gathers;
        let files = plan.files.iter_mut().flatten();
        for file in files.filter_map(Arc::get_mut) {
            file.keys.fold();
            file.sound_keys.fold();
        }
        plan
    }

    /// An empty set of facts for this plan.
    pub fn facts(&self) -> Facts {
        self.planner.facts()
    }
}

impl BundlePlan {
    /// Has the profile judge what was found about files as such.
    fn grade(&mut self, context: &BundleContext<'_>) {
        let Some(profile) = context.profile else {
            return;
        };
        for (file, finding) in &mut self.findings {
            match file {
                FileRef::Named(name) => profile.judge_whole(finding, name, None),
                FileRef::At(at) => match &self.files[*at] {
                    Some(plan) => plan.grade(finding),
                    None => profile.judge_whole(finding, &context.peeks[*at].name, None),
                },
            }
        }
    }

    /// Says in which order a fix puts the columns of a file at hand.
    pub(crate) fn set_order(&mut self, file: usize, order: Vec<usize>) {
        if let Some(plan) = self.files[file].as_mut().and_then(Arc::get_mut) {
            plan.order = Some(order);
        }
    }

    /// A rule knows how long each value of columns of a file at hand is.
    pub(crate) fn measure(&mut self, file: usize, measured: Measured) {
        if let Some(plan) = self.files[file].as_mut().and_then(Arc::get_mut) {
            plan.measured = measured;
        }
    }

    /// A file at hand may be one of another kind: what would be safe in one of its own has to be looked
    /// at.
    pub(crate) fn doubt(&mut self, file: usize) {
        if let Some(plan) = self.files[file].as_mut().and_then(Arc::get_mut) {
            plan.is_doubtful = true;
        }
    }

    /// A finding about a file at hand, on a line or as a whole.
    pub(crate) fn tell_file(
        &mut self,
        rule: &'static Rule,
        file: usize,
        line: Option<u64>,
        told: Told,
    ) {
        let place = Place {
            line,
            ..Default::default()
        };
        self.findings
            .push((FileRef::At(file), Finding::whole(rule, place, told)));
    }

    /// The same about a whole file, graded otherwise than the rule is.
    pub(crate) fn tell_graded(
        &mut self,
        rule: &'static Rule,
        file: usize,
        severity: Severity,
        told: Told,
    ) {
        let finding = Finding {
            severity,
            ..Finding::whole(rule, Place::default(), told)
        };
        self.findings.push((FileRef::At(file), finding));
    }

    /// What is wrong with the header of a file at hand, for a rule that knows better.
    pub(crate) fn header_findings(&mut self, file: usize) -> &mut [Finding] {
        let plan = self.files[file].as_mut().and_then(Arc::get_mut);
        plan.map_or(&mut [], |plan| &mut plan.findings)
    }

    /// A finding about the header of a file at hand.
    pub(crate) fn tell_header(&mut self, file: usize, mut finding: Finding) {
        if let Some(plan) = self.files[file].as_mut().and_then(Arc::get_mut) {
            plan.grade(&mut finding);
            plan.findings.push(finding);
        }
    }

    /// Takes what is wrong with the header of a file at hand, but for what `keep` keeps, for a rule that
    /// says it in fewer words.
    pub(crate) fn take_header_findings(
        &mut self,
        file: usize,
        keep: impl Fn(&Finding) -> bool,
    ) -> Vec<Finding> {
        let plan = self.files[file].as_mut().and_then(Arc::get_mut);
        let Some(plan) = plan else { return Vec::new() };
        let findings = std::mem::take(&mut plan.findings);
        let (kept, taken) = findings.into_iter().partition(keep);
        plan.findings = kept;
        taken
    }

    /// The last finding rests on a row of so sure a table: what is not sure is never an error.
    pub(crate) fn soften(&mut self, confidence: Confidence) {
        if let (true, Some((_, finding))) =
            (confidence != Confidence::High, self.findings.last_mut())
        {
            finding.severity = finding.severity.max(Severity::Warning);
        }
    }

    /// A finding about a file that is not at hand, or no table.
    pub(crate) fn tell_named(&mut self, rule: &'static Rule, name: &str, told: Told) {
        let finding = Finding::whole(rule, Place::default(), told);
        self.findings
            .push((FileRef::Named(name.to_owned()), finding));
    }
}
