// Rule pages (Markdown) to nodes: headings, paragraphs, lists, quotes, code. Links become their text: the page leads
// nowhere. Anything it does not know stays readable text, and nothing becomes markup.
// @ts-check
import { h } from "./dom.js";

/**
 * @param {string} text
 * @param {(info: string, text: string) => HTMLElement[]} [fenceView] what becomes of code between fences; code, unless told
 * @returns {HTMLElement[]}
 */
export function markdown(text, fenceView = codeBlock) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  /** @type {HTMLElement[]} */
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (/^\s*$/.test(line) || /^\s*<!--.*-->\s*$/.test(line)) at += 1;
    else if (/^\s*(`{3,}|~{3,})/.test(line)) at = fenced(lines, at, blocks, fenceView);
    else if (heading) {
      blocks.push(h(heading[1].length === 1 ? "h3" : "h4", {}, ...spans(heading[2])));
      at += 1;
    } else if (item(line)) at = list(lines, at, blocks);
    else at = paragraph(lines, at, blocks);
  }
  return blocks;
}

/** @param {string} _ @param {string} text */
function codeBlock(_, text) {
  return [h("pre", { tabindex: 0 }, h("code", {}, text))];
}

/** @param {string[]} lines @param {number} at @param {HTMLElement[]} blocks @param {(info: string, text: string) => HTMLElement[]} view */
function fenced(lines, at, blocks, view) {
  const [, fence = "```", info = ""] = /^\s*(`{3,}|~{3,})(.*)$/.exec(lines[at]) ?? [];
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(fence)) end += 1;
  blocks.push(...view(info.trim(), lines.slice(at + 1, end).join("\n")));
  return end + 1;
}

/** @param {string} line */
function item(line) {
  return /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/.exec(line);
}

/** @param {string[]} lines @param {number} at @param {HTMLElement[]} blocks */
function list(lines, at, blocks) {
  const made = h(item(lines[at])?.[1] ? "ol" : "ul");
  let words = "";
  const finish = () => words && made.append(h("li", {}, ...spans(words)));
  for (; at < lines.length && lines[at].trim() !== ""; at += 1) {
    const begun = item(lines[at]);
    if (begun) {
      finish();
      words = begun[2];
    } else words += ` ${lines[at].trim()}`;
  }
  finish();
  blocks.push(made);
  return at;
}

/** @param {string[]} lines @param {number} at @param {HTMLElement[]} blocks */
function paragraph(lines, at, blocks) {
  const words = [];
  while (at < lines.length && lines[at].trim() !== "" && !/^(#{1,6}\s|\s*```|\s*~~~)/.test(lines[at])) {
    words.push(lines[at].trim().replace(/^>\s?/, ""));
    at += 1;
  }
  blocks.push(h("p", {}, ...spans(words.join(" "))));
  return at;
}

/** Code, strong, emphasis and links inside a line. @param {string} text @returns {(Node | string)[]} */
function spans(text) {
  const found = /(`+)(.+?)\1|\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*|!?\[([^\]]*)\]\(([^)]*)\)|<(https?:[^>]*)>/.exec(text);
  if (!found) return text ? [text] : [];
  const [whole, , code, strong, soft, label, address, bare] = found;
  const node = code !== undefined ? h("code", {}, code.trim() || code)
    : strong !== undefined ? h("strong", {}, ...spans(strong))
    : soft !== undefined ? h("em", {}, ...spans(soft))
    : bare ?? (label === address || !address.startsWith("http") ? label : `${label} (${address})`);
  return [...spans(text.slice(0, found.index)), node, ...spans(text.slice(found.index + whole.length))];
}
