// From what was dropped or chosen to a flat list of files with relative names. Reads names only, never contents.
// @ts-check
/** @import { Named } from "./types.d.ts" */

/** More files than any exchange has; a whole disk dropped by mistake stops here. */
export const MOST_FILES = 2000;

/** @param {FileList | null} list @returns {Named[]} */
export function chosenFiles(list) {
  return Array.from(list ?? [], (file) => ({ name: file.webkitRelativePath || file.name, file }));
}

/**
 * Walks dropped files and folders. The browser empties the transfer after the event, so its items are taken at once.
 * @param {DataTransfer} transfer @returns {Promise<Named[]>}
 */
export async function droppedFiles(transfer) {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) {
    const plain = chosenFiles(transfer.files);
    const handles = await Promise.all(items.map(handleOf));
    if (handles.some((handle) => !handle)) return plain;
    /** @type {Named[]} */
    const found = [];
    for (const handle of handles) await walkHandle(handle, "", found);
    return found;
  }
  /** @type {Named[]} */
  const found = [];
  for (const entry of entries) if (entry) await walkEntry(entry, found);
  return found;
}

/** @param {FileSystemEntry} entry @param {Named[]} found */
async function walkEntry(entry, found) {
  if (found.length >= MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject));
    found.push({ name: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) { // a reader gives a hundred entries at a time, and none when it is through
    /** @type {FileSystemEntry[]} */
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const each of batch) await walkEntry(each, found);
  }
}

/** @param {DataTransferItem} item @returns {Promise<any>} */
function handleOf(item) {
  const take = /** @type {any} */ (item).getAsFileSystemHandle;
  return take ? take.call(item).catch(() => null) : Promise.resolve(null);
}

/** @param {any} handle @param {string} folder @param {Named[]} found */
async function walkHandle(handle, folder, found) {
  if (found.length >= MOST_FILES) return;
  if (handle.kind === "file") found.push({ name: folder + handle.name, file: await handle.getFile() });
  else for await (const each of handle.values()) await walkHandle(each, `${folder}${handle.name}/`, found);
}
