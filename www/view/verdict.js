// The head of the report: the verdict in words, the counts, what was read, and the summary whose entries lead to the
// findings in identical words. Decides nothing: the verdict is the engine's.
// @ts-check
/** @import { FormatName, Report } from "../types.d.ts" */
import { button, h, message, options, shape } from "./dom.js";
import { caption, explained, shownGroups } from "./groups.js";
import { date, number, size, t } from "./words.js";

const SUMMARY = 8; // entries; the table has them all
const SHAPES = { "ready": "ok", "ready-with-warnings": "warning", "not-ready": "error", "partial": "warning", "failed": "error" };

/** What the page calls the result: a report that is not complete is never simply ready. @param {Report} report */
export function tone(report) {
  if (report.outcome === "failed") return "failed";
  if (report.outcome === "partial" && report.verdict !== "not-ready") return "partial";
  return report.verdict;
}

/** @param {Report} report @param {FormatName[]} formats @returns {HTMLElement[]} */
export function verdictView(report, formats) {
  const as = tone(report);
  const unknown = report.groups.some((group) => group.rule === "unknown-format");
  return [
    h("div", { "data-part": "verdict", "data-tone": SHAPES[as] },
      h("div", { "data-part": "verdict-head" }, shape(SHAPES[as]),
        h("div", {},
          h("h2", { id: "verdict-title", tabindex: -1 }, t(`verdict.${as}`)),
          h("p", {}, t(`verdict.lead.${as}`), as === "not-ready" && report.outcome === "partial" && ` ${t("verdict.partly")}`))),
      h("ul", { "data-part": "counts" }, ...counts(report)),
      facts(report),
      ...summary(report),
      unknown && pick(formats),
      h("p", { "data-part": "goto" },
        report.outcome !== "failed" && h("a", { href: "#downloads-title", "data-action": "go" }, t("goto.downloads")),
        h("a", { href: "#limits-title", "data-action": "go" }, t("goto.notchecked")))),
  ];
}

/** @param {Report} report */
function counts({ totals }) {
  return /** @type {const} */ (["error", "warning", "info"]).map((severity) => {
    const n = totals[severity];
    return h("li", { "data-severity": severity, "data-zero": n === 0 },
      shape(severity), h("strong", {}, number(n)), " ", t(`count.${severity}`, { n }));
  });
}

/** @param {Report} report */
function facts(report) {
  const format = report.format;
  const records = report.files.reduce((sum, file) => sum + (file.records ?? 0), 0);
  const known = format && !report.groups.some((group) => group.rule === "unknown-format");
  return h("div", { "data-part": "facts" },
    h("dl", {},
      h("div", {}, h("dt", {}, t("verdict.format")), h("dd", {}, known ? `${format.title} (${t(format.detected ? "verdict.detected" : "verdict.chosen")})` : t("verdict.unknown"))),
      format?.profile && h("div", {}, h("dt", {}, t("verdict.profile")), h("dd", {}, format.profile)),
      h("div", {}, h("dt", {}, t("verdict.read")), h("dd", {}, `${t("files", { n: report.files.length })}, ${t("records", { n: records })}`)),
      h("div", {}, h("dt", {}, t("verdict.date")), h("dd", {}, date(report.asOf)))),
    report.files.length > 0 && h("details", {}, h("summary", {}, t("files.details")), fileTable(report)));
}

/** @param {Report} report */
function fileTable(report) {
  return h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": t("files.details") },
    h("table", {},
      h("thead", {}, h("tr", {}, ...["name", "records", "size", "encoding"].map((name) =>
        h("th", { scope: "col", "data-number": name === "records" || name === "size" }, t(`files.${name}`))))),
      h("tbody", {}, ...report.files.map((file) => h("tr", {},
        h("th", { scope: "row" }, file.name),
        h("td", { "data-number": true }, file.records == null ? "–" : number(file.records)),
        h("td", { "data-number": true }, size(file.bytes)),
        h("td", {}, file.encoding ?? "–"))))));
}

/** Causes first, then the gravest groups that no cause explains. @param {Report} report */
function summary(report) {
  const severity = report.totals.error > 0 ? "error" : "warning";
  const groups = shownGroups(report, { severity, file: "", rule: "" }).filter(([group]) => !explained(report, group));
  const causes = report.causes ?? [];
  if (groups.length + causes.length === 0) return [];
  const room = Math.max(2, SUMMARY - causes.length);
  const more = groups.length - room;
  return [h("div", { "data-part": "summary", role: "group", "aria-labelledby": "summary-title" },
    h("h3", { id: "summary-title" }, t(severity === "error" ? "summary.problem" : "summary.look")),
    h("ul", {},
      ...causes.map((cause, index) => h("li", {}, h("a", { href: `#cause-title-${index}`, "data-action": "go" }, message(cause.message)))),
      ...groups.slice(0, room).map(([group, index]) => h("li", {}, h("a", { href: `#group-${index}`, "data-action": "go-group", "data-group": index }, caption(group)))),
      more > 0 && h("li", {}, h("a", { href: "#groups-title", "data-action": "go" }, t("summary.more", { n: more })))))];
}

/** @param {FormatName[]} formats */
function pick(formats) {
  return h("p", { "data-part": "fields" },
    h("label", {}, h("span", {}, t("pick.title")), " ", h("select", { "data-ui": "pick" }, ...options(formats.map(({ id, title }) => [id, title]), ""))),
    button("check-as", t("pick.button")));
}
