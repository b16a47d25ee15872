//! What a session tells: how far it is, its report, what its files can become and what is in them.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::session::Session;
use super::{PageProgress, encode, failed};

#[derive(Serialize)]
struct PageContext {
    file: String,
    line: u64,
    labels: Vec<String>,
    cells: Vec<String>,
    marked: i32,
}

#[derive(Serialize)]
struct PageHead<'a> {
    name: &'a str,
    labels: &'a [String],
    rows: Vec<&'a [String]>,
}

#[wasm_bindgen]
impl Session {
    /// Behind the task `plan`: the bytes of all files that are checked, unpacked.
    pub fn unpacked(&self) -> f64 {
        self.session.unpacked() as f64
    }

    /// `{done, total}` in bytes.
    pub fn progress(&self) -> Result<JsValue, JsError> {
        let (done, total) = self.session.progress();
        encode(&PageProgress { done, total })
    }

    /// What this session found so far: `{records, groups}`, the groups as in a report, without samples.
    pub fn found(&self) -> Result<JsValue, JsError> {
        encode(&self.session.so_far())
    }

    /// The same for the parts that were done here; a group may be there several times.
    #[wasm_bindgen(js_name = foundInParts)]
    pub fn found_in_parts(&self) -> Result<JsValue, JsError> {
        let done = self.parts.iter();
        let done = done.filter_map(|(part, result)| Some((part.file(), result.as_ref()?)));
        let at_hand = self.part.as_ref().map(|(_, check)| check);
        encode(&self.session.parts_so_far(done, at_hand))
    }

    /// The report, as the contract says.
    pub fn report(&self) -> Result<JsValue, JsError> {
        encode(&self.session.report().map_err(failed)?)
    }

    /// What the files can become: `[{id, title, asks: [{name, title, kind, required}], loses}]`.
    pub fn targets(&self) -> Result<JsValue, JsError> {
        encode(&self.session.targets().map_err(failed)?)
    }

    /// What the conversion that was done lost, the worst first:
    /// `[{what, file, field, reason, total, source, lines, value}]`.
    pub fn losses(&self) -> Result<JsValue, JsError> {
        encode(&self.session.lost())
    }

    /// The record of a sample: `{file, line, labels, cells, marked}`.
    pub fn context(&self, group: usize, sample: usize) -> Result<JsValue, JsError> {
        let Some(context) = self.session.context(group, sample) else {
            return Ok(JsValue::UNDEFINED);
        };
        encode(&PageContext {
            file: context.file,
            line: context.line,
            labels: context.labels,
            cells: context.cells,
            marked: context
                .marked
                .and_then(|at| i32::try_from(at).ok())
                .unwrap_or(-1),
        })
    }

    /// The first records of each file, as many as `most`: `[{name, labels, rows}]`.
    pub fn heads(&self, most: usize) -> Result<JsValue, JsError> {
        let heads = self.session.peeks().iter().map(|peek| PageHead {
            name: &peek.name,
            labels: &peek.labels,
            rows: (peek.rows.iter().take(most))
                .map(|(_, cells)| cells.as_slice())
                .collect(),
        });
        encode(&heads.collect::<Vec<_>>())
    }
}
