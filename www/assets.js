// Where the page's own parts lie: the worker, the compiled engine, the tables of formats, the pages of rules, the samples.
// Nothing else in the page names an address, so the single-file build replaces this file alone. Everything here is asked for
// while the page loads.
// @ts-check
import { engineName } from "./simd.js";

/** Starts a worker. @returns {Worker} */
export function newWorker() {
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
}

/** Fetches and compiles the engine once; every worker gets the same compiled module. @returns {Promise<WebAssembly.Module>} */
export async function compiledEngine() {
  const response = await fetch(new URL(`./pkg/${engineName()}.wasm`, import.meta.url));
  if (!response.ok) throw new Error(`engine: ${response.status}`);
  const streams = "compileStreaming" in WebAssembly && response.headers.get("Content-Type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Fetches the tables of all formats: CSV, by the path below src/formats. @returns {Promise<Record<string, string>>} */
export const formatTables = () => texts("tables");

/** Fetches the pages of all rules: Markdown, by the rule's name. @returns {Promise<Record<string, string>>} */
export const rulePages = () => texts("rules");

/** @param {string} name @returns {Promise<Record<string, string>>} */
async function texts(name) {
  const response = await fetch(new URL(`./pkg/${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/** Fetches a sample bundle (`clean` or `faulty`; at most 20 kB). @param {string} name @returns {Promise<File>} */
export async function sampleFile(name) {
  const response = await fetch(new URL(`./samples/${name}.zip`, import.meta.url));
  if (!response.ok) throw new Error(`sample: ${response.status}`);
  return new File([await response.blob()], `${name}.zip`, { type: "application/zip" });
}
