// What a worker does before it sees a file: it shuts its own ways to the network, sees that the engine goes, and rehearses.
// @ts-check
import { Session } from "./pkg/hallpass.js";

const ROUNDS = 4; // browsers compile well what has run several times

/** Sees that the tables of formats are there: a check that begins needs their labels. */
export function prove() {
  const session = new Session({ asOf: "2000-01-01" });
  session.add("a.csv", 0);
  session.begin({ do: "check" });
  session.free();
}

/**
 * Checks the page's own sample while nobody waits, so that code is compiled before the first check. Leaves off as soon as
 * somebody does.
 * @param {File} sample @param {() => boolean} isIdle
 */
export async function rehearse(sample, isIdle) {
  for (const task of Array.from({ length: ROUNDS }, () => ["layout", "check"]).flat()) {
    const session = new Session({ asOf: "2000-01-01" });
    session.add(sample.name, sample.size);
    session.begin({ do: task });
    for (let want = session.next(); want; want = session.next()) {
      session.push(new Uint8Array(await sample.slice(want.start, want.end).arrayBuffer()));
      session.end();
      await new Promise((resolve) => setTimeout(resolve)); // messages come in
      if (!isIdle()) return session.free();
    }
    if (task === "check") session.report(), session.targets();
    session.free();
  }
}

/** A page's Content-Security-Policy does not reach a worker that was loaded from an address; this does. */
export function shutWaysOut() {
  for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "importScripts",
    "Worker", "BroadcastChannel", "indexedDB", "caches"]) {
    Object.defineProperty(self, way, { value: undefined });
  }
}
