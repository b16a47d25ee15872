//! The boundary to JavaScript: decode the arguments, call the engine, encode the result. The only
//! folder that names `wasm_bindgen`, `js_sys` or `web_sys`. Reports cross as objects, output as bytes,
//! piece by piece; nothing else does.

mod compare;

use std::collections::BTreeMap;

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::check;
use crate::layout::own::{self, Text};
use crate::layout::{ColumnMap, Layout, Table, to_map, to_tables};
use crate::legacy::Faults;
use crate::report::{TOOL, json};
use crate::session::{Include, Options, Part, PartCheck, PartResult, Piece, Print, Task};
use crate::source::Want;
use crate::source::zip::Pack;
use crate::{Error, formats, session, tables, types};

/// Samples kept of each group where the page does not say.
const SAMPLES: usize = 10;

/// Bytes that a task which writes takes at once: it may write a hundred times as many.
const PIECE: usize = 128 << 10;

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

/// A text of a layout of the user's own.
#[derive(Deserialize, Serialize)]
struct PageText {
    name: String,
    text: String,
}

/// What was found of such layouts.
#[derive(Serialize)]
struct PageOwn {
    texts: Vec<PageText>,
    files: Vec<String>,
    fields: usize,
    fault: Option<String>,
    map: Option<PageText>,
    rest: Vec<usize>,
}

/// The layout that the page gives.
fn own_layout(texts: Vec<PageText>) -> Result<Layout, JsError> {
    let texts = texts.into_iter();
    let texts: Vec<Text> = texts
        .map(|PageText { name, text }| Text { name, text })
        .collect();
    own::of_texts(&texts).map_err(failed)
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

#[derive(Serialize)]
struct PageWant {
    source: usize,
    start: u64,
    end: u64,
}

#[derive(Serialize)]
struct PageProgress {
    done: u64,
    total: u64,
}

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

#[derive(Serialize)]
struct PageFormat {
    id: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct PageProfile {
    id: String,
    title: String,
    kind: String,
    formats: Vec<String>,
}

/// A value for the page, as what its JSON says: one serializer serves reports and all that is told.
fn encode(value: &impl Serialize) -> Result<JsValue, JsError> {
    JSON::parse(&json::text(value)).map_err(|_| JsError::new("a result could not be handed over"))
}

fn decode<T: for<'a> Deserialize<'a>>(value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&error.to_string()))
}

/// Want of memory is thrown as the browser throws it: the page then ends the worker.
fn failed(error: Error) -> JsError {
    if error.is_memory() {
        wasm_bindgen::throw_val(js_sys::RangeError::new(&error.to_string()).into());
    }
    JsError::new(&error.to_string())
}

/// A request that is refused for what it says is thrown with the name `Refused` and, as its cause, the name of
/// the value that is to blame, if it is one.
fn refused(error: Error) -> JsValue {
    match error.refuses() {
        None => failed(error).into(),
        Some(ask) => {
            let thrown = js_sys::Error::new(&error.to_string());
            thrown.set_name("Refused");
            thrown.set_cause(&ask.into());
            thrown.into()
        }
    }
}

/// What a task writes, until it is taken away.
#[derive(Default)]
struct Written {
    /// The file at hand.
    name: String,
    /// Bytes of files, in their order; those of the change log go beside them.
    pieces: Vec<(String, Vec<u8>)>,
    log: Vec<u8>,
    log_name: &'static str,
    /// The zip that files go into, where there is more than one.
    pack: Option<Pack>,
    packing: bool,
}

impl Written {
    fn add(&mut self, piece: Piece) -> Result<(), Error> {
        match (piece, &mut self.pack) {
            (Piece::File(name), Some(pack)) => {
                if std::mem::replace(&mut self.packing, true) {
                    pack.finish_member()?;
                }
                pack.start(&name)?;
            }
            (Piece::Bytes(bytes), Some(pack)) => {
                pack.write(&bytes)?;
                let packed = pack.take();
                self.append(packed);
            }
            (Piece::File(name), None) => self.start(name),
            (Piece::Bytes(bytes), None) => self.append(bytes),
            (Piece::Log(bytes), _) => self.log.extend_from_slice(&bytes),
        }
        Ok(())
    }

    fn start(&mut self, name: String) {
        self.name.clone_from(&name);
        self.pieces.push((name, Vec::new()));
    }

    fn append(&mut self, bytes: Vec<u8>) {
        match self.pieces.last_mut() {
            Some((name, all)) if *name == self.name => all.extend_from_slice(&bytes),
            _ => self.pieces.push((self.name.clone(), bytes)),
        }
    }

    /// The range wanted next, for the page. Where none is, the task is done and what it wrote is whole.
    fn next(&mut self, next: Option<(usize, Want)>) -> Result<JsValue, JsError> {
        let Some((source, Want { start, end })) = next else {
            self.finish().map_err(failed)?;
            return Ok(JsValue::UNDEFINED);
        };
        encode(&PageWant { source, start, end })
    }

    fn finish(&mut self) -> Result<(), Error> {
        if let Some(mut pack) = self.pack.take() {
            if self.packing {
                pack.finish_member()?;
            }
            pack.finish()?;
            self.append(pack.take());
        }
        Ok(())
    }
}

/// One bundle on its way through the engine; see [`session::Session`].
#[wasm_bindgen]
pub struct Session {
    session: session::Session,
    /// Names of what was dropped.
    sources: Vec<String>,
    written: Written,
    /// Bytes that the task takes at once.
    piece: usize,
    /// What of the check is done in parts, and the results that are there.
    parts: Vec<(Part, Option<PartResult>)>,
    /// The part at hand, by its number.
    part: Option<(usize, PartCheck)>,
    /// The part that is being taken away.
    taking: Option<usize>,
    /// For each part that counted, the data records before it in its file.
    counted: Vec<Option<u64>>,
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

    /// Behind the task `layout`: the user's own layout among the files, `{texts: [{name, text}], files,
    /// fields, fault?, map?, rest}`: names of the files that it describes and how many fields they have, or
    /// what is wrong with it, the column map beside it or alone, `{name, text}`, and the sources that hold
    /// something else. `undefined` where there is neither.
    pub fn own(&self) -> Result<JsValue, JsError> {
        let Some(found) = self.session.own() else {
            return Ok(JsValue::UNDEFINED);
        };
        let texts = found.texts.into_iter();
        let (layout, fault) = match found.layout {
            Ok(layout) => (layout, None),
            Err(error) => (Layout::default(), Some(error.to_string())),
        };
        encode(&PageOwn {
            texts: texts
                .map(|Text { name, text }| PageText { name, text })
                .collect(),
            files: layout.files.iter().map(|file| file.name.clone()).collect(),
            fields: layout.files.iter().map(|file| file.fields.len()).sum(),
            fault,
            map: found.map.map(|Text { name, text }| PageText { name, text }),
            rest: found.rest,
        })
    }

    /// Behind the task `plan` or `check`: a column map as a table, which field of the layout or the format
    /// each column most likely is; in rows without a label, the fields that there are. It has no rows
    /// where no format was recognized.
    pub fn columns(&self) -> String {
        to_map(&self.session.columns())
    }

    /// Behind the task `plan`: the sizes in bytes of about `most` parts of the check, none of them
    /// much smaller than `least`. Sessions with the same files and options have the same parts.
    pub fn parts(&mut self, most: u32, least: f64) -> Vec<f64> {
        let parts = self.session.parts(u64::from(most), least as u64);
        let sizes = parts.iter().map(|part| part.size() as f64).collect();
        self.parts = parts.into_iter().map(|part| (part, None)).collect();
        sizes
    }

    /// Begins a part: the range that it wants, `{source, start, end}`; less may do.
    #[wasm_bindgen(js_name = beginPart)]
    pub fn begin_part(&mut self, at: usize) -> Result<JsValue, JsError> {
        let part = self.parts.get(at).map(|(part, _)| part.clone());
        let part = part.ok_or_else(|| JsError::new("there is no such part"))?;
        let earlier = self
            .parts
            .iter_mut()
            .filter_map(|(_, result)| result.as_mut());
        let check = self.session.check_part(&part);
        self.part = check.map(|check| (at, earlier.fold(check, PartCheck::after)));
        encode(&PageWant {
            source: part.source,
            start: part.want.start,
            end: part.want.end,
        })
    }

    /// Takes the next bytes of the part; false when the rest of it is not needed.
    #[wasm_bindgen(js_name = pushPart)]
    pub fn push_part(&mut self, chunk: &[u8]) -> Result<bool, JsError> {
        match &mut self.part {
            Some((_, check)) => check.push(chunk).map_err(failed),
            None => Ok(false),
        }
    }

    /// The part is at its end.
    #[wasm_bindgen(js_name = endPart)]
    pub fn end_part(&mut self) -> Result<(), JsError> {
        if let Some((at, check)) = self.part.take() {
            self.parts[at].1 = Some(check.end().map_err(failed)?);
        }
        Ok(())
    }

    /// The result of a part for the session of another worker: first what `putPart` takes, then, as
    /// long as there is more, what `putFacts` takes.
    #[wasm_bindgen(js_name = takePart)]
    pub fn take_part(&mut self, at: usize) -> Result<Option<Vec<u8>>, JsError> {
        let result = self
            .parts
            .get_mut(at)
            .and_then(|(_, result)| result.as_mut());
        let Some(result) = result else {
            return Ok(None);
        };
        if self.taking.replace(at) == Some(at) {
            return Ok(result.take_frame());
        }
        result.to_bytes().map(Some).map_err(failed)
    }

    /// The result of a part that another worker did.
    #[wasm_bindgen(js_name = putPart)]
    pub fn put_part(&mut self, at: usize, bytes: &[u8]) -> Result<(), JsError> {
        let result = PartResult::from_bytes(bytes).map_err(failed)?;
        if let Some((_, part)) = self.parts.get_mut(at) {
            *part = Some(result);
        }
        Ok(())
    }

    /// All parts are there, or none is. What other workers gathered follows; then what is left of the
    /// check is done by the task `check`.
    pub fn join(&mut self) {
        let parts = std::mem::take(&mut self.parts).into_iter();
        let results = parts.filter_map(|(part, result)| Some((part, result?)));
        self.counted = self.session.join(results);
    }

    /// What another worker gathered in a part.
    #[wasm_bindgen(js_name = putFacts)]
    pub fn put_facts(&mut self, at: usize, bytes: &[u8]) -> Result<(), JsError> {
        match self.counted.get(at) {
            Some(Some(before)) => self.session.add_frame(bytes, *before).map_err(failed),
            _ => Ok(()),
        }
    }

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

    /// What the task wrote since the last time, `[{name, bytes, log}]`, to be taken while it goes on: bytes
    /// of the repaired or converted files or the report, and apart from them those of the log.
    pub fn take(&mut self) -> Result<Array, JsError> {
        let Written {
            pieces,
            log,
            log_name,
            ..
        } = &mut self.written;
        let taken = Array::new();
        for (name, bytes) in pieces.drain(..) {
            taken.push(&written(&name, &bytes, JsValue::FALSE)?);
        }
        if !log.is_empty() {
            let log = std::mem::take(log);
            taken.push(&written(log_name, &log, JsValue::TRUE)?);
        }
        Ok(taken)
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

fn written(name: &str, bytes: &[u8], log: JsValue) -> Result<JsValue, JsError> {
    let piece = Object::new();
    let bytes = Uint8Array::from(bytes).into();
    for (key, value) in [("name", name.into()), ("bytes", bytes), ("log", log)] {
        Reflect::set(&piece, &key.into(), &value)
            .map_err(|_| JsError::new("an output could not be handed over"))?;
    }
    Ok(piece.into())
}

/// The formats, `[{id, title}]`.
#[wasm_bindgen]
pub fn formats() -> Result<JsValue, JsError> {
    let formats = formats::FORMATS.iter();
    let formats: Vec<_> = formats
        .map(|f| PageFormat {
            id: f.id,
            title: f.title,
        })
        .collect();
    encode(&formats)
}

/// The profiles of receivers and exporters, `[{id, title, kind, formats}]`; `kind` is `importer` or
/// `exporter`.
#[wasm_bindgen]
pub fn profiles() -> Result<JsValue, JsError> {
    let profiles = formats::profiles().map_err(failed)?.into_iter();
    let profiles: Vec<_> = profiles
        .map(|title| PageProfile {
            id: title.id,
            title: title.title,
            kind: title.kind,
            formats: title.formats,
        })
        .collect();
    encode(&profiles)
}

/// The secret with which keys are hashed, once and before any session; workers that share a check
/// need the same.
#[wasm_bindgen(js_name = setSecret)]
pub fn set_secret(first: u64, second: u64) {
    check::set_secret((first, second));
}

/// A table of a format, by its path, once and before any session; all of them are in `tables.json`.
#[wasm_bindgen(js_name = addTable)]
pub fn add_table(path: String, text: String) {
    tables::add(path, text);
}

/// A zip of texts, `[{name, text}]`.
#[wasm_bindgen]
pub fn pack(texts: JsValue) -> Result<Vec<u8>, JsError> {
    let texts: Vec<PageText> = decode(texts)?;
    packed(texts.iter().map(|PageText { name, text }| (name, text))).map_err(failed)
}

/// A zip of the tables of a format, to begin a layout of one's own with.
#[wasm_bindgen(js_name = packFormat)]
pub fn pack_format(id: &str) -> Result<Vec<u8>, JsError> {
    let known = formats::find(id).ok_or_else(|| JsError::new("there is no such format"))?;
    let layout = (known.layout)().map_err(failed)?.of(known.id);
    let tables = to_tables(&layout);
    packed(tables.iter().map(|Table { name, text }| (name, text))).map_err(failed)
}

fn packed<'a>(texts: impl Iterator<Item = (&'a String, &'a String)>) -> Result<Vec<u8>, Error> {
    let mut pack = Pack::new();
    for (name, text) in texts {
        pack.start(name)?;
        pack.write(text.as_bytes())?;
        pack.finish_member()?;
    }
    pack.finish()?;
    Ok(pack.take())
}

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    TOOL.version.to_owned()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn get_random_values(bytes: &mut [u8]) -> Result<JsValue, JsValue>;
}

/// Fills bytes with the browser's secure random numbers, if it has any.
pub(crate) fn random(bytes: &mut [u8]) -> bool {
    get_random_values(bytes).is_ok()
}

/// What bytes in a legacy encoding say, by the browser's own decoder. `None` where it does not know
/// the encoding, or refuses the bytes and was told to.
pub(crate) fn decode_legacy(name: &str, bytes: &[u8], faults: Faults) -> Option<String> {
    let options = web_sys::TextDecoderOptions::new();
    options.set_fatal(faults == Faults::Refuse);
    let decoder = web_sys::TextDecoder::new_with_label_and_options(name, &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
