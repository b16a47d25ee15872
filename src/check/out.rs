//! Where checks say what they see. Cells and records already known to be faulty stay quiet.

use std::borrow::Cow;

use super::file_plan::graded;
use super::poison::Poison;
use super::{Domain, Facts, FilePlan, Print};
use crate::evidence::HIDDEN;
use crate::finding::{Finding, Place, Remedy, Severity, Told};
use crate::layout::Confidence;
use crate::records::{Batch, Record, trim};
use crate::rules::Rule;
use crate::sink::{Kind, Sink};
use crate::slip::Slip;

/// What of the findings is wanted.
#[derive(Clone, Debug)]
pub enum Want {
    /// All are counted and some are kept.
    Samples,
    /// Every finding, as a repair needs it.
    All,
    /// Every finding of these kinds, as a report shows it.
    Kinds(Vec<Kind>),
}

/// Takes findings about the records of one batch.
pub struct Out<'a, 'b> {
    pub(super) batch: &'a Batch<'b>,
    pub(super) plan: &'a FilePlan,
    pub(super) sink: &'a mut Sink,
    pub(super) poison: &'a Poison,
    /// What is placed, in the pass that places.
    pub(super) facts: Option<&'a Facts>,
    pub(super) want: &'a Want,
    /// Every finding of the batch that is not for the sink.
    pub(super) all: &'a mut Vec<Finding>,
    /// Records before the part's first one that are no data: titles and the header.
    pub(super) header: u64,
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
}

impl Out<'_, '_> {
    /// The cell of the `record`th record of the batch at `column` is faulty.
    pub fn cell(&mut self, record: usize, column: u32, told: impl FnOnce() -> Told) {
        self.add(record, Some(column), None, &mut once(told));
    }

    /// The cell is faulty, but what it means is certain: other rules read it as that.
    pub fn meant(
        &mut self,
        record: usize,
        column: u32,
        meaning: &str,
        told: impl FnOnce() -> Told,
    ) {
        self.add(record, Some(column), Some(meaning), &mut once(told));
    }

    /// The cell of the `record`th record is faulty, too: what another rule has said of it does not
    /// explain this.
    pub fn besides(&mut self, record: usize, column: u32, told: impl FnOnce() -> Told) {
        self.tell(record, Some(column), &mut once(told));
    }

    /// Whether the record holds something beside these columns.
    pub fn holds_beside(&self, record: usize, columns: &[u32]) -> bool {
        let record = self.batch.record(record);
        (0..record.width())
            .filter(|at| !columns.contains(&(*at as u32)))
            .any(|at| record.value(at).is_some_and(|cell| !trim(&cell).is_empty()))
    }

    /// The field of the record is faulty. Silent where the column is missing.
    pub fn field(&mut self, record: usize, field: usize, told: impl FnOnce() -> Told) {
        if let Some(column) = self.plan.position(field) {
            self.add(record, Some(column), None, &mut once(told));
        }
    }

    /// The record is faulty as a whole.
    pub fn record(&mut self, record: usize, told: impl FnOnce() -> Told) {
        self.add(record, None, None, &mut once(told));
    }

    /// The record is faulty as a whole, but its cells can be trusted.
    pub(super) fn record_only(&mut self, record: usize, told: impl FnOnce() -> Told) {
        self.tell(record, None, &mut once(told));
    }

    /// Notes that the missing key of `domain` named by `column` explains the finding.
    pub fn blame(&mut self, domain: usize, print: Print, column: u32, key: &str) {
        let domains = self.facts.map_or(&[] as &[Domain], Vec::as_slice);
        if domains.get(domain).is_some_and(|keys| keys.is_cause(print)) {
            self.sink.blame(domain, print, column, key);
        }
    }

    /// Notes that the missing key of `domain` named by `column` is there in another spelling, which
    /// explains the finding.
    pub fn slip(
        &mut self,
        (domain, slip): (usize, Slip),
        print: Print,
        column: u32,
        spellings: (&str, &str),
    ) {
        let known = self.facts.and_then(|facts| facts.get(domain));
        if let Some(place) = known.and_then(|keys| keys.place(print)) {
            self.sink.slip((domain, slip), place, column, spellings);
        }
    }

    fn add(
        &mut self,
        record: usize,
        column: Option<u32>,
        meaning: Option<&str>,
        told: &mut dyn FnMut() -> Told,
    ) {
        if self.poison.has(record, column) {
            return;
        }
        if self.rule.poisons {
            match column.zip(meaning) {
                Some((cell, meaning)) => self.poison.mend(record, cell, meaning),
                None => self.poison.set(record, column),
            }
        }
        self.tell(record, column, told);
    }

    fn tell(&mut self, record: usize, column: Option<u32>, told: &mut dyn FnMut() -> Told) {
        let (plan, rule) = (self.plan, self.rule);
        let seen = self.batch.record(record);
        let judged = plan.judge(rule, column, || {
            let value = seen.value(column? as usize)?;
            Some(String::from_utf8_lossy(value.trim_ascii()).into_owned())
        });
        // Where the columns of a file are not sure, rules that relate them are no surer than they.
        let unsure = Some(plan.spec()).filter(|spec| spec.confidence != Confidence::High);
        let field = unsure.and_then(|spec| spec.fields.get((*plan.fields.get(column? as usize)?)?));
        let own = field.map_or(self.severity, |field| graded(self.severity, field));
        let severity = judged.map_or(own, |(_, row)| row.grade(own));
        let is_secret = plan.hides(&seen, column);
        let mut told = || {
            let mut told = told();
            if let Some((profile, row)) = judged {
                profile.add_to(&mut told.message, row);
            }
            if is_secret {
                told.hide();
            }
            if plan.is_doubtful {
                told.doubt();
            }
            told
        };
        let header = self.header;
        let number = Some((seen.number() + 1).saturating_sub(header));
        let mut finding = || finding(plan, rule, severity, &seen, number, column, told());
        // What is written is for the repair alone.
        let kept = |mut finding: Finding| {
            if is_secret && let Some(fix) = &mut finding.told.fix {
                fix.remedy = Remedy::Nothing;
            }
            finding
        };
        let sampled = |finding: Finding| {
            let mut finding = kept(finding);
            finding.shorten();
            let cells = (0..seen.width().min(CONTEXT.0)).filter_map(|at| shown(plan, &seen, at));
            finding.set_cells(cells.map(|cell| shorten(cell, CONTEXT.1)));
            finding
        };
        match self.want {
            Want::Samples => {
                let sample = || sampled(finding());
                self.sink.add(rule, severity, column, number, sample);
            }
            Want::All => self.all.push(finding()),
            Want::Kinds(kinds) => {
                if kinds.iter().any(|kind| kind.is(rule, severity, column)) {
                    self.all.push(kept(finding()));
                }
            }
        }
    }
}

/// What is called once at most, so that the code behind it need not be made anew for each rule.
fn once(told: impl FnOnce() -> Told) -> impl FnMut() -> Told {
    let mut told = Some(told);
    move || told.take().map(|told| told()).unwrap_or_default()
}

/// Cells of a record kept for its context, and the bytes kept of each.
const CONTEXT: (usize, usize) = (64, 500);

fn finding(
    plan: &FilePlan,
    rule: &'static Rule,
    severity: Severity,
    record: &Record<'_>,
    number: Option<u64>,
    column: Option<u32>,
    told: Told,
) -> Finding {
    let key = plan.spec().key().and_then(|key| plan.position(key));
    let place = Place {
        line: Some(record.line() + 1),
        record: number,
        column,
        field: column,
    };
    let mut finding = Finding::whole(rule, place, told);
    finding.severity = severity;
    let key = key.and_then(|key| shown(plan, record, key as usize));
    let key = key.filter(|key| !trim(key).is_empty());
    key.into_iter().for_each(|key| finding.set_key(key));
    let value = column.and_then(|column| shown(plan, record, column as usize));
    value.into_iter().for_each(|value| finding.set_value(value));
    finding
}

/// A cell as reports show it.
fn shown<'a>(plan: &FilePlan, record: &Record<'a>, at: usize) -> Option<Cow<'a, [u8]>> {
    let cell = record.value(at)?;
    let is_hidden = plan.hides(record, Some(at as u32)) && !trim(&cell).is_empty();
    Some(match is_hidden {
        true => Cow::Borrowed(HIDDEN.as_bytes()),
        false => cell,
    })
}

/// The beginning of a cell that is longer than `most` bytes, no letter of it cut in two.
fn shorten(cell: Cow<'_, [u8]>, most: usize) -> Cow<'_, [u8]> {
    if cell.len() <= most {
        return cell;
    }
    Cow::Owned(match std::str::from_utf8(&cell) {
        Ok(text) => [&text[..text.floor_char_boundary(most)], "…"]
            .concat()
            .into(),
        Err(_) => [&cell[..most], b"..."].concat(),
    })
}
