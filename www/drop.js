// From what was dropped or chosen to a flat list of files with relative names. Reads names only, never contents.
// A file that was changed on disk can no longer be read as it was chosen; where the browser gives handles, the same
// files are opened anew.
// @ts-check
/** @import { Chosen, Named } from "./types.d.ts" */

/** More files than any exchange has; a whole disk dropped by mistake stops here. */
export const MOST_FILES = 2000;

/** @param {FileList | null} list @returns {Named[]} */
export function chosenFiles(list) {
  return Array.from(list ?? [], (file) => ({ name: file.webkitRelativePath || file.name, file }));
}

/** Whether the browser has a way to choose files that can be opened anew. */
export function canPick() {
  return "showOpenFilePicker" in globalThis;
}

/** Lets the user choose files that can be opened anew. Rejects with `AbortError` when nothing was chosen. @returns {Promise<Chosen>} */
export async function pickFiles() {
  return behind(await /** @type {any} */ (globalThis).showOpenFilePicker({ multiple: true }));
}

/**
 * Walks dropped files and folders. The browser empties the transfer after the event, so its items are taken at once.
 * @param {DataTransfer} transfer @returns {Promise<Chosen>}
 */
export async function droppedFiles(transfer) {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = chosenFiles(transfer.files);
  const handles = await Promise.all(items.map(handleOf));
  if (handles.length > 0 && handles.every(Boolean)) {
    try {
      return await behind(handles);
    } catch {} // what cannot be opened so may still be read as an entry
  }
  if (entries.every((entry) => entry === null)) return { files: plain };
  /** @type {Named[]} */
  const files = [];
  for (const entry of entries) if (entry) await walkEntry(entry, files);
  return { files };
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

/** The files behind handles, as they are on the disk now and whenever they are opened anew. @param {any[]} handles @returns {Promise<Chosen>} */
async function behind(handles) {
  const reopen = async () => {
    /** @type {Named[]} */
    const found = [];
    for (const handle of handles) await walkHandle(handle, "", found);
    return found;
  };
  /** @param {any} place */
  const holds = async (place) => {
    for (const handle of handles) {
      if (await (handle.kind === "file" ? handle.isSameEntry(place) : handle.resolve(place))) return true;
    }
    return false;
  };
  return { files: await reopen(), reopen, holds };
}

/** @param {any} handle @param {string} folder @param {Named[]} found */
async function walkHandle(handle, folder, found) {
  if (found.length >= MOST_FILES) return;
  if (handle.kind === "file") found.push({ name: folder + handle.name, file: await handle.getFile() });
  else for await (const each of handle.values()) await walkHandle(each, `${folder}${handle.name}/`, found);
}
