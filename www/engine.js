// Keeps one worker at work on a check and some in reserve; a comparison takes one of these for itself, so that a check, or its
// result, is left alone. Whoever is called off stops with its next bytes, and is ended where it does
// not: a reserve takes its place without asking the network, so the page goes on working with the cable pulled. Never looks
// into a file itself.
// @ts-check
/** @import { Answer, FailureKind, Order } from "./types.d.ts" */
import { compiledEngine, formatTables, newWorker } from "./assets.js";
import { share } from "./sharing.js";
/** @import { Sharing } from "./sharing.js" */

const CORES = navigator.hardwareConcurrency || 2;
/**
 * Workers in reserve, who also help with large checks. Only a page that has lost all of them asks its own server for
 * another copy of worker.js.
 */
const RESERVES = Math.min(Math.max(2, CORES - 1), 4);

/** What the workers of this page hash keys with, so that no file can be made whose keys collide. */
const SECRET = crypto.getRandomValues(new BigUint64Array(2));

/**
 * Milliseconds in which a worker that is called off has to stop. Most do within fifty; on a computer that is busy otherwise
 * it may take longer, and one that was ended is not replaced.
 */
const PATIENCE = 1000;

/** @type {(answer: Answer) => void} */
let receive = () => {};
/** @type {Promise<[WebAssembly.Module, Record<string, string>]> | undefined} what every worker starts with */
let loaded;
/** @type {Worker | undefined} */
let current;
/** @type {Worker | undefined} the one that has a comparison */
let comparer;
/** @type {Worker[]} */
const reserves = [];
/** @type {Sharing | undefined} the check at hand */
let sharing;
let lastRun = 0;
let lastComparison = -1;
/** Whether the worker at work could not be loaded: then nothing can be asked any more. */
let broken = false;
/** Failures that leave a worker sound: they are the files'. @type {FailureKind[]} */
const SOUND = ["engine", "refused", "unreadable", "lost"];

/**
 * Loads the engine and hires the workers.
 * @param {(answer: Answer) => void} listener gets the answers of the workers that have a run, never those of an ended one
 * @returns {Promise<void>} settles when every worker is ready
 */
export async function startEngine(listener) {
  receive = listener;
  loaded = Promise.all([compiledEngine(), formatTables()]);
  const hired = [hire(), ...Array.from({ length: RESERVES }, hire)];
  current = hired[0].worker;
  reserves.push(...hired.slice(1).map((each) => each.worker));
  await Promise.all(hired.map((each) => each.ready));
}

/** Has the worker at work get ready for a check, as long as nothing is asked of it. @param {File} file a small one of the kind */
export function rehearse(file) {
  if (!broken) current?.postMessage({ do: "rehearse", run: 0, file });
}

/** Sends an order to the worker that has the run. @param {Exclude<Order, {do: "check" | "compare" | "start"}>} order */
export function ask(order) {
  if (order.run === lastComparison) {
    return comparer ? comparer.postMessage(order) : receive({ type: "failed", run: order.run, kind: "lost", message: "" });
  }
  lastRun = order.run;
  if (broken) return receive({ type: "failed", run: lastRun, kind: "load", message: "" });
  current?.postMessage(order);
}

/** Has the worker at work look for a layout of the user's own, as soon as all that were called off have stopped. @param {Extract<Order, {do: "look"}>} order */
export async function look(order) {
  lastRun = order.run;
  await Promise.all(stopping.values());
  if (order.run === lastRun) ask(order);
}

/**
 * Begins a check as soon as all workers that were called off have stopped. One of more than `most` bytes, unpacked, is
 * asked about first.
 * @param {Omit<Extract<Order, {do: "check"}>, "parts">} order @param {number} most
 */
export async function check(order, most) {
  lastRun = order.run;
  await Promise.all(stopping.values());
  if (order.run !== lastRun) return;
  if (broken || !current) return receive({ type: "failed", run: lastRun, kind: "load", message: "" });
  sharing?.stop();
  sharing = share(order, current, reserves.slice(0, CORES - 1), most);
}

/** Goes on with a check that was asked about. */
export function goOn() {
  sharing?.go();
}

/** Begins a comparison as soon as all workers that were called off have stopped. @param {Extract<Order, {do: "compare"}>} order */
export async function compare(order) {
  lastComparison = order.run;
  await Promise.all(stopping.values());
  if (order.run !== lastComparison) return;
  if (!comparer) {
    comparer = reserves.pop() ?? hire().worker;
    sharing?.lost(comparer); // it may be helping with a check
    comparer.postMessage({ do: "stop", run: order.run });
  }
  comparer.postMessage(order);
}

/** Calls off a check, or what is made of it. */
export function callOff() {
  const all = [current, ...(sharing?.helpers() ?? [])];
  sharing = undefined;
  all.forEach(stop);
}

/** Calls off a comparison. */
export function callOffComparison() {
  lastComparison = -1;
  stop(comparer);
}

/** @param {Worker | undefined} worker */
function stop(worker) {
  if (worker && !stopping.has(worker)) stopping.set(worker, stopped(worker));
}

/** @type {Map<Worker, Promise<void>>} workers that were called off */
const stopping = new Map();

/** Calls a worker off, and ends it if it does not stop soon and another can take its place. @param {Worker} worker */
async function stopped(worker) {
  const other = () => reserves.some((each) => each !== worker && !stopping.has(each));
  const silent = await new Promise((resolve) => {
    const late = setTimeout(() => other() && resolve(true), PATIENCE);
    worker.addEventListener("message", function said({ data }) {
      if (data.type !== "stopped") return;
      worker.removeEventListener("message", said);
      clearTimeout(late);
      resolve(false);
    });
    worker.postMessage({ do: "stop", run: lastRun });
  });
  stopping.delete(worker);
  if (silent) end(worker);
}

/** Ends the worker that has the comparison, which is in no state to go on. */
export function discardComparison() {
  if (comparer) end(comparer);
}

/** Ends the worker at work, which is in no state to go on. */
export function discard() {
  sharing?.stop();
  sharing = undefined;
  if (current) end(current);
}

/** Ends a worker. One at work is replaced. @param {Worker} worker */
function end(worker) {
  worker.terminate();
  if (worker === comparer) comparer = undefined;
  if (reserves.includes(worker)) reserves.splice(reserves.indexOf(worker), 1);
  if (worker === current) current = reserves.shift() ?? hire().worker;
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
    if (worker === comparer) {
      end(worker);
      return receive({ type: "failed", run: lastComparison, kind, message: "" });
    }
    if (worker !== current) {
      end(worker);
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
    if (answer.type === "stopped") return;
    if (answer.type === "ready") return void (worker === current && receive(answer));
    if (worker === comparer) return void (answer.run === lastComparison && receive(answer));
    if (answer.run !== lastRun || !sharing) return void (worker === current && receive(answer));
    const told = sharing.answer(worker, answer);
    if (told) receive(told);
  };
  worker.onerror = (event) => { event.preventDefault(); fail(begun ? "crash" : "load"); };
  worker.onmessageerror = () => fail("crash");
  loaded?.then(([module, tables]) => worker.postMessage({ do: "start", module, tables, secret: SECRET }), () => fail("load"));
  return { worker, ready };
}
