// Small tables as text: what is edited on the page. Files of data never come here.
// @ts-check

/** Whether a spreadsheet would run it as a formula; the engine has the same (`src/formula.rs`). @param {string} text */
const runs = (text) => /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text);

/** Whether there is such a text behind apostrophes. @param {string} text */
const isGuarded = (text) => runs(text.replace(/^'+/, ""));

/** The records of a CSV text, cells without the apostrophe that keeps a spreadsheet from running them; as in the engine, the first line tells what stands for the comma. @param {string} text @returns {string[][]} */
export function parse(text) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  const table = text.replace(/^\ufeff/, "");
  const first = table.trimStart().split(/[\r\n]/, 1)[0];
  const comma = ["\t", ";"].find((mark) => first.includes(mark)) ?? ",";
  for (const [, quoted, plain, end] of table.matchAll(new RegExp(`(?:"((?:[^"]|"")*)"|([^"${comma}\\r\\n]*))(${comma}|\\r?\\n|$)`, "g"))) {
    if (end === "" && row.length === 0 && !quoted && !plain) break;
    const cell = quoted === undefined ? plain : quoted.replaceAll('""', '"');
    row.push(cell.startsWith("'") && isGuarded(cell) ? cell.slice(1) : cell);
    if (end === comma) continue;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}

/** The same as text again. @param {string[][]} rows */
export function print(rows) {
  const quoted = (/** @type {string} */ text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (/** @type {string} */ text) => quoted(isGuarded(text) ? `'${text}` : text);
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}
