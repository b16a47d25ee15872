// What checked files can become: what will be missing and what has to be said, before; what was lost, the first records,
// what the other format's own check found and what to take away, after.
// @ts-check
/** @import { Ask, Converted, Head, Loss, ProfileName, Report, State, Target } from "../types.d.ts" */
import { button, h } from "./dom.js";
import { anotherTry, unmadeView } from "./downloads.js";
import { caption, shownGroups } from "./groups.js";
import { message, valueView } from "./value.js";
import { SHAPES, counts, resultHead, tone } from "./verdict.js";
import { number, t } from "./words.js";

const LOST = 20; // kinds of loss that are shown; the list that is saved has all
/** What is in the files all the same, or was made up beside it. */
const HARMLESS = ["value-made", "value-rewritten"];
const FOUND = 8; // kinds of finding in what was made; a check of it shows the rest

/** @param {Report} report @param {State} state @param {number} made percent of a conversion on its way @param {boolean} again whether the files can be read another time @returns {HTMLElement[]} */
export function targetsView(report, { own, converting, preparing, progress, failure, profiles }, made, again) {
  const { targets, to } = converting;
  const target = targets.find(({ id }) => id === to);
  const format = report.format?.title ?? "";
  return [
    h("h2", { id: "convert-title", tabindex: -1 }, targets.length > 0 ? t("convert.title", { format }) : t("convert.none", { format })),
    ...(own ? [h("p", {}, t("own.convert"))] : []),
    ...(report.totals.error > 0 ? [h("p", {}, ...foundBefore(report, profiles))] : []),
    ...(targets.length > 0 ? [h("fieldset", {}, h("legend", {}, t("convert.to")),
      ...targets.map(({ id, title }) => h("label", { "data-part": "choice" },
        h("input", { type: "radio", name: "target", value: id, id: `target-${id}`, checked: id === to, disabled: Boolean(preparing) }), h("span", {}, title))))] : []),
    ...(failure?.during === "convert" ? [unmadeView("unconverted-title", failure, ...anotherTry(failure, again))] : []),
    ...(target ? [h("div", { "data-part": "card" }, ...before(target, converting),
      preparing === "convert" ? onItsWay(made, progress.again)
        : h("p", { "data-part": "row" }, button("convert", t(converting.result ? "convert.again" : target.id === report.format?.id ? "convert.anew" : "convert.begin", { format: target.title }), { "data-main": true, id: "convert-button", "aria-disabled": preparing ? "true" : null })))] : []),
  ];
}

/** What the check found, and for whom. @param {Report} report @param {ProfileName[]} profiles */
function foundBefore(report, profiles) {
  const receiver = receiverOf(report, profiles);
  const errors = t("errors", { n: report.totals.error });
  return [receiver ? t("convert.errors.for", { errors, receiver }) : t("convert.errors", { errors }), " ", t("convert.unmended")];
}

/** The name of the receiver whose rules were checked, too. @param {Report} report @param {ProfileName[]} profiles */
const receiverOf = ({ format }, profiles) => format?.profile && (profiles.find(({ id }) => id === format.profile)?.title ?? format.profile);

/** What will be missing, and what has to be said. @param {Target} target @param {State["converting"]} converting */
function before({ title, asks, loses }, converting) {
  const groups = [...new Set(asks.map(({ group }) => group))];
  return [
    h("h3", {}, t("convert.loses")),
    loses.length > 0 ? h("ul", {}, ...loses.map((text) => h("li", {}, message(text)))) : h("p", {}, t("convert.loses.none", { format: title })),
    h("p", { "data-part": "hint" }, t("convert.loses.more")),
    asks.length > 0 && h("h3", {}, t(groups[0] ? "convert.wishes" : "convert.asks")),
    ...groups.flatMap((group) => groupView(group, asks.filter((ask) => ask.group === group), converting)),
  ];
}

/** What belongs together lies folded, unless something of it was said or is wrong. @param {string} group @param {Ask[]} asks @param {State["converting"]} converting */
function groupView(group, asks, converting) {
  const views = asks.map((ask) => askView(ask, converting));
  const open = asks.some(({ name }) => name in converting.set || name in converting.wrong);
  return group ? [h("details", { "data-part": "asks", id: `asks-${group}`, open }, h("summary", {}, t(`asks.${group}`)), ...views)] : views;
}

/** @param {Ask} ask @param {State["converting"]} converting */
function askView({ name, title, kind, required }, { set, tables, wrong: all }) {
  const id = `ask-${name}`;
  const wrong = all[name];
  const [own, help] = [said(`ask.${name}`), said(`ask.${name}.help`)];
  const describedBy = [wrong && `${id}-wrong`, help && `${id}-help`, tables[name] && `${id}-file`].filter(Boolean).join(" ");
  return h("div", { "data-part": "ask", "data-wrong": Boolean(wrong) },
    h("label", { for: id }, own ? h("span", {}, own) : h("span", { lang: "en" }, title.charAt(0).toUpperCase() + title.slice(1)), !required && ` ${t("ask.optional")}`),
    wrong && h("strong", { id: `${id}-wrong`, "data-part": "notice" }, said(wrong) || message(wrong)),
    help && h("span", { id: `${id}-help`, "data-part": "hint" }, help),
    fieldView(kind, set[name] ?? "", { id, name, "aria-required": required ? "true" : null, "aria-invalid": wrong ? "true" : null, "aria-describedby": describedBy || null }),
    tables[name] && h("span", { "data-part": "row" }, h("span", { id: `${id}-file` }, t("ask.table.chosen", { file: tables[name] })), button("forget-table", t("ask.table.forget"), { "data-ask": name, "aria-describedby": `${id}-file` })));
}

/** A text of the catalogue, if it has it. @param {string} key */
const said = (key) => (t(key) === key ? "" : t(key));

/** What a value is written in: the files that hold tables are chosen. @param {string} kind @param {string} value @param {Record<string, string | null>} attributes */
function fieldView(kind, value, attributes) {
  const plain = { ...attributes, autocomplete: "off", spellcheck: "false" };
  if (kind === "table") return h("input", { ...attributes, type: "file", accept: ".csv,.tsv,.txt" });
  if (kind === "names") return h("textarea", { ...plain, rows: 2 }, value);
  // Half a date is in no value: the field that has it stays.
  const before = kind === "date" && document.getElementById(String(attributes.id));
  if (before instanceof HTMLInputElement && before.validity.badInput) return marked(before, attributes);
  // A secret is no password: browsers would offer to store it.
  return h("input", { ...plain, type: kind === "date" ? "date" : "text", value, "data-secret": kind === "secret", inputmode: ["integer", "year"].includes(kind) ? "numeric" : null });
}

/** An element with these attributes. @param {HTMLElement} element @param {Record<string, string | null>} attributes */
function marked(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  return element;
}

/** @param {number} made percent @param {boolean} checks whether it is checked already */
function onItsWay(made, checks) {
  const words = t(checks ? "convert.checking" : "convert.making", { now: made });
  return h("div", {},
    h("h3", { id: "converting-title", tabindex: -1 }, t("convert.working")),
    h("progress", { max: 100, value: made, "aria-label": t("convert.working"), "aria-valuetext": words, role: "progressbar" }),
    h("p", {}, words),
    h("p", { "data-part": "row" }, button("stop-converting", t("cancel"), { id: "stop-converting" })));
}

/** What a conversion made. @param {Converted} converted @param {ProfileName[]} profiles @returns {HTMLElement[]} */
export function convertedView({ outputs, report, heads, losses }, profiles) {
  const checked = tone(report);
  // What is in order but not what it was is nothing to be calm about.
  const as = checked === "ready" && losses.some(({ what }) => !HARMLESS.includes(what)) ? "lossy" : checked;
  const tint = SHAPES[as === "lossy" ? "ready-with-warnings" : as];
  const receiver = receiverOf(report, profiles);
  const format = report.format?.title ?? "";
  const files = outputs.filter(({ log }) => !log);
  const groups = shownGroups(report, { severity: "", file: "", rule: "", cause: "" }).map(([group]) => group);
  return [
    h("div", { "data-part": "verdict", "data-tone": tint },
      resultHead("converted-title", tint, t(`converted.${as}`, { format }), t("converted.lead", { format }), receiver ? `${t("verdict.profile")}: ${receiver}` : false),
      h("ul", { "data-part": "counts" }, ...counts(report)),
      groups.length > 0 && h("div", { "data-part": "summary", role: "group", "aria-labelledby": "converted-found" },
        h("h3", { id: "converted-found" }, t("converted.found")),
        h("ul", {}, ...groups.slice(0, FOUND).map((group) => h("li", {}, `${t(`severity.${group.severity}`)}: ${caption(group)} (${number(group.total)})`)),
          groups.length > FOUND && h("li", {}, t("found.more", { n: groups.length - FOUND }))),
        h("p", { "data-part": "hint" }, t("converted.more")))),
    ...lostView(losses),
    h("h3", {}, t("converted.take")),
    ...(files.length === 0 ? [h("p", {}, t("status.written"))] : []),
    h("p", { "data-part": "row" }, files.length > 0 && button("save-converted", t("converted.files"), { "data-main": true, id: "save-converted" }),
      outputs.length > files.length && button("save-losses", t("converted.losses"), { id: "save-losses" })),
    h("p", { "data-part": "hint" }, t("converted.losses.lead")),
    h("h3", {}, t("converted.heads")),
    ...heads.flatMap((head) => headView(head, report)),
  ];
}

/** What was lost, of each kind how often and why. @param {Loss[]} losses @returns {HTMLElement[]} */
function lostView(losses) {
  if (losses.length === 0) return [h("h3", {}, t("converted.lost")), h("p", {}, t("converted.lost.none"))];
  return [
    h("h3", {}, t("converted.lost")),
    h("ul", { id: "converted-lost" }, ...losses.slice(0, LOST).map(({ what, file, field, total, reason }) => h("li", {},
      h("strong", {}, file), field && ", ", field && h("code", {}, field), `: ${t(`lost.${what}`, { n: total })}: `, message(reason))),
      losses.length > LOST && h("li", {}, t("lost.more", { n: losses.length - LOST }))),
  ];
}

/** The first records of a file. @param {Head} head @param {Report} report */
function headView({ name, labels, rows }, report) {
  const records = report.files.find((file) => file.name === name)?.records ?? rows.length;
  const title = t("converted.head", { file: name, shown: rows.length, records: t("records", { n: records }) });
  const table = h("table", { "data-part": "head", "aria-label": title },
    h("thead", {}, h("tr", {}, ...labels.map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...labels.map((_, at) => h("td", {}, row[at] ? valueView(row[at]) : ""))))));
  return [h("h4", {}, title), h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": title }, table)];
}
