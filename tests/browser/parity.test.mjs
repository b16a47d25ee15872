// The same engine on all sides: what the wasm modules, with SIMD and without, report and write is, byte for byte, what the
// native program does, however the bytes arrive.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { native, root } from "./helpers.mjs";

const AS_OF = "2026-09-01";
const SAMPLES = ["clean", "faulty"].map((name) => join(root, "www/samples", `${name}.zip`));
const ENGINES = ["hallpass_bg", "hallpass_scalar_bg"];
const sessions = {};
let program, folder;

before(async () => {
  const tables = JSON.parse(readFileSync(join(root, "www/pkg/tables.json"), "utf8"));
  for (const engine of ENGINES) {
    const module = await import(`../../www/pkg/hallpass.js?${engine}`); // the same side twice, each with an engine of its own
    await module.default({ module_or_path: readFileSync(join(root, `www/pkg/${engine}.wasm`)) });
    for (const [path, text] of Object.entries(tables)) module.addTable(path, text);
    sessions[engine] = module.Session;
  }
  program = native();
  folder = mkdtempSync(join(tmpdir(), "parity-"));
});
after(() => folder && rmSync(folder, { recursive: true }));

/** Runs a task to its end, handing over bytes in pieces of this size. Gives the bytes that it writes, but for the change log. */
function work(session, bytes, task, piece) {
  const written = [];
  const take = () => written.push(...session.take().filter(({ log }) => !log).map((each) => each.bytes));
  session.begin(task);
  for (let range = session.next(); range; range = session.next()) {
    for (let at = range.start; at < range.end; at += piece) {
      const more = session.push(bytes.subarray(at, Math.min(at + piece, range.end)));
      take();
      if (!more) break;
    }
    session.end();
  }
  take();
  return Buffer.concat(written);
}

/** Checks a file, does one more task with it and returns the file that comes of it. */
function wasm(engine, path, task, piece) {
  const bytes = new Uint8Array(readFileSync(path));
  const session = new sessions[engine]({ asOf: AS_OF });
  session.add(basename(path), bytes.length);
  work(session, bytes, { do: "check" }, piece);
  return work(session, bytes, task, piece);
}

/** Runs the native program; finding faults is not a failure of it. */
function run(...words) {
  try {
    return execFileSync(program, [...words, "--as-of", AS_OF], { maxBuffer: 1 << 28 });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

for (const path of SAMPLES) {
  for (const kind of ["json", "csv", "html", "sarif"]) {
    test(`${basename(path)}: the ${kind} report is the same`, async () => {
      const expected = run("check", path, "--report", kind).toString();
      for (const engine of ENGINES) {
        for (const piece of [65_536, 4_099]) {
          const got = wasm(engine, path, { do: "report", as: kind }, piece).toString();
          assert.equal(got, expected, `${engine}, in pieces of ${piece} bytes`);
        }
      }
    });
  }

  for (const include of ["safe", "review"]) {
    test(`${basename(path)}: the repaired bundle (${include}) is the same`, async () => {
      const out = join(folder, `${include}-${basename(path)}`);
      run("fix", path, "--out", out, ...(include === "review" ? ["--include", "review"] : []));
      for (const engine of ENGINES) assert.ok(wasm(engine, path, { do: "fix", include }, 65_536).equals(readFileSync(out)), engine);
    });
  }
}

test("the pages beside the wasm module are what `hallpass explain` prints, and the module holds none", () => {
  const pages = JSON.parse(readFileSync(join(root, "www/pkg/rules.json"), "utf8"));
  const rules = execFileSync(program, ["rules"]).toString().trimEnd().split("\n");
  assert.deepEqual(Object.keys(pages), rules.map((line) => line.split(" ")[0]));
  const modules = ENGINES.map((engine) => readFileSync(join(root, `www/pkg/${engine}.wasm`)));
  for (const [rule, page] of Object.entries(pages)) {
    assert.equal(page, execFileSync(program, ["explain", rule]).toString());
    const summary = page.split("\n")[2];
    for (const module of modules) assert.ok(!module.includes(summary), `${rule}: its page is in the module`);
  }
});

test("the module holds no table of a format", () => {
  const tables = JSON.parse(readFileSync(join(root, "www/pkg/tables.json"), "utf8"));
  assert.ok(Object.keys(tables).length > 0);
  for (const engine of ENGINES) {
    const module = readFileSync(join(root, `www/pkg/${engine}.wasm`));
    for (const [path, text] of Object.entries(tables)) assert.ok(!module.includes(text), `${path} is in ${engine}`);
  }
});
