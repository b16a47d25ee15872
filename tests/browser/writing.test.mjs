// Large outputs go straight to the place that the user chooses first, as they are made; small ones are downloads as ever.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, download, native, open, press, serve } from "./helpers.mjs";

const BYTES = 101e6; // a little more than what is made in memory

let server, chromium, folder, path;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "writing-"));
  path = join(folder, "orgs.csv");
  const records = ["sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"];
  const long = " of the long valley".repeat(100);
  for (let at = 0, size = 0; size < BYTES; size += records[at].length + 1, at += 1) {
    records.push(`o${at},,,"School ${at},${long}"${at % 100 ? "" : " "},${at % 50 ? "school" : "School"},,`);
  }
  writeFileSync(path, records.join("\n"));
});
after(async () => {
  await chromium?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** The page after its check of the large file, with a place to save that a test says what it does. */
async function checked(place) {
  const { page, context, said } = await open(chromium, server.address);
  await page.evaluate(place);
  await page.setInputFiles('[data-ui="files"]', path);
  await page.waitForSelector('html[data-state="done"]', { timeout: 60_000 });
  return { page, context, said };
}

const status = (page, words) => page.waitForFunction((words) => document.querySelector('[data-ui="status"]').textContent.includes(words), words, { timeout: 60_000 });

test("a large repaired file is written where the user says, the same that the command writes", async () => {
  const { page, context, said } = await checked(async () => {
    const store = await navigator.storage.getDirectory();
    globalThis.place = await store.getFileHandle("repaired.csv", { create: true });
    globalThis.showSaveFilePicker = async ({ suggestedName }) => {
      globalThis.suggested = suggestedName;
      return globalThis.place;
    };
  });
  await press(page, "download-repaired");
  await status(page, "written");
  assert.equal(await page.evaluate(() => globalThis.suggested), "orgs.csv");
  const sum = await page.evaluate(async () => {
    const bytes = await (await globalThis.place.getFile()).arrayBuffer();
    const sum = await crypto.subtle.digest("SHA-256", bytes);
    return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  const out = join(folder, "native.csv");
  // Errors remain, as the missing manifest: that is no failure of it.
  assert.throws(() => execFileSync(native(), ["fix", path, "--out", out]), { status: 1 });
  assert.equal(sum, createHash("sha256").update(readFileSync(out)).digest("hex"));
  assert.equal((await download(page, "download-log")).name, "orgs.changes.csv", "the list of changes is a download as ever");
  assert.deepEqual(said, []);
  await context.close();
});

test("where no place is chosen, nothing is made, and another try asks again", async () => {
  const { page, context, said } = await checked(() => {
    globalThis.asked = 0;
    globalThis.showSaveFilePicker = () => {
      globalThis.asked += 1;
      return Promise.reject(new DOMException("none", "AbortError"));
    };
  });
  for (const times of [1, 2]) {
    await press(page, "download-repaired");
    await page.waitForFunction((times) => globalThis.asked === times && !document.querySelector("[data-busy]"), times);
  }
  assert.equal(await page.locator("#unmade-title").count(), 0);
  assert.deepEqual(said, []);
  await context.close();
});

test("a place that does not take the file is named as that, and the results stay", async () => {
  const { page, context } = await checked(() => {
    // What passes to a worker has to be the browser's own: a file whose folder is gone.
    globalThis.showSaveFilePicker = async () => {
      const store = await navigator.storage.getDirectory();
      const gone = await store.getDirectoryHandle("gone", { create: true });
      const handle = await gone.getFileHandle("repaired.csv", { create: true });
      await store.removeEntry("gone", { recursive: true });
      return handle;
    };
  });
  await press(page, "download-repaired");
  await page.waitForSelector("#unmade-title");
  assert.match(await page.textContent('[data-ui="downloads"] [data-part="failure"]'), /could not be written where you chose/);
  assert.equal(await page.getAttribute("html", "data-state"), "done");
  await context.close();
});
