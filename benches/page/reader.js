// The limit: reads files as the browser gives bytes fastest, a byte stream into a buffer of ours, and drops the bytes.
// Knows nothing of how the page reads, so that the limit stays where it is when the page reads in other ways.
const BUFFER = 2 * 1024 * 1024;
let held; // a stream whose blob or reader is collected may stop

onmessage = async ({ data }) => {
  if (data.do === "start") return postMessage({ type: "ready" });
  for (const file of data.files) {
    const reader = file.stream().getReader({ mode: "byob" });
    held = { file, reader };
    for (let buffer = new ArrayBuffer(BUFFER); ; ) {
      const { value, done } = await held.reader.read(new Uint8Array(buffer));
      if (done) break;
      buffer = value.buffer;
    }
  }
  postMessage({ type: "parsed", records: 0 });
};
