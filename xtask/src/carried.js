// Stands in for www/assets.js in the single-file page, which carries all that the site loads.
// Browsers keep a page that is opened from disk from loading modules, wasm and workers out of files.
import hallpass_bg from "./pkg/hallpass_bg.wasm";
import hallpass_scalar_bg from "./pkg/hallpass_scalar_bg.wasm";
import pages from "./pkg/rules.json";
import tables from "./pkg/tables.json";
import clean from "./samples/clean.zip";
import faulty from "./samples/faulty.zip";
import { engineName } from "./simd.js";
import script from "./worker.txt";

const worker = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
const engines = { hallpass_bg, hallpass_scalar_bg };
const samples = { clean, faulty };

export const newWorker = () => new Worker(worker);
export const compiledEngine = () => WebAssembly.compile(engines[engineName()]);
export const formatTables = async () => tables;
export const rulePages = async () => pages;
export const sampleFile = async (name) => new File([samples[name]], `${name}.zip`, { type: "application/zip" });
