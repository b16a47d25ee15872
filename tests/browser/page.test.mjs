// What the page does: verdicts, downloads, filters, cancelling, and what it says when it fails.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, download, drop, open, openFiles, press, sample, serve, state } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

const verdict = (page) => page.getAttribute('[data-ui="verdict"]', "data-verdict");

test("the clean sample is ready, the faulty one is not", async () => {
  const { page, context } = await open(chromium, server.address);
  await sample(page, "clean");
  assert.equal(await verdict(page), "ready");
  await context.close();
  const again = await open(chromium, server.address);
  await sample(again.page, "faulty");
  assert.equal(await verdict(again.page), "not-ready");
  assert.match(await again.page.textContent('[data-ui="status"]'), /\S/, "the verdict is announced");
  await again.context.close();
});

test("the report that is saved agrees with the page", async () => {
  const { page, context } = await open(chromium, server.address);
  await sample(page);
  const report = JSON.parse((await download(page, "download-json")).bytes.toString());
  assert.equal(report.schema, "hallpass-report/1");
  assert.equal(report.verdict, await verdict(page));
  await openFiles(page);
  assert.equal(await page.locator('[data-ui="findings"] [data-action="toggle"]').count(), report.groups.length);
  const rows = (await download(page, "download-csv")).bytes.toString().trimEnd().split("\n").length - 1;
  const { error, warning, info } = report.totals;
  assert.ok(rows >= error + warning + info, `${rows} rows for ${error + warning + info} findings`);
  assert.match((await download(page, "download-html")).bytes.toString(), /<html/i);
  await context.close();
});

test("the repaired bundle has fewer findings and none that is new", async () => {
  const { page, context } = await open(chromium, server.address);
  await sample(page);
  const before = JSON.parse((await download(page, "download-json")).bytes.toString());
  const repaired = await download(page, "download-repaired");
  await drop(page, { [repaired.name]: repaired.bytes });
  const after = JSON.parse((await download(page, "download-json")).bytes.toString());
  const sum = ({ totals }) => totals.error + totals.warning;
  assert.ok(sum(after) < sum(before), `${sum(after)} findings after, ${sum(before)} before`);
  const names = ({ groups }) => new Set(groups.map(({ rule, file, field }) => [rule, file, field].join()));
  assert.deepEqual([...names(after)].filter((name) => !names(before).has(name)), []);
  await context.close();
});

test("filters show what they say", async () => {
  const { page, context } = await open(chromium, server.address);
  await sample(page);
  await openFiles(page);
  const rows = page.locator('[data-ui="findings"] tr[data-severity]');
  const all = await rows.count();
  await page.selectOption('[data-ui="filter-severity"]', "error");
  const errors = await rows.count();
  assert.ok(errors > 0 && errors < all, `${errors} of ${all}`);
  assert.equal(await page.locator('[data-ui="findings"] tr[data-severity="error"]').count(), errors);
  await press(page, "clear-filters");
  assert.equal(await rows.count(), all);
  await context.close();
});

test("a check can be cancelled, and the next one works", async () => {
  const { page, context } = await open(chromium, server.address);
  await page.evaluate(() => { globalThis.heldChecks = true; });
  await press(page, "sample-faulty");
  await state(page, "working");
  await press(page, "cancel");
  await state(page, "empty");
  await page.evaluate(() => { globalThis.heldChecks = false; });
  await sample(page, "clean");
  assert.equal(await verdict(page), "ready");
  await context.close();
});

test("a file that cannot be read is our failure, not a finding", async () => {
  const { page, context } = await open(chromium, server.address);
  await drop(page, { "broken.zip": "PK\u0003\u0004 and then nothing a zip would hold" }, "failed");
  assert.match(await page.textContent('[data-ui="failure"]'), /\S/);
  assert.ok(await page.locator('[data-ui="verdict"]').isHidden());
  await context.close();
});

test("text in a file is only ever text", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const evil = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>";
  const cell = `"${evil.replaceAll('"', '""')}"`;
  await drop(page, { "manifest.csv": "propertyName,value\noneroster.version,1.2\nmanifest.version,1.0\nfile.orgs,bulk\n",
    "orgs.csv": `sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,x,${cell},,${cell}\n` });
  await openFiles(page);
  for (const toggle of await page.locator('[data-action="toggle"]').all()) await toggle.click();
  assert.ok((await page.textContent('[data-ui="findings"]')).includes("onerror"), "it is shown");
  assert.equal(await page.locator('[data-ui="findings"] img, main script').count(), 0);
  assert.notEqual(await page.title(), "run");
  assert.deepEqual(said, []);
  await context.close();
});

const BUNDLE = {
  "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\n",
  "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    + Array.from({ length: 50 }, (_, at) => `o${at},,,School ${at},schol,,\n`).join(""),
};

/** In a worker: from now on streams of files give their first bytes and then no answer, and waiting takes a hundredth. */
function stall(first) {
  globalThis.stalled = { begun: 0, givenUp: 0 };
  const later = globalThis.setInterval;
  globalThis.setInterval = (what, milliseconds) => later(what, milliseconds / 100);
  Blob.prototype.stream = function () {
    globalThis.stalled.begun += 1;
    let given = false;
    return new ReadableStream({
      type: "bytes",
      pull: async (controller) => {
        if (given || first === 0) return new Promise(() => {});
        given = true;
        controller.enqueue(new Uint8Array(await this.slice(0, first).arrayBuffer()));
      },
      cancel: () => { globalThis.stalled.givenUp += 1; },
    });
  };
}

for (const [when, first] of [["before its first byte", 0], ["in the middle", 20]]) {
  test(`a file whose stream stalls ${when} is read to its end all the same`, async () => {
    const { page, context } = await open(chromium, server.address);
    await drop(page, BUNDLE);
    const expected = (await download(page, "download-json")).bytes.toString();
    for (const worker of page.workers()) await worker.evaluate(stall, first);
    await drop(page, BUNDLE);
    const streams = await Promise.all(page.workers().map((worker) => worker.evaluate(() => globalThis.stalled)));
    const begun = streams.reduce((sum, each) => sum + each.begun, 0);
    assert.ok(begun >= 2, `${begun} streams for two files`);
    assert.equal(streams.reduce((sum, each) => sum + each.givenUp, 0), begun, "every stream stalls and is given up");
    assert.equal((await download(page, "download-json")).bytes.toString(), expected);
    await context.close();
  });
}
