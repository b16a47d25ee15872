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
await page.waitForFunction(() => globalThis.hallpass && globalThis.parser && globalThis.together);

const NAMES = ["reader", "parser", "hallpass", "together"];
const seen = Object.fromEntries(NAMES.map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  // Each begins once in a while.
  for (const name of NAMES.map((_, at) => NAMES[(at + round) % NAMES.length])) {
    seen[name].push(await page.evaluate((name) => globalThis[name](), name));
  }
}
const cores = await page.evaluate(() => navigator.hardwareConcurrency);
await chromium.close();

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const time = (name) => median(seen[name].map((run) => run.milliseconds / 1000));
/** The median of the ratios of each round: what else the machine does meets both. */
const ratio = (name, other) => median(seen[name].map((run, at) => seen[other][at].milliseconds / run.milliseconds)).toFixed(2);
const memory = (name) => (Math.max(...seen[name].map((run) => run.memory)) / 1e6).toFixed(0);
const speed = (name) => `${time(name).toFixed(2)} s, ${(megabytes / time(name)).toFixed(0)} MB/s`;
console.log(`browser, ${megabytes.toFixed(0)} MB, ${seen.hallpass[0].records} records, ${rounds} rounds, medians`);
console.log(`  reading alone              ${speed("reader")}`);
console.log(`  Papa Parse, parsing alone  ${speed("parser")}`);
console.log(`  Hallpass, one worker       ${speed("hallpass")}; ${ratio("hallpass", "parser")} times Papa Parse, ${ratio("hallpass", "reader")} of reading; ${memory("hallpass")} MB of wasm memory`);
console.log(`  Hallpass, ${cores} workers        ${speed("together")}; ${ratio("together", "parser")} times Papa Parse, ${ratio("together", "reader")} of reading; at most ${memory("together")} MB in one`);
