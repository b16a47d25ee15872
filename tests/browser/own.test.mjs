// Layouts of the user's own: dropped or chosen, alone or with the files; what is wrong with one; one that is made from the files.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { BOOKS, CODES, LAYOUT, MARKS, PACKAGE, STUDENTS } from "./layouts.mjs";
import { browser, compare, download, drop, focusedId, native, open, press, root, serve, state, task } from "./helpers.mjs";
import { parse, print } from "../../www/table.js";

let server, chromium, folder;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "own-"));
});
after(async () => {
  await chromium?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

const verdict = (page) => page.textContent('[data-ui="verdict"]');
const inForce = (page) => page.locator('[data-ui="own"]').innerText();

/** Drops files on the page, given as name → text. */
const dropped = (page, files) => page.evaluate((files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of Object.entries(files)) transfer.items.add(new File([text], name));
  document.querySelector("main").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
}, files);

/** A zip of these files, as the engine packs them. */
const zipped = async (page, files) => Buffer.from(await page.evaluate(async (texts) => {
  const { default: init, pack } = await import(new URL("pkg/hallpass.js", document.baseURI).href);
  await init({ module_or_path: await (await fetch(new URL("pkg/hallpass_bg.wasm", document.baseURI))).arrayBuffer() });
  return [...pack(texts)];
}, Object.entries(files).map(([name, text]) => ({ name, text }))));

/** Waits until the files were checked without a layout: "done" may still be the state of the check before. */
const unrecognized = (page) => page.waitForFunction(() => /not recognized/.test(document.querySelector('[data-ui="verdict"]').textContent));

test("a layout dropped with the files takes the place of all formats, and can be taken away again", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await dropped(page, { "students.csv": STUDENTS, "layout.csv": LAYOUT, "status.csv": CODES });
  await state(page, "done");
  assert.match(await verdict(page), /your own layout \(chosen by you\)/);
  assert.match(await page.textContent('[data-ui="findings"]'), /students\.csv, status: .*not one of the allowed codes.*Your own layout says so\./s);
  assert.match(await inForce(page), /Your own layout is used: layout\.csv and status\.csv\s+It describes 4 columns of students\.csv\./);
  assert.ok(await page.locator('[data-ui="format"]').isDisabled());
  await drop(page, { "students.csv": STUDENTS.replace("gone", "left") });
  assert.match(await page.textContent("#verdict-title"), /^Ready/, "it holds for the files that come later");

  await press(page, "forget-layout");
  await unrecognized(page);
  assert.equal(await inForce(page), "");
  assert.deepEqual(said, []);
  await context.close();
});

test("a layout dropped behind the files checks the same files again", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "students.csv": STUDENTS });
  await dropped(page, { "mine.csv": LAYOUT, "status.csv": CODES });
  await page.waitForFunction(() => /your own layout/.test(document.querySelector('[data-ui="verdict"]').textContent));
  assert.match(await verdict(page), /1 file, 3 records/);
  await context.close();
});

test("a layout alone waits for the files", async () => {
  const { page, context } = await open(chromium, server.address);
  await page.locator('[data-ui="settings"] > summary').click();
  await page.setInputFiles('[data-ui="layout-files"]', [{ name: "layout.csv", mimeType: "", buffer: Buffer.from(LAYOUT) }, { name: "status.csv", mimeType: "", buffer: Buffer.from(CODES) }]);
  await page.waitForSelector("#own-title");
  assert.equal(await focusedId(page), "own-title");
  assert.equal(await page.getAttribute("html", "data-state"), "empty");
  await drop(page, { "students.csv": STUDENTS });
  assert.match(await verdict(page), /your own layout/);
  await page.setInputFiles('[data-ui="layout-files"]', { name: "notes.csv", mimeType: "", buffer: Buffer.from("note\nx\n") });
  await page.waitForFunction(() => /There was no layout/.test(document.querySelector('[data-ui="notice"]').textContent));
  assert.match(await verdict(page), /your own layout/, "what was there stays");
  await context.close();
});

test("a folder and a zip may hold a layout, with the files or without", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const own = { "mine/layout.csv": LAYOUT, "mine/codes/status.csv": CODES };
  const zip = await zipped(page, own);
  await drop(page, { "students.csv": STUDENTS, "mine.zip": zip });
  assert.match(await verdict(page), /your own layout .*1 file, 3 records/s);
  await press(page, "forget-layout");
  await unrecognized(page);

  await drop(page, { "all.zip": await zipped(page, { ...own, "mine/students.csv": STUDENTS }) });
  assert.match(await verdict(page), /your own layout/);
  assert.doesNotMatch(await page.textContent('[data-ui="findings"]'), /layout\.csv|status\.csv/, "its tables are no unknown files");
  const { bytes } = await download(page, "download-json");
  assert.equal(JSON.parse(bytes.toString()).format.id, "own-layout");

  const path = join(folder, "whole");
  mkdirSync(join(path, "codes"), { recursive: true });
  writeFileSync(join(path, "layout.csv"), LAYOUT);
  writeFileSync(join(path, "codes/status.csv"), CODES);
  writeFileSync(join(path, "students.csv"), STUDENTS);
  await page.reload({ waitUntil: "load" });
  await page.waitForSelector('html[data-ready="true"]');
  await page.setInputFiles('[data-ui="folder"]', path);
  await state(page, "done");
  assert.match(await verdict(page), /your own layout .*1 file, 3 records/s);
  assert.deepEqual(said, []);
  await context.close();
});

test("a descriptor says which columns there are, and what of it is not checked is listed as on the command line", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "marks.csv": MARKS, "datapackage.json": PACKAGE, "package.json": '{"name": "no descriptor"}' });
  assert.match(await page.textContent('[data-ui="findings"]'), /marks\.csv, mark/);
  const { bytes } = await download(page, "download-json");
  const here = JSON.parse(bytes.toString());
  const path = mkdtempSync(join(folder, "package-"));
  for (const [name, text] of Object.entries({ "marks.csv": MARKS, "datapackage.json": PACKAGE })) writeFileSync(join(path, name), text);
  let there = "";
  try {
    execFileSync(native(), ["check", "marks.csv", "--layout", "datapackage.json", "--report", "json"], { cwd: path, encoding: "utf8" });
  } catch (error) {
    there = error.stdout;
  }
  assert.deepEqual(here.cannotCheck, JSON.parse(there).cannotCheck);
  assert.ok(here.cannotCheck.length > 0);
  assert.match(await page.textContent('[data-ui="limits"]'), new RegExp(here.cannotCheck[0].split("`")[1]));
  await context.close();
});

test("a mistake in a layout is told with its place, and the files stay chosen", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "students.csv": STUDENTS });
  await dropped(page, { "layout.csv": LAYOUT.replace(",date,", ",day,"), "status.csv": CODES });
  await state(page, "failed");
  assert.equal(await focusedId(page), "failure-title");
  const words = await page.textContent('[data-ui="failure"]');
  assert.match(words, /Your layout or column map has a mistake.*layout\.csv, line 4, type: day is not/s);
  assert.match(words, /says nothing about your data/);
  await page.locator('[data-ui="failure"] [data-action="forget-layout"]').click();
  await state(page, "done");
  assert.match(await verdict(page), /1 file/, "the files are still there");

  await drop(page, { "students.csv": STUDENTS, "layout.csv": `${LAYOUT}${"#".repeat(5 * 2 ** 20)}`, "status.csv": CODES }, "failed");
  assert.match(await page.textContent('[data-ui="failure"]'), /expected at most 5242880/);
  await drop(page, { "students.csv": STUDENTS, "layout.csv": LAYOUT, "status.csv": CODES });
  assert.match(await verdict(page), /your own layout/);
  assert.deepEqual(said, []);
  await context.close();
});

test("comparing takes the layout, converting says that it does not", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "students.csv": STUDENTS, "layout.csv": LAYOUT, "status.csv": CODES });
  await task(page, "convert");
  assert.match(await page.textContent('[data-ui="targets"]'), /but not converted/);
  await compare(page, { "students.csv": STUDENTS }, { "students.csv": STUDENTS.replace("Ana", "Eva") });
  assert.match(await page.textContent('[data-ui="changed-files"]'), /students\.csv/);
  assert.match(await page.locator('[data-ui="compare-own"]').innerText(), /Your own layout is used/);
  await page.locator("#compare-own-forget").click();
  assert.equal(await page.locator('[data-ui="compare-own"]').innerText(), "");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.ui), "compare", "the focus is not lost");
  await context.close();
});

test("a layout is made from files of no known format, edited, used and taken away", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "books.csv": BOOKS });
  await press(page, "propose");
  await page.waitForSelector("#draft-title");
  assert.equal(await focusedId(page), "draft-title");
  const cell = (column, of) => page.getByLabel(`${column}: ${of}`, { exact: true });
  assert.equal(await cell("Holds", "lent").inputValue(), "date");
  assert.equal(await cell("Key", "isbn").inputValue(), "key");
  assert.equal(await cell("Codes", "shelf").inputValue(), "A | B | C");
  await press(page, "draft-check");
  await page.waitForFunction(() => !/not recognized/.test(document.getElementById("verdict-title").textContent));
  assert.match(await page.textContent("#verdict-title"), /^Ready/, "the sample is in order by its layout");

  await cell("Codes", "shelf").fill("A | B");
  await cell("Length", "isbn").fill("8..8");
  await press(page, "draft-check");
  await page.waitForFunction(() => /shelf/.test(document.querySelector('[data-ui="findings"]').textContent));
  assert.match(await page.textContent('[data-ui="findings"]'), /isbn/);
  assert.equal(await cell("Codes", "shelf").inputValue(), "A | B", "what was edited stays");

  await cell("Length", "isbn").fill("eight");
  await press(page, "draft-check");
  await state(page, "failed");
  assert.match(await page.textContent('[data-ui="failure"]'), /isbn, Length: eight/);
  assert.doesNotMatch(await page.textContent('[data-ui="failure"]'), /line \d/, "nobody sees the lines of the tables");
  assert.equal(await cell("Length", "isbn").getAttribute("aria-invalid"), "true");
  await page.getByRole("link", { name: "Change it" }).first().click();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Length: isbn");
  await cell("Length", "isbn").fill("9..9");
  await press(page, "draft-check");
  await state(page, "done");

  const { name, bytes } = await download(page, "draft-take");
  assert.equal(name, "books-layout.zip");
  assert.ok(bytes.includes("codes/shelf.csv"), "a list of codes is called as its column");
  await page.reload({ waitUntil: "load" });
  await page.waitForSelector('html[data-ready="true"]');
  await drop(page, { "books.csv": BOOKS, [name]: bytes });
  assert.match(await verdict(page), /your own layout/);
  assert.match(await page.textContent('[data-ui="findings"]'), /shelf/);
  assert.deepEqual(said, []);
  await context.close();
});

test("codes stand between bars or commas, and whoever types them means a column of codes", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "books.csv": BOOKS });
  await press(page, "propose");
  await page.waitForSelector("#draft-title");
  const cell = (column, of) => page.getByLabel(`${column}: ${of}`, { exact: true });
  await cell("Codes", "shelf").fill("A, B; C");
  await cell("Codes", "copies").fill("0|1|2");
  assert.equal(await cell("Holds", "copies").inputValue(), "code");
  await press(page, "draft-check");
  await page.waitForFunction(() => /copies/.test(document.querySelector('[data-ui="findings"]').textContent));
  assert.doesNotMatch(await page.textContent('[data-ui="findings"]'), /shelf/);
  await cell("Holds", "copies").selectOption("integer");
  assert.equal(await cell("Codes", "copies").inputValue(), "", "what is not used is not shown");
  await press(page, "draft-check");
  await page.waitForFunction(() => !/copies/.test(document.querySelector('[data-ui="findings"]').textContent));
  await context.close();
});

test("no cell of a table that the page writes is run by a spreadsheet, and each is read as it was", () => {
  for (const [cell, written] of [["=cmd", "'=cmd"], ["-|NA", "'-|NA"], ["'=1", "''=1"], ["@a,b", "\"'@a,b\""], ["-5", "-5"], ["+.5", "+.5"], ["'tis", "'tis"], ["", ""]]) {
    assert.equal(print([[cell, "z"]]), `${written},z\n`);
    assert.deepEqual(parse(`${written},z\n`), [[cell, "z"]]);
  }
});

test("a table of a thousand fields and more is not shown, and it is said who makes the layout", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const wide = Array.from({ length: 1001 }, (_, at) => `column ${at} of many`);
  await drop(page, { "wide.csv": `${wide.join(",")}\n${wide.map(() => "x").join(",")}\n` });
  await press(page, "propose");
  await page.waitForFunction(() => /too many columns/.test(document.querySelector('[data-ui="notice"]').textContent));
  assert.equal(await page.locator("#draft-title:visible").count(), 0);
  assert.deepEqual(said, []);
  await context.close();
});

test("the layout of a format can be taken away, to begin with", async () => {
  const { page, context } = await open(chromium, server.address);
  await page.locator('[data-ui="settings"] > summary').click();
  assert.ok(await page.locator('[data-ui="take-format"]').isHidden(), "of none where none is chosen");
  await page.selectOption('[data-ui="format"]', "test-central");
  const { name, bytes } = await download(page, "take-format");
  assert.equal(name, "test-central-layout.zip");
  await page.setInputFiles('[data-ui="layout-files"]', { name, mimeType: "", buffer: bytes });
  await page.waitForSelector("#own-title");
  assert.match(await inForce(page), /layout\.csv and .*files\.csv/);
  await context.close();
});

test("all workers that share a check have the layout", async () => {
  const { page, context } = await open(chromium, server.address);
  const many = Array.from({ length: 460_000 }, (_, at) => `${String(at).padStart(8, "0")},Ana Lee,2014-12-25,${at % 230_000 ? "enrolled" : "gone"}\n`).join("");
  await drop(page, { "students.csv": `studentId,name,birthDate,status\n${many}`, "layout.csv": LAYOUT, "status.csv": CODES });
  assert.match(await verdict(page), /your own layout .*460,000 records/s);
  assert.match(await page.locator('[data-ui="findings"] [data-cell="count"]').innerText(), /^2$/);
  await context.close();
});

test("by keyboard alone: make a layout, change it, check with it, and take it away from the check", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "books.csv": BOOKS });
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    }
    assert.fail(`the keyboard does not get to ${selector}`);
  };
  await tabTo("#propose");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "draft-title");
  await tabTo('[name="required"]');
  await page.keyboard.press("ArrowDown");
  await tabTo("#draft-check");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "verdict-title" && /your own layout/.test(document.querySelector('[data-ui="verdict"]').textContent));
  await page.locator("body").focus();
  await tabTo("#own-forget");
  await page.keyboard.press("Enter");
  await unrecognized(page);
  await context.close();
});

test("where the browser opens files anew, checking again reads the layout as it is on the disk now", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await page.evaluate(async (files) => {
    const store = await navigator.storage.getDirectory();
    globalThis.saveAnew = async (name, text) => {
      const handle = await store.getFileHandle(name, { create: true });
      const file = await handle.createWritable();
      await file.write(text);
      await file.close();
      return handle;
    };
    const handles = await Promise.all(Object.entries(files).map(([name, text]) => globalThis.saveAnew(name, text)));
    globalThis.showOpenFilePicker = async () => handles;
  }, { "students.csv": STUDENTS, "layout.csv": LAYOUT.replace(",date,", ",day,"), "status.csv": CODES });
  await page.locator('[data-ui="files"]').click({ force: true });
  await state(page, "failed");
  await page.evaluate((text) => globalThis.saveAnew("layout.csv", text), LAYOUT);
  await page.locator('[data-ui="failure"] [data-action="again"]').click();
  await state(page, "done");
  assert.match(await page.textContent('[data-ui="findings"]'), /students\.csv, status/);
  await page.evaluate((text) => globalThis.saveAnew("status.csv", text), `${CODES}gone,Went away\n`);
  await page.locator('[data-ui="settings"] > summary').click();
  await press(page, "again");
  await page.waitForFunction(() => /^Ready/.test(document.querySelector("#verdict-title")?.textContent));
  assert.deepEqual(said, []);
  await context.close();
});

test("a template of the receiver, chosen beside a result, becomes a layout to check the same files with", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const clean = readFileSync(join(root, "src/formats/pearson/cases/students-clean/upload.csv"), "utf8");
  await drop(page, { "upload.csv": clean });
  assert.match(await verdict(page), /Your program may have columns of its own/);
  await page.evaluate(() => { delete globalThis.showOpenFilePicker; });
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator("#choose-template").click()]);
  await chooser.setFiles({ name: "upload.csv", mimeType: "", buffer: Buffer.from(`${clean.split("\n")[0].trim()},HomeLanguage\n`) });
  await page.waitForSelector("#draft-title");
  assert.equal(await focusedId(page), "draft-title");
  assert.match(await page.locator('[data-ui="draft"]').innerText(), /HomeLanguage/);
  await press(page, "draft-check");
  await page.waitForFunction(() => /your own layout/.test(document.querySelector('[data-ui="verdict"]').textContent));
  assert.match(await page.textContent('[data-ui="findings"]'), /HomeLanguage/);
  assert.deepEqual(said, []);
  await context.close();
});
