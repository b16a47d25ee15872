// What is served: types, headers, and scripts that name no address and no way out.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, open, press, root, sample, serve } from "./helpers.mjs";

let server;
before(async () => { server = await serve(); });
after(() => server?.close());

const www = join(root, "www");
const files = readdirSync(www, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(www.length + 1).replaceAll("\\", "/"));
const own = files.filter((file) => /\.(js|css|html)$/.test(file) && !file.startsWith("pkg/"));
const text = (file) => readFileSync(join(www, file), "utf8");

const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8",
  wasm: "application/wasm", svg: "image/svg+xml", json: "application/json", zip: "application/zip",
};

test("every part has its type and the security headers", async () => {
  for (const file of files.filter((file) => file.split(".").pop() in TYPES)) {
    const answer = await fetch(server.address + file);
    assert.equal(answer.status, 200, file);
    assert.equal(answer.headers.get("content-type"), TYPES[file.split(".").pop()], file);
    assert.match(answer.headers.get("content-security-policy"), /^default-src 'none'/);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
    assert.equal(answer.headers.get("cross-origin-opener-policy"), "same-origin");
    assert.equal(answer.headers.get("cross-origin-resource-policy"), "same-origin");
  }
});

test("the page declares the policy that the server sends", async () => {
  const declared = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text("index.html"))[1];
  const sent = (await fetch(server.address)).headers.get("content-security-policy");
  // Only a header can set frame-ancestors.
  assert.equal(sent, `${declared}; frame-ancestors 'none'`);
});

test("the icon that the page carries is favicon.svg", () => {
  const carried = /rel="icon" href="data:image\/svg\+xml;base64,([^"]+)"/.exec(text("index.html"))[1];
  assert.equal(Buffer.from(carried, "base64").toString(), text("favicon.svg"));
});

test("nothing outside the page is served, and nothing is taken", async () => {
  for (const path of ["../Cargo.toml", "%2e%2e/Cargo.toml", "..%2fCargo.toml", "..%5cCargo.toml", ".git/config", "none"]) {
    assert.equal((await fetch(server.address + path)).status, 404, path);
  }
  assert.equal((await fetch(server.address, { method: "POST", body: "x" })).status, 405);
  const head = await fetch(server.address, { method: "HEAD" });
  assert.ok(head.ok && Number(head.headers.get("content-length")) > 0);
});

test("no script or style names another address", () => {
  const foreign = own.flatMap((file) => [...text(file).matchAll(/\b(?:https?|wss?):\/\/[^\s"'`)<]+/g)]
    .map(([address]) => `${file}: ${address}`))
    .filter((line) => !/www\.w3\.org/.test(line)); // the namespace of SVG, a name and not a place
  assert.deepEqual(foreign, []);
});

const WAYS_OUT = [
  ["text becomes markup", /\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|DOMParser|setHTMLUnsafe/],
  ["text becomes code", /\beval\(|new Function\(|setTimeout\(\s*["'`]/],
  ["something is stored", /\b(localStorage|sessionStorage|indexedDB|caches)\s*[.[]|document\.cookie|serviceWorker/],
  ["something is sent", /sendBeacon|new (XMLHttpRequest|WebSocket|EventSource|WebTransport)|\.action\s*=/],
  ["something is said to the console", /\bconsole\./],
  ["the address is written", /history\.(push|replace)State|location\.(hash|search|href)\s*=/],
];

for (const [what, pattern] of WAYS_OUT) {
  test(`no script in which ${what}`, () => {
    const scripts = own.filter((file) => file.endsWith(".js"));
    assert.ok(scripts.length > 0);
    assert.deepEqual(scripts.filter((file) => pattern.test(text(file))), []);
  });
}

test("only one script asks for parts of the page", () => {
  const fetching = own.filter((file) => /\bfetch\(|\bimport\(/.test(text(file)));
  assert.deepEqual(fetching, ["assets.js"]);
});

test("the single file works from disk and asks for nothing", async () => {
  const chromium = await browser();
  const address = pathToFileURL(join(root, "dist/hallpass.html")).href;
  const { page, requests, said } = await open(chromium, address);
  await sample(page, "faulty");
  assert.equal(await page.getAttribute('[data-ui="verdict"]', "data-verdict"), "not-ready");
  await press(page, "go-group");
  await press(page, "explain");
  assert.match(await page.textContent('[data-ui="rule-page"]'), /Why it matters/);
  assert.deepEqual(requests.filter(({ url }) => url !== address && !/^(blob|data):/.test(url)), []);
  assert.deepEqual(said, []);
  await chromium.close();
});
