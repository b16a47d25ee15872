// A layout that is made from the user's files: what the engine proposes, what the user changes in it, and what becomes of it.
// @ts-check
/** @import { Draft, LayoutText, Named, Output } from "./types.d.ts" */
import { notice } from "./checking.js";
import { ask } from "./engine.js";
import * as own from "./own.js";
import { goTo, render } from "./render.js";
import { bundleName, save } from "./saves.js";
import { nextRun, state } from "./state.js";
import { parse, print } from "./table.js";
import { t } from "./view/words.js";
import { watch } from "./watch.js";

const FIELDS = "layout.csv";
/** Fields beyond which their table would make the page stand still. */
const MOST = 1000;
const NUMBERS = ["integer", "decimal"];

/** Has the engine read the files that were not recognized, or others that show what files look like. @param {Named[]} [files] */
export function propose(files = state.files) {
  if (state.preparing) return;
  Object.assign(state, { preparing: "propose", notice: "", status: t("draft.making") });
  watch(state, 0);
  ask({ do: "propose", run: state.run, files });
}

/** @param {Output[]} outputs */
export async function proposed(outputs) {
  const { run } = state;
  const texts = await Promise.all(outputs.map(async ({ name, blob, log }) => ({ name, log, text: await blob.text() })));
  if (run !== state.run) return;
  state.preparing = "";
  const notes = texts.filter(({ log }) => log).flatMap(({ text }) => text.split("\n").filter(Boolean));
  const draft = read(texts.filter(({ log }) => !log), notes);
  if (draft.fields.length > MOST) return notice(t("draft.many"));
  state.draft = draft;
  state.status = t("draft.made");
  render();
  goTo("draft-title");
}

/** @param {LayoutText[]} texts @param {string[]} notes @returns {Draft} */
function read(texts, notes) {
  const [labels, ...rows] = parse(texts.find(({ name }) => name === FIELDS)?.text ?? "");
  const lists = Object.fromEntries(texts.filter(({ name }) => name.startsWith("codes/"))
    .map(({ name, text }) => [name.slice(6, -4), joined(parse(text).slice(1).map(([code]) => code))]));
  const fields = rows.map((row) => Object.fromEntries(labels.map((label, at) => [label, row[at] ?? ""])));
  return { labels, notes, fields: fields.map((field) => ({ ...field, codes: lists[field.codes] ?? "" })), wrong: null,
    others: texts.filter(({ name }) => name !== FIELDS && !name.startsWith("codes/")) };
}

/** Codes as a cell shows them: one that holds a comma is told from several. @param {string[]} codes */
const joined = (codes) => codes.join(" | ") + (codes.length === 1 && /[,;]/.test(codes[0]) ? " |" : "");

/** The codes in a cell, with | between them or, where there is none, commas or semicolons. @param {string} text */
const split = (text) => text.split(text.includes("|") ? "|" : /[,;]/).map((code) => code.trim()).filter(Boolean);

/** The user changed a cell. @param {EventTarget | null} said */
export function say(said) {
  if (!(said instanceof HTMLInputElement || said instanceof HTMLSelectElement) || !state.draft) return;
  const field = state.draft.fields[Number(said.dataset.row)];
  field[said.name] = said.value.trim();
  if (said.name === "codes" && field.codes && field.type !== "code") turn(Number(said.dataset.row), field, "type", "code");
  if (said.name !== "type" && said.name !== "codes") return;
  // What only another type has goes with it.
  if (field.type !== "code" && field.codes) turn(Number(said.dataset.row), field, "codes", "");
  if (!NUMBERS.includes(field.type)) field.range = "";
  if (field.type !== "string") Object.assign(field, { pattern: "", example: "" });
}

/** Changes a cell beside the one that the user changed. @param {number} row @param {Record<string, string>} field @param {string} name @param {string} value */
function turn(row, field, name, value) {
  field[name] = value;
  const cell = document.getElementById(`draft-${row}-${name}`);
  if (cell instanceof HTMLSelectElement || cell instanceof HTMLInputElement) cell.value = value;
}

/** The tables as they are now. A column has a list of codes where it is of codes. @param {Draft} draft @returns {LayoutText[]} */
function write({ labels, fields, others }) {
  /** @type {LayoutText[]} */
  const lists = [];
  const rows = fields.map((field, at) => {
    const codes = split(field.codes);
    const name = codes.length > 0 ? listName(fields, at) : "";
    if (name) lists.push({ name: `codes/${name}.csv`, text: print([["code"], ...codes.map((code) => [code])]) });
    return labels.map((label) => (label === "codes" ? name : field[label] ?? ""));
  });
  return [{ name: FIELDS, text: print([labels, ...rows]) }, ...others, ...lists];
}

/** What the list of a field's codes is called: as the field, and its place behind it where another is called so. @param {Draft["fields"]} fields @param {number} at */
function listName(fields, at) {
  const plain = (/** @type {Record<string, string>} */ { field }) => field.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const name = plain(fields[at]);
  const first = fields.findIndex((field) => plain(field) === name);
  return name && first === at ? name : `${name || "list"}-${at + 1}`;
}

/**
 * What is wrong with the tables that were written of a draft: they have a line for each field, and the user sees none of them.
 * @param {Draft} draft @param {string} fault @returns {Draft["wrong"]}
 */
export function placed({ fields }, fault) {
  const [, line = "", name = "", words = ""] = /^layout\.csv, line (\d+), (\w+): (.*)$/s.exec(fault) ?? [];
  const row = Number(line) - 2;
  return fields[row] ? { id: `draft-${row}-${name}`, field: fields[row].field, column: t(`draft.${name}`).replace(/^draft\./, ""), words } : null;
}

/** Checks the files against the layout as it is now. */
export function check() {
  if (!state.draft) return;
  own.choose({ files: write(state.draft).map(({ name, text }) => ({ name, file: new File([text], name) })) }, "draft");
}

/** Takes the layout away as a zip. */
export function take() {
  if (state.draft) ask({ do: "pack", run: state.run, texts: write(state.draft) });
}

/** Takes the layout of a format away, to begin one of one's own with. @param {string} id */
export function takeFormat(id) {
  if (state.run < 0) state.run = nextRun(); // nothing was done yet
  ask({ do: "pack-format", run: state.run, id });
}

/** @param {string} of the format, if it is one's @param {Blob} zip */
export function packed(of, zip) {
  const name = of || bundleName(state.files);
  save(zip, `${name ? `${name}-` : ""}layout.zip`);
  state.status = t("status.saved", { files: t("files", { n: 1 }) });
  render();
}
