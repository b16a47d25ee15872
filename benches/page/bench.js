// One measurement each of the page's real worker and of a parser in a worker of its own, on the
// same files. A fresh worker every time: what one run leaves behind must not help the next.
import { compiledEngine } from "../assets.js";

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

globalThis.hallpass = async () => {
  const worker = new Worker("worker.js", { type: "module" });
  await measure(worker, { do: "start", module }, "ready");
  const named = files().map((file) => ({ name: file.name, file }));
  const { milliseconds, data } = await measure(worker, { do: "check", run: 1, files: named, options: { asOf: "2026-09-01" } }, "report");
  const size = await measure(worker, { do: "measure" }, "measured");
  worker.terminate();
  const records = data.report.files.reduce((sum, file) => sum + (file.records ?? 0), 0);
  return { milliseconds, memory: size.data.bytes, records };
};

globalThis.parser = async () => {
  const worker = new Worker("parser.js");
  await measure(worker, { do: "start" }, "ready");
  const { milliseconds, data } = await measure(worker, { do: "parse", files: files() }, "parsed");
  worker.terminate();
  return { milliseconds, records: data.records };
};
