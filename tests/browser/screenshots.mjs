// Pictures of the page in every state, for looking at: node tests/browser/screenshots.mjs OUTDIR
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browser, open, serve } from "./helpers.mjs";
import { STATES } from "./states.mjs";

const out = process.argv[2];
if (!out) {
  console.error("Usage: node tests/browser/screenshots.mjs OUTDIR");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const server = await serve();
const chromium = await browser();
for (const width of [320, 768, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [name, reach] of Object.entries(STATES)) {
      const { page, context } = await open(chromium, server.address, { colorScheme, viewport: { width, height: 900 } });
      await reach(page);
      await page.screenshot({ path: join(out, `${name}-${width}-${colorScheme}.png`), fullPage: name !== "rule" }); // a dialog lies over the window
      await context.close();
    }
  }
}
await chromium.close();
server.close();
