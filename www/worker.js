// Runs the engine off the page's thread: forwards messages and streams the byte ranges it wants. Does a check alone, or
// with others in parts that the page deals out. Never judges anything, never keeps bytes, and shuts its own ways to the
// network before it sees a file.
// @ts-check
/** @import { Answer, FailureKind, Named, Options, Order, Output, PartResult, Task } from "./types.d.ts" */
import init, { Session, formats, version } from "./pkg/hallpass.js";
import { Unreadable, read } from "./reading.js";

const PAUSE = 100; // milliseconds between two progress messages
const LEAST = 4 * 1024 * 1024; // bytes of a part that is worth a worker

const port = /** @type {MessagePort} */ (/** @type {unknown} */ (self));
/** @type {Session | undefined} */
let session;
/** @type {File[]} */
let sources = [];
let working = 0; // the run of the parts at hand
/** @type {PartResult[]} what others found, until all parts are there */
let others = [];
/** @type {(module: WebAssembly.Module) => void} */
let start = () => {};
const ready = new Promise((/** @type {(module: WebAssembly.Module) => void} */ resolve) => (start = resolve)).then(open);

port.onmessage = async (event) => {
  /** @type {Order} */
  const order = event.data;
  if (order.do === "start") return start(order.module);
  await ready;
  try {
    await obey(order);
  } catch (error) {
    tell({ type: "failed", run: order.run, ...reason(error) });
  }
};

/** @param {WebAssembly.Module} module */
async function open(module) {
  shutWaysOut();
  await init({ module_or_path: module });
  tell({ type: "ready", version: version(), formats: formats() });
}
ready.catch(() => tell({ type: "failed", run: 0, kind: "load", message: "" }));

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
      session = openSession(order.files, order.options);
      if (order.parts) return plan(session, order.parts, run);
      return finish(session, run);
    case "help":
      session = openSession(order.files, order.options);
      return plan(session, order.parts, run);
    case "parts":
      return session && parts(session, order.parts, order.keep, run);
    case "put":
      return void others.push(...order.results);
    case "finish":
      if (session) join(session);
      return session && finish(session, run);
    case "stop":
      working = 0;
      return closeSession();
    case "context": {
      const { group, sample } = order;
      return tell({ type: "context", run, group, sample, context: session?.context(group, sample) ?? null });
    }
    case "output":
      if (!session) return tell({ type: "failed", run, kind: "lost", message: "" });
      await work(session, order.task, run);
      return tell({ type: "outputs", run, outputs: session.outputs() });
  }
}

/** @param {Named[]} files @param {Options} options */
function openSession(files, options) {
  closeSession();
  const opened = new Session(options);
  sources = [];
  for (const { name, file } of files) sources[opened.add(name, file.size)] = file;
  return opened;
}

function closeSession() {
  session?.free();
  session = undefined;
  sources = [];
  others = [];
}

/** Does what is left of a check. @param {Session} session @param {number} run */
async function finish(session, run) {
  await work(session, { do: "check" }, run);
  tell({ type: "report", run, report: session.report() });
}

/** Prepares a check in parts. @param {Session} session @param {number} parts @param {number} run */
async function plan(session, parts, run) {
  await work(session, { do: "plan" }, run);
  tell({ type: "planned", run, sizes: [...session.parts(parts, LEAST)] });
}

/**
 * Checks parts. Their results stay in the session, or go to the worker that has the check.
 * @param {Session} session @param {number[]} parts @param {boolean} keep @param {number} run
 */
async function parts(session, parts, keep, run) {
  working = run;
  let done = 0;
  const pushed = progress(run, () => ({ done, total: 0 }));
  for (const at of parts) {
    const want = session.beginPart(at);
    await read(sources[want.source].slice(want.start, want.end), (bytes) => {
      if (working !== run) return false;
      done += bytes.byteLength;
      const more = session.pushPart(bytes);
      pushed();
      return more;
    });
    if (working !== run) return;
    session.endPart();
  }
  const results = keep ? [] : parts.map((at) => ({ at, bytes: take(session, at) }));
  tell({ type: "parts", run, results }, results.flatMap(({ bytes }) => bytes.map((piece) => piece.buffer)));
}

/** The result of a part, piece by piece: as a whole it would double the engine's memory. @param {Session} session @param {number} at */
function take(session, at) {
  const pieces = [];
  for (let piece = session.takePart(at); piece; piece = session.takePart(at)) pieces.push(piece);
  return pieces;
}

/** Puts all parts together. @param {Session} session */
function join(session) {
  for (const { at, bytes: [head] } of others) if (head) session.putPart(at, head);
  session.join();
  for (const { at, bytes: [, ...facts] } of others) for (const piece of facts) session.putFacts(at, piece);
  others = [];
}

/** @param {Session} session @param {Task} task @param {number} run */
async function work(session, task, run) {
  const counts = () => ({ done: session.progress().done, total: session.progress().total });
  session.begin(task);
  const pushed = progress(run, counts);
  pushed();
  for (let want = session.next(); want; want = session.next()) {
    await read(sources[want.source].slice(want.start, want.end), (bytes) => {
      const more = session.push(bytes);
      pushed();
      return more;
    });
    session.end();
  }
  tell({ type: "progress", run, ...counts() });
}

/** Tells how far a run is, now and then. @param {number} run @param {() => {done: number, total: number}} counts */
function progress(run, counts) {
  let told = 0;
  return () => {
    if (performance.now() - told < PAUSE) return;
    told = performance.now();
    tell({ type: "progress", run, ...counts() });
  };
}

/** @param {unknown} error @returns {{kind: FailureKind, message: string}} */
function reason(error) {
  if (error instanceof WebAssembly.RuntimeError) return { kind: "crash", message: "" };
  if (error instanceof RangeError) return { kind: "memory", message: "" };
  if (error instanceof Unreadable || error instanceof DOMException) return { kind: "unreadable", message: "" };
  return { kind: "engine", message: error instanceof Error ? error.message : String(error) };
}

/** @param {Answer} answer @param {Transferable[]} [transfer] */
function tell(answer, transfer = []) {
  port.postMessage(answer, transfer);
}
