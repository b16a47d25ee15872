// What the page says of files: true, in words of the user, and visible.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, download, drop, open, openFiles, press, sample, serve } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** Opens the page for a test and closes it after. */
const on = (name, run, options) => test(name, async () => {
  const { page, context, said } = await open(chromium, server.address, options);
  await run(page);
  assert.deepEqual(said, []);
  await context.close();
});

const FILES = ["academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics", "enrollments",
  "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "results",
  "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources", "users"];
const MANIFEST = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n"
  + FILES.map((file) => `file.${file},${file === "orgs" ? "bulk" : "absent"}\n`).join("");
const ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
const bundle = (...orgs) => ({ "manifest.csv": MANIFEST, "orgs.csv": ORGS + orgs.map((org) => `${org}\n`).join("") });

/** A zip whose members are empty: enough for what is told by names. */
function emptyZip(...names) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const name of names) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), fields, Buffer.from(name)]);
    const entry = Buffer.alloc(42);
    entry.writeUInt16LE(20, 0);
    fields.copy(entry, 2);
    entry.writeUInt32LE(at, 38);
    parts.push(local);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02"), entry, Buffer.from(name)]));
    at += local.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(names.length, 4);
  end.writeUInt16LE(names.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from("PK\x05\x06"), end]);
}

on("the start page names the formats that the engine has, and no other", async (page) => {
  const titles = await page.evaluate(() => Array.from(document.querySelectorAll('[data-ui="format"] option')).slice(1).map((option) => option.textContent));
  const families = await page.evaluate(() => Array.from(document.querySelectorAll('[data-ui="kinds"] li')).map((line) => line.textContent));
  const named = (family) => titles.filter((title) => title.startsWith(`${family} `)).map((title) => title.slice(family.length + 1));
  const all = [...new Set(titles.map((title) => title.split(" ")[0]))];
  assert.deepEqual(families, all.map((family) => `${family} ${new Intl.ListFormat("en").format(named(family))}`));
});

const STRANGE = {
  "a PDF": [{ "roster.pdf": "%PDF-1.7\n" }, /^roster\.pdf is a PDF document/, /Export the data as CSV/],
  "an empty file": [{ "users.csv": "" }, /^users\.csv is an empty file/, /Export it again/],
  "an Excel workbook": [{ "users.xlsx": emptyZip("[Content_Types].xml", "xl/workbook.xml") }, /^users\.xlsx is an Excel workbook/, /CSV UTF-8 \(Comma delimited\)/],
  "a web page": [{ "users.csv": "<!DOCTYPE html>\n<html>Sign in" }, /^users\.csv is a web page/, /Sign in/],
  "an empty zip": [{ "users.zip": emptyZip() }, /^users\.zip is an empty zip/, /There are no files in it/],
  "a page of a site beside another file": [{ "a.csv": "<!DOCTYPE html>\n<html>Sign in", "b.csv": "x,y\n1,2\n" }, /^a\.csv is a web page, and the files beside it fit no format/, /Sign in/],
  "an archive of another kind": [{ "users.gz": Buffer.from("1f8b0800000000000001", "hex") }, /^users\.gz is an archive/, /Unpack it/],
};
for (const [what, [files, title, advice]] of Object.entries(STRANGE)) {
  on(`${what} is called so first of all, with what to do, and nothing is said to be wrong in it`, async (page) => {
    await drop(page, files);
    assert.match(await page.textContent("#verdict-title"), title);
    assert.match(await page.textContent('[data-ui="verdict"]'), advice);
    const tables = Object.keys(files).length - 1;
    assert.equal(await page.locator('[data-ui="pick"]').count(), tables, "only tables have a format");
    assert.doesNotMatch(await page.innerText("main"), /\d error|refuses/);
  });
}

on("a table of no known format can be checked as one", async (page) => {
  await drop(page, { "orgs.csv": "sourcedId,item,price\n1,milk,1.20\n" });
  assert.match(await page.textContent("#verdict-title"), /not recognized/);
  assert.match(await page.textContent('[data-ui="verdict"]'), /OneRoster 1\.2 CSV knows 1 of 3 labels/);
  assert.doesNotMatch(await page.innerText("main"), /\d error|refuses/);
  await press(page, "check-as");
  await page.waitForFunction(() => document.querySelector("#verdict-title")?.textContent.startsWith("Not ready"));
});

on("what a cause explains is shown alone", async (page) => {
  const orgs = Array.from({ length: 8 }, (_, at) => `o${at},,,School ${at},school,,${at < 5 ? "gone" : "lost"}`);
  await drop(page, bundle(...orgs, "o8,,,School 8,schol,,"));
  await press(page, "show-cause");
  const rows = page.locator('[data-ui="findings"] tr[data-severity]');
  assert.equal(await rows.count(), 1);
  assert.match(await rows.first().textContent(), /5 of 8$/);
  const shown = await page.locator('[data-part="samples-list"] > li').allTextContents();
  assert.equal(shown.length, 5);
  assert.ok(shown.every((text) => text.includes("gone")), "no finding of another cause");
  assert.match(await page.textContent('[data-ui="filter-count"]'), /the missing gone/);
  await press(page, "clear-filters");
  assert.ok(await rows.count() > 1);
  assert.ok(await page.locator('[data-action="clear-filters"]').isHidden(), "there is nothing to clear");
});

on("a change that the eye would not see is told", async (page) => {
  await drop(page, { ...bundle(), "orgs.csv": Buffer.concat([Buffer.from(`${ORGS}o1,,,Jos`), Buffer.from([0xe9]), Buffer.from(" School ,school,,\no2,,,Hill School ,school,,\n")]) });
  for (const toggle of await page.locator('[data-action="toggle"]').all()) await toggle.click();
  for (const change of await page.locator('[data-part="change"]').all()) {
    const [before, now] = [await change.locator("del").textContent(), await change.locator("ins").textContent()];
    assert.notEqual(before, now);
  }
  const blank = page.locator('[data-part="change"] del', { hasText: "Hill" });
  assert.match(await blank.innerText(), /Hill School␣/);
});

on("nothing to repair is not offered, and what is not sure is not promised", async (page) => {
  await drop(page, bundle("o1,,,Spring School,school,,gone"));
  assert.equal(await page.locator('[data-action="download-repaired"]').count(), 0);
  await drop(page, bundle(...Array.from({ length: 12 }, (_, at) => `o${at},,,School ${at},school,,gone`)));
  assert.match(await page.textContent('[data-ui="downloads"]'), /No such fix is among the examples shown/);
  assert.equal(await page.locator('[data-action="download-repaired"][data-main]').count(), 0);
  await drop(page, bundle(...Array.from({ length: 12 }, (_, at) => `o${at},,,School ${at},${at % 2 ? "School" : "zzz"},,`)));
  assert.match(await page.textContent('[data-ui="downloads"]'), /It fixes at least 5 findings/);
  assert.match(await page.textContent('[data-ui="findings"]'), /Of 10 examples: a safe fix for 5, no fix for 5/);
  assert.equal(await page.locator('[data-action="download-repaired"][data-main]').count(), 1);
});

on("what is saved carries the name of what was dropped", async (page) => {
  await sample(page);
  const names = [];
  for (const action of ["download-csv", "download-html", "download-json", "download-log", "download-log-review", "download-repaired", "download-repaired-review"]) {
    names.push((await download(page, action)).name);
  }
  assert.deepEqual(names, ["faulty.report.csv", "faulty.report.html", "faulty.report.json", "faulty.changes.csv", "faulty.changes-with-likely-fixes.csv",
    "faulty-repaired.zip", "faulty-repaired-with-likely-fixes.zip"]);
});

on("the language is that of the browser", async (page) => {
  assert.equal(await page.getAttribute("html", "lang"), "es");
  await sample(page);
  assert.match(await page.textContent('[data-ui="verdict"]'), /están en inglés por ahora/);
  const english = await page.locator('[data-ui="findings"] :text("is not in"), [data-ui="causes"] :text("is missing from")').all();
  assert.ok(english.length > 0);
  for (const text of english) assert.equal(await text.evaluate((element) => element.closest("[lang]").lang), "en");
}, { locale: "es-MX" });

on("the language that was chosen is still there after a reload, and nothing else is in the address", async (page) => {
  const address = page.url();
  await page.locator('[data-language="es"]').click();
  await page.waitForSelector('html[lang="es"]');
  assert.equal(page.url(), `${address}#es`);
  await page.reload();
  await page.waitForSelector('html[data-ready="true"][lang="es"]');
  await page.goto(`${address}?lang=es`);
  await page.waitForSelector('html[data-ready="true"][lang="es"]');
  await page.locator('[data-language="en"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector('html[lang="en"]');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("data-language")), "en", "the focus stays");
});

on("paper shows what is folded away, and nothing to press", async (page) => {
  await sample(page);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  for (const control of ['[data-ui="drop"]', '[data-ui="downloads"]', '[data-part="filters"]', "[data-language]", '[data-action="explain"]']) {
    assert.ok(await page.locator(control).first().isHidden(), control);
  }
  assert.ok(await page.locator('[data-part="facts"] td').first().isVisible(), "the files are listed");
  const groups = await page.locator('[data-ui="findings"] [data-part="samples-row"]').count();
  assert.equal(groups, await page.locator('[data-ui="findings"] tr[data-severity]').count(), "every group is opened");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("main details[open]").count(), 0);
  assert.equal(await page.locator('[data-part="samples-row"]').count(), 0);
});

on("no page of a rule shows what only a machine reads", async (page) => {
  const odd = await page.evaluate(async () => {
    const [{ rulePage }, pages] = [await import("./view/rule.js"), await (await fetch("pkg/rules.json")).json()];
    return Object.entries(pages).flatMap(([rule, text]) => {
      const shown = rulePage(text).map((element) => element.textContent).join("\n");
      const examples = rulePage(text).find((element) => element.localName === "details")?.textContent ?? "";
      const found = /Fires:|Silent:|```|oneroster-1\.2$|file,field,type|:$/m.exec(examples)?.[0];
      return found || !/This is found:/.test(examples) || !/Why it matters[^]*How to fix[^]*Source/.test(shown) ? [`${rule}: ${found}`] : [];
    });
  });
  assert.deepEqual(odd, []);
});

on("tables fit a narrow window", async (page) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await sample(page);
  await openFiles(page);
  await page.evaluate(() => { for (const details of document.querySelectorAll("main details")) details.open = true; });
  const wide = await page.evaluate(() => Array.from(document.querySelectorAll("[data-stacked]"), (table) => {
    const region = table.closest("[data-part=scroll]");
    return region.scrollWidth > region.clientWidth ? region.getAttribute("aria-label") : "";
  }).filter(Boolean));
  assert.deepEqual(wide, []);
  assert.ok(await page.locator("[data-stacked]").count() >= 2);
});

on("what was not checked names a rule only where one was left out", async (page) => {
  await drop(page, { ...bundle("o1,,,North,district,,"), "users.csv": "a,b\n1,2\n" });
  const limits = page.locator('[data-ui="limits"] li', { hasText: "it has no header" });
  assert.equal(await limits.textContent(), "users.csv: it has no header");
  assert.equal(await page.locator('[data-ui="limits"] code:empty').count(), 0);
});
