// How much of the files fits into a browser's memory: told before a check, since a check that ends for want of memory has
// cost its time. Keys are what a check keeps: 32 to 40 bytes each. In the files that have most of them for their size
// (enrollments, roles) that is 0.4 bytes for each byte of the file, and other files need less: so this is what a check takes
// at most. The worker that has the check comes to hold the keys of all.
// @ts-check

/** Bytes of memory for each byte of the files, at most. */
const SHARE = 0.4;
/** The same for a comparison in which no key is on both sides. */
const COMPARED = 0.5;
/** One wasm module addresses 4 GiB; this much of it is left for all but keys, and for tables that double. */
const ROOM = 3 * 2 ** 30;

/** The most memory that a check of so many bytes takes. @param {number} bytes of files, unpacked */
export const needed = (bytes) => bytes * SHARE;

/**
 * The most memory that a comparison of so many bytes takes, those of both sides counted: 35 to 46 bytes for each key that is
 * on either, and as much again for one that is on one side alone and may be the same as another.
 * @param {number} bytes of files, unpacked
 */
export const neededToCompare = (bytes) => bytes * COMPARED;

/**
 * The memory that there is for keys: half of the computer's, where the browser tells it, and no more than a module has.
 * @param {number | undefined} [gigabytes] browsers say at most 8, which then means 8 or more
 */
export function room(gigabytes = /** @type {any} */ (globalThis.navigator)?.deviceMemory) {
  return gigabytes && gigabytes < 8 ? Math.min(ROOM, (gigabytes * 2 ** 30) / 2) : ROOM;
}
