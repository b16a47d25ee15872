// Every state the page can be in, for tests and pictures.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NEW, OLD } from "./bundles.mjs";
import { BOOKS, CODES, FOREIGN, LAYOUT, STUDENTS } from "./layouts.mjs";
import { compare, drop, openFiles, press, sample, state, target, task } from "./helpers.mjs";

/** Every state of the page, and how to get there. */
export const STATES = {
  empty: async () => {},
  working: async (page) => {
    await page.evaluate(() => { globalThis.heldChecks = true; });
    await press(page, "sample-clean");
    await state(page, "working");
  },
  running: async (page) => {
    await STATES.working(page);
    await page.evaluate(() => {
      const group = { authority: "spec", consequence: "value-dropped", samples: [] };
      const groups = ["role", "status", "roleType", "a".repeat(80), "b", "c", "d", "e", "f"].map((field, at) => ({
        ...group, severity: ["error", "warning", "info"][at % 3], rule: "unknown-code", file: "roles.csv", field, total: 10 ** at,
      }));
      globalThis.heldChecks.answer({ type: "progress", done: 412e6, total: 1e9, again: false, records: 4_123_456, groups });
    });
    await page.waitForSelector('[data-ui="found"] li');
  },
  large: async (page) => {
    await STATES.working(page);
    await page.evaluate(() => globalThis.heldChecks.answer({ type: "large", unpacked: 12e9 }));
    await page.waitForSelector("#large-title");
  },
  clean: (page) => sample(page, "clean"),
  faulty: (page) => sample(page, "faulty"),
  opened: async (page) => {
    await sample(page, "faulty");
    await openFiles(page);
    for (const toggle of (await page.locator('[data-action="toggle"]').all()).slice(0, 8)) await toggle.click();
    await page.locator("details:visible > summary").last().click();
  },
  unknown: (page) => drop(page, { "shopping.csv": "item,price\nmilk,1.20\n" }),
  record: async (page) => {
    await sample(page, "faulty");
    await page.selectOption('[data-ui="filter-rule"]', "unknown-code");
    await press(page, "toggle");
    await press(page, "context");
    await page.waitForSelector("[data-marked]");
  },
  rule: async (page) => {
    await sample(page, "faulty");
    await page.selectOption('[data-ui="filter-rule"]', "unknown-code");
    await press(page, "toggle");
    await press(page, "explain");
    await page.waitForSelector("dialog[open] h2");
    await page.locator("dialog summary").click();
  },
  cause: async (page) => {
    await sample(page, "faulty");
    await press(page, "show-cause");
  },
  spanish: async (page) => {
    await page.locator('[data-language="es"]').click();
    await page.waitForSelector('html[lang="es"]');
    await sample(page, "faulty");
  },
  own: async (page) => {
    await drop(page, { "students.csv": STUDENTS, "layout.csv": LAYOUT, "status.csv": CODES });
    await page.locator('[data-ui="settings"] > summary').click();
  },
  own_alone: async (page) => {
    await page.setInputFiles('[data-ui="files"]', { name: "layout.csv", mimeType: "", buffer: Buffer.from(LAYOUT.replace(/.*,code,.*\n/, "")) });
    await page.waitForSelector("#own-title");
  },
  own_wrong: (page) => drop(page, { "students.csv": STUDENTS, "layout.csv": LAYOUT }, "failed"),
  own_compare: async (page) => {
    await STATES.own(page);
    await task(page, "compare");
  },
  columns: async (page) => {
    await drop(page, { "students.csv": FOREIGN, "layout.csv": LAYOUT, "status.csv": CODES });
    await press(page, "match");
    await page.waitForSelector("#columns-title");
  },
  columns_used: async (page) => {
    await STATES.columns(page);
    await press(page, "match-check");
    await page.waitForSelector("#map-title");
    await state(page, "done");
  },
  draft: async (page) => {
    await drop(page, { "books.csv": BOOKS });
    await press(page, "propose");
    await page.waitForSelector("#draft-title");
  },
  draft_used: async (page) => {
    await STATES.draft(page);
    await page.locator('[name="length"]').first().fill("8..8");
    await press(page, "draft-check");
    await page.waitForSelector("#own-title");
    await state(page, "done");
  },
  draft_spanish: async (page) => {
    await page.locator('[data-language="es"]').click();
    await STATES.draft(page);
  },
  compare: (page) => task(page, "compare"),
  unchosen: async (page) => {
    await task(page, "compare");
    await press(page, "compare");
  },
  comparing: async (page) => {
    await page.evaluate(() => { globalThis.heldChecks = true; });
    await compare(page, OLD, NEW, "working");
  },
  compared: async (page) => {
    await compare(page, OLD, NEW);
    for (const summary of await page.locator("main details:visible > summary").all()) await summary.click();
  },
  compared_spanish: async (page) => {
    await page.locator('[data-language="es"]').click();
    await compare(page, OLD, NEW);
  },
  incomparable: (page) => compare(page, OLD, { "shopping.csv": "item,price\nmilk,1.20\n" }),
  convert: (page) => task(page, "convert"),
  targets: async (page) => {
    await drop(page, OLD);
    await target(page, "managebac-1.2");
  },
  converted: async (page) => {
    await drop(page, OLD);
    await target(page, "oneroster-1.1");
    await press(page, "convert");
    await page.waitForSelector("#converted-title");
  },
  pdf: (page) => drop(page, { "report.pdf": "%PDF-1.7\n" }),
  unmade: async (page) => {
    const folder = mkdtempSync(join(tmpdir(), "unmade-"));
    const path = join(folder, "orgs.csv");
    const header = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
    writeFileSync(path, `${header}o1,,,Spring School ,school,,\n`);
    await page.setInputFiles('[data-ui="files"]', path);
    await state(page, "done");
    writeFileSync(path, header);
    await press(page, "download-repaired");
    await page.waitForSelector("#unmade-title");
    rmSync(folder, { recursive: true });
  },
  failed: (page) => drop(page, { "broken.zip": "PK\u0003\u0004 and then nothing a zip would hold" }, "failed"),
};
