// A check on its way: how far it is, how long it still takes, and what was found so far, which is not all yet. Before it,
// where it may be too large, what that means and what to do.
// @ts-check
/** @import { Group, Named, Progress, State } from "../types.d.ts" */
import { room } from "../memory.js";
import { bundleName } from "../saves.js";
import { button, h, shape } from "./dom.js";
import { caption } from "./groups.js";
import { number, size, t, wait } from "./words.js";

const SHOWN = 8; // kinds of finding that are listed while it runs
const SEVERITIES = /** @type {const} */ (["error", "warning", "info"]);

/** How much of this reading is done. @param {Progress} progress @returns {number} 0 to 1 */
export function share({ done, total }) {
  return total > 0 ? Math.min(1, done / total) : 0;
}

/** How far a run is, in a sentence or two. @param {Progress} progress @param {State["task"]} task */
export function progressWords(progress, task) {
  const { again, groups } = progress;
  const counts = total(groups);
  const now = Math.floor(100 * share(progress));
  const words = task === "compare" ? t("status.read", { now }) : t(again ? "status.again" : "status.percent", { now, errors: t("errors", { n: counts.error }), warnings: t("warnings", { n: counts.warning }) });
  const left = leftWords(progress);
  return `${words} ${left.charAt(0).toUpperCase()}${left.slice(1)}`.trim();
}

/** How long it still takes; empty while that cannot be said. @param {Progress} progress */
export function leftWords({ done, total, left }) {
  if (done === 0) return t("work.start");
  if (done >= total) return t("work.join");
  return left === undefined ? "" : wait(left);
}

/** What is read, in bytes; empty while nobody knows how much there is. @param {Progress} progress */
export function bytesWords({ done, total, again }) {
  if (total === 0) return "";
  return t(again ? "work.again" : "work.bytes", { done: size(Math.min(done, total)), total: size(total) });
}

/** @param {Group[]} groups */
function total(groups) {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity, total } of groups) counts[severity] += total;
  return counts;
}

/** Groups of one kind, from several parts of a file, as one; in the order in which they were found, the gravest first. @param {Group[]} groups */
function merged(groups) {
  /** @type {Map<string, Group>} */
  const kinds = new Map();
  for (const group of groups) {
    const id = [group.severity, group.rule, group.file, group.field].join("\n");
    const same = kinds.get(id);
    kinds.set(id, same ? { ...same, total: same.total + group.total } : group);
  }
  return [...kinds.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** What was found so far. @param {Progress} progress @returns {HTMLElement[]} */
export function foundView({ records, groups }) {
  if (records === 0) return [];
  const kinds = merged(groups);
  const counts = total(groups);
  return [
    h("h3", {}, t("found.title")),
    h("p", { "data-part": "hint" }, t(kinds.length ? "found.lead" : "found.none", { records: t("records", { n: records }) })),
    ...(kinds.length ? [h("ul", { "data-part": "counts" }, ...SEVERITIES.map((severity) => h("li", { "data-severity": severity, "data-zero": counts[severity] === 0 },
      shape(severity), h("strong", {}, number(counts[severity])), " ", t(`count.${severity}`, { n: counts[severity] }))))] : []),
    ...(kinds.length ? [h("ul", { "data-part": "kinds" }, ...kinds.slice(0, SHOWN).map((group) => h("li", { "data-severity": group.severity },
      shape(group.severity), h("span", {}, `${t(`severity.${group.severity}`)}: ${caption(group)}`), " ", h("strong", { "data-number": true }, number(group.total)))))] : []),
    ...(kinds.length > SHOWN ? [h("p", { "data-part": "hint" }, t("found.more", { n: kinds.length - SHOWN }))] : []),
  ];
}

/** The command that checks the same files. @param {Named[]} files */
export const checkCommand = (files) => `hallpass check ${path(files)}`;

/** What files are called on the command line. @param {Named[]} files */
export function path(files) {
  const name = files.length === 1 ? files[0].name : bundleName(files) || ".";
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name);
}

/** @param {string} command */
export function commandView(command) {
  return h("pre", {}, h("code", {}, command));
}

/**
 * Asks before what may be too large.
 * @param {number} unpacked bytes @param {(bytes: number) => number} needed how much memory they take
 * @param {string} command that does the same @param {"check" | "compare"} task @returns {HTMLElement[]}
 */
export function largeView(unpacked, needed, command, task) {
  return [
    h("h2", { id: "large-title", tabindex: -1 }, t("large.title")),
    h("p", {}, t("large.why", { bytes: size(unpacked), need: size(needed(unpacked)), room: size(room()) })),
    h("p", {}, t("large.do")),
    commandView(command),
    h("p", {}, t("large.try")),
    h("p", { "data-part": "row" }, button("start-over", t("large.back"), { "data-main": true }), button("go-on", t(`large.go.${task}`))),
  ];
}
