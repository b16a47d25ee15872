// A proposed layout as a table to edit: a row for each column of the files.
// @ts-check
/** @import { Draft } from "../types.d.ts" */
import { button, h, options, stacked } from "./dom.js";
import { message } from "./value.js";
import { t } from "./words.js";

const TYPES = ["string", "identifier", "code", "date", "datetime", "boolean", "integer", "decimal", "year", "email"];

/** @param {Draft} draft @param {boolean} own whether a check against a layout of the user's own was made @returns {HTMLElement[]} */
export function draftView({ fields, notes, wrong }, own) {
  const files = [...new Set(fields.map(({ file }) => file))];
  return [
    h("h2", { id: "draft-title", tabindex: -1 }, t("draft.title")),
    h("p", {}, t("draft.lead")),
    h("p", { "data-part": "hint", id: "draft-lengths" }, t("draft.lengths"), " ", t("draft.codes.hint")),
    ...(notes.length > 0 ? [h("ul", {}, ...notes.map((note) => h("li", {}, message(note))))] : []),
    ...files.flatMap((file) => [h("h3", {}, file), h("div", { "data-part": "draft" }, tableView(fields, file, wrong?.id))]),
    h("p", { "data-part": "row" }, button("draft-check", t("draft.check"), { id: "draft-check", "data-main": !own }), button("draft-take", t("draft.take"), { id: "draft-take" })),
    h("p", { "data-part": "hint" }, t("draft.privacy")),
  ];
}

/** @param {Draft["fields"]} fields @param {string} file @param {string} [wrong] the cell that has a mistake */
function tableView(fields, file, wrong) {
  const columns = ["field", "type", "required", "length", "key", "codes"].map((name) => ({ name, words: t(`draft.${name}`) }));
  const rows = fields.flatMap((field, row) => (field.file === file ? [[
    field.field,
    select(field, row, "type", [...new Set([...TYPES, field.type])]),
    select(field, row, "required", ["", "yes", "recommended"]),
    text(field, row, "length"),
    select(field, row, "key", ["", "key", "unique"]),
    text(field, row, "codes"),
  ]] : []));
  const table = stacked(columns, rows);
  if (wrong) table.querySelector(`#${CSS.escape(wrong)}`)?.setAttribute("aria-invalid", "true");
  return table;
}

/** What names a cell of the table. @param {Record<string, string>} field @param {number} row @param {string} name */
const named = (field, row, name) => ({ id: `draft-${row}-${name}`, name, "data-row": row, "aria-label": `${t(`draft.${name}`)}: ${field.field}` });

/** @param {Record<string, string>} field @param {number} row @param {string} name @param {string[]} values */
function select(field, row, name, values) {
  const words = (/** @type {string} */ value) => {
    const key = `draft.${name}.${value}`;
    return t(key) === key ? value : t(key);
  };
  return h("select", named(field, row, name), ...options(values.map((value) => [value, words(value || "none")]), field[name]));
}

/** @param {Record<string, string>} field @param {number} row @param {string} name */
function text(field, row, name) {
  return h("input", { ...named(field, row, name), type: "text", value: field[name], autocomplete: "off", spellcheck: "false", "aria-describedby": "draft-lengths" });
}
