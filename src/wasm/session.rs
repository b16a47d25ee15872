//! A bundle on its way through the engine: tasks, and the bytes that they want and write.

use std::collections::BTreeMap;

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::own::{PageText, own_layout};
use super::written::Written;
use super::{PIECE, SAMPLES, decode, failed, refused};
use crate::layout::ColumnMap;
use crate::session::{self, Include, Options, Part, PartCheck, PartResult, Print, Task};
use crate::source::zip::Pack;
use crate::types;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageOptions {
    as_of: String,
    format: Option<String>,
    profile: Option<String>,
    samples: Option<usize>,
    layout: Option<Vec<PageText>>,
    columns: Option<PageText>,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum PageTask {
    Layout,
    Plan,
    Check,
    Fix {
        include: PageInclude,
    },
    Convert {
        to: String,
        #[serde(default)]
        set: BTreeMap<String, String>,
    },
    Report {
        r#as: PagePrint,
    },
    Propose,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PageInclude {
    Safe,
    Review,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PagePrint {
    Json,
    Csv,
    Html,
    Text,
    Sarif,
}

/// One bundle on its way through the engine; see [`session::Session`].
#[wasm_bindgen]
pub struct Session {
    pub(super) session: session::Session,
    /// Names of what was dropped.
    sources: Vec<String>,
    written: Written,
    /// Bytes that the task takes at once.
    piece: usize,
    /// What of the check is done in parts, and the results that are there.
    pub(super) parts: Vec<(Part, Option<PartResult>)>,
    /// The part at hand, by its number.
    pub(super) part: Option<(usize, PartCheck)>,
    /// The part that is being taken away.
    pub(super) taking: Option<usize>,
    /// For each part that counted, the data records before it in its file.
    pub(super) counted: Vec<Option<u64>>,
}

#[wasm_bindgen]
impl Session {
    /// A session without files. `options`: `{asOf, format?, profile?, samples?, layout?, columns?}`; `layout`
    /// are the texts of the user's own, `[{name, text}]`, which take the place of all formats, and
    /// `columns` is a column map, `{name, text}`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Result<Session, JsError> {
        let options: PageOptions = decode(options)?;
        let as_of = types::date::days(options.as_of.as_bytes())
            .ok_or_else(|| JsError::new("the day is not a date; expected YYYY-MM-DD"))?;
        let samples = options.samples.unwrap_or(SAMPLES);
        let layout = options.layout.map(own_layout).transpose()?;
        let columns = options
            .columns
            .map(|map| ColumnMap::read(&map.text, &map.name));
        let columns = columns.transpose().map_err(failed)?;
        let options = Options {
            as_of,
            format: options.format,
            profile: options.profile,
            samples,
        };
        let mut session = session::Session::new(options);
        if let Some(layout) = layout {
            session = session.with_layout(layout);
        }
        if let Some(columns) = columns {
            session = session.with_columns(columns);
        }
        Ok(Session {
            session,
            sources: Vec::new(),
            written: Written::default(),
            piece: PIECE,
            parts: Vec::new(),
            part: None,
            taking: None,
            counted: Vec::new(),
        })
    }

    /// Adds a file; its number is what `next` calls it by.
    pub fn add(&mut self, name: &str, size: f64) -> usize {
        self.sources.push(name.to_owned());
        self.session.add(name, size as u64)
    }

    /// Begins a task: `{do: "layout"}`, `{do: "plan"}`, `{do: "check"}`, `{do: "fix", include}`,
    /// `{do: "convert", to, set}`, `{do: "report", as}`, or `{do: "propose"}`, which needs no other task
    /// before it: what it writes are the tables of a layout that describes the files, `layout.csv`,
    /// `files.csv` and `codes/NAME.csv`, and as its log what could not be told, a line each.
    /// A conversion that is refused for a value throws an error that is called `Refused`, its cause the name
    /// of the value.
    pub fn begin(&mut self, task: JsValue) -> Result<(), JsValue> {
        let task = match decode(task)? {
            PageTask::Layout => Task::Layout,
            PageTask::Plan => Task::Plan,
            PageTask::Check => Task::Check,
            PageTask::Fix { include } => Task::Fix {
                include: match include {
                    PageInclude::Safe => Include::Safe,
                    PageInclude::Review => Include::Review,
                },
                only: Vec::new(),
            },
            PageTask::Convert { to, set } => Task::Convert {
                to,
                set: set.into_iter().collect(),
            },
            PageTask::Report { r#as } => Task::Print(match r#as {
                PagePrint::Json => Print::Json,
                PagePrint::Csv => Print::Csv,
                PagePrint::Html => Print::Html,
                PagePrint::Text => Print::Text,
                PagePrint::Sarif => Print::Sarif,
            }),
            PageTask::Propose => Task::Propose,
        };
        self.written = Written::default();
        self.piece = match task {
            Task::Layout | Task::Plan | Task::Check | Task::Propose => usize::MAX,
            Task::Fix { .. } | Task::Convert { .. } | Task::Print(_) => PIECE,
        };
        let packed = match &task {
            Task::Fix { .. } if !self.session.is_one_file() => Some("repaired"),
            Task::Convert { to, .. } if session::one_file(to).is_none() => Some(to.as_str()),
            _ => None,
        };
        if let Some(what) = packed {
            self.written.pack = Some(Pack::new());
            self.written.start(self.bundle_name(what));
        }
        self.written.log_name = match task {
            Task::Convert { .. } => "losses.csv",
            Task::Propose => "notes.txt",
            _ => "changes.csv",
        };
        let asks = matches!(task, Task::Convert { .. });
        let begun = self.session.begin(task);
        begun.map_err(|error| {
            if asks {
                refused(error)
            } else {
                failed(error).into()
            }
        })?;
        Ok(self.drain()?)
    }

    /// The range wanted next, `{source, start, end}`; `undefined` when the task is done.
    #[wasm_bindgen(js_name = next)]
    pub fn want(&mut self) -> Result<JsValue, JsError> {
        let next = self.session.want().map_err(failed)?;
        self.drain()?;
        self.written.next(next)
    }

    /// Takes the next bytes of the range; false when the rest of it is not needed.
    pub fn push(&mut self, chunk: &[u8]) -> Result<bool, JsError> {
        for piece in chunk.chunks(self.piece) {
            let more = self.session.push(piece).map_err(failed)?;
            self.drain()?;
            if !more {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The range is at its end.
    pub fn end(&mut self) -> Result<(), JsError> {
        self.session.end().map_err(failed)?;
        self.drain()
    }

    /// What the task wrote since the last time, `[{name, bytes, log}]`, to be taken while it goes on: bytes
    /// of the repaired or converted files or the report, and apart from them those of the log.
    pub fn take(&mut self) -> Result<Array, JsError> {
        self.written.take()
    }

    fn drain(&mut self) -> Result<(), JsError> {
        let pieces = self.session.take();
        pieces
            .into_iter()
            .try_for_each(|piece| self.written.add(piece))
            .map_err(failed)
    }

    fn bundle_name(&self, what: &str) -> String {
        let stem = match self.sources.as_slice() {
            [one] => one
                .rsplit('/')
                .next()
                .and_then(|name| name.strip_suffix(".zip")),
            _ => None,
        };
        format!(
            "{}{what}.zip",
            stem.map_or(String::new(), |stem| format!("{stem}-"))
        )
    }
}
