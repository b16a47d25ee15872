// What can be taken away, what it is called, and handing it to the browser's own downloads, or large ones to a place that
// the user chooses first. The address of a download is a local one; its name is made from the name of what was dropped, and
// goes nowhere but to the download.
// @ts-check
/** @import { Named, Output, Place, Report, Target, Task } from "./types.d.ts" */

/** Bytes of files, unpacked, from which on an output goes straight to its place on the disk, where the browser can do that. */
const LARGE = 100e6;

/** What each download asks of the engine, and which of its files are saved. @type {Record<string, {task: Task, keep: (output: {log: boolean}) => boolean}>} */
export const DOWNLOADS = {
  "download-repaired": { task: { do: "fix", include: "safe" }, keep: ({ log }) => !log },
  "download-repaired-review": { task: { do: "fix", include: "review" }, keep: ({ log }) => !log },
  "download-log": { task: { do: "fix", include: "safe" }, keep: ({ log }) => log },
  "download-log-review": { task: { do: "fix", include: "review" }, keep: ({ log }) => log },
  "download-csv": { task: { do: "report", as: "csv" }, keep: () => true },
  "download-html": { task: { do: "report", as: "html" }, keep: () => true },
  "download-json": { task: { do: "report", as: "json" }, keep: () => true },
  "changes-delta": { task: { do: "delta" }, keep: () => true },
  "changes-fold": { task: { do: "fold" }, keep: () => true },
  "changes-csv": { task: { do: "report", as: "csv" }, keep: () => true },
  "changes-text": { task: { do: "report", as: "text" }, keep: () => true },
  "changes-json": { task: { do: "report", as: "json" }, keep: () => true },
};

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
  const own = /^(report|changes|losses|comparison)\./.test(name);
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

/** Whether what a download makes of these files is so large that it should not become a blob first. @param {string} download @param {Report} report */
export function goesToPlace(download, { files, groups }) {
  const { task, keep } = DOWNLOADS[download];
  // A lone file under a wrong name is renamed by its fix: what the user chose could be another name again.
  if (task.do === "fix" && files.length === 1 && groups.some(({ rule }) => rule === "misnamed-file")) return false;
  const grows = task.do === "fix" ? keep({ log: false }) : task.do === "report" && task.as === "csv";
  return grows && isLarge({ files });
}

/** Whether what is made of all these files is too large for a blob, and can go elsewhere. @param {Pick<Report, "files">} report */
export function isLarge({ files }) {
  return "showSaveFilePicker" in globalThis && files.reduce((sum, { bytes }) => sum + bytes, 0) >= LARGE;
}

/** The name that is proposed for a large conversion: of a zip, or of the one file that comes out. @param {Target} target @param {Named[]} chosen */
export function convertedName({ id, file = ".zip" }, chosen) {
  const bundle = bundleName(chosen);
  return `${bundle ? `${bundle}-` : ""}${id}${file.replace(/^.*\./, ".")}`;
}

/** The name that is proposed for a download that goes to a place. @param {string} download @param {Report} report @param {Named[]} chosen */
export function suggested(download, { files: [first, ...others] }, chosen) {
  const { task } = DOWNLOADS[download];
  const bundle = bundleName(chosen);
  const loose = others.length === 0 && !/\.zip$/i.test(chosen[0].name);
  const repaired = loose ? first.name : `${bundle ? `${bundle}-` : ""}repaired.zip`;
  return savedName(task.do === "report" ? `report.${task.as}` : repaired, task, bundle);
}

/** Lets the user choose where a file goes. Rejects with `AbortError` when no place was chosen. @param {string} suggestedName @returns {Promise<Place & {name: string}>} */
export function pickPlace(suggestedName) {
  return /** @type {any} */ (globalThis).showSaveFilePicker({ suggestedName });
}
