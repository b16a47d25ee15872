// The page's words: complete in both languages, true to the engine, in one spelling.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { en } from "../../www/text/en.js";
import { es } from "../../www/text/es.js";
import { headline } from "../../www/view/compare.js";
import { way } from "../../www/view/groups.js";
import { tone } from "../../www/view/verdict.js";
import { percent, size, speak } from "../../www/view/words.js";
import { bundleName, savedName } from "../../www/saves.js";
import { root } from "./helpers.mjs";

test("both languages say the same things", () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
  const names = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(en)) {
    if (en[key] && es[key]) assert.deepEqual(names(es[key]), names(en[key]), key);
  }
});

test("every text that the page asks for by name is there", () => {
  const scripts = readdirSync(join(root, "www"), { recursive: true }).filter((file) => /^[^/\\]*\.js$|^view.*\.js$|^index\.html$/.test(file));
  const asked = scripts.flatMap((file) => [...readFileSync(join(root, "www", file), "utf8").matchAll(/(?:\bt\(|data-(?:text|label)=)"([\w.-]+)"/g)].map(([, key]) => key));
  assert.ok(asked.length > 50);
  assert.deepEqual(asked.filter((key) => !(key in en || `${key}.other` in en)), []);
});

test("every rule has a name in both languages, and no name is left over", () => {
  const rules = Object.keys(JSON.parse(readFileSync(join(root, "www/pkg/rules.json"), "utf8"))).map((rule) => `rule.${rule}`);
  for (const words of [en, es]) assert.deepEqual(Object.keys(words).filter((key) => key.startsWith("rule.")).sort(), rules.sort());
});

test("the page's words name no format: the engine does", () => {
  const named = Object.entries({ ...en, ...es }).filter(([key, text]) => !key.startsWith("rule.") && /OneRoster|Clever|SDS|Canvas|Pearson|DataShop|Moodle|ManageBac/.test(text));
  assert.deepEqual(named, []);
});

test("English is spelled as in the United States", () => {
  assert.deepEqual(Object.values(en).filter((text) => /\b(recogni|organi|optimi|authori|neutrali)s(e|ing|ation)|\w+isation|\bcolour|\blicence|\bcentre\b/i.test(text)), []);
});

test("sizes have their plural", () => {
  speak("en");
  assert.deepEqual([0, 1, 650, 25_480].map(size), ["0 bytes", "1 byte", "650 bytes", "25.5 kB"]);
});

test("a share is only all where it is all", () => {
  speak("en");
  assert.deepEqual([312 / 1204, 9999 / 10_000, 1, 0].map(percent), ["25.9%", "99.9%", "100%", "0%"]);
});

test("what is said of fixes is counted, and says among how many", () => {
  speak("en");
  const group = (total, ...safeties) => ({ total, samples: safeties.map((safety) => ({ message: "", fix: safety && { title: "", safety } })) });
  assert.equal(way(group(2, "safe", "safe")), "The safe repair fixes this");
  assert.equal(way(group(9, "safe", "safe")), "The safe repair fixes all the examples shown");
  assert.equal(way(group(2, "review", "review")), "A likely fix is ready to look at");
  assert.equal(way(group(3, "safe", "safe", null)), "a safe fix for 2, no fix for 1");
  assert.equal(way(group(150, "safe", "review", "shown")), "Of 3 examples: a safe fix for 1, a likely fix for 1, no fix for 1");
  assert.equal(way(group(1, null)), "Fix this where the data comes from");
});

test("what an import would change is told by the file that loses most, and nothing compared is never no change", () => {
  speak("en");
  const file = (name, removed, old, mode = "bulk") => ({ name, mode, added: 0, changed: 0, unchanged: old - removed, missing: removed, removed, threshold: 10, records: { old, new: old - removed } });
  const told = (outcome, ...files) => headline({ outcome, files, findings: [] });
  assert.equal(told("complete", file("users.csv", 5, 900), file("classes.csv", 312, 1204)).title, "This bulk import would archive 312 of 1,204 classes");
  assert.equal(told("complete", file("classes.csv", 312, 1204)).tone, "warning");
  assert.equal(told("complete", file("classes.csv", 120, 1204)).tone, "ok", "what is let pass");
  assert.equal(told("complete", file("classes.csv", 1, 20, "delta")).title, "This delta import would delete 1 of 20 classes");
  assert.equal(told("complete", file("classes.csv", 0, 20)).title, "This import would change nothing");
  for (const nothing of [told("complete"), told("failed", file("classes.csv", 0, 20))]) assert.equal(nothing.title, "These files could not be compared");
});

test("a check that was not whole is not ready, and is not said to have errors it has not", () => {
  const report = (error) => ({ outcome: "partial", verdict: "not-ready", totals: { error, warning: 1, info: 0 } });
  assert.equal(tone(report(0)), "partial");
  assert.equal(tone(report(1)), "not-ready");
  for (const words of [en, es]) assert.equal(words["verdict.partial"].split(":")[0], words["verdict.not-ready"].split(":")[0]);
});

test("what is saved is named after what was dropped", () => {
  const named = (...names) => bundleName(names.map((name) => ({ name })));
  assert.equal(named("district.zip"), "district");
  assert.equal(named("export/users.csv", "export/orgs.csv"), "export");
  assert.equal(named("users.csv", "orgs.csv"), "");
  assert.equal(named("../..\\a\u202e:b?.zip"), "_a_b_");
  const [safe, review, csv] = [{ do: "fix", include: "safe" }, { do: "fix", include: "review" }, { do: "report", as: "csv" }];
  assert.equal(savedName("report.csv", csv, "district"), "district.report.csv");
  assert.equal(savedName("report.csv", csv, ""), "report.csv");
  assert.equal(savedName("changes.csv", safe, "district"), "district.changes.csv");
  assert.equal(savedName("changes.csv", review, "district"), "district.changes-with-likely-fixes.csv");
  assert.equal(savedName("district-repaired.zip", safe, "district"), "district-repaired.zip");
  assert.equal(savedName("district-repaired.zip", review, "district"), "district-repaired-with-likely-fixes.zip");
  assert.equal(savedName("losses.csv", { do: "convert", to: "", set: {} }, "district"), "district.losses.csv");
  assert.equal(savedName("comparison.csv", csv, "district"), "district.comparison.csv");
  assert.equal(savedName("users.csv", review, "users"), "users.csv", "receivers look for the name");
});
