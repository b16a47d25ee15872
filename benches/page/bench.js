// One measurement each of the page's real worker and of a parser in a worker of its own, on the
// same files. A fresh worker every time: what one run leaves behind must not help the next.
import { compiledEngine } from "../assets.js";
import { share } from "../sharing.js";

const module = await compiledEngine();
const files = () => [...document.querySelector("input").files];

/** The time from handing over the files to the answer `last` says is the last one. */
function measure(worker, order, last) {
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

const checkers = (count) => Promise.all(Array.from({ length: count }, async () => {
  const worker = new Worker("worker.js", { type: "module" });
  await measure(worker, { do: "start", module }, "ready");
  return worker;
}));

/** A check by so many workers, dealt out as the page does it. */
async function check(count) {
  const [owner, ...helpers] = await checkers(count);
  const named = files().map((file) => ({ name: file.name, file }));
  const order = { do: "check", run: 1, files: named, options: { asOf: "2026-09-01" } };
  const start = performance.now();
  const report = await new Promise((resolve, reject) => {
    const sharing = share(order, owner, helpers);
    for (const worker of [owner, ...helpers]) {
      worker.onerror = (event) => reject(new Error(event.message));
      worker.onmessage = ({ data }) => {
        const told = sharing.answer(worker, data);
        if (told?.type === "failed") reject(new Error(told.message));
        if (told?.type === "report") resolve(told.report);
      };
    }
  });
  const milliseconds = performance.now() - start;
  let memory = 0;
  for (const worker of [owner, ...helpers]) {
    memory = Math.max(memory, (await measure(worker, { do: "measure" }, "measured")).data.bytes);
    worker.terminate();
  }
  return { milliseconds, memory, records: report.files.reduce((sum, file) => sum + (file.records ?? 0), 0) };
}

globalThis.hallpass = () => check(1);
globalThis.together = () => check(navigator.hardwareConcurrency);

globalThis.reader = async () => {
  const worker = new Worker("reader.js", { type: "module" });
  await measure(worker, { do: "start" }, "ready");
  const { milliseconds } = await measure(worker, { do: "read", files: files() }, "read");
  worker.terminate();
  return { milliseconds };
};

globalThis.parser = async () => {
  const worker = new Worker("parser.js");
  await measure(worker, { do: "start" }, "ready");
  const { milliseconds, data } = await measure(worker, { do: "parse", files: files() }, "parsed");
  worker.terminate();
  return { milliseconds, records: data.records };
};
