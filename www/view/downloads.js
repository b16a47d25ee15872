// What the user takes away, and what was not checked. Lists, before any repair, what a reviewed repair would change.
// @ts-check
/** @import { Group, Report, Sample, State } from "../types.d.ts" */
import { button, h, message } from "./dom.js";
import { place, valueView, way } from "./groups.js";
import { t } from "./words.js";

const COMPARED = 20; // reviewed changes listed side by side

/** @param {Report} report @param {string} preparing the action whose file is being made @returns {HTMLElement[]} */
export function downloadsView(report, preparing) {
  /** @param {string} action @param {string} [label] */
  const take = (action, label) => button(action, t(preparing === action ? "down.preparing" : label ?? action.replace("download-", "down.")),
    { id: action, "aria-disabled": preparing ? "true" : null, "data-busy": preparing === action });
  const kinds = report.groups.filter((group) => way(group) === "safe").length;
  const repairs = report.outcome !== "failed" && report.groups.length > 0;
  return [
    h("h2", { id: "downloads-title", tabindex: -1 }, t("down.title")),
    h("h3", {}, t("down.repair")),
    repairs
      ? h("div", { "data-part": "cards" },
        h("div", { "data-part": "card" }, h("h4", {}, t("down.safe.title")), h("p", {}, t("down.safe.lead"), kinds > 0 && ` ${t("down.safe.kinds", { n: kinds, all: report.groups.length })}`),
          h("p", { "data-part": "row" }, take("download-repaired", "down.safe"), take("download-log", "down.log.safe"))),
        h("div", { "data-part": "card" }, h("h4", {}, t("down.review.title")), h("p", {}, t("down.review.lead")), reviewTable(report),
          h("p", { "data-part": "row" }, take("download-repaired-review", "down.review"), take("download-log-review", "down.log.review"))))
      : h("p", {}, t(report.outcome === "failed" ? "down.repair.failed" : "down.repair.none")),
    ...(repairs ? [h("p", { "data-part": "hint" }, t("down.log.lead"))] : []),
    h("h3", {}, t("down.report")),
    h("p", {}, t("down.report.lead")),
    h("p", { "data-part": "row" }, take("download-csv"), take("download-html"), take("download-json"), button("print", t("down.print"))),
  ];
}

/** @param {Report} report */
function reviewTable(report) {
  /** @type {[Group, Sample][]} */
  const changes = report.groups.flatMap((group) => group.samples
    .filter((sample) => sample.fix?.safety === "review")
    .map((sample) => /** @type {[Group, Sample]} */ ([group, sample])));
  if (changes.length === 0) return h("p", { "data-part": "hint" }, t("down.review.none"));
  const more = changes.length - COMPARED;
  return h("details", {},
    h("summary", {}, t("down.review.compare")),
    h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": t("down.review.title") },
      h("table", {},
        h("thead", {}, h("tr", {}, ...["where", "now", "then"].map((name) => h("th", { scope: "col" }, t(`down.${name}`))))),
        h("tbody", {}, ...changes.slice(0, COMPARED).map(([group, sample]) => h("tr", {},
          h("th", { scope: "row" }, [group.file, group.field].filter(Boolean).join(", "), h("span", { "data-part": "hint" }, ` ${place({ ...sample, record: null, column: null })}`)),
          h("td", {}, h("del", {}, valueView(sample.value ?? ""))),
          h("td", {}, h("ins", {}, sample.fix?.replacement == null ? h("span", { lang: "en" }, sample.fix?.title ?? "") : valueView(sample.fix.replacement)))))))),
    more > 0 && h("p", { "data-part": "hint" }, t("down.more", { n: more })));
}

/** @param {Report} report @returns {HTMLElement[]} */
export function limitsView(report) {
  const not = report.notChecked ?? [];
  const cannot = report.cannotCheck ?? [];
  return [
    h("h2", { id: "limits-title", tabindex: -1 }, t("limits.title")),
    ...(not.length === 0 ? (report.outcome === "partial" ? [] : [h("p", {}, t(report.outcome === "failed" ? "limits.nothing" : "limits.none"))]) : [
      h("h3", {}, t("limits.not")),
      h("ul", {}, ...not.map(({ rule, file, reason }) => h("li", {}, h("strong", {}, file ?? t("limits.all")), " · ", h("code", {}, rule), ": ", h("span", { lang: "en" }, reason)))),
    ]),
    ...(cannot.length === 0 ? [] : [h("h3", {}, t("limits.cannot")), h("ul", {}, ...cannot.map((text) => h("li", { lang: "en" }, text)))]),
  ];
}

/** @param {NonNullable<State["failure"]>} failure @param {boolean} again whether there are files to try again @returns {HTMLElement[]} */
export function failureView(failure, again) {
  const ours = failure.during === "output" || !["engine", "unreadable"].includes(failure.kind);
  const said = failure.kind === "engine" ? h("p", {}, message(failure.message)) : h("p", {}, t(`failure.${failure.kind}`));
  return [
    h("h2", { id: "failure-title", tabindex: -1 }, t(ours ? `failure.${failure.during}` : "failure.closed")),
    said,
    h("p", {}, t(ours ? "failure.blame" : "failure.closed.blame")),
    h("p", { "data-part": "row" }, again && button("again", t("again")), button("start-over", t("failure.start"))),
  ];
}
