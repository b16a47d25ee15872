// Keeps one worker at work and some in reserve. Cancelling is ending the worker; a reserve takes its place at once,
// without asking the network, so the page goes on working with the cable pulled. Never looks into a file itself.
// @ts-check
/** @import { Answer, FailureKind, Order } from "./types.d.ts" */
import { compiledEngine, newWorker } from "./assets.js";
import { share } from "./sharing.js";
/** @import { Sharing } from "./sharing.js" */

const CORES = navigator.hardwareConcurrency || 2;
/**
 * Workers in reserve, who also help with large checks. Only a page that has lost all of them asks its own server for
 * another copy of worker.js.
 */
const RESERVES = Math.min(Math.max(2, CORES - 1), 4);

/** @type {(answer: Answer) => void} */
let receive = () => {};
/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;
/** @type {Worker | undefined} */
let current;
/** @type {Worker[]} */
const reserves = [];
/** @type {Sharing | undefined} the check at hand */
let sharing;
let lastRun = 0;
/** Whether the worker at work could not be loaded: then nothing can be asked any more. */
let broken = false;
/** Failures that leave a worker sound: they are the files'. @type {FailureKind[]} */
const SOUND = ["engine", "unreadable", "lost"];

/**
 * Loads the engine and hires the workers.
 * @param {(answer: Answer) => void} listener gets the answers of the worker at work, never those of an ended one
 * @returns {Promise<void>} settles when every worker is ready
 */
export async function startEngine(listener) {
  receive = listener;
  compiled = compiledEngine();
  const hired = [hire(), ...Array.from({ length: RESERVES }, hire)];
  current = hired[0].worker;
  reserves.push(...hired.slice(1).map((each) => each.worker));
  await Promise.all(hired.map((each) => each.ready));
}

/** Sends an order to the worker at work. @param {Order} order */
export function ask(order) {
  if (order.do !== "start") lastRun = order.run;
  if (broken) return receive({ type: "failed", run: lastRun, kind: "load", message: "" });
  if (order.do !== "check" || !current) return current?.postMessage(order);
  sharing?.stop();
  sharing = share(order, current, reserves.slice(0, CORES - 1));
}

/** Ends the worker at work, whatever it is doing, and puts another in its place. */
export function discard() {
  sharing?.stop();
  sharing = undefined;
  current?.terminate();
  current = reserves.shift() ?? hire().worker;
}

/** @returns {{worker: Worker, ready: Promise<void>}} */
function hire() {
  const worker = newWorker();
  let begun = false;
  /** @type {() => void} */
  let settle = () => {};
  const ready = /** @type {Promise<void>} */ (new Promise((resolve) => (settle = resolve)));
  /** @param {FailureKind} kind */
  const fail = (kind) => {
    settle();
    if (worker !== current) {
      worker.terminate();
      if (reserves.includes(worker)) reserves.splice(reserves.indexOf(worker), 1);
      return sharing?.lost(worker);
    }
    broken ||= kind === "load";
    receive({ type: "failed", run: lastRun, kind, message: "" });
  };
  worker.onmessage = (event) => {
    /** @type {Answer} */
    const answer = event.data;
    if (answer.type === "ready") { begun = true; settle(); }
    if (answer.type === "failed" && answer.kind === "load") return fail("load");
    if (answer.type === "failed" && worker !== current && !SOUND.includes(answer.kind)) return fail(answer.kind);
    if (answer.type === "ready" || answer.run !== lastRun || !sharing) return void (worker === current && receive(answer));
    const told = sharing.answer(worker, answer);
    if (told) receive(told);
  };
  worker.onerror = (event) => { event.preventDefault(); fail(begun ? "crash" : "load"); };
  worker.onmessageerror = () => fail("crash");
  compiled?.then((module) => worker.postMessage({ do: "start", module }), () => fail("load"));
  return { worker, ready };
}
