// "Who will receive this file?": a profile is chosen before the check or after it, and the page says whose word it is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open, press, sample, serve } from "./helpers.mjs";

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

const RECEIVER = '[data-ui="profile"]';

on("a receiver is chosen by name before the check, and its own findings are told", async (page) => {
  await page.locator('[data-ui="drop"]').getByLabel("Who will receive this file?").selectOption({ label: "Clever" });
  await sample(page, "clean");
  assert.match(await page.innerText('[data-part="facts"]'), /Receiver\s+Clever/);
  assert.match(await page.innerText('[data-ui="findings"]'), /Clever drops others/);
});

on("another receiver can be chosen after the check, which is then done again", async (page) => {
  await sample(page, "clean");
  assert.match(await page.innerText("#verdict-title"), /^Ready/);
  assert.equal(await page.isVisible('[data-ui="again-for"]'), false, "nothing else was chosen");
  await page.selectOption(RECEIVER, "canvas");
  await press(page, "again");
  await page.waitForFunction(() => document.querySelector('[data-part="facts"]')?.textContent?.includes("Canvas"));
  assert.match(await page.innerText("#verdict-title"), /^Not ready/);
  assert.equal(await page.isVisible('[data-ui="again-for"]'), false);
});

on("receivers and exporters stand apart, each once", async (page) => {
  const groups = await page.$$eval(`${RECEIVER} optgroup`, (all) => all.map((group) => [group.label, group.children.length]));
  assert.deepEqual(groups.map(([label]) => label), ["Receivers", "Or the system that wrote the file"]);
  assert.equal(groups[0][1] + groups[1][1], 20);
});
