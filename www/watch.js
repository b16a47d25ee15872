// How far a run is, and when that is read out: not so often that nothing else is heard.
// @ts-check
/** @import { Answer, Run } from "./types.d.ts" */
import * as pace from "./pace.js";
import { NONE, shownRun, state } from "./state.js";
import { progressWords } from "./view/progress.js";

/** Milliseconds between two times that a screen reader is told how far it is. */
const SAID = 8000;

let said = 0;

/** Begins to watch a run. @param {Run} run @param {number} total bytes */
export function watch(run, total) {
  said = performance.now();
  Object.assign(run, { progress: { ...NONE, total }, pace: pace.begin(said, 0) });
}

/** @param {Run} run @param {Extract<Answer, {type: "progress"}>} answer */
export function progressed(run, { done, total, again = false, records = 0, groups = [] }) {
  const now = performance.now();
  if (again !== run.progress.again) run.pace = pace.begin(now, done);
  run.pace = pace.go(run.pace, done, total, now);
  run.progress = { done, total, again, records, groups, left: run.pace.shown };
  if (run.phase !== "working" || run !== shownRun() || now - said < SAID || total === 0) return;
  said = now;
  state.status = progressWords(run.progress, state.task);
}
