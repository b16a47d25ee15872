// The task Compare: what an import would change, in words, in tables and in what is saved; and that it leaves a check alone.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { NEW, OLD } from "./bundles.mjs";
import { browser, compare, download, drop, focusedId, open, press, root, sample, serve, state, task } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** The texts of the cells of a row whose first cell begins so. */
const row = (page, part, first) => page.locator(`[data-ui="${part}"] tbody tr`).filter({ has: page.locator("th", { hasText: first }) }).first()
  .locator("td").allInnerTexts();

test("words first: how many of how many would go, and the focus is there", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await compare(page, OLD, NEW);
  assert.equal(await page.textContent("#changes-title"), "This bulk import would archive 4 of 20 classes");
  await page.waitForFunction(() => document.activeElement?.id === "changes-title");
  assert.match(await page.textContent('[data-ui="changes"]'), /more than the 10% that may go without a warning/);
  assert.match(await page.textContent('[data-ui="status"]'), /4 of 20 classes/, "it is read out");
  // added, changed, unchanged, removed, left alone
  assert.deepEqual(await row(page, "changed-files", "classes.csv"), ["1", "1", "15", "4", "0"]);
  assert.deepEqual(await row(page, "changed-files", "orgs.csv"), ["0", "0", "1", "0", "0"]);
  assert.deepEqual((await row(page, "changed-schools", "Spring School")).length, 6, "a school's row names its file, too");
  assert.deepEqual(said, []);
  await context.close();
});

test("examples show old and new side by side, with the fields that change", async () => {
  const { page, context } = await open(chromium, server.address);
  await compare(page, OLD, NEW);
  const examples = page.locator('[data-ui="changed-files"] details').filter({ hasText: "Examples from classes.csv" });
  await examples.locator("summary").click();
  assert.match(await examples.innerText(), /Fields that change: title \(1\)/);
  const changed = examples.locator("tbody tr").filter({ hasText: "title" });
  assert.deepEqual([await changed.locator("del").innerText(), await changed.locator("ins").innerText()], ["Class 4", "Algebra"]);
  await context.close();
});

test("who would become a second person is named", async () => {
  const { page, context } = await open(chromium, server.address);
  await compare(page, OLD, NEW);
  const matching = page.locator('[data-ui="matching"]');
  assert.match(await matching.innerText(), /users\.csv: 1 record with a new key is most likely one that the receiver has/);
  assert.match(await matching.innerText(), /identifier/);
  await matching.locator("summary").first().click();
  assert.match(await matching.innerText(), /u3\s+x9/);
  await context.close();
});

test("nothing is lost where nothing changes: the same bundle twice", async () => {
  const { page, context } = await open(chromium, server.address);
  await compare(page, OLD, OLD);
  assert.equal(await page.textContent("#changes-title"), "This import would change nothing");
  assert.match(await page.textContent('[data-ui="changes"]'), /\d+ records are the same in both/);
  await context.close();
});

test("what is let pass is asked for", async () => {
  const { page, context } = await open(chromium, server.address);
  await task(page, "compare");
  await page.locator('[data-ui="share"]').fill("50");
  await compare(page, OLD, NEW);
  assert.equal(await page.textContent("#changes-title"), "This bulk import would archive 4 of 20 classes");
  assert.match(await page.textContent('[data-ui="changes"]'), /Of no file more would go than may without a warning \(50%\)/);
  await context.close();
});

test("who receives the files has a word of its own, and it is said whose", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await task(page, "compare");
  await page.locator('[data-ui="sides"]').getByLabel("Who will receive this file?").selectOption({ label: "Clever" });
  const few = { ...NEW, "enrollments.csv": NEW["enrollments.csv"].split("\n").slice(0, 4).join("\n") + "\n" };
  await compare(page, OLD, few);
  assert.match(await page.innerText('[data-ui="changes"]'), /Receiver\s+Clever/);
  assert.match(await page.innerText('[data-ui="changes"]'), /enrollments.*removed.*Clever: A sync is put on hold.*no percentage is known.*Source: https:\/\/support\.clever\.com/);
  assert.deepEqual(said, []);
  await context.close();
});

test("where the format is not recognized, it can be chosen", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const tables = (last) => ({ "data.csv": `sourcedId,name,type\ns1,Spring,school\ns2,${last},school\n` });
  await compare(page, tables("Fall"), tables("Autumn"));
  assert.match(await page.textContent("#changes-title"), /could not be compared/);
  await page.getByLabel("Format of both").selectOption("oneroster-1.2");
  const bundle = (last) => ({ "orgs.csv": tables(last)["data.csv"] });
  await compare(page, bundle("Fall"), bundle("Autumn"));
  assert.match(await page.textContent('[data-part="facts"]'), /OneRoster 1\.2/);
  assert.deepEqual((await row(page, "changed-files", "orgs.csv")).slice(0, 2), ["0", "1"]);
  assert.deepEqual(said, []);
  await context.close();
});

test("what is saved agrees with the page, and the delta bundle is one", async () => {
  const { page, context } = await open(chromium, server.address);
  await compare(page, OLD, NEW);
  const report = JSON.parse((await download(page, "changes-json")).bytes.toString());
  assert.equal(report.schema, "hallpass-compare/1");
  const { added, changed, missing, removed, unchanged } = report.files.find(({ name }) => name === "classes.csv");
  assert.deepEqual([added, changed, unchanged, missing, removed], [1, 1, 15, 4, 4]);
  assert.match((await download(page, "changes-csv")).bytes.toString(), /k4/);
  assert.match((await download(page, "changes-text")).bytes.toString(), /4 of 20/);
  const delta = await download(page, "changes-delta");
  assert.match(delta.name, /\.zip$/);

  await compare(page, OLD, { [delta.name]: delta.bytes });
  assert.equal(await page.textContent("#changes-title"), "This delta import would delete 4 of 20 classes");
  assert.deepEqual((await row(page, "changed-files", "classes.csv")).slice(0, 2), ["1", "1"]);
  await task(page, "check");
  await drop(page, { [delta.name]: delta.bytes });
  assert.match(await page.textContent('[data-ui="verdict"]'), /OneRoster 1\.2/);
  await context.close();
});

test("a side that was not chosen is asked for in its place", async () => {
  const { page, context } = await open(chromium, server.address);
  await task(page, "compare");
  await press(page, "compare");
  assert.match(await page.textContent('[data-ui="sides-notice"]'), /last upload.*first/);
  const at = () => page.evaluate(() => document.activeElement.getAttribute("data-ui"));
  assert.equal(await at(), "old-files");
  await page.setInputFiles('[data-ui="old-files"]', { name: "orgs.csv", mimeType: "", buffer: Buffer.from(OLD["orgs.csv"]) });
  assert.match(await page.textContent("#old-chosen"), /orgs\.csv/);
  await press(page, "compare");
  assert.equal(await at(), "new-files");
  await context.close();
});

test("a check is left alone, and its files can be taken", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await sample(page, "clean");
  await compare(page, OLD, NEW);
  await press(page, "take-checked");
  assert.match(await page.textContent("#new-chosen"), /clean\.zip/);
  await press(page, "compare");
  await page.waitForFunction(() => document.querySelector("#changes-title")?.textContent.includes("of 20 classes") === false);
  await task(page, "check");
  assert.equal(await page.getAttribute('[data-ui="verdict"]', "data-verdict"), "ready");
  assert.equal(JSON.parse((await download(page, "download-json")).bytes.toString()).verdict, "ready", "its worker still has it");
  assert.deepEqual(said, []);
  await context.close();
});

test("a comparison can be cancelled, keeps what was chosen, and works again", async () => {
  const { page, context } = await open(chromium, server.address);
  await page.evaluate(() => { globalThis.heldChecks = true; });
  await compare(page, OLD, NEW, "working");
  assert.equal(await focusedId(page), "work-title");
  assert.equal(await page.textContent("#work-title"), "Comparing your files");
  await press(page, "cancel");
  await state(page, "empty");
  assert.match(await page.textContent("#old-chosen"), /Chosen:/);
  await page.evaluate(() => { globalThis.heldChecks = false; });
  await press(page, "compare");
  await state(page, "done");
  assert.match(await page.textContent("#changes-title"), /4 of 20/);
  await context.close();
});

test("a file that cannot be read is our failure, not a difference", async () => {
  const { page, context } = await open(chromium, server.address);
  await compare(page, OLD, { "broken.zip": "PK\u0003\u0004 and then nothing a zip would hold" }, "failed");
  assert.match(await page.textContent('[data-ui="failure"]'), /nothing was compared/);
  assert.equal(await focusedId(page), "failure-title");
  await compare(page, OLD, NEW);
  assert.match(await page.textContent("#changes-title"), /4 of 20/);
  await context.close();
});

test("bundles of different formats are told apart, not compared", async () => {
  const { page, context } = await open(chromium, server.address);
  await compare(page, OLD, { "shopping.csv": "item,price\nmilk,1.20\n" });
  assert.match(await page.textContent("#changes-title"), /could not be compared/);
  assert.match(await page.textContent('[data-ui="changes"]'), /Error: /);
  assert.equal(await page.locator('[data-action="changes-delta"]:visible').count(), 0, "there is no delta of it");
  await context.close();
});

test("no delta bundle is offered of a format that has none", async () => {
  const { page, context } = await open(chromium, server.address);
  const orgs = (folder) => readFileSync(join(root, "tests/compare/alone/pearson-organizations", folder, "orgs.csv"), "utf8");
  await compare(page, { "orgs.csv": orgs("old") }, { "orgs.csv": orgs("new") });
  assert.match(await page.textContent('[data-ui="changes"]'), /PearsonAccess/);
  assert.equal(await page.locator('[data-action="changes-csv"]:visible').count(), 1);
  assert.equal(await page.locator('[data-action="changes-delta"]:visible').count(), 0);
  await context.close();
});

test("the address names the task and the language, and the way back leads back", async () => {
  const { page, context } = await open(chromium, `${server.address}#es/compare`);
  assert.equal(await page.textContent("h1"), "Vea qué cambiaría una carga antes de enviarla");
  await page.locator('[data-language="en"]').click();
  await page.waitForSelector('html[lang="en"][data-task="compare"]');
  await task(page, "convert");
  assert.equal(new URL(page.url()).hash, "#en/convert");
  assert.equal(await focusedId(page), "title");
  assert.equal(await page.locator('nav [aria-current="page"]').innerText(), "Convert");
  await page.goBack();
  await page.waitForSelector('html[data-task="compare"]');
  await context.close();
});

test("files dropped beside the two fields are not taken for either", async () => {
  const { page, context } = await open(chromium, server.address);
  await task(page, "compare");
  const dropOn = (selector) => page.evaluate((selector) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["sourcedId\n"], "orgs.csv"));
    document.querySelector(selector).dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }, selector);
  await dropOn("footer");
  await page.waitForFunction(() => /one of the two fields/.test(document.querySelector('[data-ui="sides-notice"]').textContent));
  await dropOn('[data-side="new"] [data-part="zone"]');
  await page.waitForFunction(() => /orgs\.csv/.test(document.querySelector("#new-chosen").textContent));
  assert.doesNotMatch(await page.textContent("#old-chosen"), /orgs/);
  await context.close();
});

test("a delta bundle that cannot be made says why, and the comparison stays", async () => {
  const folder = mkdtempSync(join(tmpdir(), "compare-"));
  const { page, context } = await open(chromium, server.address);
  await task(page, "compare");
  for (const [side, files] of Object.entries({ old: OLD, new: NEW })) {
    mkdirSync(join(folder, side));
    const paths = Object.entries(files).map(([name, text]) => {
      writeFileSync(join(folder, side, name), text);
      return join(folder, side, name);
    });
    await page.setInputFiles(`[data-ui="${side}-files"]`, paths);
  }
  await press(page, "compare");
  await state(page, "done");
  for (const name of Object.keys(NEW)) writeFileSync(join(folder, "new", name), "sourcedId\n");
  await press(page, "changes-delta");
  await page.waitForSelector("#untaken-title");
  assert.equal(await focusedId(page), "untaken-title");
  assert.ok(await page.locator("#changes-title").isVisible());
  rmSync(folder, { recursive: true });
  await context.close();
});

/** The files of a side of a case in tests/compare: those of the base and, in their place, its own; empty ones are left out. */
function side(name, of) {
  const files = {};
  for (const folder of ["base", join(name, of)].map((path) => join(root, "tests/compare", path)).filter((path) => existsSync(path))) {
    for (const file of readdirSync(folder)) files[file] = readFileSync(join(folder, file), "utf8");
  }
  return Object.fromEntries(Object.entries(files).filter(([, text]) => text));
}

for (const [name, title, told] of [
  ["different-formats", /could not be compared/, /Error: OLD is OneRoster 1\.1 CSV.*NEW is OneRoster 1\.2 CSV.*convert one of them first/],
  ["unknown", /could not be compared/, /Error: NEW is of no known format/],
  ["same", /would change nothing/, /Warning: OLD and NEW are the same.*given twice/],
  ["keys-with-faults", /would change nothing/, /Warning: .*blank key.*Warning: .*the key of an earlier one/],
  ["delta", /This delta import would delete/, /Warning: .*tobedeleted that OLD does not have/],
  ["lying-manifest", /This bulk import would archive 3 of 4 enrollments/, /with a status, as in a delta.*says absent.*with no status/],
]) {
  test(`bad input is told as what it is: ${name}`, async () => {
    const { page, context, said } = await open(chromium, server.address);
    await compare(page, side(name, "old"), side(name, "new"));
    assert.match(await page.textContent("#changes-title"), title);
    assert.match((await page.textContent('[data-ui="changes"]')).replace(/`/g, ""), told);
    assert.equal(await page.getAttribute('[data-ui="changes"] [data-part="verdict"]', "data-tone"), "warning");
    assert.deepEqual(said, []);
    await context.close();
  });
}
