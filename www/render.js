// The one render: from the state to the page. Changes only the parts whose data changed, so the focus and the place on
// the page stay; never changes the state.
// @ts-check
/** @import { Failure, Filter, Report, Run } from "./types.d.ts" */
import { needed, neededToCompare } from "./memory.js";
import { ALL, shownRun, state } from "./state.js";
import { changedFilesView, changesView, chosenWords, compareCommand, isTouched, matchingView, schoolsView, takeChangesView } from "./view/compare.js";
import { columnsView, mapView } from "./view/columns.js";
import { convertedView, targetsView } from "./view/convert.js";
import { button, formatOptions, formatsView, h, profileOptions } from "./view/dom.js";
import { draftView } from "./view/draft.js";
import { downloadsView, failureView, limitsView } from "./view/downloads.js";
import { causeOf, causesView, filterOptions, shownGroups, tableView } from "./view/groups.js";
import { ownView } from "./view/own.js";
import { rulePage } from "./view/rule.js";
import { bytesWords, checkCommand, foundView, largeView, leftWords, progressWords, share } from "./view/progress.js";
import { tone, verdictView } from "./view/verdict.js";
import { address, speak, t } from "./view/words.js";

export const root = document.documentElement;
/** @type {Record<string, any>} Elements by their `data-ui`; `any`, since the page's markup says what each is. */
export const ui = Object.fromEntries(Array.from(document.querySelectorAll("[data-ui]"), (element) => [element.getAttribute("data-ui"), element]));

/** So few rows need no filters. */
const FEW = 3;

/** Inputs of the last painting of each part. @type {Map<string, unknown[]>} */
const painted = new Map();

/** Paints a part anew when what it shows has changed, and leaves the focus where it was. @param {string} name @param {unknown[]} inputs @param {() => (Node | string)[]} view */
function paint(name, inputs, view) {
  const before = painted.get(name);
  if (before && before.length === inputs.length && before.every((input, at) => Object.is(input, inputs[at]))) return;
  painted.set(name, inputs);
  const held = ui[name].contains(document.activeElement) ? document.activeElement?.id : "";
  ui[name].replaceChildren(...view());
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

/** Makes the page say what the state is. */
export function render() {
  const { language, task, report, failure } = state;
  const shown = shownRun();
  speak(language);
  root.lang = language;
  root.dataset.state = shown.phase;
  root.dataset.task = task;
  root.dataset.ready = String(state.ready);
  paint("status", [state.status], () => [state.status]);
  renderWords();
  document.title = pageTitle();
  for (const section of document.querySelectorAll("[data-phases]")) {
    const tasks = section.getAttribute("data-tasks") ?? "check";
    const inPlace = tasks.split(" ").includes(task) && section.getAttribute("data-phases")?.split(" ").includes(shown.phase);
    /** @type {HTMLElement} */ (section).hidden = !inPlace || isEmpty(section);
  }
  renderDrop();
  paint("version", [state.version, language], () => [state.version ? t("foot.version", { version: state.version }) : ""]);
  renderProgress(shown);
  if (task === "compare") return renderComparison();
  if (failure) paint("failure", [failure, language], () => failureView(failure, {
    again: state.draft?.wrong ? h("a", { href: `#${state.draft.wrong.id}`, "data-action": "go" }, t("own.edit")) : canTry(failure) && button("again", t("again"), { "data-main": true }),
    without: failure.kind === "layout" && (state.map && !state.own?.fault ? button("forget-map", t("map.forget")) : button("forget-layout", t(state.files.length > 0 ? "own.without" : "own.forget"))),
    choose: failure.kind === "layout" ? button("choose-layout", t("own.other")) : isTheirs(failure) && button("choose", t("drop.button"), { "data-main": !canTry(failure) }),
    command: checkCommand(state.files),
  }));
  renderRule();
  const { draft, own, columns } = state;
  paint("draft", [draft, draft?.wrong, language, Boolean(own)], () => (draft ? draftView(draft, Boolean(own)) : []));
  paint("columns", [columns, language], () => (columns ? columnsView(columns) : []));
  if (report) renderReport(report);
  else delete ui.verdict.dataset.verdict;
  if (report && task === "convert") renderConversion(report);
}

/** What the window is called. */
function pageTitle() {
  const { task, phase, report, comparing } = state;
  if (task === "check") return t(`title.${phase === "done" && report ? tone(report) : phase}`);
  if (task === "convert") return t(phase === "working" || phase === "asking" ? `title.${phase}` : "title.convert");
  return t({ working: "title.comparing", asking: "title.asking" }[String(comparing.phase)] ?? "title.compare");
}

/** Whether a part that has its place has nothing to say. @param {Element} section */
function isEmpty(section) {
  const { task, phase, report, comparing, converting } = state;
  if (task === "compare") {
    const { files = [], schools = [], matching = [] } = comparing.report ?? {};
    return section === ui["changed-files"] && !files.length || section === ui["changed-schools"] && !schools.some(isTouched) || section === ui.matching && !matching.length;
  }
  if (section === ui.draft) return !state.draft;
  if (section === ui.columns) return !state.columns;
  const unjudged = phase === "done" && report?.outcome === "failed";
  if (section === ui.converted) return unjudged || !converting.result;
  return section === ui.causes && !report?.causes?.length || section === ui.groups && !report?.groups.length
    || unjudged && section !== ui.verdict && section !== ui.drop
    || section === ui.verdict && task === "convert" && !unjudged; // what it is not is said there, too
}

function renderDrop() {
  const { task, phase, language, report, comparing, own, draft, map, columns } = state;
  ui["drop-title"].textContent = t(task === "convert" ? (phase === "empty" ? "drop.convert" : "drop.convert.again") : phase === "empty" ? "drop.title" : "drop.again");
  ui.notice.textContent = state.notice;
  ui.samples.hidden = Object.keys(state.samples).length === 0 || !(phase === "empty" || Object.values(state.samples).includes(state.files[0]?.file));
  paint("kinds", [language, state.formats], () => formatsView(state.formats));
  ui.again.hidden = state.files.length === 0;
  paint("profile", [language, state.profiles], () => profileOptions(state.profiles, state.profile));
  ui["again-for"].hidden = !report || Boolean(own) || (report.format?.profile ?? "") === state.profile; // another was chosen since
  // What is wrong with it stands in the place of the result.
  paint("own", [language, own, draft, map, columns], () => [...ownView(own?.fault ? null : own, "own", Boolean(draft)), ...mapView(map, Boolean(columns))]);
  paint("compare-own", [language, own], () => ownView(own, "compare-own", false));
  for (const name of ["format", "profile", "compare-format", "compare-profile"]) ui[name].disabled = Boolean(own);
  ui["take-format"].hidden = !state.format;
  ui["template-files"].parentElement.hidden = !report;
  ui["as-of"].value = state.asOf;
  paint("format", [language, state.formats, state.format], () => formatOptions(state.formats, state.format));
  ui["sides-title"].textContent = t(comparing.phase === "empty" ? "sides.title" : "sides.again");
  ui["sides-notice"].textContent = comparing.notice;
  ui["take-checked"].hidden = state.files.length === 0 || comparing.sides.new?.files === state.files;
  ui.compare.textContent = t(comparing.phase === "done" ? "compare.again" : "compare.begin");
  if (document.activeElement !== ui.share) ui.share.value = String(comparing.share ?? "");
  paint("compare-profile", [language, state.profiles, comparing.profile], () => profileOptions(state.profiles.filter(({ kind }) => kind === "importer"), comparing.profile));
  paint("compare-format", [language, state.formats, comparing.format], () => formatOptions(state.formats, comparing.format));
  for (const side of /** @type {const} */ (["old", "new"])) {
    ui[`${side}-files`].setAttribute("aria-invalid", String(comparing.missing === side));
    paint(`${side}-chosen`, [language, comparing.sides[side]], () => [t("side.chosen", { files: chosenWords(comparing.sides[side]) })]);
  }
}

/** The rule whose page lies over the page. */
function renderRule() {
  const { rule, language } = state;
  const page = rule && (state.pages[rule] ?? "");
  ui["rule-page"].lang = page ? "en" : language;
  paint("rule-page", [rule, page, state.ready, language], () => (page ? rulePage(page) : rule ? [t(state.ready ? "dialog.none" : "dialog.loading")] : []));
}

/** @param {Report} report */
function renderReport(report) {
  const { language, filter, failure } = state;
  ui.verdict.dataset.verdict = report.verdict;
  const shown = shownGroups(report, state.printing ? ALL : filter); // paper shows all
  const proposing = state.preparing === "propose";
  paint("verdict", [report, language, state.formats, proposing && made(state)], () => verdictView(report, state.formats, state.profiles, proposing ? made(state) : undefined));
  paint("causes", [report, language], () => causesView(report));
  for (const [name, choices] of Object.entries(filterOptions(report, filter))) paint(name, [report, language, filter], () => choices);
  const filtered = Object.values(filter).some(Boolean);
  ui.filters.hidden = report.groups.length <= FEW && !filtered;
  ui.clear.hidden = !filtered;
  paint("filter-count", [report, language, filter], () => countView(report, filter, shown.length));
  paint("findings", [report, language, filter, [...state.open].join(), [...state.openFiles].join("\n"), [...state.contexts].map(([id, found]) => id + String(found === undefined)).join(), state.printing], () => tableView(report, shown, state));
  paint("downloads", [report, language, state.preparing, made(state), failure], () => downloadsView(report, state.preparing, made(state), failure, Boolean(failure && canTry(failure))));
  paint("limits", [report, language], () => limitsView(report));
}

/** What an import would change. */
function renderComparison() {
  const { language, comparing } = state;
  const { report, bundles, failure, preparing } = comparing;
  if (failure) paint("failure", [failure, language], () => failureView(failure, {
    again: failure.kind !== "load" && button("compare", t("compare.retry"), { "data-main": true }),
    choose: false,
    command: compareCommand(comparing),
  }));
  if (!report) return;
  paint("changes", [report, language], () => changesView(report, comparing.compared, state.profiles));
  paint("changed-files", [report, language], () => changedFilesView(report));
  paint("changed-schools", [report, language], () => schoolsView(report));
  paint("matching", [report, language], () => matchingView(report));
  paint("take-changes", [report, language, preparing, made(comparing), failure], () => takeChangesView(report, bundles, preparing, made(comparing), failure));
}

/** What the files can become, and what they became. @param {Report} report */
function renderConversion(report) {
  const { language, converting, preparing, failure } = state;
  const { targets, to, tables, wrong, result } = converting;
  paint("targets", [report, targets, to, tables, wrong, language, preparing, made(state), failure], () => targetsView(report, state, made(state), Boolean(failure && canTry(failure))));
  if (result) paint("converted", [result, language], () => convertedView(result, state.profiles));
}

/** Whether the files are at fault. @param {Failure} failure */
const isTheirs = ({ kind }) => ["engine", "unreadable"].includes(kind);

/** Whether another try may help: where the files are at fault, only when they are opened anew. @param {Failure} failure */
function canTry(failure) {
  if (failure.kind === "layout") return Boolean(state.own?.from.reopen);
  return state.files.length > 0 && failure.kind !== "load" && (!isTheirs(failure) || Boolean(state.reopen));
}

/** What the table shows, of how much. @param {Report} report @param {Filter} filter @param {number} shown */
function countView(report, filter, shown) {
  const { groups } = report;
  if (!Object.values(filter).some(Boolean)) {
    return [t("filter.all.count", { n: groups.length, files: t("files", { n: new Set(groups.map(({ file }) => file)).size }) })];
  }
  const cause = causeOf(report, filter);
  const only = cause ? `${t(cause.key == null ? "filter.column" : "filter.cause", { key: cause.key ?? "", file: cause.file ?? "" })}: ` : "";
  return [`${only}${t("filter.count", { shown, total: groups.length })}`];
}

/** The words that stand in the page's markup. */
function renderWords() {
  const { language, task } = state;
  paint("title", [language, task], () => [t(`head.${task}`)]);
  if (painted.get("words")?.join() === [language, task].join()) return;
  painted.set("words", [language, task]);
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.getAttribute("data-text") ?? "");
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.getAttribute("data-label") ?? ""));
  for (const element of document.querySelectorAll("[data-language]")) {
    const own = element.getAttribute("data-language") ?? "";
    element.setAttribute("aria-current", String(own === language));
    element.setAttribute("href", address(own, task));
  }
  for (const element of document.querySelectorAll("[data-to]")) {
    const own = element.getAttribute("data-to") ?? "";
    if (own === task) element.setAttribute("aria-current", "page");
    else element.removeAttribute("aria-current");
    element.setAttribute("href", address(language, own));
  }
}

/** How much of a download is made, in tenths of the whole: often enough for what is read out. @param {Run} run */
function made({ preparing, progress }) {
  return preparing ? Math.floor(10 * share(progress)) * 10 : 0;
}

/** @param {Run} shown */
function renderProgress(shown) {
  const { progress, phase, unpacked } = shown;
  const { language, task } = state;
  if (phase === "asking") paint("large", [shown, unpacked, language], () => (task === "compare"
    ? largeView(unpacked, neededToCompare, compareCommand(state.comparing), task) : largeView(unpacked, needed, checkCommand(state.files), "check")));
  if (phase !== "working") return;
  ui["work-title"].textContent = t(task === "compare" ? "work.compare" : "work.title");
  if (progress.total > 0) ui.bar.value = share(progress);
  else ui.bar.removeAttribute("value");
  ui.bar.setAttribute("aria-valuetext", progressWords(progress, task));
  ui.bytes.textContent = bytesWords(progress);
  ui.left.textContent = leftWords(progress);
  paint("found", [language, progress], () => foundView(progress));
}

/** Brings the focus, and the window, to a part of the page. @param {string} id */
export function goTo(id) {
  const target = document.getElementById(id);
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: id.startsWith("group-") ? "center" : "start" });
}
