//! The formats and profiles that there are.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{encode, failed};
use crate::formats;

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
