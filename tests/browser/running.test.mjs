// A check on its way: a file of a gigabyte moves on, shows what was found so far, can be called off at once, and is checked
// to its end when asked again; the page answers all the while.
import assert from "node:assert/strict";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, focusedId, open, press, serve, state } from "./helpers.mjs";

const BYTES = 1e9;
const BLOCK = 1000; // records that are made once and written again with other keys
const BROKEN = 7; // records of each block that have a fault

let server, chromium, folder, path, records;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "running-"));
  path = join(folder, "orgs.csv");
  records = write(path);
});
after(async () => {
  await chromium?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** Writes so many bytes of schools with long names of their own, each key once. Gives the number of records. */
function write(path) {
  const names = Array.from({ length: BLOCK }, (_, at) =>
    `o-00000000-${at},,,"School ${at}${", of the long valley".repeat(60)}",${at < BROKEN ? "schol" : "school"},,\n`);
  const block = Buffer.from(names.join(""));
  const places = [];
  for (let at = 0, offset = 0; at < BLOCK; at += 1) {
    places.push(offset + 2);
    offset += Buffer.byteLength(names[at]);
  }
  const file = openSync(path, "w");
  let size = writeSync(file, "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n");
  let blocks = 0;
  for (; size < BYTES; blocks += 1) {
    const number = String(blocks).padStart(8, "0");
    for (const place of places) block.write(number, place, "latin1");
    size += writeSync(file, block);
  }
  closeSync(file);
  return blocks * BLOCK;
}

/** In the page: how long other work had to wait at most, since the last question. */
function watchPage() {
  let longest = 0;
  let last = performance.now();
  setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 20);
    last = performance.now();
  }, 20);
  globalThis.longestWait = () => {
    const wait = longest;
    longest = 0;
    return wait;
  };
  globalThis.told = [];
  new MutationObserver(() => globalThis.told.push(document.querySelector('[data-ui="status"]').textContent))
    .observe(document.querySelector('[data-ui="status"]'), { childList: true });
}

const bar = (page) => page.evaluate(() => document.querySelector('[data-ui="bar"]').value);
const moves = (page, from) => page.waitForFunction((from) => document.querySelector('[data-ui="bar"]').value > from, from, { timeout: 60_000 });

test("a gigabyte: it moves, it can be called off, and it comes to its end", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await page.evaluate(watchPage);
  const workers = page.workers().length;

  await page.setInputFiles('[data-ui="files"]', path);
  await state(page, "working");
  await moves(page, 0.02);
  const early = await bar(page);
  await page.waitForSelector('[data-ui="found"] li');
  assert.match(await page.textContent('[data-ui="found"]'), /not finished/);
  assert.match(await page.textContent('[data-ui="found"]'), /not one of the allowed codes/);
  const valueText = await page.getAttribute('[data-ui="bar"]', "aria-valuetext");
  assert.match(valueText, /^\d+ % read\. So far [\d,]+ errors, 0 warnings\./);
  await moves(page, early);

  // Called off while all are at work: the page is free at once, and so are the workers, soon.
  const took = await page.evaluate(() => {
    const start = performance.now();
    document.querySelector('[data-action="cancel"]').click();
    return performance.now() - start;
  });
  assert.equal(await page.getAttribute("html", "data-state"), "empty");
  assert.equal(await focusedId(page), await page.evaluate(() => document.querySelector('[data-ui="files"]').id));
  assert.ok(took < 1000, `${took} ms`);
  await page.waitForTimeout(300);
  const idle = await Promise.all(page.workers().map((worker) => worker.evaluate(() => new Promise((resolve) => {
    const start = performance.now();
    setTimeout(() => resolve(performance.now() - start), 10);
  }))));
  assert.ok(idle.every((wait) => wait < 1000), `workers still busy: ${idle}`);
  assert.ok(page.workers().length >= workers - 1);

  await page.setInputFiles('[data-ui="files"]', path);
  await state(page, "working");
  await page.waitForSelector('html[data-state="done"]', { timeout: 120_000 });
  const facts = await page.textContent('[data-ui="verdict"]');
  assert.ok(facts.includes(`${records.toLocaleString("en")} records`), facts);
  const errors = (records / BLOCK) * BROKEN + 1; // and the manifest is missing
  assert.ok(facts.includes(`${errors.toLocaleString("en")} errors`), facts);

  assert.ok(await page.evaluate(() => globalThis.longestWait()) < 2000, "the page answers all the while");
  const told = await page.evaluate(() => globalThis.told);
  assert.ok(told.length < 20, `a screen reader was told ${told.length} things`);
  assert.deepEqual(said, []);
  await context.close();
});
