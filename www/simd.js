// Whether the browser runs wasm with 128-bit vectors: it does where the smallest module that has one is valid.
// @ts-check

/** A function that gives a vector of zeros. */
const SMALLEST = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** The name of the engine that the browser can run, the fastest first. */
export const engineName = () => (WebAssembly.validate(SMALLEST) ? "hallpass_bg" : "hallpass_scalar_bg");
