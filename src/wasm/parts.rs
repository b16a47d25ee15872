//! A check in parts, of which other workers do some.

use wasm_bindgen::prelude::*;

use super::session::Session;
use super::{PageWant, encode, failed};
use crate::session::{PartCheck, PartResult};

#[wasm_bindgen]
impl Session {
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
}
