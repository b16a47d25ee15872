// What is said of the time left: nothing too early, near the truth, and never in jumps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { begin, go } from "../../www/pace.js";
import { bytesWords } from "../../www/view/progress.js";

/** Runs through so many bytes, told every 200 ms; `speed` gives bytes per millisecond. What was shown: [second, seconds left]. */
function run(total, speed) {
  const shown = [];
  let pace = begin(0, 0);
  let done = 0;
  let now = 0;
  while (done < total) {
    now += 200;
    done = Math.min(total, done + 200 * speed(now));
    pace = go(pace, done, total, now);
    shown.push([now / 1000, pace.shown]);
  }
  return { shown, took: now / 1000 };
}

test("nothing is said before there is enough to say", () => {
  const { shown } = run(60e6, () => 1000);
  assert.ok(shown.filter(([at]) => at < 1.5).every(([, left]) => left === undefined));
  assert.ok(shown.find(([at]) => at === 3)[1] > 0);
  const slow = run(10e6, (now) => (now < 30_000 ? 5 : 1000)); // little is done for half a minute
  assert.equal(slow.shown.find(([at]) => at === 10)[1], undefined);
});

test("at an even pace it is right to a step, and only ever falls", () => {
  const { shown, took } = run(60e6, () => 1000);
  const said = shown.filter(([, left]) => left !== undefined);
  for (const [at, left] of said) assert.ok(Math.abs(took - at - left) <= 5.5, `${left} s left after ${at} of ${took} s`);
  said.reduce(([, before], [at, left]) => (assert.ok(left <= before, `rises after ${at} s`), [at, left]));
});

test("at an uneven pace it makes no jump and settles near the truth", () => {
  const speed = (now) => 1000 * (1 + 0.8 * Math.sin(now / 300)) * (now % 5000 < 600 ? 0 : 1);
  const { shown, took } = run(60e6, speed);
  const said = shown.filter(([, left]) => left !== undefined);
  let before = said[0];
  let changes = 0;
  for (const each of said.slice(1)) {
    assert.ok(Math.abs(each[1] - before[1]) <= 10, `from ${before} to ${each}`);
    changes += each[1] === before[1] ? 0 : 1;
    before = each;
  }
  assert.ok(changes <= 24, `${changes} changes in ${took} s`);
  for (const [at, left] of said.filter(([at]) => at > 10)) assert.ok(Math.abs(took - at - left) < 15, `${left} s left after ${at} of ${took} s`);
});

test("what takes minutes is told in minutes", () => {
  const { shown } = run(600e6, () => 1000);
  assert.equal(shown.find(([at]) => at === 60)[1], 540);
});

test("bytes are not told before anyone knows how many there are", () => {
  const progress = { done: 0, total: 0, again: false, records: 0, groups: [] };
  assert.equal(bytesWords(progress), "");
  assert.equal(bytesWords({ ...progress, done: 1e6, total: 2e6 }), "1 MB of 2 MB read");
  assert.match(bytesWords({ ...progress, done: 1e6, total: 2e6, again: true }), /read again/);
});
