//! Layouts of the user's own and column maps: as texts to the engine, and as texts and zips back.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::session::Session;
use super::{decode, encode, failed};
use crate::layout::own::{self, Text};
use crate::layout::{Layout, Table, to_map, to_tables};
use crate::source::zip::Pack;
use crate::{Error, formats};

/// A text of a layout of the user's own.
#[derive(Deserialize, Serialize)]
pub(super) struct PageText {
    pub name: String,
    pub text: String,
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
pub(super) fn own_layout(texts: Vec<PageText>) -> Result<Layout, JsError> {
    let texts = texts.into_iter();
    let texts: Vec<Text> = texts
        .map(|PageText { name, text }| Text { name, text })
        .collect();
    own::of_texts(&texts).map_err(failed)
}

#[wasm_bindgen]
impl Session {
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
