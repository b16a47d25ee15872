// Runs the engine off the page's thread: forwards messages and streams the byte ranges it wants. Never judges anything,
// never keeps bytes, and shuts its own ways to the network before it sees a file.
// @ts-check
/** @import { Answer, FailureKind, Named, Options, Order, Output, Task } from "./types.d.ts" */
import init, { Session, formats, version } from "./pkg/hallpass.js";

const BUFFER = 2 * 1024 * 1024; // bytes per read where the browser fills a buffer of ours
const SLICE = 16 * 1024 * 1024; // bytes per read where it does not
const PAUSE = 100; // milliseconds between two progress messages
const STALL = 10_000; // milliseconds after which a read of a stream is given up

const port = /** @type {MessagePort} */ (/** @type {unknown} */ (self));
/** A file that the browser gives no bytes of. */
class Unreadable extends Error {}

/** @type {Session | undefined} */
let session;
/** @type {File[]} */
let sources = [];
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
  if (order.do === "check") {
    session?.free();
    session = openSession(order.files, order.options);
    await work(session, { do: "check" }, run);
    return tell({ type: "report", run, report: session.report() });
  }
  if (order.do === "context") {
    const { group, sample } = order;
    return tell({ type: "context", run, group, sample, context: session?.context(group, sample) ?? null });
  }
  if (!session) return tell({ type: "failed", run, kind: "lost", message: "" });
  await work(session, order.task, run);
  tell({ type: "outputs", run, outputs: session.outputs() });
}

/** @param {Named[]} files @param {Options} options */
function openSession(files, options) {
  const opened = new Session(options);
  sources = [];
  for (const { name, file } of files) sources[opened.add(name, file.size)] = file;
  return opened;
}

/** @param {Session} session @param {Task} task @param {number} run */
async function work(session, task, run) {
  session.begin(task);
  let told = 0;
  const pushed = () => {
    if (performance.now() - told < PAUSE) return;
    told = performance.now();
    tell({ type: "progress", run, ...counts(session) });
  };
  pushed();
  for (let want = session.next(); want; want = session.next()) {
    await stream(sources[want.source].slice(want.start, want.end), session, pushed);
    session.end();
  }
  tell({ type: "progress", run, ...counts(session) });
}

/** @param {Session} session */
function counts(session) {
  const { done, total } = session.progress();
  return { done, total };
}

/**
 * What is being read. Browsers have stopped streams whose blob or reader was collected, so both stay here.
 * @type {{slice: Blob, reader: ReadableStreamBYOBReader} | undefined}
 */
let reading;

/**
 * Pushes a slice of a file into the session until its end or until the session has had enough. A stream that stalls
 * is given up, and the rest is read in slices.
 * @param {Blob} slice @param {Session} session @param {() => void} pushed
 */
async function stream(slice, session, pushed) {
  const reader = byteReader(slice);
  if (!reader) return inSlices(slice, 0, session, pushed);
  reading = { slice, reader };
  let at = 0;
  let seen = -1;
  // A cancelled stream ends; that it ended early tells that it was given up.
  const watch = setInterval(() => (at === seen ? reader.cancel() : (seen = at)), STALL);
  try {
    for (let buffer = new ArrayBuffer(Math.max(1, Math.min(BUFFER, slice.size))); ; ) {
      const { value, done } = await bytes(reader.read(new Uint8Array(buffer)));
      if (done || !value) break;
      const more = session.push(value);
      at += value.byteLength;
      pushed();
      if (!more) return await reader.cancel();
      buffer = value.buffer;
    }
  } finally {
    clearInterval(watch);
    reading = undefined;
  }
  return inSlices(slice, at, session, pushed);
}

/** @param {Blob} slice @returns {ReadableStreamBYOBReader | undefined} */
function byteReader(slice) {
  try {
    return slice.stream().getReader({ mode: "byob" });
  } catch {
    return undefined;
  }
}

/** @param {Blob} slice @param {number} from @param {Session} session @param {() => void} pushed */
async function inSlices(slice, from, session, pushed) {
  for (let at = from; at < slice.size; at += SLICE) {
    const more = session.push(new Uint8Array(await bytes(slice.slice(at, at + SLICE).arrayBuffer())));
    pushed();
    if (!more) return;
  }
}

/**
 * What a read gives. A file that changed since it was chosen is refused in other words by every way of reading it.
 * @template T @param {Promise<T>} read @returns {Promise<T>}
 */
async function bytes(read) {
  try {
    return await read;
  } catch (error) {
    throw error instanceof RangeError ? error : new Unreadable();
  }
}

/** @param {unknown} error @returns {{kind: FailureKind, message: string}} */
function reason(error) {
  if (error instanceof WebAssembly.RuntimeError) return { kind: "crash", message: "" };
  if (error instanceof RangeError) return { kind: "memory", message: "" };
  if (error instanceof Unreadable || error instanceof DOMException) return { kind: "unreadable", message: "" };
  return { kind: "engine", message: error instanceof Error ? error.message : String(error) };
}

/** @param {Answer} answer */
function tell(answer) {
  port.postMessage(answer);
}
