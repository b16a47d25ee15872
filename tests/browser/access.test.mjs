// Everyone can use the page: axe in every state, light and dark; narrow windows; the keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NEW, OLD } from "./bundles.mjs";
import { browser, drop, faultsOf, open, press, sample, serve, state } from "./helpers.mjs";
import { STATES } from "./states.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const [name, reach] of Object.entries(STATES)) {
    test(`${name}, ${colorScheme}: axe finds nothing, and nothing is cut off at 320 pixels`, async () => {
      const { page, context } = await open(chromium, server.address, { colorScheme });
      await reach(page);
      assert.deepEqual(await faultsOf(page), []);
      await page.setViewportSize({ width: 320, height: 640 });
      assert.deepEqual(await faultsOf(page), []);
      const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= window, `the page is ${wide} pixels wide in a window of ${window}`);
      await context.close();
    });
  }
}

/** What has the focus, and whether one can see that it has. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element.matches("input[type=file]") ? element.closest("label") ?? element : element);
  const { width, height } = element.getBoundingClientRect();
  return {
    id: element.id, to: element.getAttribute("data-to"), action: element.getAttribute("data-action"), ui: element.getAttribute("data-ui"), tag: element.localName,
    seen: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
    size: Math.min(width, height),
  };
});

/** Presses Tab until `wanted` has the focus; fails after too many. */
async function tabTo(page, wanted) {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now && wanted(now)) return now;
  }
  throw new assert.AssertionError({ message: "the keyboard does not get there" });
}

test("by keyboard alone: check, go from the summary to the place, open the record, take a file", async () => {
  const { page, context } = await open(chromium, server.address);
  await tabTo(page, ({ action }) => action === "skip");
  await page.keyboard.press("Enter");
  assert.equal((await focused(page))?.ui, "files", "the skip link leads to the file input");
  await tabTo(page, ({ action }) => action === "sample-faulty");
  await page.keyboard.press("Enter");
  await state(page, "done");
  await page.waitForFunction(() => document.activeElement?.id === "verdict-title");

  await tabTo(page, ({ action }) => action === "go-group");
  const words = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  const place = await focused(page);
  assert.match(place.id, /^group-\d+$/, "the entry leads to its place");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), words, "in identical words");

  const chosen = page.waitForEvent("download");
  await tabTo(page, ({ action }) => action === "download-csv");
  await page.keyboard.press("Enter");
  assert.match((await chosen).suggestedFilename(), /\.csv$/);
  await context.close();
});

test("by keyboard alone: go to Compare, choose both sides, read what changes, take the delta bundle", async () => {
  const { page, context } = await open(chromium, server.address);
  await page.evaluate(() => { delete globalThis.showOpenFilePicker; });
  const sides = [OLD, NEW];
  page.on("filechooser", (chooser) => chooser.setFiles(Object.entries(sides.shift()).map(([name, text]) => ({ name, mimeType: "", buffer: Buffer.from(text) }))));
  await tabTo(page, ({ to }) => to === "compare");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "title");
  await tabTo(page, ({ ui }) => ui === "old-files");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#old-chosen").textContent.includes("orgs.csv"));
  await tabTo(page, ({ ui }) => ui === "new-files");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#new-chosen").textContent.includes("orgs.csv"));
  await tabTo(page, ({ action }) => action === "compare");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "changes-title");
  const taken = page.waitForEvent("download");
  await tabTo(page, ({ action }) => action === "changes-delta");
  await page.keyboard.press("Enter");
  assert.match((await taken).suggestedFilename(), /\.zip$/);
  await context.close();
});

test("by keyboard alone: convert what was checked, and take it", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, OLD);
  await tabTo(page, ({ to }) => to === "convert");
  await page.keyboard.press("Enter");
  await tabTo(page, ({ id }) => id.startsWith("target-"));
  await page.keyboard.press("Space");
  await tabTo(page, ({ action }) => action === "convert");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "converted-title");
  const taken = page.waitForEvent("download");
  await tabTo(page, ({ action }) => action === "save-converted");
  await page.keyboard.press("Enter");
  assert.match((await taken).suggestedFilename(), /\.zip$/);
  await context.close();
});

test("every stop of the keyboard can be seen, and none is a trap", async () => {
  const { page, context } = await open(chromium, server.address);
  await sample(page, "faulty");
  await page.evaluate(() => document.activeElement?.blur());
  const unseen = [];
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (!now) {
      assert.ok(presses > 10, "there are stops");
      assert.deepEqual(unseen, []);
      return context.close();
    }
    if (!now.seen) unseen.push(now);
  }
  throw new assert.AssertionError({ message: "the end of the page is never reached" });
});

test("the dialog closes with Escape and gives the focus back", async () => {
  const { page, context } = await open(chromium, server.address);
  await sample(page, "faulty");
  await press(page, "go-group");
  await press(page, "explain");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  assert.equal((await focused(page))?.action, "explain");
  await context.close();
});
