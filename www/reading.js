// Reads a slice of a file as the browser gives it fastest: a byte stream into a buffer of ours, or slices where there is
// none or it stalls. Never keeps bytes and never looks at them.
// @ts-check

const BUFFER = 2 * 1024 * 1024; // bytes per read where the browser fills a buffer of ours
const SLICE = 16 * 1024 * 1024; // bytes per read where it does not
const STALL = 10_000; // milliseconds after which a read of a stream is given up

/** @typedef {(bytes: Uint8Array) => boolean | Promise<boolean>} Push takes bytes, and says whether more are needed */

/** A file that the browser gives no bytes of. */
export class Unreadable extends Error {}

/**
 * What is being read. Browsers have stopped streams whose blob or reader was collected, so both stay here.
 * @type {{slice: Blob, reader: ReadableStreamBYOBReader} | undefined}
 */
let reading;

/**
 * Pushes a slice of a file until its end or until `push` says that it was enough. A stream that stalls is given up, and
 * the rest is read in slices.
 * @param {Blob} slice @param {Push} push
 */
export async function read(slice, push) {
  const reader = byteReader(slice);
  if (!reader) return inSlices(slice, 0, push);
  reading = { slice, reader };
  let at = 0;
  let seen = -1;
  // A cancelled stream ends; that it ended early tells that it was given up.
  const watch = setInterval(() => (at === seen ? reader.cancel() : (seen = at)), STALL);
  try {
    for (let buffer = new ArrayBuffer(Math.max(1, Math.min(BUFFER, slice.size))); ; ) {
      const { value, done } = await bytes(reader.read(new Uint8Array(buffer)));
      if (done || !value) break;
      at += value.byteLength;
      if (!(await push(value))) return await reader.cancel();
      buffer = value.buffer;
    }
  } finally {
    clearInterval(watch);
    reading = undefined;
    reader.cancel().catch(() => {}); // nothing where it has ended; whoever gave up wants no more
  }
  return inSlices(slice, at, push);
}

/** @param {Blob} slice @returns {ReadableStreamBYOBReader | undefined} */
function byteReader(slice) {
  try {
    return slice.stream().getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}

/** @param {Blob} slice @param {number} from @param {Push} push */
async function inSlices(slice, from, push) {
  for (let at = from; at < slice.size; at += SLICE) {
    if (!(await push(new Uint8Array(await bytes(slice.slice(at, at + SLICE).arrayBuffer()))))) return;
  }
}

/**
 * What a read gives. A file that changed since it was chosen is refused in other words by every way of reading it.
 * @template T @param {Promise<T>} read @returns {Promise<T>}
 */
async function bytes(read) {
  try {
    return await read;
  } catch (error) {
    throw error instanceof RangeError ? error : new Unreadable();
  }
}
