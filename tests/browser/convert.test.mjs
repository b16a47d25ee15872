// The task Convert: only what the files can become, what will be missing, what is asked for, the first records, what the other
// format's own check finds, and what is saved.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { OLD } from "./bundles.mjs";
import { browser, download, drop, focusedId, open, press, sample, serve, state, target, task } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const converted = (page) => page.waitForSelector("#converted-title", { timeout: 20_000 });

test("what was checked can be converted without choosing it again, and the check stays", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, OLD);
  await task(page, "convert");
  assert.match(await page.textContent("#convert-title"), /OneRoster 1\.2/);
  const targets = await page.locator('[name="target"]').evaluateAll((all) => all.map(({ value }) => value));
  assert.ok(targets.includes("oneroster-1.1") && !targets.includes("oneroster-1.2"), `${targets}: others, not what they are already`);
  await target(page, "oneroster-1.1");
  assert.match(await page.locator('[data-ui="targets"] [data-part="card"]').innerText(), /pronouns|roles\.csv|preferred/, "what will be missing is said before");

  await press(page, "convert");
  await converted(page);
  assert.equal(await focusedId(page), "converted-title");
  assert.match(await page.textContent("#converted-title"), /Converted.*OneRoster 1\.1/);
  const users = page.getByRole("table", { name: "users.csv: 5 of 12 records" });
  assert.ok((await users.locator("thead th").allInnerTexts()).includes("orgSourcedIds"), "labels of the other format");
  assert.ok((await users.locator("tbody td").allInnerTexts()).includes("Ana"), "and the first records");

  const losses = await download(page, "save-losses");
  assert.match(losses.name, /losses\.csv$/);
  assert.match(losses.bytes.toString(), /pronouns/);
  const files = await download(page, "save-converted");
  assert.match(files.name, /oneroster-1\.1\.zip$/);
  await task(page, "check");
  assert.ok(await page.locator("#verdict-title").isVisible(), "the check is still there");
  await drop(page, { [files.name]: files.bytes });
  assert.match(await page.textContent('[data-ui="verdict"]'), /OneRoster 1\.1/);
  assert.deepEqual(said, []);
  await context.close();
});

test("dropped here, files are checked first", async () => {
  const { page, context } = await open(chromium, server.address);
  await task(page, "convert");
  await sample(page, "faulty");
  assert.equal(await focusedId(page), "convert-title");
  assert.match(await page.textContent('[data-ui="targets"]'), /The check found [\d,]+ errors/);
  await context.close();
});

test("files of no known format say what they are, and become nothing", async () => {
  const { page, context } = await open(chromium, server.address);
  await task(page, "convert");
  await drop(page, { "shopping.csv": "item,price\nmilk,1.20\n" });
  assert.match(await page.textContent("#verdict-title"), /not recognized/);
  assert.ok(await page.locator('[data-ui="targets"]').isHidden());
  await context.close();
});

test("what only people know goes into the converted files", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, OLD);
  await target(page, "managebac-1.2");
  await page.locator("#ask-systemName").fill("Valley District");
  await press(page, "convert");
  await converted(page);
  await page.getByRole("table", { name: /^manifest\.csv: / }).waitFor();
  await target(page, "managebac-1.2");
  assert.equal(await page.locator("#ask-systemName").inputValue(), "Valley District", "what was said stays");
  const { name, bytes } = await download(page, "save-converted");
  await task(page, "check");
  await drop(page, { [name]: bytes });
  assert.match(await page.textContent('[data-ui="verdict"]'), /ManageBac/);
  await context.close();
});

/** A check that ends with these things that the files can become. */
async function checkedAs(page, targets) {
  await page.evaluate(() => { globalThis.heldChecks = true; });
  await press(page, "sample-clean");
  await state(page, "working");
  await page.evaluate((targets) => globalThis.heldChecks.answer({ type: "report", targets, report: {
    schema: "", tool: { name: "", version: "" }, asOf: "2026-01-01", outcome: "complete", verdict: "ready", groups: [], totals: { error: 0, warning: 0, info: 0 },
    format: { id: "x", title: "X", detected: true }, files: [{ name: "x.csv", bytes: 1, records: 1, encoding: "utf-8" }],
  } }), targets);
  await state(page, "done");
}

test("what is needed and was not said is asked for in its place, before anything is converted", async () => {
  const { page, context } = await open(chromium, server.address);
  const asks = [{ name: "code", title: "the code of the program", kind: "string", required: true }, { name: "since", title: "its first day", kind: "date", required: false }];
  await checkedAs(page, [{ id: "y", title: "Y", asks, loses: [] }]);
  await task(page, "convert");
  assert.match(await page.textContent('[data-ui="targets"]'), /Y has a place for everything/);
  await press(page, "convert");
  assert.equal(await focusedId(page), "ask-code");
  assert.equal(await page.getAttribute("#ask-code", "aria-invalid"), "true");
  assert.match(await page.textContent("#ask-code-missing"), /needed/);
  assert.equal(await page.getAttribute("#ask-since", "type"), "date");
  assert.equal(await page.locator("#converting-title").count(), 0);
  await context.close();
});

test("files that can become nothing say so", async () => {
  const { page, context } = await open(chromium, server.address);
  await checkedAs(page, []);
  await task(page, "convert");
  assert.match(await page.textContent("#convert-title"), /knows no conversion of X files/);
  assert.equal(await page.locator('[data-action="convert"]').count(), 0);
  await context.close();
});

test("a conversion can be stopped; the check stays, and another one works", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const records = Array.from({ length: 300_000 }, (_, at) => `s${at},,,School number ${at} of the long valley,school,,\n`).join("");
  await drop(page, { ...OLD, "orgs.csv": OLD["orgs.csv"] + records });
  await target(page, "oneroster-1.1");
  await press(page, "convert");
  await page.waitForSelector("#converting-title");
  await press(page, "stop-converting");
  await page.waitForFunction(() => document.querySelector('[data-ui="status"]').textContent.startsWith("Stopped"));
  assert.equal(await page.locator("#converted-title").count(), 0);
  await task(page, "check");
  assert.ok(await page.locator("#verdict-title").isVisible());
  await task(page, "convert");
  await press(page, "convert");
  await converted(page);
  assert.deepEqual(said, []);
  await context.close();
});

test("a conversion that fails says why in its place, and the check stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "convert-"));
  const { page, context } = await open(chromium, server.address);
  const paths = Object.entries(OLD).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  await page.setInputFiles('[data-ui="files"]', paths);
  await state(page, "done");
  await target(page, "oneroster-1.1");
  for (const path of paths) writeFileSync(path, "sourcedId\n");
  await press(page, "convert");
  await page.waitForSelector("#unconverted-title");
  assert.equal(await focusedId(page), "unconverted-title");
  assert.match(await page.textContent('[data-ui="targets"]'), /changed since you chose it/);
  await task(page, "check");
  assert.ok(await page.locator("#verdict-title").isVisible());
  assert.equal(await page.locator("#unmade-title").count(), 0, "no download failed");
  rmSync(folder, { recursive: true });
  await context.close();
});
