// The task Convert: only what the files can become, what will be missing, what is asked for, the first records, what the other
// format's own check finds, and what is saved.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { OLD } from "./bundles.mjs";
import { browser, download, drop, faultsOf, focusedId, open, press, root, sample, serve, state, target, task } from "./helpers.mjs";

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
  assert.match(await page.textContent("#converted-title"), /not everything came along/);
  assert.equal(await page.locator('[data-ui="converted"] [data-part="verdict"]').getAttribute("data-tone"), "warning", "nothing to fix, but not green");
  assert.match(await page.locator("#converted-lost").innerText(), /users\.csv, pronouns: 12 values dropped: OneRoster 1\.1 CSV has no such field/);
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
  assert.match(await page.textContent('[data-ui="targets"]'), /The check found [\d,]+ errors\. Converting repairs nothing: what cannot be read.* may be left out/);
  await context.close();
});

test("dates that cannot be read are left out, and that is no calm result", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const late = OLD["enrollments.csv"].replaceAll("student,false,,", "student,false,8/15/26,");
  await drop(page, { ...OLD, "enrollments.csv": late });
  await target(page, "oneroster-1.1");
  await press(page, "convert");
  await converted(page);
  assert.match(await page.locator("#converted-lost").innerText(), /enrollments\.csv, beginDate: 12 values dropped/);
  assert.equal(await page.locator('[data-ui="converted"] [data-part="verdict"]').getAttribute("data-tone"), "warning");
  assert.deepEqual(said, []);
  await context.close();
});

test("who receives the files is shown, can be changed, and is asked about what came out", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await page.selectOption('[data-ui="profile"]', "clever");
  await drop(page, OLD);
  await target(page, "oneroster-1.1");
  const receiver = page.locator('[data-ui="profile"]');
  assert.ok(await receiver.isVisible());
  assert.equal(await receiver.inputValue(), "clever");
  await press(page, "convert");
  await converted(page);
  assert.match(await page.textContent('[data-ui="converted"]'), /Receiver: Clever/);
  await page.selectOption('[data-ui="profile"]', "");
  await press(page, "convert");
  await page.waitForFunction(() => !document.querySelector('[data-ui="converted"]').textContent.includes("Clever") && document.querySelector("#converted-title"));
  assert.deepEqual(said, []);
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
  await page.locator("#ask-program").fill("ib");
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
  assert.match(await page.textContent('[data-ui="targets"]'), /Y has a place for every field\.How often, and which values besides, is told after converting/);
  await press(page, "convert");
  assert.equal(await focusedId(page), "ask-code");
  assert.equal(await page.getAttribute("#ask-code", "aria-invalid"), "true");
  assert.match(await page.textContent("#ask-code-wrong"), /needed/);
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

/** Transactions of three students. */
const LOG = ["Anon Student Id\tSession Id\tTime\tLevel (Unit)\tProblem Name\tProblem View\tStep Name\tOutcome",
  ...["ada", "bo", "cy", "ada"].map((id, at) => `${id}\ts-${id}\t2024-03-0${at + 1} 10:00:00\tFractions\tpie\t1\tcut\tCORRECT`), ""].join("\n");

/** A conversion of the log to transactions, once the group of values is unfolded. */
async function transactions(page, group) {
  await drop(page, { "log.txt": LOG });
  await target(page, "datashop");
  await unfold(page, group);
}

const unfold = (page, group) => page.locator(`#asks-${group} > summary`).click();

/** The file that comes out. */
async function cells(page) {
  const { name, bytes } = await download(page, "save-converted");
  assert.equal(name, "data.txt", "one file, not packed");
  return bytes.toString().trimEnd().split("\n").slice(1).map((line) => line.split("\t"));
}

test("transactions are cut to two students and renamed by a table that is chosen, and saved as one file", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await transactions(page, "subset");
  assert.match(await page.textContent("#convert-button"), /Make the new file/);
  await page.getByLabel("Students to keep").fill("ada\ncy");
  await unfold(page, "rename");
  const names = page.getByLabel("New problem names");
  await names.setInputFiles({ name: "names.csv", mimeType: "text/csv", buffer: Buffer.from("old,new\npie,Torta de piñón\nsoup,Sopa\n", "latin1") });
  await page.getByText("Chosen: names.csv").first().waitFor();
  assert.equal(await page.getByLabel("Students to keep").inputValue(), "ada\ncy", "what was said stays");
  await press(page, "convert");
  await converted(page);
  assert.deepEqual((await cells(page)).map((cells) => `${cells[0]} ${cells[4]}`), ["ada Torta de piñón", "cy Torta de piñón", "ada Torta de piñón"]);
  const losses = (await download(page, "save-losses")).bytes.toString();
  assert.match(losses, /record-dropped,log\.txt,Anon Student Id,1,log\.txt,3,bo,/);
  assert.match(losses, /value-missing,rename-problems,old,1,rename-problems,3,soup,/);

  await page.getByRole("button", { name: "Do not use it" }).click();
  assert.equal(await focusedId(page), "ask-rename-problems");
  await press(page, "convert");
  await page.waitForFunction(() => document.querySelector('[data-ui="status"]').textContent.startsWith("Converted"));
  assert.deepEqual((await cells(page)).map((cells) => cells[4]), ["pie", "pie", "pie"]);
  assert.deepEqual(said, []);
  await context.close();
});

test("a table that cannot be used is named, and a secret that is too short is not told", async () => {
  const { page, context } = await open(chromium, server.address);
  await transactions(page, "rename");
  await page.getByLabel("New step names").setInputFiles({ name: "steps.csv", mimeType: "text/csv", buffer: Buffer.from("cut,divide,share\n") });
  await page.getByText("Chosen: steps.csv").first().waitFor();
  await press(page, "convert");
  await page.getByText("line 1 of the table given for").waitFor();
  assert.match(await page.textContent("#ask-rename-steps-wrong"), /has 3 cells/);
  assert.equal(await focusedId(page), "ask-rename-steps");
  await page.getByRole("button", { name: "Do not use it" }).click();
  await unfold(page, "anonymise");
  assert.equal(await page.getByLabel("Secret").evaluate((input) => getComputedStyle(input).getPropertyValue("-webkit-text-security")), "disc");
  await page.getByLabel("Secret").fill("tiny");
  await press(page, "convert");
  await page.getByText(/4 characters/).waitFor();
  assert.doesNotMatch(await page.textContent('[data-ui="targets"]'), /tiny/);
  await context.close();
});

test("values that cannot be meant are told at their fields, and what was said stays", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await transactions(page, "subset");
  await page.getByLabel("Students to keep").fill("ada");
  for (const [group, name, value, told] of [
    ["subset", "sample-students", "abc", /`?abc.*number/],
    ["columns", "compute", "Durations", /Durations.*nothing that can be computed; expected Problem View/],
    ["anonymise", "anonymise-key", "tiny", /4 characters and could be guessed/],
    ["anonymise", "anonymise-key", "              ", /0 characters and could be guessed/],
  ]) {
    const field = page.locator(`#ask-${name}`);
    if (!(await field.isVisible())) await unfold(page, group);
    await field.fill(value);
    await press(page, "convert");
    await page.locator(`#ask-${name}-wrong`).waitFor();
    assert.match(await page.textContent(`#ask-${name}-wrong`), told);
    assert.equal(await focusedId(page), `ask-${name}`);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.ok((await field.getAttribute("aria-describedby")).split(" ").includes(`ask-${name}-wrong`));
    assert.equal(await field.inputValue(), value, "to be corrected, not typed again");
    assert.equal(await page.locator("#unconverted-title").count(), 0, "nothing failed");
    await field.fill("");
  }
  await page.locator("#ask-from").pressSequentially("0230");
  await press(page, "convert");
  await page.getByText("This is no date.").waitFor();
  assert.equal(await focusedId(page), "ask-from");
  assert.equal(await page.locator("#ask-from").evaluate((field) => field.validity.badInput), true, "what was typed stays");
  assert.deepEqual(await faultsOf(page), []);
  await page.locator("#ask-from").fill("2024-03-01");
  assert.equal(await page.getByLabel("Students to keep").inputValue(), "ada", "what was said stays");
  await press(page, "convert");
  await converted(page);
  assert.equal((await cells(page)).length, 2, "the files stay, too");
  assert.deepEqual(said, []);
  await context.close();
});

/** A file of one of the cases of PearsonAccess. */
const pearson = (name) => readFileSync(join(root, "src/formats/pearson/cases", `${name}-clean/upload.csv`), "utf8");

/** What the files can become, as the page lists it. */
const offered = (page) => page.locator('[name="target"]').evaluateAll((all) => all.map(({ value }) => value.replace("pearson-", "")));

test("files of PearsonAccess become only what they can, with what is asked for", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "sr.csv": pearson("registrations-2018") });
  await task(page, "convert");
  assert.deepEqual(await offered(page), ["students", "personal-needs-profile", "preid"], "nothing becomes test attempts");
  await target(page, "pearson-preid");
  assert.match(await page.locator('[data-ui="targets"] [data-part="card"]').innerText(), /PreIDBarcode.*stays blank/s, "what will be missing is said before");
  await page.getByLabel("Code of the test administration").fill("spr27");
  await page.getByLabel("School year").fill("2026-2027");
  await press(page, "convert");
  await converted(page);
  const { name, bytes } = await download(page, "save-converted");
  assert.equal(name, "preid.csv");
  assert.match(bytes.toString().split("\n")[1], /^CO,0880,1234,.*MAT05,O,,,spr27,,,,2026-2027$/);
  assert.deepEqual(said, []);
  await context.close();
});

test("students, users and organizations become a bundle once the school year is said", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "st.csv": pearson("students"), "us.csv": pearson("users"), "org.csv": pearson("organizations") });
  await task(page, "convert");
  assert.deepEqual(await offered(page), ["student-registrations", "oneroster-1.2"]);
  await target(page, "oneroster-1.2");
  await page.getByLabel("First day of the school year").fill("2026-08-17");
  await press(page, "convert");
  await page.getByText("This is needed for the conversion.").waitFor();
  await page.getByLabel("Last day of the school year").fill("2027-06-30");
  await press(page, "convert");
  await converted(page);
  const sessions = page.getByRole("table", { name: /academicSessions\.csv/ });
  assert.ok((await sessions.locator("tbody td").allInnerTexts()).includes("2027-06-30"));
  const bundle = await download(page, "save-converted");
  await task(page, "check");
  await drop(page, { [bundle.name]: bundle.bytes });
  assert.match(await page.textContent("#verdict-title"), /^Ready/, "a complete bundle of OneRoster");
  await context.close();
});

test("in Spanish, what is asked for is asked in Spanish", async () => {
  const { page, context } = await open(chromium, `${server.address}#es`);
  await transactions(page, "subset");
  await page.getByLabel("Estudiantes que se conservan").waitFor();
  assert.equal(await page.locator('#asks-subset [lang="en"]').count(), 0);
  await context.close();
});
