// What an import would change: in one sentence first, then file by file and school by school, with examples old and new side
// by side; whom the receiver would take for someone else; and what can be taken away.
// @ts-check
/** @import { Change, Chosen, Comparing, ComparedFile, Comparison, Counts, Failure, ProfileName, Sides } from "../types.d.ts" */
import { button, h, shape, stacked } from "./dom.js";
import { unmadeView } from "./downloads.js";
import { path } from "./progress.js";
import { message, valueView } from "./value.js";
import { resultHead } from "./verdict.js";
import { number, percent, size, t } from "./words.js";

const NAMES = 3; // of chosen files
const SUMMARY = 8; // files in the summary; the tables have the rest
const SCHOOLS = 50; // in the table; the downloads have all

/** What was chosen for a side. @param {Chosen | null} chosen */
export function chosenWords(chosen) {
  if (!chosen) return t("side.none");
  const { files } = chosen;
  const names = files.slice(0, NAMES).map(({ name }) => name).join(", ") + (files.length > NAMES ? ", …" : "");
  return t("side.files", { names, files: t("files", { n: files.length }), size: size(files.reduce((sum, { file }) => sum + file.size, 0)) });
}

/** The command that compares the same files. @param {Comparing} comparing */
export function compareCommand({ sides: { old, new: now }, format, profile, share }) {
  const chosen = [format && ` --format ${format}`, profile && ` --profile ${profile}`, share === null ? "" : ` --threshold ${share}`];
  return `hallpass compare ${path(old?.files ?? [])} ${path(now?.files ?? [])}${chosen.join("")}`;
}

const COLUMNS = /** @type {const} */ (["added", "changed", "unchanged", "removed", "left"]);

/** What is counted, and what of it the receiver leaves alone: what a bulk import misses and removes is not told twice. @param {string} mode @param {Counts} counts */
const counted = (mode, counts) => ({ ...counts, left: mode === "bulk" ? Math.max(0, counts.missing - counts.removed) : counts.missing });

/** How much of what the receiver has would go, from 0 to 1. @param {ComparedFile} file */
const gone = ({ removed, records }) => removed / Math.max(1, records.old);

/** @param {ComparedFile[]} files */
function sum(files) {
  const total = { added: 0, changed: 0, unchanged: 0, removed: 0, left: 0 };
  for (const file of files) {
    const counts = counted(file.mode, file);
    for (const name of COLUMNS) total[name] += counts[name];
  }
  return total;
}

/** What the import of a file would take away, in a sentence. @param {ComparedFile} file */
function goes(file) {
  const things = file.name.replace(/\.[^.]*$/, "");
  return t(`changes.goes.${file.mode === "delta" ? "delta" : "bulk"}`, { removed: file.removed, held: file.records.old, things });
}

/** Whether there is anything to say of differences: no file in common is never the same as no difference. @param {Comparison} report */
const isCompared = ({ outcome, files }) => outcome !== "failed" && files.some(({ records }) => records.old + records.new > 0);

/** The whole in a sentence, and what follows from it. @param {Comparison} report @returns {{tone: string, title: string, lead: string}} */
export function headline(report) {
  const { files, outcome, findings } = report;
  if (!isCompared(report)) return { tone: "warning", title: t("changes.failed"), lead: t("changes.failed.lead") };
  const isMuch = (/** @type {ComparedFile} */ file) => 100 * gone(file) > file.threshold;
  const [worst] = [...files].sort((a, b) => Number(isMuch(b)) - Number(isMuch(a)) || gone(b) - gone(a));
  const total = sum(files);
  const tone = outcome === "partial" || findings.some(({ severity }) => severity !== "info") ? "warning" : "ok";
  if (worst && worst.removed > 0) {
    const much = isMuch(worst);
    return { tone: much ? "warning" : tone, title: goes(worst), lead: t(much ? "changes.much" : "changes.little", { share: percent(worst.threshold / 100) }) };
  }
  if (total.added + total.changed > 0) return { tone, title: t("changes.none.gone"), lead: t("changes.grows", { added: total.added, changed: total.changed }) };
  return { tone, title: t("changes.nothing"), lead: t("changes.nothing.lead", { records: t("records", { n: total.unchanged }) }) };
}

/** @param {Comparison} report @param {Sides} compared @param {ProfileName[]} profiles @returns {HTMLElement[]} */
export function changesView(report, compared, profiles) {
  const { tone, title, lead } = headline(report);
  const { files, findings, outcome, format, mode } = report;
  const total = sum(files);
  const kept = sum(files.filter(({ mode }) => mode !== "bulk")).left;
  const others = files.filter((file) => file.removed > 0 && goes(file) !== title).sort((a, b) => gone(b) - gone(a));
  const judged = isCompared(report);
  return [h("div", { "data-part": "verdict", "data-tone": tone },
    resultHead("changes-title", tone, title, lead, outcome === "partial" && t("changes.partly"), kept > 0 && t("changes.kept", { n: kept })),
    judged && h("ul", { "data-part": "counts" }, ...COLUMNS.map((name) => h("li", { "data-zero": total[name] === 0 }, h("strong", {}, number(total[name])), ` ${t(`changes.${name}`)}`))),
    h("div", { "data-part": "facts" }, h("dl", {},
      ...(/** @type {const} */ (["old", "new"])).map((side) => h("div", {}, h("dt", {}, `${side.toUpperCase()}: ${t(`side.${side}`)}`), h("dd", {}, chosenWords(compared[side])))),
      judged && format && h("div", {}, h("dt", {}, t("verdict.format")), h("dd", {}, format.title)),
      judged && format?.profile && h("div", {}, h("dt", {}, t("verdict.profile")), h("dd", {}, profiles.find(({ id }) => id === format.profile)?.title ?? format.profile)),
      judged && h("div", {}, h("dt", {}, t("changes.mode")), h("dd", {}, t(`changes.mode.${mode}`))))),
    others.length > 0 && h("ul", { "data-part": "goes" }, ...others.slice(0, SUMMARY).map((file) => h("li", {}, `${goes(file)} (${percent(gone(file))})`))),
    findings.length > 0 && h("div", { "data-part": "summary", role: "group", "aria-labelledby": "changes-look" },
      h("h3", { id: "changes-look" }, t("summary.look")),
      h("ul", {}, ...findings.map(findingView))))];
}

/** @param {Comparison["findings"][number]} finding */
function findingView({ severity, message: said, keys = [], sources = [], total }) {
  return h("li", {}, shape(severity), ` ${t(`severity.${severity}`)}: `, message(said),
    keys.length > 0 && h("span", { "data-part": "hint" }, ` ${t("changes.keys")} `, ...keys.flatMap((key, at) => [at > 0 && ", ", h("code", {}, key)]), total > keys.length && ", …"),
    sources.length > 0 && h("span", { "data-part": "hint" }, ` ${t("changes.sources")} ${sources.join(", ")}`));
}

/** @param {string} first the words above the first column @param {string} second the words above a second one, if there is one */
const columns = (first, second = "") => [{ name: "name", words: first }, ...(second ? [{ name: "file", words: second }] : []),
  ...COLUMNS.map((name) => ({ name, words: t(`changes.${name}`), number: true }))];

/** @param {string} mode @param {Counts} counts */
function numbers(mode, counts) {
  const all = counted(mode, counts);
  return COLUMNS.map((name) => number(all[name]));
}

/** @param {Comparison} report @returns {HTMLElement[]} */
export function changedFilesView({ files }) {
  return [
    h("h2", { id: "changed-files-title", tabindex: -1 }, t("changed.files")),
    h("p", { "data-part": "hint" }, t("changed.lead")),
    stacked(columns(t("files.name")), files.map((file) => [
      h("span", {}, file.name, h("span", { "data-part": "hint" }, ` ${t(`changed.mode.${file.mode}`)}`)), ...numbers(file.mode, file)])),
    ...files.flatMap((file) => notCompared(file)),
    ...files.filter(({ samples }) => samples.length > 0).map(examplesView),
  ];
}

/** Never a silent zero: records that have no part in the numbers. @param {ComparedFile} file */
function notCompared({ name, notCompared: { old, new: now } }) {
  return old + now > 0 ? [h("p", {}, t("changed.not", { file: name, old, new: now }))] : [];
}

/** A table that may be larger than its place. @param {string} title @param {HTMLElement} table */
function scroll(title, table) {
  return h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": title }, table);
}

/** The fields that change in a file, and examples. @param {ComparedFile} file */
function examplesView({ name, fields, slight, samples }) {
  const counted = Object.entries(fields).sort(([, a], [, b]) => b - a);
  const columns = ["key", "what", "field", "old", "new"].map((name) => ({ name, words: t(`change.${name}`) }));
  const title = t("changed.examples", { file: name });
  return h("details", {},
    h("summary", {}, title),
    counted.length > 0 && h("p", {}, `${t("changed.fields")} `, ...counted.flatMap(([field, n], at) => [at > 0 && ", ", h("code", {}, field), ` (${number(n)})`])),
    slight > 0 && h("p", { "data-part": "hint" }, t("changed.slight", { n: slight })),
    scroll(title, stacked(columns, samples.map(changeCells))));
}

/** @param {Change} change */
function changeCells({ key, what, field, old, new: now }) {
  return [h("code", {}, key), t(`change.is.${what}`), field ? h("code", {}, field) : "–",
    old === undefined ? "–" : h("del", {}, valueView(old)), now === undefined ? "–" : h("ins", {}, valueView(now))];
}

/** Whether anything becomes of records. @param {Counts} counts */
const isChanged = ({ added, changed, missing, removed }) => added + changed + missing + removed > 0;

/** Whether anything becomes of a school's records. @param {Comparison["schools"][number]} school */
export const isTouched = ({ files }) => files.some(isChanged);

/** @param {Comparison} report @returns {HTMLElement[]} */
export function schoolsView({ schools, files }) {
  const mode = (/** @type {string} */ name) => files.find((file) => file.name === name)?.mode ?? "bulk";
  const touched = schools.filter(isTouched);
  const shown = touched.slice(0, SCHOOLS);
  return [
    h("h2", { id: "changed-schools-title", tabindex: -1 }, t("changed.schools")),
    h("p", { "data-part": "hint" }, t("changed.schools.lead"), shown.length < touched.length && ` ${t("changed.schools.shown", { shown: shown.length, total: touched.length })}`),
    scroll(t("changed.schools.table"), stacked(columns(t("changed.school"), t("files.name")), shown.flatMap(({ key, name, files: its }) => its.filter(isChanged).map((file) => [
      h("span", {}, name || "", " ", h("code", {}, key)), file.name, ...numbers(mode(file.name), file)])))),
  ];
}

/** Records that are most likely the same under another key. @param {Comparison} report @returns {HTMLElement[]} */
export function matchingView({ matching }) {
  return [
    h("h2", { id: "matching-title", tabindex: -1 }, t("matching.title")),
    ...matching.map(({ file, by, way, total, ambiguous, samples }) => h("div", { "data-part": "card" },
      h("h3", {}, t(`matching.${way}`, { n: total, file })),
      h("p", {}, by.length > 0 ? h("span", {}, `${t("matching.by")} `, ...by.flatMap((field, at) => [at > 0 && ", ", h("code", {}, field)])) : t("matching.only")),
      way === "duplicate" && total > 0 && h("p", {}, t("matching.duplicate.lead")),
      ambiguous > 0 && h("p", {}, t("matching.ambiguous", { n: ambiguous })),
      samples.length > 0 && h("details", {}, h("summary", {}, t("matching.examples")),
        scroll([file, ...by, t("matching.examples")].join(", "), stacked(["old", "new"].map((name) => ({ name, words: t(`matching.${name}`) })),
          samples.map(({ old, new: now }) => [h("code", {}, old), h("code", {}, now)])))))),
  ];
}

/** @param {Comparison} report @param {string[]} bundles what can be made of it @param {string} preparing the action whose file is being made @param {number} made percent of it @param {Failure | null} failure @returns {HTMLElement[]} */
export function takeChangesView(report, bundles, preparing, made, failure) {
  /** @param {string} name */
  const can = (name) => isCompared(report) && bundles.includes(name);
  /** @param {string} name @param {boolean} [main] */
  const take = (name, main) => button(`changes-${name}`, t(preparing === `changes-${name}` ? "down.preparing" : `take.${name}`, { now: made }),
    { id: `changes-${name}`, "aria-disabled": preparing ? "true" : null, "data-busy": preparing === `changes-${name}`, "data-main": main });
  return [
    h("h2", { id: "take-changes-title", tabindex: -1 }, t("take.title")),
    ...(failure ? [unmadeView("untaken-title", failure, button("compare", t("compare.again"), { "data-main": true }))] : []),
    ...(!can("delta") ? [] : [
      h("h3", {}, t("take.delta.title")),
      h("p", {}, t("take.delta.lead")),
      h("p", { "data-part": "row" }, take("delta", true))]),
    ...(!can("fold") ? [] : [
      h("h3", {}, t("take.fold.title")),
      h("p", {}, t("take.fold.lead")),
      h("p", { "data-part": "row" }, take("fold"))]),
    h("h3", {}, t("down.report")),
    h("p", {}, t("down.report.lead")),
    h("p", { "data-part": "row" }, take("csv"), take("text"), take("json"), button("print", t("down.print"))),
  ];
}
