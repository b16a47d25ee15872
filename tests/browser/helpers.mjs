// What the browser tests share: the page's address, a browser, a record of every request, axe.
// Starts a server only where none was given, and ends only that one.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The repository's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** The page's address: `cargo xtask test` gives it; by hand, a server is started. */
export async function serve() {
  if (process.env.HALLPASS_PAGE) return { address: process.env.HALLPASS_PAGE, close() {} };
  const server = spawn("cargo", ["xtask", "serve", "--port", "0"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
      if (found) resolve(found[0]);
    });
    server.on("exit", () => reject(new Error("`cargo xtask serve` ended")));
  });
  return { address, close: () => server.kill() };
}

/** Starts Chromium with a fresh profile. */
export function browser() {
  const named = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  if (!named) throw new Error("no Chromium is named; `cargo xtask test --only page` finds or installs one");
  return chromium.launch({ executablePath: named, args: FLAGS });
}

/**
 * Opens the page and waits until the engine is ready. `requests` holds every address the page and
 * its workers asked for, with what they sent; `said` the console and uncaught errors.
 * @param {import("playwright-core").Browser} chromium
 * @param {string} address
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {string} [script] what the page runs before its own scripts
 * @param {(context: import("playwright-core").BrowserContext) => Promise<void>} [prepare] what is done before the page is opened
 */
export async function open(chromium, address, options = {}, script = "", prepare = async () => {}) {
  const context = await chromium.newContext({ locale: "en-US", reducedMotion: "reduce", ...options });
  const requests = [];
  const said = [];
  context.on("request", (request) => requests.push({ url: request.url(), method: request.method(), sent: request.postData() ?? "", headers: request.headers() }));
  context.on("console", (message) => said.push(message.text()));
  context.on("weberror", (error) => said.push(String(error.error())));
  await prepare(context);
  const page = await context.newPage();
  await page.addInitScript(holdChecks);
  await page.addInitScript(script);
  await page.goto(address, { waitUntil: "load" });
  await page.waitForSelector('html[data-ready="true"]', { timeout: 20_000 });
  return { page, context, requests, said };
}

// With `heldChecks` set, a check or a comparison is asked for and answered only by what a test passes to `heldChecks.answer`: the page stays
// at work.
function holdChecks() {
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    postMessage(message, ...rest) {
      if (globalThis.heldChecks && ["check", "compare"].includes(message?.do)) {
        globalThis.heldChecks = { answer: (answer) => this.onmessage({ data: { ...answer, run: message.run } }) };
        return;
      }
      super.postMessage(message, ...rest);
    }
  };
}

/** In the page: engines get so much memory and no more, in pages of 64 KiB. */
export function narrow(most) {
  const number = (value) => {
    const bytes = [];
    for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
    return [...bytes, value];
  };
  WebAssembly.compileStreaming = async (response) => {
    const bytes = new Uint8Array(await (await response).arrayBuffer());
    let at = 8;
    const read = () => {
      let value = 0;
      for (let shift = 1; ; shift *= 128) {
        const byte = bytes[at++];
        value += (byte & 127) * shift;
        if (byte < 128) return value;
      }
    };
    for (;;) {
      const [id, start] = [bytes[at++], at - 1];
      const size = read();
      const body = at;
      if (id !== 5) { at = body + size; continue; }
      at += 2; // one memory, without a most
      const section = [1, 1, ...number(read()), ...number(most)];
      return WebAssembly.compile(new Uint8Array([...bytes.subarray(0, start), 5, ...number(section.length), ...section, ...bytes.subarray(body + size)]));
    }
  };
}

/** Waits for a state of the page. */
export function state(page, name) {
  return page.waitForSelector(`html[data-state="${name}"]`, { timeout: 20_000 });
}

/** Presses a button of ours. */
export const press = (page, action) => page.locator(`[data-action="${action}"]:visible`).first().click();

/** Goes to another task of the page. */
export async function task(page, name) {
  await page.locator(`[data-to="${name}"]`).click();
  await page.waitForSelector(`html[data-task="${name}"]`);
}

/** Files of a bundle as an input takes them, given as name → text or bytes. */
const chosen = (files) => Object.entries(files).map(([name, text]) => ({ name, mimeType: "", buffer: Buffer.from(text) }));

/** Chooses both sides of a comparison, and compares them. */
export async function compare(page, old, now, until = "done") {
  await task(page, "compare");
  await page.setInputFiles('[data-ui="old-files"]', chosen(old));
  await page.setInputFiles('[data-ui="new-files"]', chosen(now));
  await press(page, "compare");
  await state(page, until);
}

/** Chooses what checked files are to become. */
export async function target(page, id) {
  await task(page, "convert");
  await page.locator(`[id="target-${id}"]`).check();
}

/** Checks the page's own sample. */
export async function sample(page, name = "faulty") {
  await press(page, `sample-${name}`);
  await state(page, "done");
}

/** Opens the findings of every file. */
export async function openFiles(page) {
  const closed = page.locator('[data-action="toggle-file"][aria-expanded="false"]');
  while (await closed.count()) await closed.first().click();
}

/** The id of what has the focus. */
export const focusedId = (page) => page.evaluate(() => document.activeElement?.id);

/** Checks these files, given as name → text or bytes. */
export async function drop(page, files, until = "done") {
  await page.setInputFiles('[data-ui="files"]', chosen(files));
  await state(page, until);
}

/** Saves what a download button gives. Returns its name and bytes. */
export async function download(page, action) {
  const [saved] = await Promise.all([page.waitForEvent("download"), press(page, action)]);
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds against WCAG 2.2 A and AA, one line each. */
export async function faultsOf(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
}

/** The native program, built where it was not given. */
export function native() {
  if (process.env.HALLPASS_NATIVE) return process.env.HALLPASS_NATIVE;
  const said = execFileSync("cargo", ["build", "--quiet", "--bin", "hallpass", "--message-format=json"], { cwd: root, encoding: "utf8" });
  const built = said.trim().split("\n").map((line) => JSON.parse(line)).find(({ executable }) => executable);
  return built.executable;
}
