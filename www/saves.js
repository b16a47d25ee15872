// What can be taken away, what it is called, and handing it to the browser's own downloads. The address of a download
// is a local one; its name is made from the name of what was dropped, and goes nowhere but to the download.
// @ts-check
/** @import { Named, Output, Task } from "./types.d.ts" */

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

/**
 * The name of what was dropped, without its ending: of one file, or of the folder around all of them; empty where there
 * is neither. Nothing in it can lead into another folder or hide the file.
 * @param {Named[]} files
 */
export function bundleName(files) {
  const tops = new Set(files.map(({ name }) => (name.includes("/") ? name.split("/")[0] : "")));
  const [top = ""] = tops;
  const name = files.length === 1 ? files[0].name.replace(/^.*\//, "").replace(/\.[^.]*$/, "") : tops.size === 1 ? top : "";
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu, "_").replace(/^[. ]+|[. ]+$/g, "").slice(0, 80);
}

/**
 * What a file is saved as. Reports and lists of changes are named after the bundle, and what holds likely fixes says so;
 * a repaired file that is not packed keeps its name, since receivers look for it.
 * @param {string} name as the engine calls it @param {Task} task @param {string} bundle
 */
export function savedName(name, task, bundle) {
  const own = /^(report|changes)\./.test(name);
  const likely = task.do === "fix" && task.include === "review" && (own || /repaired\.zip$/.test(name));
  const named = own && bundle ? `${bundle}.${name}` : name;
  return likely ? named.replace(/(\.[^.]*)$/, "-with-likely-fixes$1") : named;
}

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
