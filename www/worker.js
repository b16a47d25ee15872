// Runs the engine off the page's thread: forwards messages and streams the byte ranges it wants. Does a check alone, or
// with others in parts that the page deals out. Never judges anything, never keeps bytes, and shuts its own ways to the
// network before it sees a file.
// @ts-check
/** @import { Answer, FailureKind, Named, Options, Order, PartResult, Place, Task } from "./types.d.ts" */
import init, { Session, addTable, formats, profiles, setSecret, version } from "./pkg/hallpass.js";
import { Unreadable, read } from "./reading.js";
import { Unwritable, collect, stream } from "./writing.js";

const PAUSE = 200; // milliseconds between two progress messages
const BREATH = 25; // milliseconds of work without a look at the messages
const LEAST = 4 * 1024 * 1024; // bytes of a part that is worth a worker

const port = /** @type {MessagePort} */ (/** @type {unknown} */ (self));
/** @type {Session | undefined} */
let session;
/** @type {File[]} */
let sources = [];
let working = 0; // the run at hand; 0 when it was called off
let first = 0; // bytes of the first reading, once it is planned
/** @type {PartResult[]} what others found, until all parts are there */
let others = [];
/** @type {WebAssembly.Memory | undefined} */
let memory;
/** @typedef {Extract<Order, {do: "start"}>} Start */
/** @type {(order: Start) => void} */
let start = () => {};
const ready = new Promise((/** @type {(order: Start) => void} */ resolve) => (start = resolve)).then(open);

/** What ends a run that was called off: nobody is told. */
class CalledOff extends Error {}

port.onmessage = async (event) => {
  /** @type {Order} */
  const order = event.data;
  if (order.do === "start") return start(order);
  await ready;
  try {
    await obey(order);
  } catch (error) {
    if (!(error instanceof CalledOff)) tell({ type: "failed", run: order.run, ...reason(error) });
  }
};

/** @param {Start} order */
async function open({ module, tables, secret }) {
  shutWaysOut();
  ({ memory } = await init({ module_or_path: module }));
  for (const [path, text] of Object.entries(tables)) addTable(path, text);
  setSecret(secret[0], secret[1]);
  tell({ type: "ready", version: version(), formats: formats(), profiles: profiles() });
  warm();
}
ready.catch(() => tell({ type: "failed", run: 0, kind: "load", message: "" }));

/** Looks at a table of two cells, so that tables of formats are read and code is ready before the first check. */
function warm() {
  const bytes = new TextEncoder().encode("a,b\n1,2\n");
  const session = new Session({ asOf: "2000-01-01" });
  session.add("a.csv", bytes.length);
  session.begin({ do: "check" });
  for (let want = session.next(); want; want = session.next()) {
    session.push(bytes.subarray(want.start, want.end));
    session.end();
  }
  session.report();
  session.free();
}

// A page's Content-Security-Policy does not reach a worker that was loaded from an address; this does.
function shutWaysOut() {
  for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "importScripts",
    "Worker", "BroadcastChannel", "indexedDB", "caches"]) {
    Object.defineProperty(self, way, { value: undefined });
  }
}

/** @param {Exclude<Order, {do: "start"}>} order */
async function obey(order) {
  const { run } = order;
  switch (order.do) {
    case "check":
    case "help":
      openSession(order.files, order.options);
      return plan(order.parts, run);
    case "parts":
      return parts(order.parts, order.keep, run);
    case "put":
      return void others.push(...order.results);
    case "finish":
      await join(run);
      return finish(run);
    case "stop":
      closeSession();
      return tell({ type: "stopped", run });
    case "context": {
      const { group, sample } = order;
      return tell({ type: "context", run, group, sample, context: session?.context(group, sample) ?? null });
    }
    case "output":
      if (!session) return tell({ type: "failed", run, kind: "lost", message: "" });
      return write(order.task, order.place, run);
  }
}

/** @param {Named[]} files @param {Options} options */
function openSession(files, options) {
  closeSession();
  session = new Session(options);
  for (const { name, file } of files) sources[session.add(name, file.size)] = file;
}

/** Forgets a check. One that is going on ends as soon as it has its next bytes. */
function closeSession() {
  session?.free();
  session = undefined;
  sources = [];
  others = [];
  working = 0;
  first = 0;
}

/** The session of a run that still goes on. @param {number} run @returns {Session} */
function current(run) {
  if (!session || working !== run) throw new CalledOff();
  return session;
}

/** Prepares a check. @param {number} most parts of it @param {number} run */
async function plan(most, run) {
  await work({ do: "plan" }, run, () => ({ done: 0, total: 0 }));
  const session = current(run);
  first = session.progress().total;
  tell({ type: "planned", run, sizes: [...session.parts(most, LEAST)], unpacked: session.unpacked() });
}

/**
 * Checks parts. Their results stay in the session, or go to the worker that has the check.
 * @param {number[]} parts @param {boolean} keep @param {number} run
 */
async function parts(parts, keep, run) {
  working = run;
  let done = 0;
  const counts = () => {
    const { records, groups } = current(run).foundInParts();
    return { done, total: 0, records, groups: keep ? [...groups, ...current(run).found().groups] : groups };
  };
  const pushed = progress(run, counts);
  for (const at of parts) {
    const want = current(run).beginPart(at);
    await read(sources[want.source].slice(want.start, want.end), (bytes) => {
      done += bytes.byteLength;
      const more = current(run).pushPart(bytes);
      pushed();
      return more;
    });
    current(run).endPart();
  }
  tell({ type: "progress", run, ...counts() });
  const results = [];
  for (const at of keep ? [] : parts) results.push({ at, bytes: await take(at, run) });
  tell({ type: "parts", run, results }, results.flatMap(({ bytes }) => bytes.map((piece) => piece.buffer)));
}

/** The result of a part, piece by piece: as a whole it would double the engine's memory. @param {number} at @param {number} run */
async function take(at, run) {
  const pieces = [];
  const pause = breather();
  for (let piece = current(run).takePart(at); piece; piece = current(run).takePart(at)) {
    pieces.push(piece);
    await pause();
  }
  return pieces;
}

/** Puts all parts together. @param {number} run */
async function join(run) {
  working = run;
  const pause = breather();
  for (const { at, bytes: [head] } of others) if (head) current(run).putPart(at, head);
  current(run).join();
  for (const { at, bytes: [, ...facts] } of others) {
    for (const piece of facts) {
      current(run).putFacts(at, piece);
      await pause();
    }
  }
  others = [];
}

/** Does what is left of a check. @param {number} run */
async function finish(run) {
  await work({ do: "check" }, run, () => {
    const { done, total } = current(run).progress();
    // Files whose relations are broken are read again: that is a way of its own.
    const again = total > first;
    const from = again ? first : 0;
    return { done: Math.max(0, done - from), total: total - from, again, ...current(run).found() };
  });
  tell({ type: "report", run, report: current(run).report() });
}

/** Writes what a task gives: to a place that was chosen, or into blobs. @param {Task} task @param {Place | undefined} place @param {number} run */
async function write(task, place, run) {
  const out = place ? await stream(place) : collect();
  try {
    await work(task, run, () => current(run).progress(), async () => {
      for (const piece of current(run).take()) await out.write(piece);
    });
    tell({ type: "outputs", run, outputs: await out.close() });
  } catch (error) {
    await out.abort();
    throw error;
  }
}

/**
 * Runs a task to its end. `written` is called whenever there may be output.
 * @param {Task} task @param {number} run @param {() => Counts} counts @param {() => Promise<void>} [written]
 */
async function work(task, run, counts, written) {
  working = run;
  current(run).begin(task);
  const pushed = progress(run, counts);
  pushed();
  for (let want = current(run).next(); want; want = current(run).next()) {
    await read(sources[want.source].slice(want.start, want.end), (bytes) => {
      const more = current(run).push(bytes);
      pushed();
      return written ? written().then(() => more) : more;
    });
    current(run).end();
    await written?.();
  }
  await written?.();
  tell({ type: "progress", run, ...counts() });
}

/** @typedef {Omit<Extract<Answer, {type: "progress"}>, "type" | "run">} Counts */

/** Tells how far a run is, now and then. @param {number} run @param {() => Counts} counts */
function progress(run, counts) {
  let told = 0;
  return () => {
    if (performance.now() - told < PAUSE) return;
    told = performance.now();
    tell({ type: "progress", run, ...counts() });
  };
}

/** What lets messages in now and then: a run may have been called off. */
function breather() {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < BREATH) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}

/** @param {unknown} error @returns {{kind: FailureKind, message: string}} */
function reason(error) {
  if (error instanceof RangeError || (error instanceof WebAssembly.RuntimeError && isFull())) return { kind: "memory", message: "" };
  if (error instanceof WebAssembly.RuntimeError) return { kind: "crash", message: "" };
  if (error instanceof Unwritable) return { kind: "unwritable", message: "" };
  if (error instanceof Unreadable || error instanceof DOMException) return { kind: "unreadable", message: "" };
  return { kind: "engine", message: error instanceof Error ? error.message : String(error) };
}

/** Whether the engine's memory cannot double any more: then it stopped for want of memory. */
function isFull() {
  try {
    memory?.grow(memory.buffer.byteLength / 65_536);
    return false;
  } catch {
    return true;
  }
}

/** @param {Answer} answer @param {Transferable[]} [transfer] */
function tell(answer, transfer = []) {
  port.postMessage(answer, transfer);
}
