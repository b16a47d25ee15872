// The one render: from the state to the page. Changes only the parts whose data changed, so the focus and the place on
// the page stay; never changes the state.
// @ts-check
/** @import { State } from "./types.d.ts" */
import { options } from "./view/dom.js";
import { downloadsView, failureView, limitsView } from "./view/downloads.js";
import { causesView, filterOptions, shownGroups, tableView } from "./view/groups.js";
import { markdown } from "./view/markdown.js";
import { tone, verdictView } from "./view/verdict.js";
import { size, speak, t, wait } from "./view/words.js";

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
  for (const section of document.querySelectorAll("[data-phases]")) {
    const empty = section === ui.causes && !report?.causes?.length || section === ui.groups && !report?.groups.length;
    /** @type {HTMLElement} */ (section).hidden = empty || !section.getAttribute("data-phases")?.split(" ").includes(phase);
  }
  ui["drop-title"].textContent = t(phase === "empty" ? "drop.title" : "drop.again");
  ui.notice.textContent = state.notice;
  ui.samples.hidden = Object.keys(state.samples).length === 0 || !(phase === "empty" || Object.values(state.samples).includes(state.files[0]?.file));
  ui.again.hidden = state.files.length === 0;
  ui["as-of"].value = state.asOf;
  paint("format", [language, state.formats, state.format], () => options([["", t("settings.auto")], ...state.formats.map(({ id, title }) => /** @type {[string, string]} */ ([id, title]))], state.format));
  paint("version", [state.version, language], () => [state.version ? t("foot.version", { version: state.version }) : ""]);
  renderProgress(state);
  if (failure) paint("failure", [failure, language], () => failureView(failure, state.files.length > 0 && failure.kind !== "load"));
  const page = rule && (state.pages[rule] ?? "");
  paint("rule-page", [rule, page, state.ready, language], () => (page ? markdown(page) : rule ? [t(state.ready ? "dialog.none" : "dialog.loading")] : []));
  if (!report) { delete ui.verdict.dataset.verdict; return; }
  ui.verdict.dataset.verdict = report.verdict;
  const shown = shownGroups(report, state.printing ? { severity: "", file: "", rule: "" } : filter); // paper shows all
  paint("verdict", [report, language, state.formats], () => verdictView(report, state.formats));
  paint("causes", [report, language], () => causesView(report));
  for (const [name, choices] of Object.entries(filterOptions(report, filter))) paint(name, [report, language, filter], () => choices);
  ui.filters.hidden = report.groups.length <= FEW;
  paint("filter-count", [report, language, filter], () => [t("filter.count", { shown: shown.length, total: report.groups.length })]);
  paint("findings", [report, language, filter, [...state.open].join(), [...state.openFiles].join("\n"), [...state.contexts].map(([id, found]) => id + String(found === undefined)).join(), state.printing], () => tableView(report, shown, state));
  paint("downloads", [report, language, state.preparing], () => downloadsView(report, state.preparing));
  paint("limits", [report, language], () => limitsView(report));
}

/** The words that stand in the page's markup. @param {State["language"]} language */
function renderWords(language) {
  if (painted.get("words")?.[0] === language) return;
  painted.set("words", [language]);
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.getAttribute("data-text") ?? "");
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", t(element.getAttribute("data-label") ?? ""));
  for (const element of document.querySelectorAll("[data-action=language]")) element.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (element).dataset.language === language));
}

/** @param {State} state */
function renderProgress({ progress: { done, total }, startedAt }) {
  ui.bar.value = total > 0 ? done / total : 0;
  ui.bytes.textContent = t("work.bytes", { done: size(done), total: size(total) });
  const elapsed = (performance.now() - startedAt) / 1000;
  ui.left.textContent = elapsed < 1 || done === 0 ? t("work.start") : wait((elapsed * (total - done)) / done);
}
