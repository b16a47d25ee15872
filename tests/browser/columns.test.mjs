// Column maps: labels that are not the layout's are matched to its fields, corrected, used, kept as a file, and dropped again.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CODES, FOREIGN, LAYOUT } from "./layouts.mjs";
import { browser, download, drop, focusedId, open, press, root, serve } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const OWN = { "layout.csv": LAYOUT, "status.csv": CODES };
const title = (page) => page.textContent("#verdict-title");
const shown = (page, text) => page.waitForFunction((text) => document.querySelector('[data-ui="own"]').innerText.includes(text), text);
const ready = (page) => page.waitForFunction(() => /^Ready/.test(document.querySelector("#verdict-title")?.textContent ?? ""));

test("columns are matched to the fields of an own layout, corrected, and the map is kept and dropped again", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "students.csv": FOREIGN, ...OWN });
  assert.match(await title(page), /^Not ready/);
  await press(page, "match");
  await page.waitForSelector("#columns-title");
  assert.equal(await focusedId(page), "columns-title");
  assert.equal(await page.getByLabel("Field: Pupil Nr").inputValue(), "studentId");
  assert.equal(await page.getByLabel("Field: D.O.B.").inputValue(), "birthDate");
  assert.match(await page.locator('[data-ui="columns"]').innerText(), /sure: .*the same words/s);
  await page.getByLabel("Field: Whereabouts").selectOption("status");
  await page.getByLabel("Field: Bus").selectOption("");

  await press(page, "match-check");
  await shown(page, "A column map is used: columns.csv");
  await page.waitForFunction(() => !/required/.test(document.querySelector('[data-ui="findings"]').textContent));
  assert.equal(await page.getByLabel("Field: Whereabouts").inputValue(), "status", "it can still be changed");
  const map = await download(page, "match-take");
  assert.equal(map.name, "columns.csv");
  assert.equal(map.bytes.toString(), "file,label,field\nstudents.csv,Pupil Nr,studentId\nstudents.csv,Full Name,name\nstudents.csv,D.O.B.,birthDate\nstudents.csv,Whereabouts,status\nstudents.csv,Bus,\n");
  const repaired = await download(page, "download-repaired");
  assert.match(repaired.bytes.toString(), /^studentId,name,birthDate,status,Bus\n/, "repaired files have the layout's labels");

  await press(page, "forget-map");
  await page.waitForFunction(() => /^Not ready/.test(document.querySelector("#verdict-title")?.textContent ?? ""));
  await page.reload({ waitUntil: "load" });
  await page.waitForSelector('html[data-ready="true"]');
  await drop(page, { "students.csv": FOREIGN, ...OWN, "last-year.csv": map.bytes });
  await shown(page, "A column map is used: last-year.csv");
  assert.doesNotMatch(await page.textContent('[data-ui="findings"]'), /last-year\.csv|missing/, "the map is no data, and the labels are known");
  assert.deepEqual(said, []);
  await context.close();
});

test("columns of a format that ships are matched, too, and a map alone waits for the files", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const clean = readFileSync(join(root, "src/formats/pearson/cases/students-clean/upload.csv"), "utf8");
  const foreign = clean.replace("LastOrSurname", "Apellido");
  await drop(page, { "up.csv": foreign });
  await press(page, "match");
  await page.getByLabel("Field: Apellido").selectOption("LastOrSurname");
  await press(page, "match-check");
  await shown(page, "A column map is used");
  assert.match(await page.textContent('[data-ui="verdict"]'), /PearsonAccess Students \(recognized/);
  const { bytes } = await download(page, "download-repaired");
  assert.equal(bytes.toString().split("\n")[0], clean.split("\n")[0]);
  const map = await download(page, "match-take");

  await press(page, "forget-map");
  await page.waitForFunction(() => document.querySelector('[data-ui="own"]').innerText === "");
  await page.reload({ waitUntil: "load" });
  await page.waitForSelector('html[data-ready="true"]');
  await page.setInputFiles('[data-ui="files"]', { name: map.name, mimeType: "", buffer: map.bytes });
  await page.waitForSelector("#map-title");
  assert.equal(await focusedId(page), "map-title");
  await drop(page, { "up.csv": foreign });
  assert.match(await page.textContent('[data-ui="verdict"]'), /PearsonAccess Students/);
  assert.deepEqual(said, []);
  await context.close();
});

test("a map that names what is not there is told, and can be taken away", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "students.csv": FOREIGN, ...OWN, "map.csv": "file,label,field\nstudents.csv,D.O.B.,birthday\n" }, "failed");
  assert.match(await page.textContent('[data-ui="failure"]'), /column map has a mistake.*map\.csv, line 2, field: birthday is no field of the file/s);
  await press(page, "forget-map");
  await page.waitForSelector("#verdict-title:visible");
  await context.close();
});

test("two columns for one field are refused, and the choice can be corrected where it was made", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "students.csv": FOREIGN, ...OWN });
  await press(page, "match");
  await page.waitForSelector("#columns-title");
  await page.getByLabel("Field: Bus").selectOption("name");
  await press(page, "match-check");
  await page.waitForSelector("#failure-title:visible");
  assert.match(await page.textContent('[data-ui="failure"]'), /column map has a mistake.*field: name is Full Name, too, and a file has both columns/s);
  await page.getByLabel("Field: Bus").selectOption("");
  await press(page, "match-check");
  await page.waitForSelector("#verdict-title:visible");
  assert.deepEqual(said, []);
  await context.close();
});

test("in Spanish and by keyboard", async () => {
  const { page, context } = await open(chromium, `${server.address}#es`);
  await drop(page, { "students.csv": FOREIGN, ...OWN });
  await page.locator("#match").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("#columns-title");
  for (let at = 0; at < 4; at += 1) await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Campo: Whereabouts");
  await page.keyboard.type("status");
  assert.equal(await page.getByLabel("Campo: Whereabouts").inputValue(), "status");
  await page.locator("#match-check").press("Enter");
  await shown(page, "Se usa un mapa de columnas");
  await context.close();
});
