// Keeps one worker at work and some in reserve. Cancelling is ending the worker; a reserve takes its place at once,
// without asking the network, so the page goes on working with the cable pulled. Never looks into a file itself.
// @ts-check
/** @import { Answer, FailureKind, Order } from "./types.d.ts" */
import { compiledEngine, newWorker } from "./assets.js";

/** Workers in reserve. Only a page that has lost all of them asks its own server for another copy of worker.js. */
const RESERVES = 2;

/** @type {(answer: Answer) => void} */
let receive = () => {};
/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;
/** @type {Worker | undefined} */
let current;
/** @type {Worker[]} */
const reserves = [];
let lastRun = 0;
/** Whether the worker at work could not be loaded: then nothing can be asked any more. */
let broken = false;

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
  if (broken) receive({ type: "failed", run: lastRun, kind: "load", message: "" });
  else current?.postMessage(order);
}

/** Ends the worker at work, whatever it is doing, and puts another in its place. */
export function discard() {
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
    if (worker !== current) return;
    broken ||= kind === "load";
    receive({ type: "failed", run: lastRun, kind, message: "" });
  };
  worker.onmessage = (event) => {
    /** @type {Answer} */
    const answer = event.data;
    if (answer.type === "ready") { begun = true; settle(); }
    if (answer.type === "failed" && answer.kind === "load") return fail("load");
    if (worker === current) receive(answer);
  };
  worker.onerror = (event) => { event.preventDefault(); fail(begun ? "crash" : "load"); };
  worker.onmessageerror = () => fail("crash");
  compiled?.then((module) => worker.postMessage({ do: "start", module }), () => fail("load"));
  return { worker, ready };
}
