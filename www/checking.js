// A check, from the files to the report, and moving about in the report. A conversion stands behind it, so it is asked for
// from there, too.
// @ts-check
/** @import { Answer, Chosen, FailureKind, State } from "./types.d.ts" */
import { ask, callOff, check as begin, discard, goOn } from "./engine.js";
import { MOST_FILES } from "./drop.js";
import { needed, room } from "./memory.js";
import { goTo, render, ui } from "./render.js";
import { ALL, nextRun, state, today, unconverted } from "./state.js";
import { unmade } from "./taking.js";
import { shownGroups } from "./view/groups.js";
import { t } from "./view/words.js";
import { watch } from "./watch.js";

/** Says why what was chosen is not taken. @param {Chosen} chosen @returns {string} empty where it is */
export function refusal({ files }) {
  if (files.length === 0) return t("drop.none");
  return files.length >= MOST_FILES ? t("drop.many", { n: String(MOST_FILES) }) : "";
}

/** The page is at work from now on. @param {Chosen} chosen */
export function start({ files, reopen, holds }) {
  if (isBusy()) callOff();
  forget();
  Object.assign(state, { phase: "working", files, reopen, holds, run: nextRun(), status: t("status.start") });
  watch(state, files.reduce((sum, { file }) => sum + file.size, 0));
  render();
  goTo("work-title");
}

/** Checks what was chosen. A layout of the user's own takes the place of all formats. @param {string} [format] instead of the one in the settings */
export function check(format = state.format) {
  const { asOf, run, files, own, map, profile } = state;
  const as = { ...(map ? { columns: map } : {}), ...(own ? { layout: own.texts } : { ...(format ? { format } : {}), ...(profile ? { profile } : {}) }) };
  begin({ do: "check", run, files, options: { asOf: asOf || today(), ...as } }, room() / needed(1));
}

/** Whether a worker is at something that nobody waits for any more. */
const isBusy = () => state.phase === "working" || state.phase === "asking" || Boolean(state.preparing);

/** Goes on with a check that may be too large. */
export function goOnAnyway() {
  Object.assign(state, { phase: "working", status: t("status.start") });
  watch(state, state.progress.total);
  goOn();
  render();
  goTo("work-title");
}

/** Forgets the result, not the files. */
function forget() {
  Object.assign(state, { report: null, failure: null, notice: "", preparing: "", rule: "", converting: unconverted() });
  Object.assign(state, { open: new Set(), openFiles: new Set(), contexts: new Map(), outputs: new Map(), filter: ALL });
}

/** Ends whatever runs and goes back to the start. @param {string} status */
export function leave(status) {
  if (isBusy()) callOff();
  forget();
  empty(status && t(status));
  ui.files.focus();
}

/** No files are chosen. @param {string} status */
export function empty(status) {
  Object.assign(state, { phase: "empty", draft: null, columns: null, files: [], reopen: undefined, holds: undefined, run: nextRun(), status });
  render();
}

/** @param {string} name */
export function sample(name) {
  const file = state.samples[name];
  Object.assign(state, { format: "", own: null, draft: null, map: null, columns: null });
  if (!file) return;
  start({ files: [{ name: file.name, file }] });
  check();
}

/** The check is done. @param {Extract<Answer, {type: "report"}>} answer */
export function reported({ report, targets }) {
  const open = report.groups.length === 1 ? [0] : []; // a lone finding needs no opening
  const [only, ...others] = targets;
  const to = only && others.length === 0 ? only.id : "";
  Object.assign(state, { phase: "done", report, open: new Set(open), converting: { ...unconverted(), targets, to } });
  const { error, warning } = report.totals; // the verdict itself is read out with its heading, which takes the focus
  state.status = report.outcome === "failed" ? "" : t("status.done", { errors: t("errors", { n: error }), warnings: t("warnings", { n: warning }) });
  render();
  if (state.task === "convert" && report.outcome !== "failed") goTo("convert-title");
  else if (state.task !== "compare") goTo("verdict-title");
}

/** A check that fails leaves nothing to show; a download that fails leaves the result. @param {FailureKind} kind @param {string} [message] */
export function failed(kind, message = "") {
  if (kind === "crash" || kind === "memory") discard(); // a plain error leaves the engine sound
  for (const [id, found] of state.contexts) if (found === undefined) state.contexts.set(id, null);
  if (state.phase === "done") {
    if (state.preparing === "propose") {
      state.preparing = "";
      return notice(message || t(`failure.${kind}`));
    }
    if (state.preparing) unmade(state, kind, message);
    return render(); // the record that cannot be shown says so itself
  }
  if (kind === "engine" && state.map) kind = "layout"; // it is the map that the engine cannot use
  Object.assign(state, { phase: "failed", failure: { kind, message, during: "check" }, preparing: "" });
  state.status = t(kind === "unreadable" ? "failure.closed.check" : kind === "layout" ? "own.wrong" : "status.failed");
  render();
  if (state.task !== "compare") goTo("failure-title");
}

/** @param {number} index */
export function goToGroup(index) {
  if (state.report && !shownGroups(state.report, state.filter).some(([, at]) => at === index)) state.filter = ALL;
  state.open.add(index);
  state.openFiles.add(state.report?.groups[index]?.file ?? "");
  render();
  goTo(`group-${index}`);
}

/** Shows the rows in which a cause shows, opened. @param {number} index */
export function showCause(index) {
  if (!state.report) return;
  filterBy({ ...ALL, cause: String(index) });
  state.open = new Set(shownGroups(state.report, state.filter).map(([, at]) => at));
  render();
  goTo("groups-title");
}

/** @param {Partial<State["filter"]>} change */
export function filterBy(change) {
  state.filter = { ...state.filter, ...change };
  if (state.report) state.status = t("status.filter", { shown: shownGroups(state.report, state.filter).length, total: state.report.groups.length });
}

/** @param {number} group @param {number} sample */
export function context(group, sample) {
  const id = `${group}:${sample}`;
  if (state.contexts.delete(id)) return;
  state.contexts.set(id, /** @type {any} */ (undefined));
  ask({ do: "context", run: state.run, group, sample });
}

/** Brings the marked cell of a long record into its region's view. @param {number} group @param {number} sample */
export function showMarked(group, sample) {
  const region = document.getElementById(`context-${group}-${sample}`)?.parentElement?.querySelector("[data-part=scroll]");
  const marked = region?.querySelector("[data-marked]");
  if (region instanceof HTMLElement && marked instanceof HTMLElement) region.scrollTop = marked.offsetTop - region.clientHeight / 2;
}

/** @param {string} words */
export function notice(words) {
  Object.assign(state, { notice: words, status: words });
  render();
}
