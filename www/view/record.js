// One record in full: labels beside cells, the faulty cell marked by color and by a word.
// @ts-check
/** @import { Context } from "../types.d.ts" */
import { h } from "./dom.js";
import { valueView } from "./value.js";
import { t } from "./words.js";

/** `undefined`: still being looked up; `null`: it cannot be shown. @param {Context | null | undefined} context @param {string} field */
export function recordView(context, field) {
  if (!context) return h("p", { "data-part": "record" }, t(context === null ? "context.none" : "context.loading"));
  const title = t("context.title", { file: context.file, n: String(context.line) });
  const rows = Array.from({ length: Math.max(context.labels.length, context.cells.length) }, (_, at) => {
    const marked = at === context.marked;
    const cell = context.cells[at];
    const shown = cell === undefined ? "–" : valueView(cell);
    return h("tr", { "data-marked": marked },
      h("th", { scope: "row" }, context.labels[at] ?? (marked ? field : "–")),
      h("td", {}, marked ? h("mark", {}, shown) : shown, marked && h("strong", { "data-part": "here" }, ` ← ${t("context.here")}`)));
  });
  return h("div", { "data-part": "record" },
    h("div", { "data-part": "scroll", role: "region", tabindex: 0, "aria-label": title },
      h("table", {},
        h("caption", {}, title),
        h("thead", { "data-part": "unseen" }, h("tr", {}, h("th", { scope: "col" }, t("context.label")), h("th", { scope: "col" }, t("context.cell")))),
        h("tbody", {}, ...rows))));
}
