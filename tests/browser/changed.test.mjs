// A file changes on disk after it was chosen: that is how people work, a spreadsheet open beside the page.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, download, focusedId, open, press, serve, state } from "./helpers.mjs";

const HEADER = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
const FAULTY = `${HEADER}o1,,,Spring School ,schol,,\n`;
const MENDED = `${HEADER}o1,,,Spring School,school,,\no2,,,Hill School,school,,\n`;

let server, chromium, folder, path;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "changed-"));
  path = join(folder, "orgs.csv");
});
after(async () => {
  await chromium?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

/** Checks a file on disk, then saves it anew there. */
async function changed() {
  const { page, context, said } = await open(chromium, server.address);
  writeFileSync(path, FAULTY);
  await page.setInputFiles('[data-ui="files"]', path);
  await state(page, "done");
  writeFileSync(path, MENDED);
  return { page, context, said };
}

test("checking a file again that was saved anew says so, and the file can be chosen there", async () => {
  const { page, context, said } = await changed();
  await page.evaluate(() => { delete globalThis.showOpenFilePicker; }); // as in browsers without it
  await page.locator('[data-ui="settings"] > summary').click();
  await press(page, "again");
  await state(page, "failed");
  const words = await page.textContent('[data-ui="failure"]');
  assert.match(words, /changed since you chose it/);
  assert.doesNotMatch(words, /network/i);
  assert.equal(await focusedId(page), "failure-title");
  assert.equal(await page.locator('[data-ui="failure"] [data-action="again"]').count(), 0, "pressing it would fail again");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator('[data-ui="failure"] [data-action="choose"]').click()]);
  await chooser.setFiles(path);
  await state(page, "done");
  assert.match(await page.textContent('[data-ui="verdict"]'), /2 records/, "what is on the disk now is checked");
  assert.deepEqual(said, []);
  await context.close();
});

test("a large file that was saved anew costs no worker, so that nothing is asked of the network", async () => {
  const { page, context, requests } = await open(chromium, server.address);
  await page.evaluate(() => { delete globalThis.showOpenFilePicker; });
  const records = Array.from({ length: 1_600_000 }, (_, at) => `o${at},,,School number ${at} of many,school,,\n`).join("");
  const workers = page.workers().length;
  const asked = requests.length;
  for (let times = 0; times < 4; times += 1) {
    writeFileSync(path, HEADER + records);
    await page.setInputFiles('[data-ui="files"]', path);
    writeFileSync(path, MENDED); // while it is read, or before
    await page.waitForSelector('html[data-state="failed"]');
  }
  assert.equal(page.workers().length, workers);
  assert.deepEqual(requests.slice(asked).filter(({ url }) => !url.startsWith("blob:")), []);
  await page.setInputFiles('[data-ui="files"]', path);
  await state(page, "done");
  await context.close();
});

test("a download that fails keeps the results", async () => {
  const { page, context } = await changed();
  await press(page, "download-repaired");
  await page.waitForSelector('[data-ui="downloads"] [data-part="failure"]');
  assert.equal(await page.getAttribute("html", "data-state"), "done");
  assert.ok(await page.locator('[data-ui="findings"] [data-action="toggle"]').count() > 0, "the findings are still there");
  assert.match(await page.textContent('[data-ui="downloads"] [data-part="failure"]'), /changed since you chose it/);
  const said = await page.textContent('[data-ui="status"]');
  assert.match(said, /could not be made/);
  assert.doesNotMatch(said, /judged/);
  assert.equal((await download(page, "download-json")).name, "orgs.report.json", "what needs no reading still works");
  assert.equal(await page.locator('[data-ui="downloads"] [data-part="failure"]').count(), 0);
  await page.locator('[data-severity] [data-action="toggle"]', { hasText: "type" }).click();
  await press(page, "context");
  await page.waitForSelector("[data-marked]");
  await context.close();
});

test("where the browser opens files anew, checking again reads what is on the disk now", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await page.evaluate(async (text) => {
    const store = await navigator.storage.getDirectory();
    const handle = await store.getFileHandle("orgs.csv", { create: true });
    globalThis.saveAnew = async (next) => { const file = await handle.createWritable(); await file.write(next); await file.close(); };
    await globalThis.saveAnew(text);
    globalThis.showOpenFilePicker = async () => [handle];
  }, FAULTY);
  await page.locator('[data-ui="files"]').click({ force: true });
  await state(page, "done");
  assert.equal(await page.getAttribute('[data-ui="verdict"]', "data-verdict"), "not-ready");
  await page.evaluate((text) => globalThis.saveAnew(text), MENDED);
  await page.locator('[data-ui="settings"] > summary').click();
  await press(page, "again");
  await page.waitForFunction(() => document.querySelector('[data-ui="verdict"]')?.textContent.includes("2 records"));
  assert.deepEqual(said, []);
  await context.close();
});

test("where such a way of choosing is forbidden, the plain one opens", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await page.evaluate(() => { globalThis.showOpenFilePicker = () => Promise.reject(new DOMException("no", "NotAllowedError")); });
  writeFileSync(path, FAULTY);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator('[data-ui="files"]').click({ force: true })]);
  await chooser.setFiles(path);
  await state(page, "done");
  assert.deepEqual(said, []);
  await context.close();
});

test("a dropped file is read anew when it is checked again", async () => {
  const { page, context } = await open(chromium, server.address);
  writeFileSync(path, FAULTY);
  const client = await context.newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await client.send("Input.dispatchDragEvent", { type, x: 200, y: 200, data: { items: [], files: [path], dragOperationsMask: 1 } });
  }
  await state(page, "done");
  writeFileSync(path, MENDED);
  await page.locator('[data-ui="settings"] > summary').click();
  await press(page, "again");
  await page.waitForFunction(() => document.querySelector('[data-ui="verdict"]')?.textContent.includes("2 records"));
  await context.close();
});
