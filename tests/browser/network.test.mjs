// Nothing leaves the machine: every request is recorded while every button is used, and searched
// for values that were in the files.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { browser, compare, download, drop, open, openFiles, press, sample, serve, state, task } from "./helpers.mjs";

const CANARIES = ["canary-of-the-file-name", "Canaryfirst", "Canarylast", "canary@example.org", "canary-id-77", "Canarysecond"];
const FILES = {
  "canary-of-the-file-name.csv": "name,id\nCanarylast,canary-id-77\n",
  "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.orgs,bulk\nfile.users,bulk\n",
  "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Canarylast School,school,,\n",
  "users.csv": "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
    + "canary-id-77,,,yes,canary,,Canaryfirst ,Canarylast,,,canary@example.org,,,,13x,,,,,,,o9,\n",
};
const DOWNLOADS = ["download-repaired", "download-repaired-review", "download-log", "download-log-review", "download-csv", "download-html", "download-json"];
const CHANGES = ["changes-delta", "changes-csv", "changes-text", "changes-json"];
const OTHERS = { ...FILES, "users.csv": FILES["users.csv"].replace("Canaryfirst", "Canarysecond") };

let server, chromium;
before(async () => {
  server = await serve();
  chromium = await browser();
});
after(async () => {
  await chromium?.close();
  server?.close();
});

/** Uses everything there is to use. */
async function useEverything(page) {
  await sample(page, "clean");
  await press(page, "download-json");
  await drop(page, FILES);
  for (const name of ["severity", "file", "rule"]) {
    await page.selectOption(`[data-ui="filter-${name}"]`, { index: 1 });
    await press(page, "clear-filters");
  }
  await openFiles(page);
  const groups = page.locator('[data-action="toggle"]');
  for (let at = 0; at < (await groups.count()); at += 1) await groups.nth(at).click();
  const records = page.locator('[data-action="context"]');
  for (let at = 0; at < Math.min(5, await records.count()); at += 1) await records.nth(at).click();
  await press(page, "explain");
  assert.match(await page.textContent('[data-ui="rule-page"]'), /Why it matters/);
  await press(page, "close-rule");
  for (const action of DOWNLOADS) {
    if (await page.locator(`[data-action="${action}"]`).count()) await download(page, action);
  }
  await task(page, "convert");
  await page.locator('[name="target"]').first().check();
  await press(page, "convert");
  await page.waitForSelector("#converted-title");
  assert.match(await page.textContent('[data-ui="converted"]'), /Canarylast/);
  for (const action of ["save-converted", "save-losses"]) await download(page, action);
  await compare(page, FILES, OTHERS);
  for (const summary of await page.locator('[data-ui="changed-files"] summary').all()) await summary.click();
  assert.match(await page.textContent('[data-ui="changed-files"]'), /Canarysecond/);
  for (const action of CHANGES) await download(page, action);
  await task(page, "check");
  await page.locator('[data-language="es"]').click();
  await page.evaluate(() => { globalThis.heldChecks = true; });
  await page.setInputFiles('[data-ui="files"]', { name: "users.csv", mimeType: "", buffer: Buffer.from(FILES["users.csv"]) });
  await state(page, "working");
  await press(page, "cancel");
  await state(page, "empty");
  await page.evaluate(() => { globalThis.heldChecks = false; });
  await sample(page);
}

const leaves = ({ url }) => !/^(blob|data):/.test(url);

test("no request is made after the page has loaded, and none ever carries data", async () => {
  const { page, context, requests, said } = await open(chromium, server.address);
  const loaded = requests.length;
  assert.ok(requests.every(({ url }) => url.startsWith(server.address)), "all parts come from the page's own server");
  await useEverything(page);
  assert.deepEqual(requests.slice(loaded).filter(leaves), []);

  const kept = await page.evaluate(async () => JSON.stringify([
    location.href, document.title, document.cookie, { ...localStorage }, { ...sessionStorage }, history.state,
    await indexedDB.databases(), await caches.keys(), (await navigator.serviceWorker?.getRegistrations())?.length,
  ]));
  const seen = JSON.stringify([requests, said, kept]);
  for (const canary of CANARIES) assert.ok(!seen.includes(canary), `${canary} is found outside the page`);
  assert.deepEqual(said, [], "the console stays empty");
  await context.close();
});

test("everything works with the network cut after the page has loaded", async () => {
  const { page, context } = await open(chromium, server.address);
  await context.setOffline(true);
  await useEverything(page);
  await context.close();
});

test("the page cannot send anything even if it tried", async () => {
  let arrived = "";
  const elsewhere = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => { arrived += bytes; });
  });
  await new Promise((listening) => elsewhere.listen(0, "127.0.0.1", listening));
  const { page, context } = await open(chromium, server.address);
  const refused = await page.evaluate(async (host) => {
    const seen = [];
    addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
    const form = Object.assign(document.createElement("form"), { action: `http://${host}/` });
    document.body.append(form);
    const ways = [
      () => fetch(`http://${host}/?data`),
      () => navigator.sendBeacon(`http://${host}/`, "data"),
      () => { new Image().src = `http://${host}/data.png`; },
      () => new WebSocket(`ws://${host}/`),
      () => new EventSource(`http://${host}/`),
      () => form.submit(),
    ];
    for (const way of ways) await Promise.resolve().then(way).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
    return [...new Set(seen)].sort();
  }, `127.0.0.1:${elsewhere.address().port}`);
  await context.close();
  elsewhere.close();
  assert.deepEqual(refused, ["connect-src", "form-action", "img-src"]);
  // Chromium may open a connection ahead of a request that it then refuses; nothing is said on it.
  assert.equal(arrived, "");
});
