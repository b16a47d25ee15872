// Makes nodes. Text from files only ever becomes text nodes: there is no way here to write markup.
// @ts-check

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

/** A message with its `evidence` in backticks as code. Messages are the engine's, in English. @param {string} text */
export function message(text) {
  const parts = text.split("`");
  const paired = parts.length % 2 === 1;
  return h("span", { lang: "en" }, paired ? parts.map((part, at) => (at % 2 ? h("code", {}, part) : part)) : [text]);
}

/** An options list for a select. @param {[string, string][]} pairs value and words @param {string} chosen */
export function options(pairs, chosen) {
  return pairs.map(([value, words]) => h("option", { value, selected: value === chosen }, words));
}
