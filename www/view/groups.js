// Causes and findings: the table of groups, and inside an opened group its examples. Totals are the engine's, however
// few examples it kept; what is counted here is counted among the examples, and the words say so.
// @ts-check
/** @import { Cause, Context, Filter, Group, Report, Sample, State } from "../types.d.ts" */
import { button, h, options, shape } from "./dom.js";
import { recordView } from "./record.js";
import { afterView, beforeView, message, valueView } from "./value.js";
import { number, ruleWords, t } from "./words.js";

const SEVERITIES = ["error", "warning", "info"];
const CONSEQUENCES = ["file-refused", "record-dropped", "value-dropped", "accepted-but-wrong", "note"];
/** Up to so many rows every file's findings lie open; beyond, a file shows its own when asked. */
const OPEN = 12;

/** A group in one line; the summary and the table both say exactly this. @param {Group} group */
export function caption(group) {
  const what = ruleWords(group.rule);
  if (!group.file) return t("groups.bundle", { what });
  return t(group.field ? "groups.field" : "groups.file", { file: group.file, field: group.field ?? "", what });
}

/** Whether a finding of this group may be one that the cause explains. @param {Cause} cause @param {Group} group */
function shows({ rule, where }, group) {
  return rule === group.rule && where.some(({ file, field }) => file === group.file && (field ?? "") === (group.field ?? ""));
}

/** How many findings of a group a cause explains; without a cause, all. @param {Group} group @param {Cause} [cause] */
function partOf(group, cause) {
  const place = cause?.where.find(({ file, field }) => file === group.file && (field ?? "") === (group.field ?? ""));
  return place?.total ?? group.total;
}

/** The cause that the filter names. @param {Report} report @param {Filter} filter */
export function causeOf(report, filter) {
  return filter.cause === "" ? undefined : report.causes?.[Number(filter.cause)];
}

/** Whether all findings of a group go away with the causes. @param {Report} report @param {Group} group */
export function explained(report, group) {
  const places = (report.causes ?? []).filter(({ rule }) => rule === group.rule).flatMap(({ where }) => where);
  const same = places.filter(({ file, field }) => file === group.file && (field ?? "") === (group.field ?? ""));
  return same.reduce((sum, { total }) => sum + total, 0) >= group.total;
}

/** Gravest first; what goes away with a cause comes after the rest of its severity. @param {Report} report @param {Group} group */
function weight(report, group) {
  return 10 * SEVERITIES.indexOf(group.severity) + (explained(report, group) ? 9 : CONSEQUENCES.indexOf(group.consequence));
}

/** Groups that pass the filters, gravest first, each with its index in the report. @param {Report} report @param {Filter} filter @returns {[Group, number][]} */
export function shownGroups(report, filter) {
  const cause = causeOf(report, filter);
  return report.groups
    .map((group, index) => /** @type {[Group, number]} */ ([group, index]))
    .filter(([group]) => (!filter.severity || group.severity === filter.severity)
      && (!filter.file || (group.file ?? "") === filter.file) && (!filter.rule || group.rule === filter.rule)
      && (!cause || shows(cause, group)))
    .sort(([a], [b]) => weight(report, a) - weight(report, b));
}

/** The choices of the three filters. @param {Report} report @param {Filter} filter */
export function filterOptions(report, filter) {
  /** @param {string} chosen @param {(group: Group) => string} of @param {(value: string) => string} words */
  const list = (chosen, of, words) => {
    const values = [...new Set(report.groups.map(of))].filter(Boolean);
    return options([["", t("filter.all")], ...values.map((value) => /** @type {[string, string]} */ ([value, words(value)]))], chosen);
  };
  return {
    "filter-severity": list(filter.severity, (group) => group.severity, (value) => t(`severity.${value}`)),
    "filter-file": list(filter.file, (group) => group.file ?? "", (value) => value),
    "filter-rule": list(filter.rule, (group) => group.rule, ruleWords),
  };
}

/** Findings of missing keys that are not among the named causes. @param {Report} report */
function others({ groups, causes = [] }) {
  const missing = (/** @type {{ rule: string }} */ { rule }) => rule === "dangling-reference";
  const named = causes.filter(missing).reduce((sum, { explains }) => sum + explains, 0);
  const all = groups.filter(missing).reduce((sum, { total }) => sum + total, 0);
  return named > 0 ? Math.max(0, all - named) : 0;
}

/** @param {Report} report @returns {HTMLElement[]} */
export function causesView(report) {
  const more = others(report);
  return [
    h("h2", { id: "causes-title", tabindex: -1 }, t("causes.title")),
    h("p", {}, t("causes.lead")),
    h("ol", { "data-part": "causes" }, ...(report.causes ?? []).map((cause, index) => h("li", {},
      h("h3", { id: `cause-title-${index}`, tabindex: -1 }, message(cause.message)),
      cause.where.length > 0 && h("p", { "data-part": "hint" }, `${t("causes.where")} `,
        cause.where.map((place) => `${place.file}${place.field ? `, ${place.field}` : ""} (${number(place.total)})`).join(" · ")),
      button("show-cause", t("causes.show"), { "data-cause": index, id: `cause-${index}`, "data-quiet": true })))),
    ...(more > 0 ? [h("p", { "data-part": "hint" }, t("causes.others", { n: more }))] : []),
  ];
}

/** Whether a file's findings are in view. @param {State} state @param {[Group, number][]} shown @param {string} file */
function inView(state, shown, file) {
  return state.printing || shown.length <= OPEN || Object.values(state.filter).some(Boolean) || state.openFiles.has(file);
}

/** @param {Report} report @param {[Group, number][]} shown @param {State} state @returns {HTMLElement[]} */
export function tableView(report, shown, state) {
  const files = [...new Set(shown.map(([group]) => group.file ?? ""))]; // the file with the gravest finding first
  return [
    h("caption", { "data-part": "unseen" }, t("groups.caption")),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...["severity", "what", "count"].map((name) =>
      h("th", { scope: "col", role: "columnheader", "data-number": name === "count" }, t(`groups.${name}`))))),
    ...(shown.length === 0 ? [h("tbody", { role: "rowgroup" }, h("tr", { role: "row" }, h("td", { role: "cell", colspan: 3 }, t("groups.none"))))] : []),
    ...files.map((file) => {
      const own = shown.filter(([group]) => (group.file ?? "") === file);
      const open = inView(state, shown, file);
      return h("tbody", { role: "rowgroup" }, fileRow(file, own, open, shown.length <= OPEN),
        ...(open ? own.flatMap(([group, index]) => rows(report, group, index, state)) : []));
    }),
  ];
}

/** @param {string} file @param {[Group, number][]} own @param {boolean} open @param {boolean} fixed whether it cannot be closed */
function fileRow(file, own, open, fixed) {
  const counts = SEVERITIES.map((severity) => {
    const n = own.reduce((sum, [group]) => sum + (group.severity === severity ? group.total : 0), 0);
    return n > 0 && h("span", {}, shape(severity), ` ${number(n)} ${t(`count.${severity}`, { n })}`);
  });
  const name = file || t("limits.all");
  return h("tr", { role: "row", "data-part": "file-row", "data-open": open }, h("td", { role: "cell", colspan: 3 }, h("div", {},
    h("h3", {}, fixed ? name : button("toggle-file", name, { id: `file-${own[0][1]}`, "data-file": file, "aria-expanded": String(open) })),
    h("p", { "data-part": "hint" }, ...counts))));
}

/** @param {Report} report @param {Group} group @param {number} index @param {State} state */
function rows(report, group, index, state) {
  const open = state.printing || state.open.has(index);
  const cause = state.printing ? undefined : causeOf(report, state.filter); // paper shows all
  return open ? [row(report, group, index, open, cause), h("tr", { role: "row", id: `group-${index}-samples`, "data-part": "samples-row" },
    h("td", { role: "cell", colspan: 3 }, samples(report, group, index, state.contexts, cause)))] : [row(report, group, index, open, cause)];
}

/** @param {Report} report @param {Group} group @param {number} index @param {boolean} open @param {Cause} [cause] the only one whose findings are shown */
function row(report, group, index, open, cause) {
  const part = partOf(group, cause);
  const first = group.samples[0];
  const words = caption(group);
  const what = ruleWords(group.rule);
  return h("tr", { role: "row", "data-severity": group.severity, "data-open": open },
    h("td", { role: "cell", "data-cell": "severity" }, shape(group.severity), t(`severity.${group.severity}`)),
    h("td", { role: "cell", "data-cell": "what" },
      h("button", { type: "button", "data-action": "toggle", id: `group-${index}`, "data-group": index, "aria-expanded": String(open), "aria-controls": open ? `group-${index}-samples` : null },
        words.endsWith(what) ? h("span", {}, h("span", { "data-part": "where" }, words.slice(0, -what.length)), h("strong", {}, what)) : words),
      first && !open && h("p", { "data-part": "hint" }, message(first.message)),
      report.outcome !== "failed" && h("p", { "data-part": "way" }, explained(report, group) ? t("way.cause") : way(group))),
    h("td", { role: "cell", "data-cell": "count", "data-head": `${t("groups.count")}: `, "data-number": true }, part < group.total ? t("count.part", { part, all: group.total }) : number(group.total)));
}

/** How many findings of a group have which fix, counted among its examples, and whether these are all. @param {Group} group */
export function fixes({ samples, total }) {
  const count = (/** @type {string} */ safety) => samples.filter(({ fix }) => fix?.safety === safety).length;
  return { safe: count("safe"), review: count("review"), of: samples.length, all: samples.length >= total };
}

/** How the findings of a group can be fixed, in words. @param {Group} group */
export function way(group) {
  const { safe, review, of, all } = fixes(group);
  if (safe + review === 0) return t("way.shown");
  if (safe === of || review === of) return t(`way.${safe === of ? "safe" : "review"}${all ? "" : ".examples"}`);
  const parts = [["safe", safe], ["review", review], ["none", of - safe - review]].filter(([, n]) => n !== 0);
  return `${all ? "" : `${t("way.of", { of })} `}${parts.map(([what, n]) => t(`way.count.${what}`, { count: n })).join(", ")}`;
}

/** Whether an example names the missing key of a cause, by itself or in a list. @param {Sample} sample @param {Cause} cause */
function names({ value }, { key }) {
  return key == null || value === key || (value ?? "").split(",").some((item) => item.trim() === key);
}

/** What the receiver does; of a warning, what it may do. @param {Group} group */
function consequence({ severity, consequence: known }) {
  const may = severity === "warning" && CONSEQUENCES.indexOf(known) < CONSEQUENCES.indexOf("accepted-but-wrong");
  return t(`consequence.${may ? "may." : ""}${known}`);
}

/** Who says so: where the layout is the user's own, what a format's document says elsewhere is what the layout says. @param {Report} report @param {Group} group */
function authority({ format }, group) {
  return t(`authority.${format?.id === "own-layout" && group.authority === "spec" ? "own" : group.authority}`);
}

/** @param {Report} report @param {Group} group @param {number} index @param {State["contexts"]} contexts @param {Cause} [cause] */
function samples(report, group, index, contexts, cause) {
  const kept = group.samples.map((sample, at) => /** @type {[Sample, number]} */ ([sample, at])).filter(([sample]) => !cause || names(sample, cause));
  const shown = kept.length;
  const said = [consequence(group), authority(report, group)].filter((text) => !/^(consequence|authority)\./.test(text));
  return h("div", {},
    h("p", { "data-part": "hint" }, `${said.join(" ")} `,
      button("explain", t("groups.rule"), { id: `rule-of-${index}`, "data-rule": group.rule, "data-quiet": true, "aria-label": t("groups.explain", { what: group.rule }), "aria-haspopup": "dialog" }), " ", h("code", { "aria-hidden": "true" }, group.rule)),
    shown > 0 && h("ol", { "data-part": "samples-list" }, ...kept.map(([sample, at]) => h("li", {}, ...sampleView(group, sample, index, at, contexts)))),
    cause && shown === 0 ? h("p", {}, t("groups.others", { key: cause.key ?? "" }))
      : shown < partOf(group, cause) && h("p", { "data-part": "hint" }, t("groups.shown", { shown, total: partOf(group, cause) })));
}

/** @param {Group} group @param {Sample} sample @param {number} index @param {number} at @param {State["contexts"]} contexts */
function sampleView(group, sample, index, at, contexts) {
  const id = `${index}:${at}`;
  const open = contexts.has(id);
  return [
    h("p", { "data-part": "place" }, place(sample), sample.key && [" · ", t("place.key"), " ", h("code", {}, sample.key)].map((part) => part)),
    h("p", {}, message(sample.message)),
    sample.value && sample.fix?.replacement == null && !sample.message.includes(`\`${sample.value}\``) && h("p", { "data-part": "value" }, `${t("place.value")}: `, valueView(sample.value)),
    sample.fix && fixView(sample),
    sample.record != null && button("context", t(open ? "context.hide" : "context.show"), { id: `context-${index}-${at}`, "data-quiet": true, "data-group": index, "data-sample": at, "aria-expanded": String(open) }),
    open && recordView(/** @type {Context | null | undefined} */ (contexts.get(id)), group.field ?? ""),
  ];
}

/** Where a finding is, in words. @param {Sample} sample */
export function place(sample) {
  return [["line", sample.line], ["record", sample.record], ["column", sample.column]]
    .filter(([, n]) => n != null).map(([name, n]) => t(`place.${name}`, { n: String(n) })).join(" · ");
}

/** @param {Sample} sample */
function fixView(sample) {
  const { fix, value } = sample;
  if (!fix) return null;
  const change = fix.replacement != null && value != null && fix.safety !== "shown";
  return h("p", { "data-part": "fix", "data-safety": fix.safety },
    h("strong", {}, `${t("fix.title")}: `), h("span", { lang: "en" }, fix.title),
    h("span", { "data-part": "hint" }, ` (${t(`fix.${fix.safety}`)})`),
    change && h("span", { "data-part": "change" }, h("del", {}, beforeView(sample)), ` ${t("fix.becomes")} `, h("ins", {}, afterView(sample))));
}
