// The head of the report: the verdict in words, the counts, what was read, and the summary whose entries lead to the
// findings in identical words. Decides nothing: the verdict is the engine's.
// @ts-check
/** @import { FormatName, ProfileName, Report } from "../types.d.ts" */
import { columnsHint, mayMatch } from "./columns.js";
import { button, h, options, shape, stacked } from "./dom.js";
import { caption, explained, shownGroups } from "./groups.js";
import { strangeness } from "./strange.js";
import { message } from "./value.js";
import { address, chosenLanguage, date, listed, number, size, t } from "./words.js";

const SUMMARY = 8; // entries; the table has them all
const OUTDATED = "outdated-header"; // files of an earlier version, which a conversion makes current
const UNPUBLISHED = "unpublished-layout"; // who receives the files may have columns of their own
/** The shape of each result. */
export const SHAPES = { "ready": "ok", "ready-with-warnings": "warning", "not-ready": "error", "partial": "warning", "failed": "warning" };

/** What the page calls the result: what is not ready for want of a whole check is told from what has errors. @param {Report} report */
export function tone(report) {
  if (report.outcome === "failed") return "failed";
  if (report.outcome === "partial" && report.totals.error === 0) return "partial";
  return report.verdict;
}

/** Whether the gravest that was found is a file that the receiver may refuse. @param {Report} report */
const mayRefuse = ({ verdict, groups }) => verdict === "ready-with-warnings"
  && groups.some(({ severity, consequence }) => severity === "warning" && consequence === "file-refused");

/** @param {Report} report @param {FormatName[]} formats @param {ProfileName[]} profiles @param {number} [made] percent of a layout that is made from the files @returns {HTMLElement[]} */
export function verdictView(report, formats, profiles, made) {
  const as = tone(report);
  return [
    h("div", { "data-part": "verdict", "data-tone": SHAPES[as] }, ...(as === "failed" ? unjudged(report, formats, made) : [
      head(as, t(`verdict.${as}`), t(`verdict.lead.${mayRefuse(report) ? "may-refuse" : as}`), as === "not-ready" && report.outcome === "partial" && t("verdict.partly")),
      h("ul", { "data-part": "counts" }, ...counts(report)),
      facts(report, profiles),
      english(),
      mayMatch(report) && columnsHint(),
      report.groups.some(({ rule }) => rule === UNPUBLISHED) && templateHint(),
      ...summary(report),
      h("p", { "data-part": "goto" },
        h("a", { href: "#downloads-title", "data-action": "go" }, t("goto.downloads")),
        h("a", { href: "#limits-title", "data-action": "go" }, t("goto.notchecked")),
        report.groups.some(({ rule }) => rule === OUTDATED) && h("a", { href: address(chosenLanguage(), "convert") }, t("goto.convert"))),
    ])),
  ];
}

/** @param {keyof typeof SHAPES} as @param {string} title @param {...(string | false | Node)} lead */
const head = (as, title, ...lead) => resultHead("verdict-title", SHAPES[as], title, ...lead);

/** The way from a template to a layout. */
function templateHint() {
  return h("p", { "data-part": "fields" }, h("span", { "data-part": "hint", id: "template-hint" }, t("template.why")),
    button("choose-template", t("template.choose"), { id: "choose-template", "aria-describedby": "template-hint" }));
}

/** The head of a result: its title, which takes the focus, and what it means. @param {string} id @param {string} of the shape @param {string} title @param {...(string | false | Node)} lead */
export function resultHead(id, of, title, ...lead) {
  return h("div", { "data-part": "verdict-head" }, shape(of),
    h("div", {}, h("h2", { id, tabindex: -1 }, title), ...lead.map((text) => text && h("p", {}, text))));
}

/** The engine speaks English; whoever reads another language is told once. */
function english() {
  const note = t("english.note");
  return note && h("p", { "data-part": "hint" }, note);
}

/** No format was recognized, so nothing was checked: what the files are, and what to do. @param {Report} report @param {FormatName[]} formats @param {number} [made] */
function unjudged(report, formats, made) {
  const strange = strangeness(report);
  if (!strange) return [head("failed", t("verdict.failed"), t("verdict.lead.failed")), facts(report)];
  const { kind, file, others, near } = strange;
  const title = kind === "table" ? t("strange.table") : t(others > 0 ? "strange.several" : "strange.one", { file, what: t(`strange.${kind}`) });
  const tables = report.files.some(({ encoding, bytes }) => encoding != null && bytes > 0); // only they have a format
  return [
    head("failed", title, t(`strange.${kind}.do`, { formats: listed(formats.map((format) => format.title)) }), t("verdict.lead.failed")),
    near && h("p", { "data-part": "hint" }, message(near)),
    tables && pick(formats),
    tables && h("p", { "data-part": "fields" }, h("span", { "data-part": "hint", id: "propose-hint" }, t("draft.why")),
      button("propose", made === undefined ? t("draft.make") : t("draft.progress", { now: made }), { id: "propose", "aria-describedby": "propose-hint", "aria-disabled": made === undefined ? null : "true" })),
    facts(report),
    english(),
  ];
}

/** @param {Report} report */
export function counts({ totals }) {
  return /** @type {const} */ (["error", "warning", "info"]).map((severity) => {
    const n = totals[severity];
    return h("li", { "data-severity": severity, "data-zero": n === 0 },
      shape(severity), h("strong", {}, number(n)), " ", t(`count.${severity}`, { n }));
  });
}

/** @param {Report} report @param {ProfileName[]} [profiles] */
function facts(report, profiles = []) {
  const format = report.format;
  const records = report.files.reduce((sum, file) => sum + (file.records ?? 0), 0);
  const known = format && !report.groups.some((group) => group.rule === "unknown-format");
  return h("div", { "data-part": "facts" },
    h("dl", {},
      h("div", {}, h("dt", {}, t("verdict.format")), h("dd", {}, known ? `${format.title} (${how(format)})` : t("verdict.unknown"))),
      format?.profile && h("div", {}, h("dt", {}, t("verdict.profile")), h("dd", {}, profiles.find(({ id }) => id === format.profile)?.title ?? format.profile)),
      h("div", {}, h("dt", {}, t("verdict.read")), h("dd", {}, t("files", { n: report.files.length }), report.outcome !== "failed" && `, ${t("records", { n: records })}`)),
      h("div", {}, h("dt", {}, t("verdict.date")), h("dd", {}, date(report.asOf)))),
    report.files.length > 0 && h("details", {}, h("summary", {}, t("files.details")), fileTable(report)));
}

/** How the format came to be known. @param {NonNullable<Report["format"]>} format */
function how(format) {
  if (!format.detected) return t("verdict.chosen");
  return format.why ? `${t("verdict.detected")}: ${format.why}` : t("verdict.detected");
}

/** @param {Report} report */
function fileTable(report) {
  const columns = ["name", "records", "size", "encoding"].map((name) => ({ name, words: t(`files.${name}`), number: name === "records" || name === "size" }));
  return h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": t("files.details") },
    stacked(columns, report.files.map((file) => [
      file.name, report.outcome === "failed" || file.encoding == null || file.records == null ? "–" : number(file.records), size(file.bytes), file.encoding ?? "–"])));
}

/** Causes first, then the gravest groups that no cause explains. @param {Report} report */
function summary(report) {
  const severity = report.totals.error > 0 ? "error" : "warning";
  const groups = shownGroups(report, { severity, file: "", rule: "", cause: "" }).filter(([group]) => !explained(report, group));
  const causes = report.causes ?? [];
  if (groups.length + causes.length === 0) return [];
  const named = causes.slice(0, SUMMARY - 3);
  const room = SUMMARY - named.length;
  const more = causes.length - named.length + Math.max(0, groups.length - room);
  return [h("div", { "data-part": "summary", role: "group", "aria-labelledby": "summary-title" },
    h("h3", { id: "summary-title" }, t(severity === "error" ? "summary.problem" : "summary.look")),
    h("ul", {},
      ...named.map((cause, index) => h("li", {}, h("a", { href: `#cause-title-${index}`, "data-action": "go" }, message(cause.message)))),
      ...groups.slice(0, room).map(([group, index]) => h("li", {}, h("a", { href: `#group-${index}`, "data-action": "go-group", "data-group": index }, caption(group)))),
      more > 0 && h("li", {}, h("a", { href: "#groups-title", "data-action": "go" }, t("summary.more", { n: more })))))];
}

/** @param {FormatName[]} formats */
function pick(formats) {
  return h("p", { "data-part": "fields" },
    h("label", {}, h("span", {}, t("pick.title")), " ", h("select", { "data-ui": "pick" }, ...options(formats.map(({ id, title }) => [id, title]), ""))),
    button("check-as", t("pick.button")));
}
