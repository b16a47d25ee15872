// Making what is taken away, once for each task and as often saved as the user likes; what is large goes straight to the
// place that the user chooses first.
// @ts-check
/** @import { FailureKind, Output, Place, Run, Task } from "./types.d.ts" */
import { ask } from "./engine.js";
import { goTo, render } from "./render.js";
import { DOWNLOADS, bundleName, goesToPlace, pickPlace, save, savedName, suggested } from "./saves.js";
import { state } from "./state.js";
import { t } from "./view/words.js";
import { watch } from "./watch.js";

/** What of a run's result can be taken away, by a download's name. @param {Run} run @param {string} name */
export function take(run, name) {
  if (run.preparing) return;
  run.failure = null;
  const made = run.outputs.get(JSON.stringify(DOWNLOADS[name].task));
  run.preparing = name;
  if (made) return taken(run, made);
  const report = run === state ? state.report : null;
  if (report && goesToPlace(name, report)) return void toPlace(run, suggested(name, report, run.files), (place) => make(run, name, place));
  make(run, name);
}

/** Asks the engine for what a download gives. @param {Run} run @param {string} name @param {Place} [place] where it goes, if not to a blob */
function make(run, name, place) {
  watch(run, 0);
  state.status = t("status.preparing");
  ask({ do: "output", run: run.run, task: DOWNLOADS[name].task, place });
}

/**
 * Lets the user choose where something large goes, and has it written there. Without a place, it is made all the same
 * where the browser forbids to choose one, and not made where the user chose none.
 * @param {Run} run @param {string} name that is proposed @param {(place?: Place) => void} make
 */
export async function toPlace(run, name, make) {
  const { run: number, holds } = run;
  try {
    const place = await pickPlace(name);
    const taken = await holds?.(place);
    if (number !== run.run) return;
    if (taken) return unmade(run, "taken");
    make(place);
  } catch (error) {
    if (number !== run.run) return;
    if (error instanceof DOMException && error.name === "AbortError") run.preparing = ""; // no place was chosen
    else make(); // choosing is forbidden here
  }
  render();
}

/** Hands finished files to the browser's own downloads. @param {Run} run @param {Output[]} outputs */
export function taken(run, outputs) {
  const wanted = DOWNLOADS[run.preparing];
  run.preparing = "";
  if (!wanted) return;
  const kept = outputs.filter(wanted.keep);
  if (kept.length === 0) return void (state.status = t("status.written")); // it went to its place
  run.outputs.set(JSON.stringify(wanted.task), outputs);
  saveAll(run, kept, wanted.task);
}

/** @param {Run} run @param {Output[]} outputs @param {Task} task that made them */
export function saveAll(run, outputs, task) {
  const bundle = bundleName(run.files);
  for (const { name, blob } of outputs) save(blob, savedName(name, task, bundle));
  state.status = t("status.saved", { files: t("files", { n: outputs.length }) });
}

/** What cannot be made leaves the result that it is made of. @param {Run} run @param {FailureKind} kind @param {string} [message] */
export function unmade(run, kind, message = "") {
  const during = run.preparing === "convert" ? "convert" : "output";
  Object.assign(run, { failure: { kind, message, during }, preparing: "" });
  state.status = t("status.unmade");
  render();
  goTo(during === "convert" ? "unconverted-title" : run === state ? "unmade-title" : "untaken-title");
}
