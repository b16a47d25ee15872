// Deals a check out to several workers. One of them has the check: it is given what the others found, and the page speaks
// with it alone. The others help; where one fails, the one that has the check does its parts. A check that may be too large
// for the memory there is waits until the user says so.
// @ts-check
/** @import { Answer, Order, SoFar } from "./types.d.ts" */

/** Bytes that one worker checks before others could have begun. */
const LEAST = 16e6;

/**
 * @typedef {object} Sharing
 * @property {(from: Worker, answer: Answer) => Answer | undefined} answer what of a worker's answer is for the page
 * @property {(helper: Worker) => void} lost a helper is no more
 * @property {() => void} go the user wants it, however large
 * @property {() => void} stop nobody has to help any more
 * @property {() => Worker[]} helpers who still help
 */

/**
 * Begins a check, on the one worker or on all.
 * @param {Omit<Extract<Order, {do: "check"}>, "parts">} order @param {Worker} owner @param {Worker[]} others
 * @param {number} [most] bytes of files, unpacked, that are not asked about
 * @returns {Sharing}
 */
export function share(order, owner, others, most = Infinity) {
  const { run, files, options } = order;
  const helpers = new Set(sum(files.map(({ file }) => file.size)) < LEAST ? [] : others);
  /** @type {Set<Worker>} workers that can be given parts */
  const idle = new Set();
  /** @type {Map<Worker, number[]>} parts that are not given to their worker yet */
  const dealt = new Map();
  /** @type {Map<Worker, number[]>} parts that a worker has */
  const taken = new Map();
  /** @type {Map<Worker, {done: number} & Partial<SoFar>>} how far each worker is */
  const read = new Map();
  /** @type {(() => void) | undefined} what waits for the user */
  let waiting;
  let left = 0; // parts
  let total = 0; // bytes of all parts, while they are being read

  /** Gives the parts to those who wait for them. */
  const give = () => {
    for (const worker of [...idle]) {
      const parts = dealt.get(worker);
      if (!parts?.length) continue;
      idle.delete(worker);
      dealt.delete(worker);
      taken.set(worker, parts);
      worker.postMessage({ do: "parts", run, parts, keep: worker === owner });
    }
  };
  /** @param {number[]} sizes */
  const deal = (sizes) => {
    left = sizes.length;
    total = sum(sizes);
    const loads = [owner, ...helpers].map((worker) => ({ worker, size: 0 }));
    // The largest first, each to who has least.
    for (const at of [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a])) {
      const least = loads.reduce((a, b) => (b.size < a.size ? b : a));
      least.size += sizes[at];
      add(dealt, least.worker, [at]);
    }
  };
  const stop = () => {
    for (const helper of helpers) helper.postMessage({ do: "stop", run });
    helpers.clear();
  };
  const finish = () => {
    stop();
    total = 0;
    owner.postMessage({ do: "finish", run });
  };
  /** @param {Worker} helper */
  const lost = (helper) => {
    if (!helpers.delete(helper)) return;
    read.delete(helper);
    for (const parts of [dealt.get(helper), taken.get(helper)]) add(dealt, owner, parts ?? []);
    for (const map of [dealt, taken]) map.delete(helper);
    give();
  };

  const parts = helpers.size + 1;
  owner.postMessage({ ...order, parts });
  for (const helper of helpers) helper.postMessage({ do: "help", run, files, options, parts });

  return {
    lost,
    stop,
    helpers: () => [...helpers],
    go() {
      waiting?.();
      waiting = undefined;
    },
    answer(from, answer) {
      if (answer.type === "planned") {
        idle.add(from);
        if (from !== owner) return void give();
        const { sizes, unpacked } = answer;
        const begin = () => {
          deal(helpers.size > 0 ? sizes : []);
          return left < 2 ? finish() : give();
        };
        if (unpacked <= most) return void begin();
        waiting = begin;
        return { type: "large", run, unpacked };
      }
      if (answer.type === "parts") {
        left -= taken.get(from)?.length ?? 0;
        taken.delete(from);
        idle.add(from);
        const { results } = answer;
        if (results.length) owner.postMessage({ do: "put", run, results }, results.flatMap(({ bytes }) => bytes.map((piece) => piece.buffer)));
        return void (left ? give() : finish());
      }
      if (answer.type === "failed" && from !== owner) return void lost(from);
      if (answer.type === "failed") stop();
      if (answer.type === "progress" && total) {
        read.set(from, answer);
        const all = [...read.values()];
        const records = sum(all.map(({ records = 0 }) => records));
        return { ...answer, done: sum(all.map(({ done }) => done)), total, records, groups: all.flatMap(({ groups = [] }) => groups) };
      }
      return from === owner ? answer : undefined;
    },
  };
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/** @param {Map<Worker, number[]>} map @param {Worker} worker @param {number[]} parts */
const add = (map, worker, parts) => map.set(worker, [...(map.get(worker) ?? []), ...parts]);
