//! Between the passes: the format is recognised and its rules compiled; then what they found out
//! about all files says which are read again.

use std::collections::VecDeque;
use std::sync::Arc;

use super::{Error, Result, Session};
use crate::check::{
    BundleContext, BundlePlan, Facts, Faulty, FilePlan, Joined, Partial, Runs, Series,
};
use crate::formats;
use crate::order::sort_by_key;
use crate::rules::Rule;
use crate::sink::Sink;

/// What was found out about the files.
pub(super) struct Checked {
    /// The rules, compiled for the files.
    pub plan: Arc<BundlePlan>,
    /// What relations need to know.
    pub facts: Known,
    /// The result of each file that was checked.
    pub partials: Vec<Option<Partial>>,
    /// The files that this pass has still to read.
    pub pending: VecDeque<Pending>,
    /// For each file that was checked in parts where they began, and the data records before them.
    pub cuts: Vec<Vec<(u64, u64)>>,
}

/// A file that is still to be read, all of it or from some record on.
pub(super) struct Pending {
    pub file: usize,
    /// The result of what comes before.
    pub so_far: Option<Partial>,
}

impl Pending {
    fn whole(file: usize) -> Pending {
        Pending { file, so_far: None }
    }
}

impl Checked {
    /// Keeps the result of a whole file.
    pub(super) fn keep(&mut self, file: usize, whole: Partial) {
        match &mut self.partials[file] {
            Some(known) => known.add_placed(whole),
            none => *none = Some(whole),
        }
        if let Some(known) = &mut self.partials[file] {
            known.settle();
        }
    }

    /// What was found in each file that was checked: its number, its plan and the findings.
    pub(super) fn sinks(&self) -> impl Iterator<Item = (usize, &FilePlan, &Sink)> {
        let files = self.partials.iter().zip(&self.plan.files).enumerate();
        files.filter_map(|(at, (partial, plan))| {
            Some((at, plan.as_deref()?, &partial.as_ref()?.sink))
        })
    }

    /// Rules about records that stand together, with their files and what came of these.
    pub(super) fn series(
        &self,
    ) -> impl Iterator<Item = (usize, &'static Rule, &dyn Series, &Runs)> {
        let files = self.partials.iter().zip(&self.plan.files).enumerate();
        let files = files
            .filter_map(|(at, (partial, plan))| Some((at, plan.as_deref()?, partial.as_ref()?)));
        files.flat_map(|(at, plan, partial)| {
            let all = plan.series.iter().zip(&partial.runs);
            all.map(move |((rule, series), runs)| (at, *rule, series.as_ref(), runs))
        })
    }

    /// Adds what was gathered behind so many data records of its file.
    pub(super) fn gather(&mut self, facts: Facts, before: u64) {
        if let Known::Gathering(all) = &mut self.facts {
            for (mine, theirs) in all.iter_mut().zip(facts) {
                mine.merge(theirs, before);
            }
        }
    }
}

/// The facts, before and after all files were read.
pub(super) enum Known {
    /// Handed from file to file.
    Gathering(Facts),
    /// Complete.
    Whole(Arc<Joined>),
}

impl Session {
    /// All files were seen: recognises the format and compiles its rules.
    pub(super) fn plan(&mut self) -> Result<()> {
        self.unfold();
        self.find_unnamed();
        self.refuse_twins()?;
        let mut fits = match &self.layout {
            Some(own) => vec![formats::fit(&formats::OWN, own, &self.peeks)],
            None => formats::fits(&self.peeks)?,
        };
        self.map_columns(&mut fits)?;
        sort_by_key(&mut fits, |fit| std::cmp::Reverse(fit.rank()));
        let named = |fit: &&mut formats::Fit| Some(fit.format.id) == self.options.format.as_deref();
        if let Some(fit) = fits.iter_mut().find(named) {
            fit.insist(&self.peeks);
        }
        let chosen = match &self.options.format {
            _ if self.layout.is_some() => fits.first(),
            Some(id) => Some(fits.iter().find(|fit| fit.format.id == id).ok_or_else(|| {
                let known: Vec<&str> = formats::FORMATS.iter().map(|format| format.id).collect();
                Error::usage(format!(
                    "`{id}` is no format; expected one of {}",
                    known.join(", ")
                ))
            })?),
            None => fits.iter().find(|fit| fit.is_likely()),
        };
        let profile = match (chosen, &self.options.profile) {
            (Some(fit), Some(id)) => Some(Arc::new(formats::profile(id, fit.format)?)),
            _ => None,
        };
        let labelled = profile.as_ref().and_then(|profile| {
            let fit = chosen?;
            let layout = Arc::new(profile.layout(&fit.layout)?);
            let mut over = formats::fit(fit.format, &layout, &self.peeks);
            // A file stays what it is, however few of its labels the receiver knows.
            for (spec, known) in over.specs.iter_mut().zip(&fit.specs) {
                *spec = spec.or(*known);
            }
            Some(over)
        });
        if let Some(fit) = labelled.as_ref().or(chosen) {
            let layout = &fit.layout;
            let name = |at: usize| match fit.specs[at] {
                Some(spec) => layout.files[spec].name.as_str(),
                None => "",
            };
            let modes: Vec<_> = (0..self.peeks.len())
                .map(|at| (fit.format.mode)(&self.peeks, name(at)))
                .collect();
            let own = self.layout.as_ref().map(|_| self.layout_texts());
            let mut own = own.unwrap_or_default();
            own.extend(self.columns.iter().flat_map(|_| self.map_texts()));
            let context = BundleContext {
                layout,
                peeks: &self.peeks,
                specs: &fit.specs,
                modes: &modes,
                as_of: self.options.as_of,
                own: &own,
                named: self.options.format.as_deref(),
                wrapping: &self.wrapping,
                profile: profile.as_ref(),
            };
            let plan = Arc::new(BundlePlan::new(layout, &fit.format.all_rules(), &context));
            let facts = Known::Gathering(plan.facts());
            self.specs.clone_from(&fit.specs);
            let detected = self.layout.is_none() && self.options.format.is_none();
            self.format = Some((fit.format, detected));
            self.profile.clone_from(&profile);
            self.why = fit.claim.clone().filter(|_| detected);
            let files = 0..self.files.len();
            let pending = files.clone().filter(|at| plan.files[*at].is_some());
            self.checked = Some(Checked {
                pending: pending.map(Pending::whole).collect(),
                plan,
                facts,
                partials: files.clone().map(|_| None).collect(),
                cuts: files.map(|_| Vec::new()).collect(),
            });
            self.count();
        }
        self.fits = fits;
        self.planned = true;
        Ok(())
    }

    /// Once all files were read: has those read once more in which relations are broken. False
    /// where that was done before.
    pub(super) fn resolve(&mut self) -> bool {
        let Some(checked) = &mut self.checked else {
            return false;
        };
        let Known::Gathering(facts) = &mut checked.facts else {
            return false;
        };
        let facts = std::mem::take(facts);
        let plans = checked.plan.files.iter();
        let faults = plans.zip(&mut checked.partials).map(|(plan, partial)| {
            let (plan, partial) = (plan.as_ref()?, partial.as_mut()?);
            let all = plan.series.iter().zip(&mut partial.runs);
            Some(
                all.map(|((_, series), runs)| runs.end(series.as_ref()))
                    .collect(),
            )
        });
        let faults: Vec<Option<Vec<Vec<Faulty>>>> = faults.collect();
        let partials = &checked.partials;
        let mended = |file: usize| partials[file].as_ref()?.mended.clone();
        let faults = |file: usize| faults[file].clone().unwrap_or_default();
        let joined = Joined::new(&checked.plan, facts, mended, faults);
        checked.pending = joined.files().map(Pending::whole).collect();
        checked.facts = Known::Whole(Arc::new(joined));
        self.count();
        true
    }

    /// Counts the bytes that are still to be read.
    fn count(&mut self) {
        let pending = self.checked.iter().flat_map(|checked| &checked.pending);
        let sizes = pending.map(|pending| self.files[pending.file].range(&self.sources).size());
        self.total += sizes.sum::<u64>();
    }
}
