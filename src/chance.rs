//! Secure random numbers: those of the operating system natively, those of the browser in wasm.

/// As many bytes by chance. Nothing where the platform has none to give.
pub fn bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    fill(&mut bytes).then_some(bytes)
}

#[cfg(not(target_arch = "wasm32"))]
fn fill(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}

#[cfg(target_arch = "wasm32")]
use crate::wasm::random as fill;
