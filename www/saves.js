// What can be taken away, and handing it to the browser's own downloads. The address of a download is a local one.
// @ts-check
/** @import { Output, Task } from "./types.d.ts" */

/** What each download asks of the engine, and which of its files are saved. @type {Record<string, {task: Task, keep: (output: Output, at: number, all: Output[]) => boolean}>} */
export const DOWNLOADS = {
  "download-repaired": { task: { do: "fix", include: "safe" }, keep: (...output) => !isChangeLog(...output) },
  "download-repaired-review": { task: { do: "fix", include: "review" }, keep: (...output) => !isChangeLog(...output) },
  "download-log": { task: { do: "fix", include: "safe" }, keep: isChangeLog },
  "download-log-review": { task: { do: "fix", include: "review" }, keep: isChangeLog },
  "download-csv": { task: { do: "report", as: "csv" }, keep: () => true },
  "download-html": { task: { do: "report", as: "html" }, keep: () => true },
  "download-json": { task: { do: "report", as: "json" }, keep: () => true },
};

/** A fix gives the repaired files and then its change log. @param {Output} output @param {number} at @param {Output[]} all */
function isChangeLog({ name }, at, all) {
  return at > 0 && at === all.length - 1 && /change/i.test(name);
}

/** @param {Output} output */
export function save({ name, blob }) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
