// What the user takes away, and what was not checked. Lists, before any repair, what a reviewed repair would change.
// @ts-check
/** @import { Failure, Group, Report, Sample } from "../types.d.ts" */
import { button, h, stacked } from "./dom.js";
import { fixes, place } from "./groups.js";
import { commandView } from "./progress.js";
import { afterView, beforeView, message } from "./value.js";
import { t } from "./words.js";

const COMPARED = 200; // reviewed changes listed side by side

/** @param {Report} report @param {string} preparing the action whose file is being made @param {number} made percent of it @param {Failure | null} failure of the last download @param {boolean} again whether the files can be read another time @returns {HTMLElement[]} */
export function downloadsView(report, preparing, made, failure, again) {
  /** @param {string} action @param {string} [label] @param {boolean} [main] */
  const take = (action, label, main) => button(action, t(preparing === action ? "down.preparing" : label ?? action.replace("download-", "down."), { now: made }),
    { id: action, "aria-disabled": preparing ? "true" : null, "data-busy": preparing === action, "data-main": main });
  const found = { safe: 0, review: 0, all: true };
  for (const { safe, review, all } of report.groups.map(fixes)) {
    found.safe += safe;
    found.review += review;
    found.all &&= all;
  }
  const repairs = report.groups.length > 0 && (found.safe + found.review > 0 || !found.all);
  /** How many findings of a kind can be fixed, and how sure that number is. @param {"safe" | "review"} what */
  const count = (what) => (found[what] > 0
    ? t(`down.${what}.${found.all ? "count" : "least"}`, { n: found[what] })
    : t(`down.${what}.${found.all ? "none" : "unseen"}`));
  return [
    h("h2", { id: "downloads-title", tabindex: -1 }, t("down.title")),
    ...(failure?.during === "output" ? [unmadeView("unmade-title", failure, ...anotherTry(failure, again))] : []),
    h("h3", {}, t("down.repair")),
    repairs
      ? h("div", { "data-part": "cards" },
        h("div", { "data-part": "card" }, h("h4", {}, t("down.safe.title")), h("p", {}, t("down.safe.lead")), h("p", {}, count("safe")),
          (found.safe > 0 || !found.all) && h("p", { "data-part": "row" }, take("download-repaired", "down.safe", found.safe > 0), take("download-log", "down.log.safe"))),
        h("div", { "data-part": "card" }, h("h4", {}, t("down.review.title")), h("p", {}, t("down.review.lead")), h("p", {}, count("review")),
          found.review > 0 && reviewTable(report, found.all),
          (found.review > 0 || !found.all) && h("p", { "data-part": "row" }, take("download-repaired-review", "down.review"), take("download-log-review", "down.log.review"))))
      : h("p", {}, t("down.repair.none")),
    ...(repairs ? [h("p", { "data-part": "hint" }, t("down.log.lead"))] : []),
    h("h3", {}, t("down.report")),
    h("p", {}, t("down.report.lead")),
    h("p", { "data-part": "row" }, take("download-csv"), take("download-html"), take("download-json"), button("print", t("down.print"))),
  ];
}

/** The likely fixes, side by side with what is there now. @param {Report} report @param {boolean} all whether every finding is among the examples */
function reviewTable(report, all) {
  /** @type {[Group, Sample][]} */
  const changes = report.groups.flatMap((group) => group.samples
    .filter((sample) => sample.fix?.safety === "review")
    .map((sample) => /** @type {[Group, Sample]} */ ([group, sample])));
  const columns = ["where", "now", "then"].map((name) => ({ name, words: t(`down.${name}`) }));
  return h("details", {},
    h("summary", {}, t("down.review.compare")),
    !(all && changes.length <= COMPARED) && h("p", { "data-part": "hint" }, t("down.review.examples")),
    h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": t("down.review.compare") },
      stacked(columns, changes.slice(0, COMPARED).map(([group, sample]) => [
        h("span", {}, [group.file, group.field].filter(Boolean).join(", "), h("span", { "data-part": "hint" }, ` ${place({ ...sample, record: null, column: null })}`)),
        sample.fix?.replacement == null ? h("span", {}, message(sample.message)) : h("del", {}, beforeView(sample)),
        h("ins", {}, afterView(sample)),
      ]))));
}

/** What could not be made, beside the result that stays. @param {string} id of its title @param {Failure} failure @param {...(Node | false)} ways what may help */
export function unmadeView(id, { kind, message: said }, ...ways) {
  const ours = !["unreadable", "unwritable", "taken", "lost", "refused"].includes(kind);
  return h("div", { "data-part": "failure", role: "group", "aria-labelledby": id },
    h("h3", { id, tabindex: -1 }, t("failure.output")),
    h("p", {}, ["engine", "refused"].includes(kind) ? message(said) : t(`failure.${kind}`)),
    h("p", {}, t(ours ? "failure.output.ours" : "failure.output.kept")),
    h("p", { "data-part": "row" }, ...ways));
}

/** What may help where something could not be made of checked files. @param {Failure} failure @param {boolean} again whether they can be read another time */
export function anotherTry({ kind }, again) {
  return [again && button("again", t("again"), { "data-main": true }), kind === "unreadable" && button("choose", t("drop.button"), { "data-main": !again })];
}

/** @param {Report} report @returns {HTMLElement[]} */
export function limitsView(report) {
  const not = report.notChecked ?? [];
  const cannot = report.cannotCheck ?? [];
  return [
    h("h2", { id: "limits-title", tabindex: -1 }, t("limits.title")),
    ...(not.length === 0 ? (report.outcome === "partial" ? [] : [h("p", {}, t("limits.none"))]) : [
      h("h3", {}, t("limits.not")),
      h("ul", {}, ...not.map(({ rule, file, reason }) => h("li", {}, h("strong", {}, file ?? t("limits.all")), rule != null && " · ", rule != null && h("code", {}, rule), ": ", h("span", { lang: "en" }, reason)))),
    ]),
    ...(cannot.length === 0 ? [] : [h("h3", {}, t("limits.cannot")), h("ul", {}, ...cannot.map((text) => h("li", { lang: "en" }, text)))]),
  ];
}

/**
 * A run that failed, in the place of its result.
 * @param {Failure} failure
 * @param {{again: Node | false, without?: Node | false, choose: Node | false, command: string}} ways what may help: a try, one without the user's own layout, other files, the command line
 * @returns {HTMLElement[]}
 */
export function failureView(failure, { again, without, choose, command }) {
  const { kind, during } = failure;
  const ours = !["engine", "unreadable", "layout"].includes(kind);
  const own = kind === "layout";
  const said = kind === "engine" || own ? h("p", {}, message(failure.message)) : h("p", {}, t(`failure.${kind}`));
  return [
    h("h2", { id: "failure-title", tabindex: -1 }, t(own ? "own.wrong" : `${ours ? "failure" : "failure.closed"}.${during}`)),
    said,
    ...(kind === "memory" ? [h("p", {}, t("large.do")), commandView(command)] : []),
    h("p", {}, t(own ? "own.blame" : ours ? "failure.blame" : "failure.closed.blame")),
    h("p", { "data-part": "row" }, again, without, choose, button("start-over", t("failure.start"))),
  ];
}
