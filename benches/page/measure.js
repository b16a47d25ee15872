// Keeps hold of the engine's memory, which only ever grows: its size at the end is its largest.
let memory;
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  memory = (made.instance ?? made).exports.memory;
  return made;
};
addEventListener("message", (event) => {
  if (event.data.do !== "measure") return;
  event.stopImmediatePropagation();
  postMessage({ type: "measured", bytes: memory.buffer.byteLength });
});
