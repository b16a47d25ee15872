// The user's own layout that is in force: what it is made of, what it describes, and how to get rid of it.
// @ts-check
/** @import { OwnLayout } from "../types.d.ts" */
import { button, h } from "./dom.js";
import { message } from "./value.js";
import { listed, t } from "./words.js";

const NAMED = 4; // texts and files that are named

/** @param {OwnLayout | null} own @param {string} id of the place where it is shown @param {boolean} drafted whether it can be edited below @returns {HTMLElement[]} */
export function ownView(own, id, drafted) {
  if (!own) return [];
  const { texts, files, fields, fault } = own;
  return [
    h("p", { id: `${id}-title`, tabindex: -1 }, h("strong", {}, t("own.title")), " ", names(texts.map(({ name }) => name))),
    fault ? h("p", {}, h("strong", {}, t("own.fault")), " ", message(fault))
      : h("p", { "data-part": "hint" }, t("own.describes", { n: fields, files: names(files) }), " ", t("own.lead")),
    h("p", { "data-part": "row" }, drafted && h("a", { href: "#draft-title", "data-action": "go" }, t("own.edit")), button("forget-layout", t("own.forget"), { id: `${id}-forget`, "data-quiet": true })),
  ];
}

/** @param {string[]} all */
function names(all) {
  const more = all.length - NAMED;
  return listed(more > 0 ? [...all.slice(0, NAMED), t("own.more", { n: more })] : all);
}
