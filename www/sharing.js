// Deals a check out to several workers, part by part. One of them has the check: it keeps the results, and the page speaks
// with it alone. The others help; one that fails is let go, and its part is dealt again.
// @ts-check
/** @import { Answer, Order } from "./types.d.ts" */

/** Parts for each worker: so many that none waits long for the last one, so few that it costs little to join them. */
const PARTS = 2;
/** Bytes that one worker checks before others could have begun. */
const LEAST = 16e6;

/** @typedef {{answer: (from: Worker, answer: Answer) => Answer | undefined, lost: (helper: Worker) => void, stop: () => void}} Sharing */

/**
 * Begins a check, on the one worker or on all.
 * @param {Extract<Order, {do: "check"}>} order @param {Worker} owner @param {Worker[]} others
 * @returns {Sharing} which of the workers' answers are for the page; what to do when a helper is lost, or the check is off
 */
export function share(order, owner, others) {
  const { run, files, options } = order;
  const helpers = new Set(files.reduce((sum, { file }) => sum + file.size, 0) < LEAST ? [] : others);
  const parts = helpers.size && (helpers.size + 1) * PARTS;
  /** @type {number[]} the sizes of all parts */
  let sizes = [];
  /** @type {number[]} parts that nobody has yet, the largest last */
  let queue = [];
  /** @type {Map<Worker, number>} the part that each worker has; −1 when it waits for one */
  const busy = new Map();
  /** @type {Map<Worker, number>} bytes that each worker has read */
  const read = new Map();
  let left = -1;

  const deal = () => {
    for (const [worker, has] of busy) {
      if (has >= 0 || !queue.length) continue;
      const at = /** @type {number} */ (queue.pop());
      busy.set(worker, at);
      worker.postMessage({ do: "part", run, at, keep: worker === owner });
    }
  };
  const stop = () => {
    for (const helper of helpers) helper.postMessage({ do: "stop", run });
    helpers.clear();
  };
  const finish = () => {
    stop();
    owner.postMessage({ do: "finish", run });
  };
  /** @param {Worker} helper */
  const lost = (helper) => {
    const at = busy.get(helper) ?? -1;
    helpers.delete(helper);
    busy.delete(helper);
    read.delete(helper);
    if (at >= 0) queue.push(at);
    deal();
  };

  owner.postMessage(parts ? { ...order, parts } : order);
  for (const helper of helpers) helper.postMessage({ do: "help", run, files, options, parts });

  return {
    lost,
    stop,
    answer(from, answer) {
      if (answer.type === "planned") {
        if (from === owner) {
          sizes = answer.sizes;
          left = sizes.length;
          if (left < 2) return void finish();
          queue = [...sizes.keys()].sort((a, b) => sizes[a] - sizes[b]);
        }
        busy.set(from, -1);
        return void deal();
      }
      if (answer.type === "part") {
        const { at, bytes } = answer;
        busy.set(from, -1);
        if (bytes) owner.postMessage({ do: "put", run, at, bytes }, [bytes.buffer]);
        left -= 1;
        return void (left === 0 ? finish() : deal());
      }
      if (answer.type === "failed" && from !== owner) return void lost(from);
      if (answer.type === "failed") stop();
      if (answer.type === "progress" && left > 0) {
        read.set(from, answer.done);
        const sum = (/** @type {Iterable<number>} */ all) => [...all].reduce((sum, one) => sum + one, 0);
        return { ...answer, done: sum(read.values()), total: sum(sizes) };
      }
      return from === owner ? answer : undefined;
    },
  };
}
