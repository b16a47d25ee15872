// Which column is which field: a proposed column map as a table to correct, and the one that is in force.
// @ts-check
/** @import { Columns, LayoutText, Report } from "../types.d.ts" */
import { button, h, options, stacked } from "./dom.js";
import { message } from "./value.js";
import { listed, t } from "./words.js";

/** Findings that say that labels are not those of the layout. */
const STRANGE = ["extra-label", "misspelled-label", "missing-label", "missing-header", "outdated-header", "unknown-file"];

/** Whether some column may be a field by another name. @param {Report} report */
export const mayMatch = ({ format, outcome, groups }) => Boolean(format) && outcome !== "failed" && groups.some(({ rule }) => STRANGE.includes(rule));

/** The way to the table. */
export function columnsHint() {
  return h("p", { "data-part": "fields" }, h("span", { "data-part": "hint", id: "match-hint" }, t("match.why")),
    button("match", t("match.make"), { id: "match", "aria-describedby": "match-hint" }));
}

/** @param {Columns} columns @returns {HTMLElement[]} */
export function columnsView({ rows, fields }) {
  return [
    h("h2", { id: "columns-title", tabindex: -1 }, t("match.title")),
    h("p", {}, t("match.lead")),
    ...Object.keys(fields).flatMap((file) => [h("h3", {}, file), h("div", { "data-part": "draft" }, tableView(rows, file, fields[file]))]),
    h("p", { "data-part": "row" }, button("match-check", t("match.check"), { id: "match-check", "data-main": true }), button("match-take", t("match.take"), { id: "match-take" })),
    h("p", { "data-part": "hint" }, t("match.keep")),
  ];
}

/** @param {Columns["rows"]} rows @param {string} file @param {string[]} fields */
function tableView(rows, file, fields) {
  const columns = ["label", "field", "why"].map((name) => ({ name, words: t(name === "why" ? "match.why.head" : `match.${name}`) }));
  const choices = [["", t("match.no")], ...fields.map((field) => [field, field])];
  return stacked(columns, rows.flatMap(({ file: of, label, field, confidence, why }, row) => (of === file ? [[
    label,
    h("select", { id: `column-${row}`, "data-row": row, "aria-label": `${t("match.field")}: ${label}`, "aria-describedby": `column-${row}-why` },
      ...options(/** @type {[string, string][]} */ (choices), field)),
    h("span", { id: `column-${row}-why` }, confidence && `${t(`match.${confidence}`)}: `, message(why)),
  ]] : [])));
}

/** The map that is in force, and how to get rid of it. @param {LayoutText | null} map @param {boolean} open whether it can be changed below @returns {HTMLElement[]} */
export function mapView(map, open) {
  if (!map) return [];
  return [
    h("p", { id: "map-title", tabindex: -1 }, h("strong", {}, t("map.title")), " ", listed([map.name])),
    h("p", { "data-part": "hint" }, t("map.lead")),
    h("p", { "data-part": "row" }, open && h("a", { href: "#columns-title", "data-action": "go" }, t("own.edit")), button("forget-map", t("map.forget"), { "data-quiet": true })),
  ];
}
