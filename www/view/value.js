// Text out of files, made fit to be read: what cannot be seen gets a mark that can, and a word for screen readers.
// @ts-check
/** @import { Sample } from "../types.d.ts" */
import { h } from "./dom.js";
import { t } from "./words.js";

/** What has a mark of its own; other invisible characters show their number. @type {Record<string, [string, string]>} */
const MARKS = {
  " ": ["␣", "space"], "\u00a0": ["⍽", "hard-space"], "\t": ["⇥", "tab"],
  "\n": ["⏎", "break"], "\r": ["⏎", "break"], "\r\n": ["⏎", "break"],
};
/** Blanks at either end, where they are what is wrong, and what is invisible anywhere; joiners belong to some scripts. */
const UNSEEN = /^ +| +$|\r\n|(?![\u200c\u200d])[\u00a0\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same, and every blank: where nothing but blanks changes inside a value, they are what there is to see. */
const BLANKS = / +|\r\n|(?![\u200c\u200d])[\u00a0\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A cell. @param {string} value @param {RegExp} [unseen] what gets a mark */
export function valueView(value, unseen) {
  return value === "" ? h("em", {}, t("place.empty")) : codeView(value, unseen);
}

/** Text as it stands in a file, or as a message quotes it. @param {string} text @param {RegExp} [unseen] */
export function codeView(text, unseen = UNSEEN) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(unseen)) {
    parts.push(text.slice(at, found.index));
    const each = found[0].startsWith(" ") ? [...found[0]] : [found[0]];
    parts.push(...each.map(markView));
    at = found.index + found[0].length;
  }
  return h("code", {}, ...parts, text.slice(at));
}

/** @param {string} unseen */
function markView(unseen) {
  const number = `U+${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const [mark, name] = MARKS[unseen] ?? [number, ""];
  return h("span", { "data-part": "mark" }, h("span", { "aria-hidden": "true" }, mark),
    h("span", { "data-part": "unseen" }, ` (${name ? t(`mark.${name}`) : number}) `));
}

/** A message of the engine, in English, with its `evidence` in backticks as code. @param {string} text */
export function message(text) {
  const parts = text.split("`");
  const paired = parts.length % 2 === 1;
  return h("span", { lang: "en" }, ...(paired ? parts.map((part, at) => (at % 2 ? codeView(part) : part)) : [text]));
}

/** What gets a mark in a change. @param {Sample} sample */
function unseenIn({ value, fix }) {
  const [before, after] = [value ?? "", fix?.replacement ?? ""];
  const inside = before.trim() !== after.trim() && before.replace(/\s/g, "") === after.replace(/\s/g, "");
  return inside ? BLANKS : UNSEEN;
}

/**
 * What stands in the cell before a change. A value in another encoding reads as it will after the change: then what the
 * message shows of it stands here, and if that is the same, too, the reason why.
 * @param {Sample} sample
 */
export function beforeView(sample) {
  const { value, message, fix } = sample;
  if (value !== fix?.replacement) return valueView(value ?? "", unseenIn(sample));
  const evidence = message.split("`")[1];
  return evidence && evidence !== value ? codeView(evidence) : h("span", {}, codeView(value ?? ""), h("span", { "data-part": "hint" }, ` ${t("fix.bytes")}`));
}

/** What stands there after it; a fix without a text of its own says what it does. @param {Sample} sample */
export function afterView(sample) {
  const { fix } = sample;
  return fix?.replacement == null ? h("span", { lang: "en" }, fix?.title ?? "") : valueView(fix.replacement, unseenIn(sample));
}
