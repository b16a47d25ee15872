// The one render: from the state to the page. Changes only the parts whose data changed, so the focus and the place on
// the page stay; never changes the state.
// @ts-check
/** @import { Failure, Filter, Report, State } from "./types.d.ts" */
import { options, profileOptions } from "./view/dom.js";
import { downloadsView, failureView, limitsView } from "./view/downloads.js";
import { causeOf, causesView, filterOptions, shownGroups, tableView } from "./view/groups.js";
import { rulePage } from "./view/rule.js";
import { bytesWords, foundView, largeView, leftWords, progressWords, share } from "./view/progress.js";
import { tone, verdictView } from "./view/verdict.js";
import { listed, speak, t } from "./view/words.js";

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

/** Makes the page say what the state is. @param {State} state */
export function show(state) {
  const { phase, language, report, failure, filter, rule } = state;
  speak(language);
  root.lang = language;
  root.dataset.state = phase;
  root.dataset.ready = String(state.ready);
  paint("status", [state.status], () => [state.status]);
  renderWords(language);
  document.title = t(`title.${phase === "done" && report ? tone(report) : phase}`);
  const judged = report && report.outcome !== "failed";
  for (const section of document.querySelectorAll("[data-phases]")) {
    const empty = section === ui.causes && !report?.causes?.length || section === ui.groups && !report?.groups.length
      || section !== ui.verdict && section !== ui.drop && phase === "done" && !judged;
    /** @type {HTMLElement} */ (section).hidden = empty || !section.getAttribute("data-phases")?.split(" ").includes(phase);
  }
  ui["drop-title"].textContent = t(phase === "empty" ? "drop.title" : "drop.again");
  ui.notice.textContent = state.notice;
  ui.samples.hidden = Object.keys(state.samples).length === 0 || !(phase === "empty" || Object.values(state.samples).includes(state.files[0]?.file));
  paint("kinds", [language, state.formats], () => (state.formats.length > 0 ? [t("drop.formats", { formats: listed(state.formats.map(({ title }) => title)) })] : []));
  ui.again.hidden = state.files.length === 0;
  paint("profile", [language, state.profiles], () => profileOptions(state.profiles, state.profile));
  ui["again-for"].hidden = !report || (report.format?.profile ?? "") === state.profile; // another was chosen since
  ui["as-of"].value = state.asOf;
  paint("format", [language, state.formats, state.format], () => options([["", t("settings.auto")], ...state.formats.map(({ id, title }) => /** @type {[string, string]} */ ([id, title]))], state.format));
  paint("version", [state.version, language], () => [state.version ? t("foot.version", { version: state.version }) : ""]);
  renderProgress(state);
  if (failure) paint("failure", [failure, language], () => failureView(failure, canTry(state, failure), state.files));
  const page = rule && (state.pages[rule] ?? "");
  ui["rule-page"].lang = page ? "en" : language;
  paint("rule-page", [rule, page, state.ready, language], () => (page ? rulePage(page) : rule ? [t(state.ready ? "dialog.none" : "dialog.loading")] : []));
  if (!report) { delete ui.verdict.dataset.verdict; return; }
  ui.verdict.dataset.verdict = report.verdict;
  const shown = shownGroups(report, state.printing ? { severity: "", file: "", rule: "", cause: "" } : filter); // paper shows all
  paint("verdict", [report, language, state.formats], () => verdictView(report, state.formats, state.profiles));
  paint("causes", [report, language], () => causesView(report));
  for (const [name, choices] of Object.entries(filterOptions(report, filter))) paint(name, [report, language, filter], () => choices);
  const filtered = Object.values(filter).some(Boolean);
  ui.filters.hidden = report.groups.length <= FEW && !filtered;
  ui.clear.hidden = !filtered;
  paint("filter-count", [report, language, filter], () => countView(report, filter, shown.length));
  paint("findings", [report, language, filter, [...state.open].join(), [...state.openFiles].join("\n"), [...state.contexts].map(([id, found]) => id + String(found === undefined)).join(), state.printing], () => tableView(report, shown, state));
  paint("downloads", [report, language, state.preparing, made(state), failure], () => downloadsView(report, state.preparing, made(state), failure, Boolean(failure && canTry(state, failure))));
  paint("limits", [report, language], () => limitsView(report));
}

/** Whether another try may help: where the files are at fault, only when they are opened anew. @param {State} state @param {Failure} failure */
function canTry({ files, reopen }, { kind }) {
  return files.length > 0 && kind !== "load" && (!["engine", "unreadable"].includes(kind) || Boolean(reopen));
}

/** What the table shows, of how much. @param {Report} report @param {Filter} filter @param {number} shown */
function countView(report, filter, shown) {
  const { groups } = report;
  if (!Object.values(filter).some(Boolean)) {
    return [t("filter.all.count", { n: groups.length, files: t("files", { n: new Set(groups.map(({ file }) => file)).size }) })];
  }
  const cause = causeOf(report, filter);
  const only = cause ? `${t("filter.cause", { key: cause.key ?? "" })}: ` : "";
  return [`${only}${t("filter.count", { shown, total: groups.length })}`];
}

/** The words that stand in the page's markup. @param {State["language"]} language */
function renderWords(language) {
  if (painted.get("words")?.[0] === language) return;
  painted.set("words", [language]);
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.getAttribute("data-text") ?? "");
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.getAttribute("data-label") ?? ""));
  for (const element of document.querySelectorAll("[data-language]")) element.setAttribute("aria-current", String(element.getAttribute("data-language") === language));
}

/** How much of a download is made, in tenths of the whole: often enough for what is read out. @param {State} state */
function made({ preparing, progress }) {
  return preparing ? Math.floor(10 * share(progress)) * 10 : 0;
}

/** @param {State} state */
function renderProgress(state) {
  const { progress, phase, language } = state;
  if (phase === "asking") paint("large", [state.unpacked, language], () => largeView(state));
  if (phase !== "working") return;
  if (progress.total > 0) ui.bar.value = share(progress);
  else ui.bar.removeAttribute("value");
  ui.bar.setAttribute("aria-valuetext", progressWords(progress));
  ui.bytes.textContent = bytesWords(progress);
  ui.left.textContent = leftWords(progress);
  paint("found", [language, progress], () => foundView(progress));
}
