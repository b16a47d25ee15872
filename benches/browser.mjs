// Runs cases in Chromium in turns: node benches/browser.mjs PLAN.json (`cargo xtask bench` makes the data, serves the page
// and starts this). Prints one line of JSON for each run, nothing else.
//
// PLAN: {rounds, bundles: [{name, bytes, files}], cases: [{case, on}]}, `on` being the number of a bundle.
import { readFileSync } from "node:fs";
import { browser } from "../tests/browser/helpers.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const LIMIT = 600_000; // milliseconds

const chromium = await browser();
const page = await chromium.newPage();
page.on("pageerror", (error) => console.error(String(error)));
await page.goto(`${process.env.HALLPASS_PAGE}bench/`);
await page.waitForFunction(() => globalThis.prepared);
await page.evaluate((count) => globalThis.prepare(count), plan.bundles.length);
for (const [at, { files }] of plan.bundles.entries()) await page.locator("input").nth(at).setInputFiles(files);

const late = (name) => new Promise((_, reject) => setTimeout(() => reject(new Error(`${name} took too long`)), LIMIT).unref());
const failed = new Set();
for (let round = 0; round < plan.rounds; round += 1) {
  // Each begins once in a while.
  for (const [at] of plan.cases.entries()) {
    const { case: name, on } = plan.cases[(at + round) % plan.cases.length];
    const bundle = plan.bundles[on];
    if (failed.has(`${name} ${on}`)) continue;
    try {
      const run = page.evaluate(([name, on]) => globalThis.run(name, on), [name, on]);
      const { milliseconds, ...values } = await Promise.race([run, late(name)]);
      console.log(JSON.stringify({ case: `browser:${name}`, on: bundle.name, round, seconds: milliseconds / 1000, bytes: bundle.bytes, values, note: "" }));
    } catch (error) {
      failed.add(`${name} ${on}`);
      console.error(`${name} on ${bundle.name}: ${error}`);
    }
  }
}
await chromium.close();
