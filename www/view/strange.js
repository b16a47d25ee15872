// What files are that no format knows, told from what the engine says of them. Never looks into a file itself.
// @ts-check
/** @import { Report } from "../types.d.ts" */

/** How the engine's words begin, and what the page says then: texts are `strange.…`. @type {[RegExp, string][]} */
const KINDS = [
  [/^an empty file/, "empty"],
  [/^an empty (zip )?archive/, "empty-zip"],
  [/^an Excel workbook/, "workbook"],
  [/^an old Excel/, "old-workbook"],
  [/^an OpenDocument/, "opendocument"],
  [/^a PDF/, "pdf"],
  [/^a web page/, "web-page"],
  [/archive|^an? (gzip|bzip2|xz|Zstandard) file/, "archive"],
  [/^a Word document|^an image|^an XML file|program$/, "other-document"],
  [/^a text file/, "text"],
  [/^a file of zeros/, "zeros"],
];

/**
 * What an unrecognized bundle is; the file that is so, and how many others there are; which formats are near. Nothing
 * where it is not the format that kept the files from being checked.
 * @param {Report} report @returns {{kind: string, file: string, others: number, near: string} | undefined}
 */
export function strangeness({ groups, files }) {
  const said = groups.find(({ rule }) => rule === "unknown-format")?.samples[0]?.message;
  if (said === undefined) return undefined;
  const [, file, what] = /^`(.*)` is (.+?)(?:, and no format knows .*)?; expected tables/s.exec(said) ?? [];
  if (!what) return { kind: "table", file: "", others: 0, near: /\(([^()]*)\)$/.exec(said)?.[1] ?? "" };
  const kind = KINDS.find(([words]) => words.test(what))?.[1] ?? "unknown";
  return { kind, file, others: Math.max(0, files.length - 1), near: "" };
}
