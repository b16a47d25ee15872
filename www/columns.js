// A column map: which column of the files is which field where their labels do not say it. What the engine proposes, what the user
// changes in it, and the map that is in force until it is taken away.
// @ts-check
/** @import { Columns } from "./types.d.ts" */
import { notice } from "./checking.js";
import { ask } from "./engine.js";
import * as own from "./own.js";
import { goTo, render } from "./render.js";
import { save } from "./saves.js";
import { state } from "./state.js";
import { parse, print } from "./table.js";
import { t } from "./view/words.js";

const LABELS = ["file", "label", "field"];
/** What a map that was made here is called. */
const NAME = "columns.csv";
/** Choices, of all columns together, beyond which the page would stand still. */
const MOST = 100_000;

/** Has the engine propose a map for the files that were checked. */
export function match() {
  ask({ do: "columns", run: state.run });
}

/** Of what the map in force says that counts, of the rest what the engine proposes. @param {string} table rows without a label are the fields that there are */
export function proposed(table) {
  const { rows, fields } = read(table);
  const choices = rows.reduce((sum, { file }) => sum + fields[file].length, 0);
  if (rows.length === 0 || choices > MOST) return notice(t(rows.length === 0 ? "match.none" : "match.many"));
  const said = new Map(parse(state.map?.text ?? "").slice(1).map(([file, label, field]) => [`${file}\n${label}`, field]));
  const chosen = rows.map((row) => ({ ...row, field: said.get(`${row.file}\n${row.label}`) ?? row.field }));
  Object.assign(state, { columns: { rows: chosen, fields }, status: t("match.made") });
  render();
  goTo("columns-title");
}

/** @param {string} table @returns {Columns} */
function read(table) {
  const all = parse(table).slice(1).map(([file, label, field, confidence, why]) => ({ file, label, field, confidence, why }));
  /** @type {Columns["fields"]} */
  const fields = {};
  for (const { file, label, field } of all) if (!label) (fields[file] ??= []).push(field);
  return { rows: all.filter(({ label }) => label), fields };
}

/** The user chose a field. @param {EventTarget | null} said */
export function say(said) {
  const row = said instanceof HTMLSelectElement && state.columns?.rows[Number(said.dataset.row)];
  if (row) row.field = said.value;
}

/** The map as it is now. */
const text = () => print([LABELS, ...(state.columns?.rows ?? []).map(({ file, label, field }) => [file, label, field])]);

/** Checks the files again, read by the map as it is now. */
export function check() {
  // What was recognized by the labels as they are may be another format than that of the fields.
  const chosen = !state.own && state.report?.format?.detected === false;
  state.map = { name: NAME, text: text() };
  own.again(chosen ? state.report?.format?.id : undefined);
}

/** Takes the map away as a table. */
export function take() {
  save(new Blob([text()], { type: "text/csv" }), NAME);
  state.status = t("status.saved", { files: t("files", { n: 1 }) });
}

/** The labels of the files count again. */
export function forget() {
  Object.assign(state, { map: null, columns: null, status: t("match.forgotten") });
  own.again();
}
