// Files too large for a browser: said before the check, from what the zip declares or how large the files are, with what to
// do; and where memory does run out, said as that. The page goes on working in each case.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { needed, room } from "../../www/memory.js";
import { browser, drop, focusedId, narrow, open, press, sample, serve, state } from "./helpers.mjs";

const HEADER = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n";
/** More than is read at once even when it is packed: the first look must not see its end. */
const ORGS = HEADER + Array.from({ length: 120_000 }, (_, at) => `o${at},,,School ${randomBytes(20).toString("hex")},school,,\n`).join("");
const HUGE = 12e9;

let server, chromium, folder;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "memory-"));
});
after(async () => {
  await chromium?.close();
  server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

/** A zip of one member that declares another size than it has: in zip64 fields, since it is too large for others. */
function declaring(name, text, size) {
  const data = deflateRawSync(text);
  const local = Buffer.alloc(30);
  local.write("PK\x03\x04", "latin1");
  local.writeUInt16LE(45, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.write("PK\x01\x02", "latin1");
  entry.writeUInt16LE(45, 6);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(data.length, 20);
  entry.writeUInt32LE(0xffffffff, 24);
  entry.writeUInt16LE(name.length, 28);
  entry.writeUInt16LE(12, 30);
  const wide = Buffer.alloc(12);
  wide.writeUInt16LE(1, 0);
  wide.writeUInt16LE(8, 2);
  wide.writeBigUInt64LE(BigInt(size), 4);
  const list = Buffer.concat([entry, Buffer.from(name), wide]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, list, end]);
}

test("the limit is what a module can address, or half of a smaller computer's memory", () => {
  assert.ok(room(8) < 2 ** 32);
  assert.equal(room(2), 2 ** 30);
  assert.ok(needed(492e6) > 195e6 && needed(492e6) < 250e6, "at least what was measured");
});

test("a zip that declares more than fits is asked about before it is checked", async () => {
  const { page, context, said } = await open(chromium, server.address);
  await drop(page, { "district.zip": declaring("orgs.csv", ORGS, HUGE) }, "asking");
  assert.equal(await focusedId(page), "large-title");
  const words = await page.textContent('[data-ui="large"]');
  assert.match(words, /12 GB in all/);
  assert.match(words, /hallpass check district\.zip/);
  assert.match(await page.textContent('[data-ui="status"]'), /Nothing was checked yet/);
  await press(page, "go-on");
  await page.waitForSelector('html[data-state="failed"]');
  assert.match(await page.textContent('[data-ui="failure"]'), /shorter than declared/, "it was checked after all");
  await press(page, "start-over");
  await sample(page, "clean");
  assert.deepEqual(said, []);
  await context.close();
});

test("so are large files as such, and what is just large is not", async () => {
  const { page, context, said } = await open(chromium, server.address);
  const path = join(folder, "orgs.csv");
  writeFileSync(path, ORGS);
  truncateSync(path, HUGE); // what follows takes no room on the disk
  await page.setInputFiles('[data-ui="files"]', path);
  await state(page, "asking");
  await press(page, "start-over");
  await state(page, "empty");
  await drop(page, { "district.zip": declaring("orgs.csv", ORGS, 2 * 2 ** 20) }, "failed");
  await press(page, "start-over");
  await sample(page, "faulty");
  assert.deepEqual(said, []);
  await context.close();
});

test("where memory runs out, that is what is said, with what to do, and the page goes on", async () => {
  const { page, context, said } = await open(chromium, server.address, {}, `(${narrow})(300);`);
  const records = Array.from({ length: 600_000 }, (_, at) => `o${at},,,School ${at},school,,\n`).join("");
  await drop(page, { "orgs.csv": HEADER + records }, "failed");
  const words = await page.textContent('[data-ui="failure"]');
  assert.match(words, /ran out of memory/);
  assert.match(words, /hallpass check orgs\.csv/);
  assert.equal(await focusedId(page), "failure-title");
  await press(page, "start-over");
  await sample(page, "clean");
  assert.deepEqual(said, []);
  await context.close();
});
