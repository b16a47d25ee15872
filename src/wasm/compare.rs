//! Two bundles, compared: the same loop as that of a session.

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::own::{PageText, own_layout};
use super::written::Written;
use super::{PIECE, PageProgress, SAMPLES, decode, encode, failed};
use crate::compare::{self, Options, Print, Side, Task};
use crate::source::zip::Pack;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageOptions {
    as_of: String,
    format: Option<String>,
    samples: Option<usize>,
    threshold: Option<u64>,
    profile: Option<String>,
    layout: Option<Vec<PageText>>,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum PageTask {
    Compare,
    Delta,
    Fold,
    Report { r#as: PagePrint },
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PagePrint {
    Json,
    Csv,
    Text,
}

/// What an import would change; see [`compare::Comparison`].
#[wasm_bindgen]
pub struct Comparison {
    comparison: compare::Comparison,
    /// Sources of OLD; those of NEW are numbered behind them.
    old: usize,
    new: usize,
    written: Written,
    /// Bytes that the task takes at once.
    piece: usize,
}

#[wasm_bindgen]
impl Comparison {
    /// A comparison without files. `options`: `{asOf, format?, samples?, threshold?, profile?, layout?}`;
    /// `asOf` is a day or an instant, `threshold` a percentage, `profile` that of who receives NEW, and
    /// `layout` the texts of the user's own, as for a session.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Comparison, JsError> {
        let options: PageOptions = decode(options)?;
        let (as_of, instant) = compare::as_of(&options.as_of)
            .ok_or_else(|| JsError::new("the day is not a date; expected YYYY-MM-DD"))?;
        let layout = options.layout.map(own_layout).transpose()?;
        let comparison = compare::Comparison::new(Options {
            as_of,
            instant,
            format: options.format,
            samples: options.samples.unwrap_or(SAMPLES),
            threshold: options.threshold,
            profile: options.profile,
        });
        Ok(Comparison {
            comparison: match layout {
                Some(layout) => comparison.with_layouts(layout.clone(), layout),
                None => comparison,
            },
            old: 0,
            new: 0,
            written: Written::default(),
            piece: PIECE,
        })
    }

    /// Adds a file of OLD; its number is what `next` calls it by.
    #[wasm_bindgen(js_name = addOld)]
    pub fn add_old(&mut self, name: &str, size: f64) -> usize {
        self.comparison.add(Side::Old, name, size as u64);
        self.old += 1;
        self.old - 1
    }

    /// Adds a file of NEW; `next` calls it by its number and the number of all files of OLD.
    #[wasm_bindgen(js_name = addNew)]
    pub fn add_new(&mut self, name: &str, size: f64) -> usize {
        self.comparison.add(Side::New, name, size as u64);
        self.new += 1;
        self.new - 1
    }

    /// Begins a task: `{do: "compare"}`, then `{do: "delta"}`, `{do: "fold"}` or `{do: "report", as}`.
    pub fn begin(&mut self, task: JsValue) -> Result<(), JsError> {
        let task = match decode(task)? {
            PageTask::Compare => Task::Compare,
            PageTask::Delta => Task::Delta,
            PageTask::Fold => Task::Fold,
            PageTask::Report { r#as } => Task::Print(match r#as {
                PagePrint::Json => Print::Json,
                PagePrint::Csv => Print::Csv,
                PagePrint::Text => Print::Text,
            }),
        };
        self.written = Written::default();
        self.piece = match task {
            Task::Compare => usize::MAX,
            _ => PIECE,
        };
        if let Task::Delta | Task::Fold = task {
            self.written.pack = Some(Pack::new());
            let name = if task == Task::Delta {
                "delta.zip"
            } else {
                "bulk.zip"
            };
            self.written.start(name.to_owned());
        }
        self.comparison.begin(task).map_err(failed)?;
        self.drain()
    }

    /// The range wanted next, `{source, start, end}`; `undefined` when the task is done. Sources of OLD
    /// come first.
    #[wasm_bindgen(js_name = next)]
    pub fn want(&mut self) -> Result<JsValue, JsError> {
        let next = self.comparison.want().map_err(failed)?;
        self.drain()?;
        self.written.next(next)
    }

    /// Takes the next bytes of the range; false when the rest of it is not needed.
    pub fn push(&mut self, chunk: &[u8]) -> Result<bool, JsError> {
        for piece in chunk.chunks(self.piece) {
            let more = self.comparison.push(piece).map_err(failed)?;
            self.drain()?;
            if !more {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The range is at its end.
    pub fn end(&mut self) -> Result<(), JsError> {
        self.comparison.end().map_err(failed)?;
        self.drain()
    }

    /// `{done, total}` in bytes; the total grows once it is known what is read again.
    pub fn progress(&self) -> Result<JsValue, JsError> {
        let (done, total) = self.comparison.progress();
        encode(&PageProgress { done, total })
    }

    /// What was found: `docs/compare.schema.json`.
    pub fn report(&self) -> Result<JsValue, JsError> {
        encode(&self.comparison.report().map_err(failed)?)
    }

    /// The tasks that can write a bundle of what was compared: some of `["delta", "fold"]`.
    pub fn bundles(&self) -> Vec<String> {
        let name = |task| match task {
            Task::Delta => Some("delta".to_owned()),
            Task::Fold => Some("fold".to_owned()),
            Task::Compare | Task::Print(_) => None,
        };
        self.comparison
            .bundles()
            .into_iter()
            .filter_map(name)
            .collect()
    }

    /// What the task wrote since the last time, `[{name, bytes, log}]`, to be taken while it goes on:
    /// bytes of the bundle or of the report.
    pub fn take(&mut self) -> Result<Array, JsError> {
        self.written.take()
    }

    fn drain(&mut self) -> Result<(), JsError> {
        let pieces = self.comparison.take();
        pieces
            .into_iter()
            .try_for_each(|piece| self.written.add(piece))
            .map_err(failed)
    }
}
