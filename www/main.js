// The page: one state, one render, a map of elements (`ui`) and a map of actions. This file decides what happens when.
// It never reads a file's contents, never stores anything, and asks nothing of the network once loaded.
// @ts-check
/** @import { Answer, Named, Output, State } from "./types.d.ts" */
import { rulePages, sampleFile } from "./assets.js";
import { MOST_FILES, chosenFiles, droppedFiles } from "./drop.js";
import { ask, discard, startEngine } from "./engine.js";
import { root, show, ui } from "./render.js";
import { DOWNLOADS, save } from "./saves.js";
import { shownGroups } from "./view/groups.js";
import { t } from "./view/words.js";

/** @type {State} */
const state = {
  phase: "empty", language: navigator.language.startsWith("es") ? "es" : "en",
  ready: false, version: "", formats: [], samples: {}, pages: {},
  files: [], format: "", asOf: today(), run: 0, startedAt: 0, progress: { done: 0, total: 0 },
  report: null, open: new Set(), openFiles: new Set(), contexts: new Map(), filter: { severity: "", file: "", rule: "" },
  rule: "", preparing: "", outputs: new Map(), failure: null, notice: "", status: "", printing: false,
};

const render = () => show(state);

/** What buttons and links do, by their `data-action`. @type {Record<string, (element: HTMLElement) => void>} */
const actions = {
  "skip": () => ui.files.focus(),
  "language": (element) => { state.language = element.dataset.language === "es" ? "es" : "en"; },
  "sample-clean": () => sample("clean"),
  "sample-faulty": () => sample("faulty"),
  "again": () => check(state.files),
  "check-as": () => check(state.files, ui.verdict.querySelector("[data-ui=pick]")?.value),
  "cancel": () => { leave("status.cancelled"); },
  "start-over": () => { leave(""); },
  "go": (element) => goTo((element.getAttribute("href") ?? "").slice(1)),
  "go-group": (element) => goToGroup(Number(element.dataset.group)),
  "toggle": (element) => flip(state.open, Number(element.dataset.group)),
  "toggle-file": (element) => flip(state.openFiles, element.dataset.file ?? ""),
  "show-cause": (element) => showCause(Number(element.dataset.cause)),
  "clear-filters": () => filterBy({ severity: "", file: "", rule: "" }),
  "context": (element) => context(Number(element.dataset.group), Number(element.dataset.sample)),
  "explain": (element) => explain(element.dataset.rule ?? ""),
  "close-rule": () => ui.rule.close(),
  "print": () => print(),
  ...Object.fromEntries(Object.keys(DOWNLOADS).map((name) => [name, () => download(name)])),
};

/** What the worker's answers do. Answers of an earlier run are ignored. @param {Answer} answer */
function receive(answer) {
  if (answer.type === "ready") {
    state.version = answer.version;
    state.formats = answer.formats;
    return render();
  }
  if (answer.run !== state.run && !(answer.type === "failed" && answer.run === 0)) return;
  if (answer.type === "progress") progressed(answer.done, answer.total);
  if (answer.type === "context") state.contexts.set(`${answer.group}:${answer.sample}`, answer.context);
  if (answer.type === "report") {
    const open = answer.report.groups.length === 1 ? [0] : []; // a lone finding needs no opening
    Object.assign(state, { phase: "done", report: answer.report, open: new Set(open) });
    const { error, warning } = answer.report.totals; // the verdict itself is read out with its heading, which takes the focus
    state.status = t("status.done", { errors: t("errors", { n: error }), warnings: t("warnings", { n: warning }) });
  }
  if (answer.type === "outputs") prepared(answer.outputs);
  if (answer.type === "failed") {
    if (answer.kind === "crash" || answer.kind === "memory") discard(); // a plain error leaves the engine sound
    const during = state.preparing ? "output" : "check";
    Object.assign(state, { phase: "failed", failure: { kind: answer.kind, message: answer.message, during }, preparing: "", status: t("status.failed") });
  }
  render();
  if (answer.type === "report") goTo("verdict-title");
  if (answer.type === "failed") goTo("failure-title");
  if (answer.type === "context") showMarked(answer.group, answer.sample);
}

/** @param {Named[]} files @param {string} [format] instead of the one in the settings */
function check(files, format = state.format) {
  if (files.length === 0) return notice("drop.none");
  if (files.length >= MOST_FILES) return notice("drop.many", { n: String(MOST_FILES) });
  if (state.phase === "working" || state.preparing) discard();
  forget();
  Object.assign(state, { phase: "working", files, run: state.run + 1, startedAt: performance.now(), status: t("status.start") });
  state.progress = { done: 0, total: files.reduce((sum, { file }) => sum + file.size, 0) };
  ask({ do: "check", run: state.run, files, options: { asOf: state.asOf || today(), ...(format ? { format } : {}) } });
  render();
  goTo("work-title");
}

/** Forgets the result, not the files. */
function forget() {
  Object.assign(state, { report: null, failure: null, notice: "", preparing: "", rule: "" });
  Object.assign(state, { open: new Set(), openFiles: new Set(), contexts: new Map(), outputs: new Map(), filter: { severity: "", file: "", rule: "" } });
}

/** Ends whatever runs and goes back to the start. @param {string} status */
function leave(status) {
  if (state.phase === "working") discard();
  forget();
  Object.assign(state, { phase: "empty", files: [], run: state.run + 1, status: status && t(status) });
  render();
  ui.files.focus();
}

/** @param {string} name */
function sample(name) {
  const file = state.samples[name];
  state.format = "";
  if (file) check([{ name: file.name, file }]);
}

/** @param {number} done @param {number} total */
function progressed(done, total) {
  const quarter = (/** @type {number} */ part, /** @type {number} */ whole) => (whole > 0 ? Math.floor((4 * part) / whole) * 25 : 0);
  const before = quarter(state.progress.done, state.progress.total);
  const now = quarter(done, total);
  state.progress = { done, total };
  if (state.phase === "working" && now > before) state.status = t("status.percent", { now });
}

/** Takes out what is in, puts in what is not. @template T @param {Set<T>} set @param {T} one */
function flip(set, one) {
  if (!set.delete(one)) set.add(one);
}

/** @param {number} index */
function goToGroup(index) {
  if (state.report && !shownGroups(state.report, state.filter).some(([, at]) => at === index)) state.filter = { severity: "", file: "", rule: "" };
  state.open.add(index);
  state.openFiles.add(state.report?.groups[index]?.file ?? "");
  render();
  goTo(`group-${index}`);
}

/** @param {number} index */
function showCause(index) {
  const cause = state.report?.causes?.[index];
  if (!cause) return;
  const filter = { severity: "", file: "", rule: cause.rule };
  filterBy(state.report && shownGroups(state.report, filter).length > 0 ? filter : { severity: "", file: "", rule: "" });
  render();
  goTo("groups-title");
}

/** @param {Partial<State["filter"]>} change */
function filterBy(change) {
  state.filter = { ...state.filter, ...change };
  if (state.report) state.status = t("status.filter", { shown: shownGroups(state.report, state.filter).length, total: state.report.groups.length });
}

/** @param {number} group @param {number} sample */
function context(group, sample) {
  const id = `${group}:${sample}`;
  if (state.contexts.delete(id)) return;
  state.contexts.set(id, /** @type {any} */ (undefined));
  ask({ do: "context", run: state.run, group, sample });
}

/** Brings the marked cell of a long record into its region's view. @param {number} group @param {number} sample */
function showMarked(group, sample) {
  const region = document.getElementById(`context-${group}-${sample}`)?.parentElement?.querySelector("[data-part=scroll]");
  const marked = region?.querySelector("[data-marked]");
  if (region instanceof HTMLElement && marked instanceof HTMLElement) region.scrollTop = marked.offsetTop - region.clientHeight / 2;
}

/** @param {string} rule */
function explain(rule) {
  state.rule = rule;
  render();
  if (!ui.rule.open) ui.rule.showModal();
}

/** @param {string} name */
function download(name) {
  if (state.preparing) return;
  const made = state.outputs.get(JSON.stringify(DOWNLOADS[name].task));
  state.preparing = name;
  if (made) return prepared(made);
  state.status = t("status.preparing");
  ask({ do: "output", run: state.run, task: DOWNLOADS[name].task });
}

/** Hands finished files to the browser's own downloads. @param {Output[]} outputs */
function prepared(outputs) {
  const wanted = DOWNLOADS[state.preparing];
  state.preparing = "";
  if (!wanted) return;
  state.outputs.set(JSON.stringify(wanted.task), outputs);
  const kept = outputs.filter(wanted.keep);
  kept.forEach(save);
  state.status = t("status.saved", { files: t("files", { n: kept.length }) });
}

/** @param {string} id */
function goTo(id) {
  const target = document.getElementById(id);
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: id.startsWith("group-") ? "center" : "start" });
}

/** @param {string} key @param {Record<string, string>} [fill] */
function notice(key, fill) {
  state.notice = t(key, fill);
  state.status = state.notice;
  render();
}

/** Today where the user is. @returns {string} */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {DataTransfer} transfer */
async function drop(transfer) {
  delete root.dataset.drag;
  try {
    check(await droppedFiles(transfer));
  } catch {
    notice("drop.unreadable");
  }
}

function listen() {
  document.addEventListener("click", (event) => {
    const element = event.target instanceof Element ? event.target.closest("[data-action]") : null;
    if (!(element instanceof HTMLElement)) return;
    event.preventDefault();
    actions[element.dataset.action ?? ""]?.(element);
    render();
  });
  for (const name of ["files", "folder"]) {
    ui[name].addEventListener("change", () => {
      const files = chosenFiles(ui[name].files);
      ui[name].value = "";
      if (files.length > 0) check(files);
    });
  }
  for (const part of /** @type {const} */ (["severity", "file", "rule"])) {
    ui[`filter-${part}`].addEventListener("change", () => { filterBy({ [part]: ui[`filter-${part}`].value }); render(); });
  }
  ui.format.addEventListener("change", () => { state.format = ui.format.value; });
  ui["as-of"].addEventListener("change", () => { state.asOf = ui["as-of"].value || today(); });
  document.addEventListener("dragover", (event) => { event.preventDefault(); root.dataset.drag = ""; });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) delete root.dataset.drag; });
  document.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer) drop(event.dataTransfer); });
  addEventListener("beforeprint", () => { state.printing = true; render(); });
  addEventListener("afterprint", () => { state.printing = false; render(); });
}

async function load() {
  const samples = Promise.all(["clean", "faulty"].map(async (name) => { state.samples[name] = await sampleFile(name); }));
  const pages = rulePages().then((all) => { state.pages = all; });
  await Promise.allSettled([samples, pages, startEngine(receive)]);
  state.ready = true;
  render();
}

ui.unloaded.hidden = true;
ui.folder.parentElement.hidden = !("webkitdirectory" in ui.folder);
listen();
render();
load();
