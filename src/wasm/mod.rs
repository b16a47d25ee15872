//! The boundary to JavaScript: decode the arguments, call the engine, encode the result. The only
//! folder that names `wasm_bindgen`, `js_sys` or `web_sys`. Reports cross as objects, output as bytes,
//! piece by piece; nothing else does.

mod browser;
mod compare;
mod known;
mod own;
mod parts;
mod session;
mod told;
mod written;

use js_sys::JSON;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

pub(crate) use browser::{decode_legacy, random};

use crate::report::{TOOL, json};
use crate::{Error, check, tables};

/// Samples kept of each group where the page does not say.
const SAMPLES: usize = 10;

/// Bytes that a task which writes takes at once: it may write a hundred times as many.
const PIECE: usize = 128 << 10;

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

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    TOOL.version.to_owned()
}
