// DataShop as a researcher meets it: a log that the importer would refuse is dropped, repaired, and becomes the student-step table.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, download, drop, open, press, serve, target } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const LABELS = ["Anon Student Id", "Session Id", "Time", "Level (Unit)", "Problem Name", "Problem View", "Step Name", "Outcome", "KC (Skills)"];

/** What students did at steps of one problem: student, minute and second, step, outcome, KC. */
const DONE = [
  ["bo", "01:00", "side", "CORRECT", "area"],
  ["ada", "00:12", "side", "CORRECT", "area"],
  ["ada", "00:00", "side", "INCORRECT", "area"],
  ["ada", "00:20", "height", "HINT", "area"],
];

/** The log with what can be put right without asking: a byte-order mark, labels and outcomes in other capitals, quoted times, a blank line. */
const FAULTY = `\u{feff}${[
  LABELS.join("\t").replace("Anon Student Id", "anon student id").replace("KC (Skills)", "kc (Skills)"),
  ...DONE.map(([student, time, step, outcome, kc]) => [student, `s-${student}`, `"2024-03-01 10:${time}"`, "Shapes", "kite", "1", step, outcome.toLowerCase(), kc].join("\t")),
  "",
  "",
].join("\n")}`;

/** Rows of a table by their labels. */
function rows(bytes) {
  const [labels, ...records] = bytes.toString().trimEnd().split(/\r?\n/).map((line) => line.split("\t"));
  return records.map((cells) => Object.fromEntries(labels.map((label, at) => [label, cells[at]])));
}

test("a faulty log is repaired, becomes the student-step table, and is saved", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "log.txt": FAULTY });
  assert.match(await page.textContent('[data-ui="verdict"]'), /DataShop transactions/);
  assert.match(await page.textContent("#verdict-title"), /Not ready/);
  const repaired = await download(page, "download-repaired");
  assert.equal(repaired.name, "log.txt");

  await drop(page, { [repaired.name]: repaired.bytes });
  assert.doesNotMatch(await page.textContent("#verdict-title"), /Not ready/);
  await target(page, "datashop-student-step");
  await press(page, "convert");
  await page.waitForSelector("#converted-title");
  const table = await download(page, "save-converted");
  assert.deepEqual(rows(table.bytes).map((row) => [
    row["Anon Student Id"], row["Step Name"], row["First Attempt"], row.Incorrects, row.Hints, row.Corrects,
    row["Step Duration (sec)"], row["KC (Skills)"], row["Opportunity (Skills)"],
  ].join(" ")), [
    "ada side incorrect 1 0 1 12 area 1",
    "ada height hint 0 1 0 8 area 2",
    "bo side correct 0 0 1 0 area 1",
  ]);

  await drop(page, { [table.name]: table.bytes });
  assert.match(await page.textContent('[data-ui="verdict"]'), /student-step rollup/, "what was saved is such a table");
  assert.deepEqual(said, []);
  await context.close();
});
