// The page itself under load, as a user meets it: node benches/page.mjs PLAN.json (`cargo xtask bench` makes the data,
// serves the page and starts this). Prints one line of JSON for each run, nothing else.
//
// PLAN: {rounds, bundles: [{name, bytes, files, do}]}. `do` is `drop` (how long from the files to the result, on a page that was
// there for a moment and has checked nothing yet),
// `click` (how fast the page answers clicks meanwhile) or `cancel` (how long until it has let go).
import { readFileSync } from "node:fs";
import { browser, open, press, state } from "../tests/browser/helpers.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const LIMIT = 900_000; // milliseconds
const MOMENT = 1500; // milliseconds in which nobody could have chosen files

// In the page: when the check began and ended, and how; how late each click was answered, painted frame included; how late timers.
function watch() {
  const seen = { begun: 0, ended: 0, outcome: "", clicks: [], timers: [] };
  globalThis.seen = seen;
  const now = () => performance.now();
  addEventListener("change", () => { seen.begun = now(); }, true);
  new MutationObserver(() => {
    if (seen.begun && document.documentElement.dataset.state !== "working") seen.ended ||= now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
  addEventListener("click", ({ timeStamp }) => {
    requestAnimationFrame(() => setTimeout(() => seen.clicks.push(now() - timeStamp)));
  }, true);
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => { if (data.type === "report") seen.outcome = data.report.outcome; });
    }
  };
  const TICK = 20;
  let due = now() + TICK;
  setInterval(() => {
    if (document.documentElement?.dataset.state === "working") seen.timers.push(Math.max(0, now() - due));
    due = now() + TICK;
  }, TICK);
}

const spread = (numbers, name) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { [`${name}s`]: sorted.length, [`${name} median`]: at(0.5), [`${name} p95`]: at(0.95), [`${name} most`]: at(1) };
};

const work = {
  async drop(page) {
    await page.waitForFunction(() => globalThis.seen.ended, undefined, { timeout: LIMIT });
    return {};
  },
  async click(page) {
    while (!(await page.evaluate(() => globalThis.seen.ended))) {
      await page.locator("h1").click({ timeout: LIMIT });
      await page.waitForTimeout(50);
    }
    const { clicks, timers } = await page.evaluate(() => globalThis.seen);
    return { ...spread(clicks, "click"), ...spread(timers, "timer") };
  },
  async cancel(page) {
    await state(page, "working");
    await page.waitForTimeout(1000);
    await press(page, "cancel");
    await page.waitForFunction(() => globalThis.seen.clicks.length, undefined, { timeout: LIMIT });
    const { clicks } = await page.evaluate(() => globalThis.seen);
    return { cancelled: clicks[0] };
  },
};

const chromium = await browser();
for (let round = 0; round < plan.rounds; round += 1) {
  for (const bundle of plan.bundles) {
    if (round > 0 && bundle.do !== "drop") continue;
    const { page, context } = await open(chromium, process.env.HALLPASS_PAGE, {}, `(${watch})()`);
    try {
      await page.waitForTimeout(MOMENT);
      await page.setInputFiles('[data-ui="files"]', bundle.files, { timeout: LIMIT });
      const values = await work[bundle.do](page);
      const { begun, ended, outcome } = await page.evaluate(() => globalThis.seen);
      values.checked = Number(["complete", "partial"].includes(outcome));
      const shown = await page.locator("#verdict-title, #failure-title").filter({ visible: true }).allTextContents();
      const note = bundle.do === "cancel" ? "" : shown.join(" ").trim();
      console.log(JSON.stringify({ case: `page:${bundle.do}`, on: bundle.name, round, seconds: (ended - begun) / 1000, bytes: bundle.bytes, values, note }));
    } catch (error) {
      console.error(`${bundle.do} on ${bundle.name}: ${error}`);
    }
    await context.close();
  }
}
console.log(JSON.stringify({ case: "page:version", on: "", round: 0, seconds: 0, bytes: 0, values: {}, note: `Chromium ${chromium.version()}` }));
await chromium.close();
