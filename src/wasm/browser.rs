//! What the browser does for the engine.

use wasm_bindgen::prelude::*;

use crate::legacy::Faults;

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
