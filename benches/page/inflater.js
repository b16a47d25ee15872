// Inflates one member of a zip after the other by the browser's own means, and drops the bytes.
let held;

onmessage = async ({ data }) => {
  if (data.do === "start") return postMessage({ type: "ready" });
  const inflated = data.member.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  held = { data, reader: inflated.getReader() };
  let bytes = 0;
  for (;;) {
    const { value, done } = await held.reader.read();
    if (done) break;
    bytes += value.byteLength;
  }
  postMessage({ type: "inflated", bytes });
};
