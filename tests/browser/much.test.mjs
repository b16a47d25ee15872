// Comparing much: memory grows with the number of keys and not with the bytes of the files; what may not fit is asked about
// first; and where memory runs out, the page says so and lives.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { neededToCompare } from "../../www/memory.js";
import { NEW, OLD } from "./bundles.mjs";
import { SELDOM, writeEnrollments } from "./enrollments.mjs";
import { browser, compare, focusedId, narrow, open, press, serve, state, task } from "./helpers.mjs";

const MIB = 2 ** 20;

let server, chromium, folder;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "much-"));
});
after(async () => {
  await chromium?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** Chooses a file for each side, and compares. */
async function compareFiles(page, paths, until) {
  await task(page, "compare");
  for (const side of ["old", "new"]) await page.setInputFiles(`[data-ui="${side}-files"]`, paths[side]);
  await press(page, "compare");
  await page.waitForSelector(`html[data-state="${until}"]`, { timeout: 60_000 });
}

/** The most memory of any worker's module, which only ever grows. */
async function memory(page) {
  const sizes = page.workers().map((worker) => worker.evaluate(async () => {
    const { default: instance } = await import("/pkg/hallpass.js"); // the one that runs: nothing is loaded
    return (await instance()).memory.buffer.byteLength;
  }));
  return Math.max(...await Promise.all(sizes));
}

/** What a comparison of so many records takes, in a page of its own. */
async function taken(count, wide) {
  const { page, context } = await open(chromium, server.address);
  const empty = await memory(page);
  await compareFiles(page, writeEnrollments(join(folder, `${count}-${wide}`), count, wide), "done");
  const counts = await page.locator('[data-part="counts"] strong').allInnerTexts();
  const [added, changed, unchanged, missing] = counts.map((text) => Number(text.replaceAll(",", "")));
  const few = count / SELDOM;
  assert.deepEqual({ added, changed, unchanged, missing }, { added: few, changed: few, unchanged: count - 2 * few, missing: few });
  const all = await memory(page) - empty;
  await context.close();
  return all;
}

test("memory grows with the number of keys, and not with bytes", async () => {
  const [small, wide, many] = [await taken(50_000, 10), await taken(50_000, 400), await taken(200_000, 10)];
  // The bytes of `wide` are four times those of `small`, as those of `many` are.
  assert.ok(wide - small < 4 * MIB, `${small} bytes, and ${wide} for wide records`);
  assert.ok(many - small > 4 * MIB, `${small} bytes, and ${many} for many records`);
  assert.ok(many < neededToCompare(2 * 200_000 * 200) + 40 * MIB, `${many} bytes`);
});

test("what may be too large is asked about before it is compared, and can be tried all the same", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const large = join(folder, "orgs.csv");
  // More than is looked at to recognize it.
  const more = Array.from({ length: 120_000 }, (_, at) => `o${at},,,School ${at},school,,\n`).join("");
  writeFileSync(large, OLD["orgs.csv"] + more);
  truncateSync(large, 12e9); // what follows takes no room on the disk
  const small = join(folder, "new.csv");
  writeFileSync(small, NEW["orgs.csv"]);
  await compareFiles(page, { old: large, new: small }, "asking");
  assert.equal(await focusedId(page), "large-title");
  const words = await page.textContent('[data-ui="large"]');
  assert.match(words, /12 GB in all/);
  assert.match(words, /hallpass compare orgs\.csv new\.csv/);
  assert.match(await page.textContent('[data-ui="status"]'), /Nothing was compared yet/);
  await press(page, "go-on");
  await state(page, "working");
  await press(page, "cancel");
  await state(page, "empty");
  await compareFiles(page, { old: large, new: small }, "asking");
  await press(page, "start-over");
  await state(page, "empty");
  await compare(page, OLD, NEW);
  assert.deepEqual(said, []);
  await context.close();
});

test("where memory runs out, that is what is said, and the page goes on", async () => {
  const { page, context, said } = await open(chromium, server.address, {}, `(${narrow})(300);`);
  await compareFiles(page, writeEnrollments(join(folder, "out"), 400_000), "failed");
  const words = await page.textContent('[data-ui="failure"]');
  assert.match(words, /ran out of memory/);
  assert.match(words, /hallpass compare enrollments\.csv enrollments\.csv/);
  assert.equal(await focusedId(page), "failure-title");
  await compare(page, OLD, NEW);
  assert.deepEqual(said, []);
  await context.close();
});
