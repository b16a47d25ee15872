// Large files are checked by several workers. What they find is what one finds, whatever becomes of them on the way.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, download, open, press, serve, state } from "./helpers.mjs";

const BYTES = 24e6; // more than one worker checks alone

let server, chromium, folder, paths;
before(async () => {
  server = await serve();
  chromium = await browser();
  folder = mkdtempSync(join(tmpdir(), "sharing-"));
  paths = Object.entries(bundle()).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
});
after(async () => {
  await chromium?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

/** Users and their roles. Some are faulty: roles of nobody, the same user twice, quotes that run over lines. */
function bundle() {
  const users = ["sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,"
    + "phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,"
    + "preferredFamilyName,primaryOrgSourcedId,pronouns"];
  const roles = ["sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"];
  for (let at = 0, size = 0; size < BYTES; at += 1) {
    const name = at % 997 ? "Ana" : '"Ana\nMaria"';
    const role = at % 1009 ? "student" : "studnet";
    users.push(`user-${at % 1499 ? at : 0},,,true,user${at},,${name},Núñez,,${at},user${at}@example.org,,,,,,,,,,,o1,`);
    roles.push(`role-${at},,,user-${at % 1201 ? at : "nobody"},primary,${role},2026-08-17,2027-06-12,o1,`);
    size += users[at].length + roles[at].length + 2;
  }
  const orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Hill School,school,,\n";
  return { "users.csv": users.join("\n"), "roles.csv": roles.join("\n"), "orgs.csv": orgs };
}

/** The page, with word of each worker that was dealt parts. `tamper` runs in it before all else. */
const opened = (cores, tamper = () => {}) => open(chromium, server.address, {}, `(${dealing})(${cores}); (${tamper})();`);

function dealing(cores) {
  Object.defineProperty(navigator, "hardwareConcurrency", { value: cores });
  globalThis.dealt = [];
  const Plain = globalThis.Worker;
  let hired = 0;
  globalThis.Worker = class extends Plain {
    number = hired++;
    postMessage(message, ...rest) {
      if (message?.do === "parts") globalThis.dealt.push(this.number);
      super.postMessage(message, ...rest);
    }
  };
}

/** The report of a check. */
async function report(page) {
  await page.setInputFiles('[data-ui="files"]', paths);
  await page.waitForSelector('html[data-state="done"]', { timeout: 60_000 });
  return String((await download(page, "download-json")).bytes);
}

test("several workers find what one finds", async () => {
  const alone = await opened(1);
  const expected = await report(alone.page);
  assert.deepEqual(await alone.page.evaluate(() => globalThis.dealt), []);
  assert.match(expected, /dangling-reference/);
  assert.match(expected, /duplicate-key/);
  await alone.context.close();

  const together = await opened(3);
  assert.equal(await report(together.page), expected);
  assert.equal(new Set(await together.page.evaluate(() => globalThis.dealt)).size, 3, "all were dealt parts");
  assert.deepEqual(together.said, []);

  // Helpers that were let go help again.
  await together.page.evaluate(() => { globalThis.dealt = []; });
  await together.page.locator('[data-ui="settings"] > summary').click();
  await press(together.page, "again");
  await together.page.waitForFunction(() => globalThis.dealt.length > 2);
  await together.page.waitForSelector('html[data-state="done"]', { timeout: 60_000 });
  assert.equal(String((await download(together.page, "download-json")).bytes), expected);
  assert.equal(new Set(await together.page.evaluate(() => globalThis.dealt)).size, 3);
  await together.context.close();

  // A check that is called off leaves its helpers fit for the next one, one of them in the first place.
  const hasty = await opened(3);
  await hasty.page.setInputFiles('[data-ui="files"]', paths);
  await hasty.page.waitForFunction(() => globalThis.dealt.length > 1);
  await press(hasty.page, "cancel");
  await state(hasty.page, "empty");
  assert.equal(await report(hasty.page), expected);
  assert.deepEqual(hasty.said, []);
  await hasty.context.close();

  const lame = await opened(3, () => {
    const Plain = globalThis.Worker;
    globalThis.Worker = class extends Plain {
      postMessage(message, ...rest) {
        // The first helper that is dealt its parts breaks down in the place of doing them.
        if (message?.do === "parts" && !message.keep && !globalThis.broken) {
          globalThis.broken = true;
          this.onerror(new ErrorEvent("error", { cancelable: true }));
        } else super.postMessage(message, ...rest);
      }
    };
  });
  assert.equal(await report(lame.page), expected);
  assert.equal(await lame.page.evaluate(() => globalThis.broken), true);
  await lame.context.close();
});
