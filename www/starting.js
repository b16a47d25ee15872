// What a worker does before it sees a file: it shuts its own ways to the network, and gets the engine going.
// @ts-check
import { Session } from "./pkg/hallpass.js";

/** Looks at a table of two cells, so that tables of formats are read and code is ready before the first check. */
export function warm() {
  const bytes = new TextEncoder().encode("a,b\n1,2\n");
  const session = new Session({ asOf: "2000-01-01" });
  session.add("a.csv", bytes.length);
  session.begin({ do: "check" });
  for (let want = session.next(); want; want = session.next()) {
    session.push(bytes.subarray(want.start, want.end));
    session.end();
  }
  session.report();
  session.free();
}

/** A page's Content-Security-Policy does not reach a worker that was loaded from an address; this does. */
export function shutWaysOut() {
  for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "importScripts",
    "Worker", "BroadcastChannel", "indexedDB", "caches"]) {
    Object.defineProperty(self, way, { value: undefined });
  }
}
