// The page of a rule. Its examples are tests and written for a machine; here they are folded away and told in words, and
// the tables that only the machine needs are left out. The page is in English, so its own words here are, too.
// @ts-check
import { h, shape } from "./dom.js";
import { markdown } from "./markdown.js";
import { codeView, message } from "./value.js";

/** What says nothing once the tables it announces are left out, and what still does. */
const PLAIN = /^The examples are about a format with one file:$/m;
const ANNOUNCED = /^(The examples are .*):$/m;
/** Tables that only the machine needs. */
const TABLES = ["layout", "codes", "files", "format"];
const FINDING = /^(error|warning|info) (\S+?)(?::(\d+))? (\S+) (.*?)(?: → (.*) \((safe|review|shown)\))?$/;
/** @type {Record<string, string>} */
const SAFETY = { safe: "safe", review: "look first", shown: "for you to decide" };

/** @param {string} text Markdown @returns {HTMLElement[]} */
export function rulePage(text) {
  const [before, rest] = text.replace(/\r\n?/g, "\n").split(/^## Examples$/m);
  if (rest === undefined) return markdown(text);
  const [examples, ...after] = rest.split(/^(?=## )/m);
  const told = examples.replace(PLAIN, "").replace(ANNOUNCED, "$1.").replace(/^### Fires: /gm, "### This is found: ").replace(/^### Silent: /gm, "### This is fine: ");
  return [
    ...markdown(before),
    h("details", {}, h("summary", {}, "Examples"), ...markdown(told, fenceView)),
    ...markdown(after.join("")),
  ];
}

/** A fenced part of the examples. @param {string} info its kind, then the file's name @param {string} text @returns {HTMLElement[]} */
function fenceView(info, text) {
  const [kind, name] = info.split(" ");
  if (kind === "findings") return [h("ul", { "data-part": "told" }, ...text.split("\n").map((line) => h("li", {}, ...findingView(line))))];
  if (TABLES.includes(kind)) return [];
  return [h("figure", {}, h("figcaption", { "data-part": "hint" }, name ?? ""), h("pre", { tabindex: 0 }, h("code", {}, text)))];
}

/** @param {string} line */
function findingView(line) {
  const found = FINDING.exec(line);
  if (!found) return [message(line)];
  const [, severity, file, number, field, said, fix, safety] = found;
  const place = [file, number && `line ${number}`, field !== "-" && field].filter(Boolean).join(", ");
  return [shape(severity), ` ${place}: `, message(said), ...(fix ? [h("span", { "data-part": "hint" }, " Fix: ", codeView(fix), ` (${SAFETY[safety]})`)] : [])];
}
