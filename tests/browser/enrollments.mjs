// Enrollments of a district on both sides of a comparison, written to a folder: the same records in another order, of which
// some are gone, some changed and some new.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

const LABELS = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";
const BATCH = 10_000; // records that are written at once

/** Of so many records, one is gone, one changed, and one new. */
export const SELDOM = 50;

/** Numbers without a pattern that are the same each time. */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** An identifier that looks like a GUID. @param {string} kind @param {number} at */
const guid = (kind, at) => `${kind}${String(at).padStart(7, "0")}-0000-4000-8000-${String(at * 7919 % 1e12).padStart(12, "0")}`;

/**
 * Writes both sides. @param {string} folder @param {number} count records of each side @param {number} wide characters of the
 * last column @returns {{old: string, new: string}} where they are
 */
export function writeEnrollments(folder, count, wide = 10) {
  const below = numbers(1);
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  const record = (at, changed) => `${guid("e", at)},,,${guid("c", at % 5000)},${guid("s", at % 40)},${guid("u", Math.floor(at / 6))},student,${changed},2026-08-17,${"2".repeat(wide)}\n`;
  const write = (side, records) => {
    mkdirSync(join(folder, side), { recursive: true });
    const path = join(folder, side, "enrollments.csv");
    const file = openSync(path, "w");
    writeSync(file, LABELS);
    let batch = [];
    for (const text of records) {
      if (batch.push(text) < BATCH) continue;
      writeSync(file, batch.join(""));
      batch = [];
    }
    writeSync(file, batch.join(""));
    closeSync(file);
    return path;
  };
  const all = function* (side) {
    for (let n = 0; n < count; n += 1) {
      const at = side === "old" ? n : order[n];
      if (side === "old") yield record(at, false);
      else if (at % SELDOM === 1) yield record(at, true);
      else yield record(at % SELDOM === 2 ? at + count : at, false);
    }
  };
  return { old: write("old", all("old")), new: write("new", all("new")) };
}
