// Makes nodes. Text from files only ever becomes text nodes: there is no way here to write markup.
// @ts-check
/** @import { FormatName, ProfileName } from "../types.d.ts" */
import { listed, t } from "./words.js";

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element with attributes and children. `true` sets an empty attribute; `false`, null and undefined leave it out.
 * @param {string} tag @param {Record<string, string | number | boolean | null | undefined>} [attributes] @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...nodes(children));
  return element;
}

/** @param {(Child | Child[])[]} children @returns {(Node | string)[]} */
export function nodes(children) {
  return children.flat().flatMap((child) => (child === null || child === undefined || child === false ? [] : [typeof child === "number" ? String(child) : child]));
}

/** A shape from the page's own set: error, warning, info, ok. Always beside the word, so hidden from screen readers. @param {string} name */
export function shape(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("data-shape", name);
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#shape-${name}`);
  svg.append(use);
  return svg;
}

/** A button whose click is the action of that name. @param {string} action @param {string} label @param {Record<string, string | number | boolean | null | undefined>} [attributes] */
export function button(action, label, attributes = {}) {
  return h("button", { type: "button", "data-action": action, ...attributes }, label);
}

/**
 * A table whose rows become cards where the window is narrow: every cell then carries its column's name. The roles stay
 * whatever the style sheet makes of the elements.
 * @param {{name: string, words: string, number?: boolean}[]} columns the first one names the row
 * @param {Child[][]} rows
 */
export function stacked(columns, rows) {
  return h("table", { role: "table", "data-stacked": true },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...columns.map(({ words, number }) =>
      h("th", { scope: "col", role: "columnheader", "data-number": number }, words)))),
    h("tbody", { role: "rowgroup" }, ...rows.map((cells) => h("tr", { role: "row" }, ...cells.map((cell, at) => (at === 0
      ? h("th", { scope: "row", role: "rowheader" }, cell)
      : h("td", { role: "cell", "data-head": columns[at].words, "data-number": columns[at].number }, h("div", {}, cell))))))));
}

/** An options list for a select. @param {[string, string][]} pairs value and words @param {string} chosen */
export function options(pairs, chosen) {
  return pairs.map(([value, words]) => h("option", { value, selected: value === chosen }, words));
}

/** The formats to choose from, where the files do not tell. @param {FormatName[]} formats @param {string} chosen */
export function formatOptions(formats, chosen) {
  return options([["", t("settings.auto")], ...formats.map(({ id, title }) => /** @type {[string, string]} */ ([id, title]))], chosen);
}

/** The formats that there are, a line for each family: its name is the first word of their titles. @param {FormatName[]} formats @returns {HTMLElement[]} */
export function formatsView(formats) {
  /** @type {Record<string, string[]>} */
  const families = {};
  for (const { title } of formats) {
    const [family, ...rest] = title.split(" ");
    (families[family] ??= []).push(rest.join(" "));
  }
  const lines = Object.entries(families).map(([family, titles]) => h("li", {}, h("strong", {}, family), " ", listed(titles)));
  return lines.length > 0 ? [h("p", {}, t("drop.formats")), h("ul", {}, ...lines), h("p", {}, t("drop.others"))] : [];
}

/** The receivers to choose from, and the systems that files come from. @param {ProfileName[]} profiles @param {string} chosen */
export function profileOptions(profiles, chosen) {
  const named = (/** @type {string} */ kind) => profiles.filter((profile) => profile.kind === kind)
    .sort((a, b) => a.title.localeCompare(b.title)).map(({ id, title }) => /** @type {[string, string]} */ ([id, title]));
  return [
    ...options([["", t("profile.none")]], chosen),
    ...["importer", "exporter"].map((kind) => h("optgroup", { label: t(`profile.${kind}`) }, ...options(named(kind), chosen))),
  ];
}
