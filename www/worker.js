// Runs the engine off the page's thread: forwards messages and streams the byte ranges it wants. Does a check alone, or with
// others in parts that the page deals out, and what is made of the files behind it; one worker has comparisons instead. Never
// judges anything, never keeps bytes, and shuts its own ways to the network before it sees a file.
// @ts-check
/** @import { Answer, Named, Options, Order, Output, PartResult, Place, Task } from "./types.d.ts" */
import init, { Comparison, Session, addTable, formats, pack, packFormat, profiles, setSecret, version } from "./pkg/hallpass.js";
import { reason } from "./faults.js";
import { read } from "./reading.js";
import { prove, rehearse, shutWaysOut } from "./starting.js";
import { collect, stream } from "./writing.js";

const PAUSE = 200; // milliseconds between two progress messages
const BREATH = 25; // milliseconds of work without a look at the messages
const LEAST = 4 * 1024 * 1024; // bytes of a part that is worth a worker
const SHOWN = 5; // records of each converted file that are shown

const port = /** @type {MessagePort} */ (/** @type {unknown} */ (self));
/** @type {Session | undefined} */
let session;
/** @type {Comparison | undefined} */
let comparison;
/** @type {Blob[]} */
let sources = [];
let working = 0; // the run at hand; 0 when it was called off
let first = 0; // bytes of the first reading, once it is planned
/** @type {PartResult[]} what others found, until all parts are there */
let others = [];
let goOn = () => {}; // what waits for the user
let idle = true; // until somebody wants something
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
  idle &&= order.do === "rehearse";
  await ready;
  try {
    await obey(order);
  } catch (error) {
    if (!(error instanceof CalledOff)) tell({ type: "failed", run: order.run, ...reason(error, memory) });
    else if (order.do === "convert") tell({ type: "halted", run: order.run }); // only now may another begin
  }
};

/** @param {Start} order */
async function open({ module, tables, secret }) {
  shutWaysOut();
  ({ memory } = await init({ module_or_path: module }));
  for (const [path, text] of Object.entries(tables)) addTable(path, text);
  setSecret(secret[0], secret[1]);
  tell({ type: "ready", version: version(), formats: formats(), profiles: profiles() });
  prove();
}
ready.catch(() => tell({ type: "failed", run: 0, kind: "load", message: "" }));

/** @param {Exclude<Order, {do: "start"}>} order */
async function obey(order) {
  const { run } = order;
  switch (order.do) {
    case "rehearse":
      return rehearse(order.file, () => idle).catch(() => {}); // the check will tell
    case "look":
      return look(order.files, run);
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
    case "propose":
      return propose(order.files, run);
    case "columns":
      if (!session) return tell({ type: "failed", run, kind: "lost", message: "" });
      return tell({ type: "columns", run, columns: session.columns() });
    case "compare":
      openComparison(order.old, order.new, order.options);
      await work({ do: "compare" }, run, { most: order.most });
      return tell({ type: "compared", run, report: comparison?.report(), bundles: comparison?.bundles() ?? [] });
    case "output":
      if (!atHand()) return tell({ type: "failed", run, kind: "lost", message: "" });
      return tell({ type: "outputs", run, outputs: await write(order.task, order.place, run) });
    case "convert":
      if (!session) return tell({ type: "failed", run, kind: "lost", message: "" });
      return convert(order);
    case "go-on":
      return goOn();
    case "pack":
      return packed(run, "", pack(order.texts));
    case "pack-format":
      return packed(run, order.id, packFormat(order.id));
    case "halt":
      working = 0;
  }
}

/** Hands over the zip of a layout. @param {number} run @param {string} of the format, if it is one's @param {Uint8Array} bytes */
function packed(run, of, bytes) {
  tell({ type: "packed", run, of, zip: new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type: "application/zip" }) });
}

/** Finds a layout of the user's own among files. What cannot be opened holds none: the check tells why. @param {Named[]} files @param {number} run */
async function look(files, run) {
  const other = new Session({ asOf: "2000-01-01" });
  try {
    for (const { name, file } of files) other.add(name, file.size);
    await work({ do: "layout" }, run, { engine: other, from: files.map(({ file }) => file), counts: () => ({ done: 0, total: 0 }) });
    tell({ type: "looked", run, own: other.own() ?? null });
  } catch (error) {
    if (error instanceof CalledOff || reason(error, memory).kind !== "engine") throw error;
    tell({ type: "looked", run, own: null });
  } finally {
    other.free();
  }
}

/** Makes a layout of files, whatever else is at hand. @param {Named[]} files @param {number} run */
async function propose(files, run) {
  const engine = new Session({ asOf: "2000-01-01" });
  try {
    for (const { name, file } of files) engine.add(name, file.size);
    const from = files.map(({ file }) => file);
    tell({ type: "outputs", run, outputs: await write({ do: "propose" }, undefined, run, { engine, from }) });
  } finally {
    engine.free();
  }
}

/** @param {Named[]} files @param {Options} options */
function openSession(files, options) {
  closeSession();
  session = new Session(options);
  for (const { name, file } of files) sources[session.add(name, file.size)] = file;
}

/** @param {Named[]} old @param {Named[]} now @param {Options} options */
function openComparison(old, now, options) {
  closeSession();
  comparison = new Comparison(options);
  for (const { name, file } of old) comparison.addOld(name, file.size);
  for (const { name, file } of now) comparison.addNew(name, file.size);
  sources = [...old, ...now].map(({ file }) => file);
}

/** Whatever this worker has. */
const atHand = () => comparison ?? session;

/** Forgets a check or a comparison. One that is going on ends as soon as it has its next bytes. */
function closeSession() {
  atHand()?.free();
  session = undefined;
  comparison = undefined;
  sources = [];
  others = [];
  working = 0;
  first = 0;
  goOn(); // to its end
}

/** The session of a run that still goes on. @param {number} run @returns {Session} */
function current(run) {
  if (!session || working !== run) throw new CalledOff();
  return session;
}

/** Prepares a check. @param {number} most parts of it @param {number} run */
async function plan(most, run) {
  await work({ do: "plan" }, run, { counts: () => ({ done: 0, total: 0 }) });
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
  await work({ do: "check" }, run, { counts: () => {
    const { done, total } = current(run).progress();
    // Files whose relations are broken are read again: that is a way of its own.
    const again = total > first;
    const from = again ? first : 0;
    return { done: Math.max(0, done - from), total: total - from, again, ...current(run).found() };
  } });
  tell({ type: "report", run, report: current(run).report(), targets: current(run).targets() });
}

/**
 * Writes what a task gives: to a place that was chosen, or into blobs.
 * @param {Task} task @param {Place | undefined} place @param {number} run @param {{engine?: Engine, from?: Blob[]}} [ways] of `work` @returns {Promise<Output[]>} what is not in the place
 */
async function write(task, place, run, ways = {}) {
  const out = place ? await stream(place) : collect();
  try {
    await work(task, run, { ...ways, written: async (engine) => {
      for (const piece of engine.take()) await out.write(piece);
    } });
    return await out.close();
  } catch (error) {
    await out.abort();
    throw error;
  }
}

/** Converts, and checks what came of it as the receiver would. @param {Extract<Order, {do: "convert"}>} order */
async function convert({ run, to, set, place, asOf, profile }) {
  const outputs = await write({ do: "convert", to, set }, place, run);
  const losses = current(run).losses();
  const made = place ? [await place.getFile()] : outputs.filter(({ log }) => !log).map(({ name, blob }) => new File([blob], name));
  const other = new Session({ asOf, format: to, ...(profile ? { profile } : {}) });
  try {
    for (const file of made) other.add(file.name, file.size);
    await work({ do: "check" }, run, { engine: other, from: made, again: true });
    tell({ type: "converted", run, outputs, report: other.report(), heads: other.heads(SHOWN), losses });
  } finally {
    other.free();
  }
}

/** @typedef {Session | Comparison} Engine */

/**
 * Runs a task to its end.
 * @param {Task} task @param {number} run
 * @param {object} [ways]
 * @param {Engine} [ways.engine] what runs it: what this worker has, unless told
 * @param {Blob[]} [ways.from] its sources
 * @param {boolean} [ways.again] whether it is another reading of the same run
 * @param {() => Counts} [ways.counts] how far it is
 * @param {number} [ways.most] bytes, unpacked, of which more are asked about before they are read
 * @param {(engine: Engine) => Promise<void>} [ways.written] called whenever there may be output
 */
async function work(task, run, { engine = atHand(), from = sources, again = false, counts, most = Infinity, written } = {}) {
  working = run;
  const going = () => {
    if (!engine || working !== run) throw new CalledOff();
    return engine;
  };
  const far = counts ?? (() => ({ ...going().progress(), again }));
  going().begin(task);
  const pushed = progress(run, far);
  pushed();
  for (let want = going().next(); want; want = going().next()) {
    const unpacked = most < Infinity ? going().progress().total : 0;
    if (unpacked > most) {
      tell({ type: "large", run, unpacked });
      await new Promise((resolve) => (goOn = () => resolve(undefined)));
      going();
      most = Infinity;
    }
    await read(from[want.source].slice(want.start, want.end), (bytes) => {
      const more = going().push(bytes);
      pushed();
      return written ? written(going()).then(() => more) : more;
    });
    going().end();
    await written?.(going());
  }
  await written?.(going());
  tell({ type: "progress", run, ...far() });
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

/** @param {Answer} answer @param {Transferable[]} [transfer] */
function tell(answer, transfer = []) {
  port.postMessage(answer, transfer);
}
