// What files are that no format knows, told from what the engine says of them. Never looks into a file itself.
// @ts-check
/** @import { Report } from "../types.d.ts" */

/** How the engine's words begin, and what the page says then: texts are `strange.…`. @type {[RegExp, string][]} */
const KINDS = [
  [/^an empty file/, "empty"],
  [/^nothing but an empty archive|^an empty zip/, "empty-zip"],
  [/^an Excel workbook/, "workbook"],
  [/^an old Excel/, "old-workbook"],
  [/^an OpenDocument/, "opendocument"],
  [/^a PDF/, "pdf"],
  [/^a web page/, "web-page"],
  [/archive|^an? (gzip|bzip2|xz|Zstandard) file/, "archive"],
  [/^a Word document|^an image|program$/, "other-document"],
  [/^a file of zeros/, "zeros"],
];

/**
 * What an unrecognized bundle is; the file that is so, where there is but one; and which formats are near.
 * @param {Report} report @returns {{kind: string, file: string, near: string}}
 */
export function strangeness({ groups, files }) {
  const [seen, , ...near] = (groups[0]?.samples[0]?.message ?? "").split("; ");
  const said = /^`([^`]+)` was found/.exec(seen)?.[1];
  if (!said) return { kind: "table", file: "", near: near.join("; ") };
  const kind = KINDS.find(([words]) => words.test(said))?.[1] ?? "no-text";
  return { kind, file: files.length > 1 ? "" : files[0]?.name ?? groups[0].file ?? "", near: "" };
}
