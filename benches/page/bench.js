// One run of one case on one bundle, in fresh workers: what one run leaves behind must not help the next. The files come
// from an input for each bundle, so that the browser reads them as it reads a user's.
import { compiledEngine, formatTables } from "../assets.js";
import { share } from "../sharing.js";
import { duckdb } from "./duckdb.js";
import { members } from "./members.js";

const [module, tables] = await Promise.all([compiledEngine(), formatTables()]);
const cores = navigator.hardwareConcurrency;

/** What a worker answers to an order, and how long it took. */
function ask(worker, order, last) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) => {
      if (data.type === "failed") reject(new Error(data.message));
      if (data.type === last) resolve({ milliseconds: performance.now() - start, data });
    };
    worker.postMessage(order);
  });
}

/** Workers that are loaded and ready. */
const hire = (count, script, start, type = "module") => Promise.all(Array.from({ length: count }, async () => {
  const worker = new Worker(script, { type });
  await ask(worker, start, "ready");
  return worker;
}));

/** A check by so many of the page's workers, dealt out as the page does it. */
async function check(files, count) {
  const workers = await hire(count, "worker.js", { do: "start", module, tables, secret: crypto.getRandomValues(new BigUint64Array(2)) });
  const [owner, ...helpers] = workers;
  const named = files.map((file) => ({ name: file.name, file }));
  const order = { do: "check", run: 1, files: named, options: { asOf: "2026-09-01" } };
  const start = performance.now();
  const report = await new Promise((resolve, reject) => {
    const sharing = share(order, owner, helpers);
    for (const worker of workers) {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        const told = sharing.answer(worker, data);
        if (told?.type === "failed") reject(new Error(`${told.kind} ${told.message}`));
        if (told?.type === "report") resolve(told.report);
      };
    }
  });
  const milliseconds = performance.now() - start;
  let memory = 0;
  for (const worker of workers) {
    memory += (await ask(worker, { do: "measure" }, "measured")).data.bytes;
    worker.terminate();
  }
  const { error, warning, info } = report.totals;
  const records = report.files.reduce((sum, file) => sum + (file.records ?? 0), 0);
  return { milliseconds, memory, records, invalid: error + warning + info };
}

/** A parser in a worker of its own, which parses every record, counts it and drops it. */
async function parse(files, script, type) {
  const [worker] = await hire(1, script, { do: "start" }, type);
  const { milliseconds, data } = await ask(worker, { do: "parse", files }, "parsed");
  worker.terminate();
  return { milliseconds, records: data.records };
}

/** As many workers as processors inflate the members of a zip and drop the bytes, the largest first. */
async function inflate([zip]) {
  const workers = await hire(cores, "inflater.js", { do: "start" });
  const start = performance.now();
  const waiting = (await members(zip)).sort((a, b) => a.size - b.size);
  let bytes = 0;
  await Promise.all(workers.map(async (worker) => {
    for (let member = waiting.pop(); member; member = waiting.pop()) {
      bytes += (await ask(worker, { do: "inflate", member: member.packed }, "inflated")).data.bytes;
    }
  }));
  const milliseconds = performance.now() - start;
  for (const worker of workers) worker.terminate();
  return { milliseconds, inflated: bytes };
}

const CASES = {
  "reading": (files) => parse(files, "reader.js", "module"),
  "hallpass-1": (files) => check(files, 1),
  "hallpass-all": (files) => check(files, cores),
  "papaparse": (files) => parse(files, "papaparse.js", "classic"),
  "udsv": (files) => parse(files, "udsv.js", "module"),
  "duckdb": duckdb,
  "inflating": inflate,
};

/** Runs a case on the bundle of the input of this number. */
globalThis.run = (name, input) => CASES[name]([...document.querySelectorAll("input")[input].files]);

/** Makes an input for each bundle. */
globalThis.prepare = (count) => {
  for (let at = 0; at < count; at += 1) {
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true });
    document.body.append(input);
  }
};
globalThis.prepared = true;
