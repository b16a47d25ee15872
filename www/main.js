// The page: one state, one render, a map of elements (`ui`) and a map of actions. This file says what each button, answer and
// event leads to. The page never reads what is checked, which is the workers' part; it
// never stores anything, and asks nothing of the network once loaded.
// @ts-check
/** @import { Answer, Chosen } from "./types.d.ts" */
import { rulePages, sampleFile } from "./assets.js";
import * as checking from "./checking.js";
import * as comparing from "./comparing.js";
import * as converting from "./converting.js";
import { canPick, chosenFiles, droppedFiles, pickFiles } from "./drop.js";
import { rehearse, startEngine } from "./engine.js";
import * as drafting from "./drafting.js";
import * as columns from "./columns.js";
import * as own from "./own.js";
import { goTo, render, root, ui } from "./render.js";
import { ALL, shownRun, state, today } from "./state.js";
import { DOWNLOADS } from "./saves.js";
import { take, taken } from "./taking.js";
import { chosenLanguage, chosenTask, t } from "./view/words.js";
import { progressed } from "./watch.js";

/** Whether the browser's own file input is used even where files could be opened anew. */
let plainInput = false;

const compares = () => state.task === "compare";

/** What buttons and links do, by their `data-action`. @type {Record<string, (element: HTMLElement) => void>} */
const actions = {
  "skip": () => (compares() ? ui["old-files"] : ui.files).focus(),
  "sample-clean": () => checking.sample("clean"),
  "sample-faulty": () => checking.sample("faulty"),
  "choose": () => ui.files.click(),
  "choose-layout": () => ui["layout-files"].click(),
  "forget-layout": () => own.forget(),
  "propose": () => drafting.propose(),
  "choose-template": () => ui["template-files"].click(),
  "draft-check": () => drafting.check(),
  "draft-take": () => drafting.take(),
  "match": () => columns.match(),
  "match-check": () => columns.check(),
  "match-take": () => columns.take(),
  "forget-map": () => columns.forget(),
  "take-format": () => drafting.takeFormat(state.format),
  "again": () => { own.again(); },
  "check-as": () => { own.again(ui.verdict.querySelector("[data-ui=pick]")?.value); },
  "cancel": () => (compares() ? comparing.leave("status.comparison.cancelled") : checking.leave("status.cancelled")),
  "go-on": () => (compares() ? comparing.goOnAnyway() : checking.goOnAnyway()),
  "start-over": () => (compares() ? comparing.leave("") : checking.leave("")),
  "go": (element) => goTo((element.getAttribute("href") ?? "").slice(1)),
  "go-group": (element) => checking.goToGroup(Number(element.dataset.group)),
  "toggle": (element) => flip(state.open, Number(element.dataset.group)),
  "toggle-file": (element) => flip(state.openFiles, element.dataset.file ?? ""),
  "show-cause": (element) => checking.showCause(Number(element.dataset.cause)),
  "clear-filters": () => { checking.filterBy(ALL); render(); goTo("groups-title"); }, // the button itself goes
  "context": (element) => checking.context(Number(element.dataset.group), Number(element.dataset.sample)),
  "explain": (element) => explain(element.dataset.rule ?? ""),
  "close-rule": () => ui.rule.close(),
  "print": () => globalThis.print(),
  "take-checked": () => comparing.takeChecked(),
  "compare": () => { comparing.compare(); },
  "convert": () => { converting.convert(); },
  "stop-converting": () => converting.stop(),
  "forget-table": ({ dataset: { ask = "" } }) => { converting.take(ask); goTo(`ask-${ask}`); },
  "save-converted": () => converting.save("files"),
  "save-losses": () => converting.save("losses"),
  ...Object.fromEntries(Object.keys(DOWNLOADS).map((name) => [name, () => take(shownRun(), name)])),
};

/** What the worker's answers do. Answers of an earlier run are ignored. @param {Answer} answer */
function receive(answer) {
  if (answer.type === "ready") {
    state.version = answer.version;
    state.formats = answer.formats;
    state.profiles = answer.profiles;
    return render();
  }
  const run = [state.comparing, state].find(({ run }) => run === answer.run);
  if (!run && !(answer.type === "failed" && answer.run === 0)) return;
  if (answer.type === "progress" && run) progressed(run, answer);
  if (answer.type === "outputs" && run?.preparing === "propose") return void drafting.proposed(answer.outputs);
  if (answer.type === "outputs" && run) taken(run, answer.outputs);
  if (answer.type === "packed") return drafting.packed(answer.of, answer.zip);
  if (answer.type === "compared") return comparing.compared(answer.report, answer.bundles);
  if (answer.type === "columns") return columns.proposed(answer.columns);
  if (answer.type === "looked") return own.looked(answer.own);
  if (answer.type === "report") return checking.reported(answer);
  if (answer.type === "converted") return converting.converted(answer);
  if (answer.type === "halted") return converting.stopped();
  if (answer.type === "failed" && answer.ask) return converting.refused({ [answer.ask]: answer.message });
  if (answer.type === "failed") return (run === state.comparing ? comparing : checking).failed(answer.kind, answer.message);
  if (answer.type === "large" && run) {
    Object.assign(run, { phase: "asking", unpacked: answer.unpacked });
    state.status = t(run === state ? "status.large" : "status.large.compare");
  }
  if (answer.type === "context") state.contexts.set(`${answer.group}:${answer.sample}`, answer.context);
  render();
  if (answer.type === "large" && run === shownRun()) goTo("large-title");
  if (answer.type === "context") checking.showMarked(answer.group, answer.sample);
}

/** Takes out what is in, puts in what is not. @template T @param {Set<T>} set @param {T} one */
function flip(set, one) {
  if (!set.delete(one)) set.add(one);
}

/** @param {string} rule */
function explain(rule) {
  state.rule = rule;
  render();
  if (!ui.rule.open) ui.rule.showModal();
}

/** What files are for, by the place where they are dropped or chosen. @param {Element | null} place @returns {((chosen: Chosen) => void) | undefined} */
function use(place) {
  const side = place?.closest("[data-side]")?.getAttribute("data-side");
  if (side === "old" || side === "new") return (chosen) => comparing.choose(side, chosen);
  if (place === ui["template-files"]) return ({ files }) => drafting.propose(files);
  const as = place === ui["layout-files"] ? "layout" : "files";
  return compares() ? undefined : (chosen) => own.choose(chosen, as);
}

/** @param {string} words */
const notice = (words) => (compares() ? comparing.notice(words) : checking.notice(words));

/** @param {DataTransfer} transfer @param {Element | null} place */
async function drop(transfer, place) {
  const wanted = use(place);
  if (!wanted) return notice(t("side.aim"));
  try {
    wanted(await droppedFiles(transfer));
  } catch {
    notice(t("drop.unreadable"));
  }
}

/** Lets the user choose files that can be opened anew; falls back to the browser's own input. @param {HTMLInputElement} input */
async function pick(input) {
  try {
    use(input)?.(await pickFiles());
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return; // nothing was chosen
    plainInput = true;
    input.click();
  }
}

/** Shows where files that are dragged over the page would go. @param {Element | null} [place] */
function dragged(place) {
  for (const zone of document.querySelectorAll("[data-drag]")) zone.removeAttribute("data-drag");
  if (place) (place.closest("[data-side]") ?? (compares() ? null : root))?.setAttribute("data-drag", "");
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

/** The address names another task or language: whoever changes the task begins at its title. */
function follow() {
  const before = state.task;
  Object.assign(state, { language: chosenLanguage(), task: chosenTask() });
  render();
  if (state.task !== before) goTo("title");
}

/** @param {EventTarget | null} target @returns {Element | null} */
const element = (target) => (target instanceof Element ? target : null);

function listen() {
  document.addEventListener("click", (event) => {
    const button = element(event.target)?.closest("[data-action]");
    if (!(button instanceof HTMLElement)) return;
    event.preventDefault();
    actions[button.dataset.action ?? ""]?.(button);
    render();
  });
  for (const name of ["files", "folder", "layout-files", "template-files", "old-files", "old-folder", "new-files", "new-folder"]) {
    ui[name].addEventListener("change", () => {
      const files = chosenFiles(ui[name].files);
      ui[name].value = "";
      if (files.length > 0) use(ui[name])?.({ files });
    });
    if (name.endsWith("files")) ui[name].addEventListener("click", (/** @type {Event} */ event) => {
      if (plainInput || !canPick()) return;
      event.preventDefault();
      pick(ui[name]);
    });
  }
  for (const part of /** @type {const} */ (["severity", "file", "rule"])) {
    ui[`filter-${part}`].addEventListener("change", () => { checking.filterBy({ [part]: ui[`filter-${part}`].value }); render(); });
  }
  ui.format.addEventListener("change", () => { state.format = ui.format.value; render(); });
  ui.profile.addEventListener("change", () => { state.profile = ui.profile.value; render(); });
  ui["as-of"].addEventListener("change", () => { state.asOf = ui["as-of"].value || today(); });
  ui["compare-format"].addEventListener("change", () => { state.comparing.format = ui["compare-format"].value; });
  ui["compare-profile"].addEventListener("change", () => { state.comparing.profile = ui["compare-profile"].value; render(); });
  ui.share.addEventListener("change", () => { comparing.setShare(ui.share.valueAsNumber); render(); });
  ui.draft.addEventListener("input", (/** @type {Event} */ { target }) => { drafting.say(target); });
  ui.columns.addEventListener("change", (/** @type {Event} */ { target }) => { columns.say(target); });
  ui.targets.addEventListener("input", (/** @type {Event} */ { target }) => { converting.say(target); });
  document.addEventListener("dragover", (event) => { event.preventDefault(); dragged(element(event.target)); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) dragged(); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    dragged();
    if (event.dataTransfer) drop(event.dataTransfer, element(event.target));
  });
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  addEventListener("hashchange", follow);
}

async function load() {
  const samples = Promise.all(["clean", "faulty"].map(async (name) => { state.samples[name] = await sampleFile(name); }));
  const pages = rulePages().then((all) => { state.pages = all; });
  await Promise.allSettled([samples, pages, startEngine(receive)]);
  state.ready = true;
  render();
  if (state.samples.faulty) rehearse(state.samples.faulty);
}

ui.unloaded.hidden = true;
for (const name of ["folder", "old-folder", "new-folder"]) ui[name].parentElement.hidden = !("webkitdirectory" in ui[name]);
listen();
render();
load();
