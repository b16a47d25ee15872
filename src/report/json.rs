//! The report as JSON, in the shape of `docs/report.schema.json`: indented, members in their fixed
//! order, one line break at the end, the same bytes for the same report. Values are never
//! shortened here.

use super::pieces::{First, around, comma, item, line};
use super::{Form, Group, Report, Sample, form};

/// The report as JSON text.
pub fn print(report: &Report) -> String {
    form::print(&mut Json::default(), report)
}

/// Anything else of the same kind as JSON text, for the page. By the same serializer: a second one
/// would be a copy of all that is written for the first.
#[cfg(target_arch = "wasm32")]
pub(crate) fn text(value: &impl serde::Serialize) -> String {
    let mut out = Vec::new();
    item(value, 0, First::Yes, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// The report as JSON, in pieces.
#[derive(Debug, Default)]
pub struct Json {
    /// What stands behind the samples of the open group.
    behind_samples: Vec<u8>,
    /// What stands behind the groups.
    behind_groups: Vec<u8>,
}

/// How deep groups, and their samples, stand.
const DEPTH: (usize, usize) = (2, 4);

impl Form for Json {
    fn head(&mut self, report: &Report, out: &mut Vec<u8>) {
        let frame = Report {
            groups: Vec::new(),
            ..report.clone()
        };
        let (head, behind) = around(&frame, "groups", 0);
        out.extend(head);
        self.behind_groups = behind;
    }

    fn open(&mut self, report: &Report, at: usize, out: &mut Vec<u8>) {
        let frame = Group {
            samples: Vec::new(),
            ..report.groups[at].clone()
        };
        comma(DEPTH.0, First::behind(at as u64), out);
        let (head, behind) = around(&frame, "samples", DEPTH.0);
        out.extend(head);
        self.behind_samples = behind;
    }

    fn sample(&mut self, _: &Group, sample: &Sample, nth: u64, out: &mut Vec<u8>) {
        item(sample, DEPTH.1, First::behind(nth), out);
    }

    fn close(&mut self, _: &Group, shown: u64, out: &mut Vec<u8>) {
        if shown > 0 {
            line(DEPTH.1 - 1, out);
        }
        out.append(&mut self.behind_samples);
    }

    fn foot(&mut self, report: &Report, out: &mut Vec<u8>) {
        if !report.groups.is_empty() {
            line(DEPTH.0 - 1, out);
        }
        out.append(&mut self.behind_groups);
        out.push(b'\n');
    }
}
