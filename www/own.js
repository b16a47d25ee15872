// A layout of the user's own: found among the files that were chosen, and in force until it is taken away. Which files are a
// layout is the engine's to tell; the files beside it, or those of before, are checked against it.
// @ts-check
/** @import { Chosen, Found } from "./types.d.ts" */
import { check, empty, failed, notice, refusal, start } from "./checking.js";
import { placed } from "./drafting.js";
import { look } from "./engine.js";
import { goTo, render, ui } from "./render.js";
import { nextRun, state } from "./state.js";
import { t } from "./view/words.js";

/** What is being looked at: where it may hold a layout and was chosen for that, what was there before, and the format of the next check. */
let at = { from: /** @type {Chosen} */ ({ files: [] }), before: /** @type {Chosen} */ ({ files: [] }), as: "files", format: /** @type {string | undefined} */ (undefined) };

/** The files that are checked, as they were chosen. @returns {Chosen} */
const data = () => ({ files: state.files, reopen: state.reopen, holds: state.holds });

/** The user chose files to check, a layout or both. @param {Chosen} chosen @param {"files" | "layout" | "draft"} as what they were chosen for, or made of */
export function choose(chosen, as) {
  const refused = refusal(chosen);
  if (refused) return notice(refused);
  at = { from: chosen, before: data(), as, format: undefined };
  if (as === "files") {
    Object.assign(state, { draft: null, columns: null });
    start(chosen);
  } else Object.assign(state, { run: nextRun(), preparing: "" });
  look({ do: "look", run: state.run, files: chosen.files });
}

/** Checks the same files, as they and the layout are on the disk now where the browser can open them anew. @param {string} [format] */
export async function again(format) {
  const { run, own } = state;
  try {
    const files = await opened(data());
    const from = own && await opened(own.from);
    if (run !== state.run) return;
    start({ ...data(), files });
    if (!own || !from || !(from.length > 0 && (own.from.reopen || own.fault))) return check(format);
    at = { from: { ...own.from, files: from }, before: data(), as: "again", format };
    look({ do: "look", run: state.run, files: from });
  } catch {
    if (run !== state.run) return;
    state.phase = "working"; // it is a check that fails
    failed("unreadable");
  }
}

/** @param {Chosen} chosen */
const opened = ({ files, reopen }) => reopen?.() ?? files;

/** What was chosen has been looked at. @param {Found | null} found */
export function looked(found) {
  const { from, before, as, format } = at;
  if (!found && as === "layout") return notice(t("own.none"));
  if (!found) return as === "again" ? failed("layout", t("own.none")) : judge(format);
  if (as === "layout") state.draft = null;
  const rest = new Set(found.rest.map((place) => from.files[place].name));
  const inside = (/** @type {string} */ name) => found.texts.some((text) => text.name.startsWith(`${name}/`));
  if (found.map) state.map = found.map;
  if (found.texts.length > 0 || found.fault) state.own = { ...found, from: only(from, (name) => !rest.has(name) || inside(name)) };
  const chosen = rest.size > 0 && (as === "files" || before.files.length === 0) ? only(from, (name) => rest.has(name)) : before;
  if (chosen.files.length === 0 && !found.fault) {
    empty(t(found.texts.length > 0 ? "own.chosen" : "map.chosen"));
    return goTo(found.texts.length > 0 ? "own-title" : "map-title");
  }
  start(chosen);
  judge(format);
}

/** Checks the files, unless the layout that is in force has a mistake. @param {string} [format] */
function judge(format) {
  const { own, draft } = state;
  const wrong = draft && own?.fault ? placed(draft, own.fault) : null;
  if (draft) draft.wrong = wrong;
  if (own?.fault) return failed("layout", wrong ? `\`${wrong.field}\`, ${wrong.column}: ${wrong.words}` : own.fault);
  check(format);
}

/** Those of the chosen files that are wanted. @param {Chosen} chosen @param {(name: string) => boolean} wanted @returns {Chosen} */
function only({ files, reopen, holds }, wanted) {
  const kept = (/** @type {Chosen["files"]} */ all) => all.filter(({ name }) => wanted(name));
  return { files: kept(files), reopen: reopen && (async () => kept(await reopen())), holds };
}

/** The formats count again. */
export function forget() {
  Object.assign(state, { own: null, status: t("own.forgotten") });
  if (state.task === "compare") {
    render();
    return ui.compare.focus();
  }
  if (state.files.length > 0) return void again();
  empty(state.status);
  ui.files.focus();
}
