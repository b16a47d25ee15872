// A conversion of files that were checked: what the user says for it, the conversion itself, and what is saved of it.
// @ts-check
/** @import { Answer, Place } from "./types.d.ts" */
import { ask } from "./engine.js";
import { goTo, render } from "./render.js";
import { convertedName, isLarge } from "./saves.js";
import { state, today } from "./state.js";
import { saveAll, toPlace } from "./taking.js";
import { size, t } from "./view/words.js";
import { watch } from "./watch.js";

/** Bytes of a table that is taken; the engine says the same. */
const LARGE = 16 * 2 ** 20;

/** What the files are to become. */
const target = () => state.converting.targets.find(({ id }) => id === state.converting.to);

/** The user chose what the files are to become, or said what was asked for. @param {EventTarget | null} said */
export function say(said) {
  const { converting } = state;
  if (said instanceof HTMLInputElement && said.type === "file") return void take(said.name, said.files?.[0]);
  if (!(said instanceof HTMLInputElement || said instanceof HTMLTextAreaElement)) return;
  if (said.name === "target") {
    Object.assign(converting, { to: said.value, wrong: {}, result: null });
    state.failure = null;
    return render();
  }
  converting.set = { ...converting.set, [said.name]: said.value };
}

/** The user chose a file for a table that was asked for, or none any more. @param {string} name @param {File} [file] */
export async function take(name, file) {
  const { converting } = state;
  if (file && file.size > LARGE) {
    state.status = t("ask.table.large", { file: file.name, size: size(LARGE) });
    return render();
  }
  const text = file ? decoded(new Uint8Array(await file.arrayBuffer())) : "";
  converting.set = { ...converting.set, [name]: text };
  const { [name]: _, ...others } = converting.tables;
  converting.tables = file ? { ...others, [name]: file.name } : others;
  state.status = file ? t("ask.table.chosen", { file: file.name }) : t("ask.table.none");
  render();
}

/** What a small file says, as spreadsheets write text. @param {Uint8Array} bytes */
function decoded(bytes) {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(mark, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Converts, unless something is still to be said. */
export function convert() {
  const { converting, report } = state;
  const wanted = target();
  if (!wanted || !report || state.preparing) return;
  const unread = wanted.asks.filter(({ name }) => isUnread(document.getElementById(`ask-${name}`)));
  const missing = wanted.asks.filter(({ name, required }) => required && !converting.set[name]?.trim());
  if (unread.length + missing.length > 0) {
    const told = [...missing.map(({ name }) => [name, "ask.missing"]), ...unread.map(({ name }) => [name, "ask.date"])];
    return refused(Object.fromEntries(told));
  }
  converting.wrong = {};
  Object.assign(state, { failure: null, preparing: "convert" });
  converting.result = null;
  if (isLarge(report)) return void toPlace(state, convertedName(wanted, state.files), make);
  make();
}

/** Whether something stands in a field that the browser cannot read, such as half a date. @param {Element | null} field */
const isUnread = (field) => field instanceof HTMLInputElement && field.validity.badInput;

/** What was said cannot be meant, or something was not said: it is told at its place. @param {Record<string, string>} wrong by names: a message of the engine, or the key of a text */
export function refused(wrong) {
  Object.assign(state, { preparing: "", status: t("convert.missing") });
  state.converting.wrong = wrong;
  render();
  const first = target()?.asks.find(({ name }) => name in wrong);
  if (first && state.task === "convert") goTo(`ask-${first.name}`);
}

/** @param {Place} [place] where it goes, if not to a blob */
function make(place) {
  const { converting, asOf, run } = state;
  const receiver = state.profiles.find(({ id }) => id === state.profile);
  const asks = target()?.asks ?? [];
  // Blanks alone were meant as something: the engine says what is expected.
  const said = asks.map(({ name }) => [name, converting.set[name] ?? ""]).filter(([, value]) => value);
  const set = Object.fromEntries(said.map(([name, value]) => [name, value.trim() || value]));
  watch(state, 0);
  state.status = t("status.converting");
  ask({ do: "convert", run, to: converting.to, set, place, asOf: asOf || today(), ...(receiver?.formats.includes(converting.to) ? { profile: receiver.id } : {}) });
  render();
  goTo("converting-title");
}

/** Ends a conversion; the check stays. */
export function stop() {
  state.status = t("status.stopping");
  ask({ do: "halt", run: state.run });
}

/** It has ended: another one may begin. */
export function stopped() {
  state.preparing = "";
  state.status = t("status.stopped");
  render();
  if (state.task === "convert") goTo("convert-button");
}

/** @param {Extract<Answer, {type: "converted"}>} answer */
export function converted({ outputs, report, heads, losses }) {
  state.preparing = "";
  state.converting.result = { outputs, report, heads, losses };
  state.status = t("status.converted");
  render();
  if (state.task === "convert") goTo("converted-title");
}

/** Saves the files that a conversion made, or the list of what it lost. @param {"files" | "losses"} what */
export function save(what) {
  const { to, set, result } = state.converting;
  if (result) saveAll(state, result.outputs.filter(({ log }) => log === (what === "losses")), { do: "convert", to, set });
}
