//! What a task writes, on its way to the page.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{PageWant, encode, failed};
use crate::Error;
use crate::session::Piece;
use crate::source::Want;
use crate::source::zip::Pack;

/// What a task writes, until it is taken away.
#[derive(Default)]
pub(super) struct Written {
    /// The file at hand.
    name: String,
    /// Bytes of files, in their order; those of the change log go beside them.
    pub pieces: Vec<(String, Vec<u8>)>,
    log: Vec<u8>,
    pub log_name: &'static str,
    /// The zip that files go into, where there is more than one.
    pub pack: Option<Pack>,
    packing: bool,
}

impl Written {
    pub(super) fn add(&mut self, piece: Piece) -> Result<(), Error> {
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

    pub(super) fn start(&mut self, name: String) {
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
    pub(super) fn next(&mut self, next: Option<(usize, Want)>) -> Result<JsValue, JsError> {
        let Some((source, Want { start, end })) = next else {
            self.finish().map_err(failed)?;
            return Ok(JsValue::UNDEFINED);
        };
        encode(&PageWant { source, start, end })
    }

    /// What was written since the last time, as the page takes it.
    pub(super) fn take(&mut self) -> Result<Array, JsError> {
        let taken = Array::new();
        for (name, bytes) in self.pieces.drain(..) {
            taken.push(&written(&name, &bytes, JsValue::FALSE)?);
        }
        if !self.log.is_empty() {
            let log = std::mem::take(&mut self.log);
            taken.push(&written(self.log_name, &log, JsValue::TRUE)?);
        }
        Ok(taken)
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

fn written(name: &str, bytes: &[u8], log: JsValue) -> Result<JsValue, JsError> {
    let piece = Object::new();
    let bytes = Uint8Array::from(bytes).into();
    for (key, value) in [("name", name.into()), ("bytes", bytes), ("log", log)] {
        Reflect::set(&piece, &key.into(), &value)
            .map_err(|_| JsError::new("an output could not be handed over"))?;
    }
    Ok(piece.into())
}
