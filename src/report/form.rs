//! How a report is written, in whatever form: piece by piece, so that no more of it than one sample
//! is ever held, however many there are.

use super::{Group, Report, Sample};

/// A form of the report. Each piece is appended to what was written before, in this order: the
/// head, for each group its opening, its samples and its close, then the foot.
pub trait Form {
    /// What stands before all groups.
    fn head(&mut self, report: &Report, out: &mut Vec<u8>);
    /// What stands before the samples of the report's group `at`.
    fn open(&mut self, report: &Report, at: usize, out: &mut Vec<u8>);
    /// A sample of the group that is open; `nth` of it stand there.
    fn sample(&mut self, group: &Group, sample: &Sample, nth: u64, out: &mut Vec<u8>);
    /// What stands behind the samples of the group, of which there are `shown`.
    fn close(&mut self, group: &Group, shown: u64, out: &mut Vec<u8>);
    /// What stands behind all groups.
    fn foot(&mut self, report: &Report, out: &mut Vec<u8>);
}

/// A report with the samples that it holds, as a whole.
pub(super) fn print(form: &mut dyn Form, report: &Report) -> String {
    let mut out = Vec::new();
    form.head(report, &mut out);
    for (at, group) in report.groups.iter().enumerate() {
        form.open(report, at, &mut out);
        for (nth, sample) in group.samples.iter().enumerate() {
            form.sample(group, sample, nth as u64, &mut out);
        }
        form.close(group, group.samples.len() as u64, &mut out);
    }
    form.foot(report, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
