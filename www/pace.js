// How long a run still takes, told from how fast it went lately. Says nothing before there is enough to say, and never
// jumps: a rate over some seconds, an estimate that is drawn towards the new one, and steps that are left only for good.
// @ts-check

/** @typedef {{since: number, at: number, done: number, bytes: number, time: number, left?: number, shown?: number}} Pace */

const ENOUGH = 1500; // milliseconds before anything is said
const LITTLE = 0.02; // of all bytes, as well
const LATELY = 4000; // milliseconds that count most for the rate
const DRAWN = 2000; // milliseconds in which the estimate follows most of the way
const STEP = 5; // seconds between two things said …
const FAR = 90; // … and a minute between them where it takes more seconds than this

/** @param {number} now in milliseconds @param {number} done bytes that are read already @returns {Pace} */
export function begin(now, done) {
  return { since: now, at: now, done, bytes: 0, time: 0 };
}

/**
 * The pace after so many bytes of all. `shown` is the seconds left, in steps, where there is enough to say.
 * @param {Pace} pace @param {number} done @param {number} total @param {number} now @returns {Pace}
 */
export function go(pace, done, total, now) {
  const passed = now - pace.at;
  if (passed <= 0) return pace;
  const keep = Math.exp(-passed / LATELY);
  const bytes = pace.bytes * keep + Math.max(0, done - pace.done);
  const time = pace.time * keep + passed;
  const next = { ...pace, at: now, done, bytes, time };
  if (now - pace.since < ENOUGH || done < LITTLE * total || bytes === 0) return next;
  const estimate = ((total - done) * time) / bytes / 1000;
  const expected = pace.left === undefined ? estimate : Math.max(0, pace.left - passed / 1000);
  next.left = expected + (estimate - expected) * (1 - Math.exp(-passed / DRAWN));
  next.shown = stepped(next.left, pace.shown);
  return next;
}

/** @param {number} left @param {number} [shown] @returns {number} */
function stepped(left, shown) {
  const step = Math.max(left, shown ?? 0) < FAR ? STEP : 60;
  if (shown !== undefined && left > shown - step && left < shown + step / 2) return shown;
  return Math.ceil(left / step) * step;
}
