// A comparison, from the two sides to what an import would change. It has a worker of its own: a check that goes on beside
// it is left alone.
// @ts-check
/** @import { Chosen, Comparison, FailureKind } from "./types.d.ts" */
import { refusal } from "./checking.js";
import { ask, callOffComparison, compare as begin, discardComparison } from "./engine.js";
import { neededToCompare, room } from "./memory.js";
import { goTo, render, ui } from "./render.js";
import { nextRun, state, today } from "./state.js";
import { unmade } from "./taking.js";
import { headline } from "./view/compare.js";
import { t } from "./view/words.js";
import { watch } from "./watch.js";

const { comparing } = state;

/** @param {"old" | "new"} side @param {Chosen} chosen */
export function choose(side, chosen) {
  const refused = refusal(chosen);
  if (refused) return notice(refused);
  comparing.sides = { ...comparing.sides, [side]: chosen };
  const other = side === "old" ? "new" : "old";
  Object.assign(comparing, { notice: "", missing: "" });
  state.status = t(comparing.sides[other] ? "sides.both" : `sides.chosen.${side}`);
  render();
}

/** What was checked is what is about to be sent. */
export function takeChecked() {
  const { files, reopen, holds } = state;
  choose("new", { files, reopen, holds });
  ui["new-files"].focus(); // the button itself goes
}

/** @param {number} percent of what the receiver holds that may go without a warning; not a number where the field is empty */
export function setShare(percent) {
  if (Number.isNaN(percent)) comparing.share = null;
  else if (percent >= 0 && percent <= 100) comparing.share = Math.round(percent);
}

/** Compares the two sides, as they are on the disk now where the browser can open them anew. */
export async function compare() {
  const { sides: { old, new: now } } = comparing;
  const missing = !old ? "old" : !now ? "new" : "";
  if (!old || !now) {
    comparing.missing = missing;
    notice(t(`sides.missing.${missing}`));
    return ui[`${missing}-files`].focus();
  }
  const run = nextRun();
  leave("", run);
  comparing.phase = "working";
  state.status = t("status.comparison");
  render();
  goTo("work-title");
  try {
    const [before, after] = await Promise.all([old, now].map(({ files, reopen }) => reopen?.() ?? files));
    if (run !== comparing.run) return;
    Object.assign(comparing, { files: after, compared: { old, new: now } });
    comparing.holds = async (place) => (await Promise.all([old, now].map(({ holds }) => holds?.(place)))).some(Boolean);
    watch(comparing, [...before, ...after].reduce((sum, { file }) => sum + file.size, 0));
    const { share, format, profile } = comparing;
    const as = state.own ? { layout: state.own.texts } : { ...(format && { format }), ...(profile && { profile }) };
    const options = { asOf: today(), ...(share === null ? {} : { threshold: share }), ...as };
    begin({ do: "compare", run, old: before, new: after, options, most: room() / neededToCompare(1) });
  } catch {
    if (run === comparing.run) failed("unreadable");
  }
}

/** Goes on with a comparison that may be too large. */
export function goOnAnyway() {
  comparing.phase = "working";
  state.status = t("status.comparison");
  watch(comparing, comparing.progress.total);
  ask({ do: "go-on", run: comparing.run });
  render();
  goTo("work-title");
}

/** Ends a comparison and forgets what came of it; what was chosen stays. @param {string} status @param {number} [run] the next one */
export function leave(status, run = nextRun()) {
  if (comparing.phase === "working" || comparing.phase === "asking" || comparing.preparing) callOffComparison();
  Object.assign(comparing, { phase: "empty", run, report: null, failure: null, notice: "", missing: "", preparing: "", outputs: new Map() });
  state.status = status && t(status);
  render();
  ui.compare.focus();
}

/** The comparison is done. @param {Comparison} report @param {string[]} bundles what can be made of it */
export function compared(report, bundles) {
  Object.assign(comparing, { phase: "done", report, bundles });
  state.status = headline(report).title;
  render();
  if (state.task === "compare") goTo("changes-title");
}

/** A comparison that fails leaves nothing to show; a download that fails leaves the result. @param {FailureKind} kind @param {string} message */
export function failed(kind, message = "") {
  if (kind === "crash" || kind === "memory") discardComparison();
  if (comparing.phase === "done") return comparing.preparing ? unmade(comparing, kind, message) : render();
  Object.assign(comparing, { phase: "failed", failure: { kind, message, during: "compare" }, preparing: "" });
  state.status = t(kind === "unreadable" ? "failure.closed.compare" : "status.failed.compare");
  render();
  if (state.task === "compare") goTo("failure-title");
}

/** @param {string} words */
export function notice(words) {
  comparing.notice = words;
  state.status = words;
  render();
}
