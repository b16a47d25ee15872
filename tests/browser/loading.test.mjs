// How the engine comes to the page: one module, the fastest that the browser runs, whatever type the host gives it; and
// with it the tables of all formats.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, download, open, sample, serve, state } from "./helpers.mjs";

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** The modules that a page asks for, and its report on the sample. */
async function loaded(script, prepare = async () => {}) {
  const { page, context, requests, said } = await open(chromium, server.address, {}, script, prepare);
  await sample(page);
  const report = (await download(page, "download-json")).bytes.toString();
  assert.deepEqual(said, []);
  await context.close();
  return { modules: requests.map(({ url }) => url.split("/").pop()).filter((name) => name.endsWith(".wasm")), report };
}

test("each browser loads one engine: with SIMD, or without where it has none; both find the same", async () => {
  const fast = await loaded("");
  assert.deepEqual(fast.modules, ["hallpass_bg.wasm"]);
  const slow = await loaded("WebAssembly.validate = () => false;");
  assert.deepEqual(slow.modules, ["hallpass_scalar_bg.wasm"]);
  assert.equal(slow.report, fast.report);
});

test("a host that gives the engine another type is put up with", async () => {
  const { modules } = await loaded("", (context) => context.route("**/*.wasm", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "content-type": "application/octet-stream" } });
  }));
  assert.deepEqual(modules, ["hallpass_bg.wasm"]);
});

/** What the page shows at once where the tables of formats are answered so. */
async function withTables(answer) {
  const { page, context, said } = await open(chromium, server.address, {}, "", (context) => context.route("**/tables.json", (route) => route.fulfill(answer)));
  await state(page, "failed");
  const shown = await page.textContent("main");
  await context.close();
  return { shown, said };
}

test("without the tables of formats nothing is checked, and the page says that it failed", async () => {
  const gone = await withTables({ status: 404 });
  assert.match(gone.shown, /Hallpass failed.*could not be loaded/s);
  assert.equal(gone.said.filter((text) => !/404/.test(text)).length, 0);
  const empty = await withTables({ json: {} });
  assert.match(empty.shown, /Hallpass failed.*could not be loaded/s);
  assert.deepEqual(empty.said, []);
});
