// Reads files as the page's worker does, and drops the bytes: as fast as the browser gives them.
import { read } from "../reading.js";
postMessage({ type: "ready" });

onmessage = async ({ data }) => {
  if (data.do === "start") return postMessage({ type: "ready" });
  for (const file of data.files) await read(file, () => true);
  postMessage({ type: "read" });
};
