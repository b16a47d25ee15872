// Everything the page knows, as one object, and how it is before anything was done. Nothing of it is stored anywhere.
// @ts-check
/** @import { Comparing, Converting, Filter, Progress, Run, State } from "./types.d.ts" */
import { begin } from "./pace.js";
import { chosenLanguage, chosenTask } from "./view/words.js";

/** No filter: every finding is shown. @type {Filter} */
export const ALL = { severity: "", file: "", rule: "", cause: "" };

/** Nothing was read yet. @type {Progress} */
export const NONE = { done: 0, total: 0, again: false, records: 0, groups: [] };

/** @returns {Run} */
const run = () => ({
  phase: "empty", run: -1, files: [], holds: undefined, progress: NONE, pace: begin(0, 0), preparing: "", outputs: new Map(), failure: null, unpacked: 0,
  notice: "",
});

/** @returns {Converting} */
export const unconverted = () => ({ targets: [], to: "", set: {}, tables: {}, wrong: {}, result: null });

/** @type {Comparing} */
const comparing = { ...run(), sides: { old: null, new: null }, compared: { old: null, new: null }, share: null, format: "", profile: "", missing: "", report: null, bundles: [] };

/** @type {State} */
export const state = {
  ...run(), task: chosenTask(), language: chosenLanguage(),
  ready: false, version: "", formats: [], profiles: [], samples: {}, pages: {},
  own: null, draft: null, map: null, columns: null, reopen: undefined, format: "", profile: "", asOf: today(),
  report: null, open: new Set(), openFiles: new Set(), contexts: new Map(), filter: ALL,
  rule: "", status: "", printing: false, comparing, converting: unconverted(),
};

let runs = 0;

/** The number of the next run: no two have the same. */
export const nextRun = () => (runs += 1);

/** The run that the page shows: the check, which a conversion stands behind, or the comparison. @returns {Run} */
export const shownRun = () => (state.task === "compare" ? state.comparing : state);

/** Today where the user is. @returns {string} */
export function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
