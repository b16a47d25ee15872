// How fast the page checks, beside a parser that only parses: node benches/browser.mjs FOLDER ROUNDS
// (`cargo xtask bench` makes the data, serves the page and starts this). Rounds are interleaved, so
// that whatever else the machine does meets both; medians count. Prints what it saw, nothing else.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { browser } from "../tests/browser/helpers.mjs";

const [folder, rounds] = [process.argv[2], Number(process.argv[3] ?? 5)];
const address = process.env.HALLPASS_PAGE;
if (!folder || !address) {
  console.error("Start this with `cargo xtask bench`.");
  process.exit(2);
}
const paths = readdirSync(folder).map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
const megabytes = paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;

const chromium = await browser();
const page = await chromium.newPage();
page.on("pageerror", (error) => console.error(String(error)));
await page.goto(`${address}bench/`);
await page.setInputFiles("input", paths);
await page.waitForFunction(() => globalThis.hallpass && globalThis.parser);

const times = { hallpass: [], parser: [] };
let memory = 0;
let records;
for (let round = 0; round < rounds; round += 1) {
  const order = round % 2 ? ["parser", "hallpass"] : ["hallpass", "parser"];
  for (const name of order) {
    const got = await page.evaluate((name) => globalThis[name](), name);
    times[name].push(got.milliseconds / 1000);
    memory = Math.max(memory, got.memory ?? 0);
    records = { ...records, [name]: got.records };
  }
}
await chromium.close();

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const [checked, parsed] = [median(times.hallpass), median(times.parser)];
const line = (name, seconds, count) => `${name}: ${seconds.toFixed(2)} s, ${(megabytes / seconds).toFixed(0)} MB/s, ${count} records`;
console.log(line("browser, Hallpass checks everything", checked, records.hallpass));
console.log(line("browser, Papa Parse only parses", parsed, records.parser));
console.log(`ratio of the medians: ${(checked / parsed).toFixed(2)} (below 1: Hallpass is faster), ${rounds} rounds`);
console.log(`wasm memory at its largest: ${(memory / 1e6).toFixed(1)} MB for ${megabytes.toFixed(1)} MB of files`);
