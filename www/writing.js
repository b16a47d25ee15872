// Where a worker puts what the engine writes, as it comes: into a file that the user chose, or into blobs, which browsers
// keep on disk once they are large. Never holds more than a piece of it.
// @ts-check
/** @import { Output, Piece, Place } from "./types.d.ts" */

/** A place that does not take the file: the disk is full, or nothing may be written there. */
export class Unwritable extends Error {}

/** Bytes of small pieces that go into one blob: each blob has its price. */
const BLOB = 1e6;

/** @typedef {{write: (piece: Piece) => Promise<void>, close: () => Promise<Output[]>, abort: () => Promise<void>}} Writing */

/** Every file as a blob, the log of changes last. @returns {Writing} */
export function collect() {
  /** @type {Map<string, {name: string, log: boolean, parts: BlobPart[], loose: Uint8Array[], size: number}>} */
  const files = new Map();
  /** @param {{parts: BlobPart[], loose: Uint8Array[], size: number}} file */
  const pack = (file) => {
    if (file.loose.length) file.parts.push(new Blob(/** @type {BlobPart[]} */ (file.loose)));
    Object.assign(file, { loose: [], size: 0 });
  };
  return {
    async write({ name, log, bytes }) {
      const id = `${log}/${name}`;
      const file = files.get(id) ?? { name, log, parts: [], loose: [], size: 0 };
      files.set(id, file);
      file.loose.push(bytes);
      file.size += bytes.byteLength;
      if (file.size >= BLOB) pack(file);
    },
    async close() {
      const all = [...files.values()].sort((a, b) => Number(a.log) - Number(b.log));
      all.forEach(pack);
      return all.map(({ name, log, parts }) => ({ name, log, blob: new Blob(parts) }));
    },
    async abort() {},
  };
}

/** One file goes to the place; the log of changes stays a blob. The place shows the file once it is whole. @param {Place} place @returns {Promise<Writing>} */
export async function stream(place) {
  const refuse = () => { throw new Unwritable(); };
  const file = await place.createWritable().catch(refuse);
  const rest = collect();
  /** What is being written while the engine goes on. @type {Promise<void>} */
  let last = Promise.resolve();
  return {
    async write(piece) {
      if (piece.log) return rest.write(piece);
      await last.catch(refuse);
      last = file.write(piece.bytes);
      last.catch(() => {}); // it is told when the next piece comes
    },
    async close() {
      await last.then(() => file.close()).catch(refuse);
      return rest.close();
    },
    abort: () => file.abort().catch(() => {}),
  };
}
