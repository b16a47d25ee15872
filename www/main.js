// The page: one state, one render, a map of elements (`ui`) and a map of actions. This file decides what happens when.
// It never reads a file's contents, never stores anything, and asks nothing of the network once loaded.
// @ts-check
/** @import { Answer, Chosen, FailureKind, Output, Place, Progress, State } from "./types.d.ts" */
import { rulePages, sampleFile } from "./assets.js";
import { MOST_FILES, canPick, chosenFiles, droppedFiles, pickFiles } from "./drop.js";
import { ask, callOff, check as begin, discard, goOn, startEngine } from "./engine.js";
import { room, needed } from "./memory.js";
import * as pace from "./pace.js";
import { root, show, ui } from "./render.js";
import { DOWNLOADS, bundleName, goesToPlace, pickPlace, save, savedName } from "./saves.js";
import { shownGroups } from "./view/groups.js";
import { progressWords } from "./view/progress.js";
import { chosenLanguage, t } from "./view/words.js";

/** No filter: every finding is shown. */
const ALL = { severity: "", file: "", rule: "", cause: "" };

/** Nothing was read yet. @type {Progress} */
const NONE = { done: 0, total: 0, again: false, records: 0, groups: [] };
/** Milliseconds between two times that a screen reader is told how far it is. */
const SAID = 8000;

/** @type {State} */
const state = {
  phase: "empty", language: chosenLanguage(),
  ready: false, version: "", formats: [], profiles: [], samples: {}, pages: {},
  files: [], reopen: undefined, holds: undefined, format: "", profile: "", asOf: today(), run: 0, progress: NONE, unpacked: 0,
  report: null, open: new Set(), openFiles: new Set(), contexts: new Map(), filter: ALL,
  rule: "", preparing: "", outputs: new Map(), failure: null, notice: "", status: "", printing: false,
};

/** Whether the browser's own file input is used even where files could be opened anew. */
let plainInput = false;

const render = () => show(state);

/** What buttons and links do, by their `data-action`. @type {Record<string, (element: HTMLElement) => void>} */
const actions = {
  "skip": () => ui.files.focus(),
  "sample-clean": () => sample("clean"),
  "sample-faulty": () => sample("faulty"),
  "choose": () => ui.files.click(),
  "again": () => again(),
  "check-as": () => again(ui.verdict.querySelector("[data-ui=pick]")?.value),
  "cancel": () => { leave("status.cancelled"); },
  "go-on": () => goOnAnyway(),
  "start-over": () => { leave(""); },
  "go": (element) => goTo((element.getAttribute("href") ?? "").slice(1)),
  "go-group": (element) => goToGroup(Number(element.dataset.group)),
  "toggle": (element) => flip(state.open, Number(element.dataset.group)),
  "toggle-file": (element) => flip(state.openFiles, element.dataset.file ?? ""),
  "show-cause": (element) => showCause(Number(element.dataset.cause)),
  "clear-filters": () => { filterBy(ALL); render(); goTo("groups-title"); }, // the button itself goes
  "context": (element) => context(Number(element.dataset.group), Number(element.dataset.sample)),
  "explain": (element) => explain(element.dataset.rule ?? ""),
  "close-rule": () => ui.rule.close(),
  "print": () => globalThis.print(),
  ...Object.fromEntries(Object.keys(DOWNLOADS).map((name) => [name, () => download(name)])),
};

/** What the worker's answers do. Answers of an earlier run are ignored. @param {Answer} answer */
function receive(answer) {
  if (answer.type === "ready") {
    state.version = answer.version;
    state.formats = answer.formats;
    state.profiles = answer.profiles;
    return render();
  }
  if (answer.run !== state.run && !(answer.type === "failed" && answer.run === 0)) return;
  if (answer.type === "progress") progressed(answer);
  if (answer.type === "large") Object.assign(state, { phase: "asking", unpacked: answer.unpacked, status: t("status.large") });
  if (answer.type === "context") state.contexts.set(`${answer.group}:${answer.sample}`, answer.context);
  if (answer.type === "report") {
    const open = answer.report.groups.length === 1 ? [0] : []; // a lone finding needs no opening
    Object.assign(state, { phase: "done", report: answer.report, open: new Set(open) });
    const { error, warning } = answer.report.totals; // the verdict itself is read out with its heading, which takes the focus
    state.status = answer.report.outcome === "failed" ? "" : t("status.done", { errors: t("errors", { n: error }), warnings: t("warnings", { n: warning }) });
  }
  if (answer.type === "outputs") prepared(answer.outputs);
  if (answer.type === "failed") return failed(answer.kind, answer.message);
  render();
  if (answer.type === "report") goTo("verdict-title");
  if (answer.type === "large") goTo("large-title");
  if (answer.type === "context") showMarked(answer.group, answer.sample);
}

/** A check that fails leaves nothing to show; a download that fails leaves the result. @param {FailureKind} kind @param {string} [message] */
function failed(kind, message = "") {
  if (kind === "crash" || kind === "memory") discard(); // a plain error leaves the engine sound
  for (const [id, found] of state.contexts) if (found === undefined) state.contexts.set(id, null);
  const during = state.phase === "done" ? "output" : "check";
  if (during === "output" && !state.preparing) return render(); // the record that cannot be shown says so itself
  Object.assign(state, { phase: during === "output" ? "done" : "failed", failure: { kind, message, during }, preparing: "" });
  state.status = t(during === "output" ? "status.unmade" : kind === "unreadable" ? "failure.closed" : "status.failed");
  render();
  goTo(during === "output" ? "unmade-title" : "failure-title");
}

/** @param {Chosen} chosen @param {string} [format] instead of the one in the settings */
function check({ files, reopen, holds }, format = state.format) {
  if (files.length === 0) return notice("drop.none");
  if (files.length >= MOST_FILES) return notice("drop.many", { n: String(MOST_FILES) });
  if (isBusy()) callOff();
  forget();
  Object.assign(state, { phase: "working", files, reopen, holds, run: state.run + 1, status: t("status.start") });
  start(files.reduce((sum, { file }) => sum + file.size, 0));
  begin({ do: "check", run: state.run, files, options: { asOf: state.asOf || today(), ...(format ? { format } : {}), ...(state.profile ? { profile: state.profile } : {}) } }, room() / needed(1));
  render();
  goTo("work-title");
}

/** Checks the same files, as they are on the disk now where the browser can open them anew. @param {string} [format] */
async function again(format) {
  const { files, reopen, holds, run } = state;
  try {
    const anew = reopen ? await reopen() : files;
    if (run === state.run) check({ files: anew, reopen, holds }, format);
  } catch {
    if (run !== state.run) return;
    state.phase = "working"; // it is a check that fails
    failed("unreadable");
  }
}

/** Whether a worker is at something that nobody waits for any more. */
const isBusy = () => state.phase === "working" || state.phase === "asking" || Boolean(state.preparing);

/** Goes on with a check that may be too large. */
function goOnAnyway() {
  Object.assign(state, { phase: "working", status: t("status.start") });
  start(state.progress.total);
  goOn();
  render();
  goTo("work-title");
}

/** Forgets the result, not the files. */
function forget() {
  Object.assign(state, { report: null, failure: null, notice: "", preparing: "", rule: "" });
  Object.assign(state, { open: new Set(), openFiles: new Set(), contexts: new Map(), outputs: new Map(), filter: ALL });
}

/** Ends whatever runs and goes back to the start. @param {string} status */
function leave(status) {
  if (isBusy()) callOff();
  forget();
  Object.assign(state, { phase: "empty", files: [], reopen: undefined, holds: undefined, run: state.run + 1, status: status && t(status) });
  render();
  ui.files.focus();
}

/** @param {string} name */
function sample(name) {
  const file = state.samples[name];
  state.format = "";
  if (file) check({ files: [{ name: file.name, file }] });
}

let running = pace.begin(0, 0);
let said = 0;

/** Begins to watch a run. @param {number} total bytes */
function start(total) {
  state.progress = { ...NONE, total };
  said = performance.now();
  running = pace.begin(said, 0);
}

/** @param {Extract<Answer, {type: "progress"}>} answer */
function progressed({ done, total, again = false, records = 0, groups = [] }) {
  const now = performance.now();
  if (again !== state.progress.again) running = pace.begin(now, done);
  running = pace.go(running, done, total, now);
  state.progress = { done, total, again, records, groups, left: running.shown };
  if (state.phase !== "working" || now - said < SAID || total === 0) return;
  said = now;
  state.status = progressWords(state.progress);
}

/** Takes out what is in, puts in what is not. @template T @param {Set<T>} set @param {T} one */
function flip(set, one) {
  if (!set.delete(one)) set.add(one);
}

/** @param {number} index */
function goToGroup(index) {
  if (state.report && !shownGroups(state.report, state.filter).some(([, at]) => at === index)) state.filter = ALL;
  state.open.add(index);
  state.openFiles.add(state.report?.groups[index]?.file ?? "");
  render();
  goTo(`group-${index}`);
}

/** Shows the rows in which a cause shows, opened. @param {number} index */
function showCause(index) {
  if (!state.report) return;
  filterBy({ ...ALL, cause: String(index) });
  state.open = new Set(shownGroups(state.report, state.filter).map(([, at]) => at));
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
  state.failure = null;
  const made = state.outputs.get(JSON.stringify(DOWNLOADS[name].task));
  state.preparing = name;
  if (made) return prepared(made);
  if (state.report && goesToPlace(name, state.report)) return void toPlace(name);
  prepare(name);
}

/** Asks the engine for what a download gives. @param {string} name @param {Place} [place] where it goes, if not to a blob */
function prepare(name, place) {
  start(0);
  state.status = t("status.preparing");
  ask({ do: "output", run: state.run, task: DOWNLOADS[name].task, place });
}

/** Lets the user choose where a large download goes, and writes it there as it is made. @param {string} name */
async function toPlace(name) {
  const { run, report, files, holds } = state;
  if (!report) return;
  try {
    const place = await pickPlace(name, report, files);
    const taken = await holds?.(place);
    if (run !== state.run) return;
    if (taken) return failed("taken");
    prepare(name, place);
  } catch (error) {
    if (run !== state.run) return;
    if (error instanceof DOMException && error.name === "AbortError") state.preparing = ""; // no place was chosen
    else prepare(name); // choosing is forbidden here
  }
  render();
}

/** Hands finished files to the browser's own downloads. @param {Output[]} outputs */
function prepared(outputs) {
  const wanted = DOWNLOADS[state.preparing];
  state.preparing = "";
  if (!wanted) return;
  const kept = outputs.filter(wanted.keep);
  if (kept.length === 0) return void (state.status = t("status.written")); // it went to its place
  state.outputs.set(JSON.stringify(wanted.task), outputs);
  const bundle = bundleName(state.files);
  for (const { name, blob } of kept) save(blob, savedName(name, wanted.task, bundle));
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

/** Lets the user choose files that can be opened anew; falls back to the browser's own input. */
async function pick() {
  try {
    check(await pickFiles());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return; // nothing was chosen
    plainInput = true;
    ui.files.click();
  }
}

/** Paper shows what is folded away; what was opened for it is closed again. @type {HTMLDetailsElement[]} */
let unfolded = [];

/** @param {boolean} printing */
function print(printing) {
  state.printing = printing;
  render();
  for (const details of unfolded) details.open = false;
  unfolded = printing ? Array.from(document.querySelectorAll("main section:not([data-ui=drop]) details:not([open])")) : [];
  for (const details of unfolded) details.open = true;
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
      if (files.length > 0) check({ files });
    });
  }
  ui.files.addEventListener("click", (/** @type {Event} */ event) => {
    if (plainInput || !canPick()) return;
    event.preventDefault();
    pick();
  });
  for (const part of /** @type {const} */ (["severity", "file", "rule"])) {
    ui[`filter-${part}`].addEventListener("change", () => { filterBy({ [part]: ui[`filter-${part}`].value }); render(); });
  }
  ui.format.addEventListener("change", () => { state.format = ui.format.value; });
  ui.profile.addEventListener("change", () => { state.profile = ui.profile.value; render(); });
  ui["as-of"].addEventListener("change", () => { state.asOf = ui["as-of"].value || today(); });
  document.addEventListener("dragover", (event) => { event.preventDefault(); root.dataset.drag = ""; });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) delete root.dataset.drag; });
  document.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer) drop(event.dataTransfer); });
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  addEventListener("hashchange", () => { state.language = chosenLanguage(); render(); });
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
