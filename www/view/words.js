// Words, numbers and sizes in the language of the page. Never touches the page itself.
// @ts-check
import { en } from "../text/en.js";
import { es } from "../text/es.js";

const catalogues = { en, es };
/** @type {"en" | "es"} */
let language = "en";

/** @param {"en" | "es"} next */
export function speak(next) {
  language = next;
}

/** @typedef {"check" | "compare" | "convert"} Task what the page is used for */
/** @type {Task[]} */
const TASKS = ["check", "compare", "convert"];

/** What the address asks for: `#es`, `#compare`, `#es/compare`. Nothing else is ever in it. */
const asked = () => location.hash.slice(1).toLowerCase().split("/");

/** The language that the address asks for (`#es` or `?lang=es`), or the first that the browser prefers. @returns {"en" | "es"} */
export function chosenLanguage() {
  const tags = [...asked(), new URLSearchParams(location.search).get("lang") ?? "", ...navigator.languages];
  const known = tags.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag in catalogues);
  return known === "es" ? "es" : "en";
}

/** The task that the address asks for. @returns {Task} */
export function chosenTask() {
  return TASKS.find((task) => asked().includes(task)) ?? "check";
}

/** The part of the address that asks for a language and a task. @param {string} language @param {string} task */
export function address(language, task) {
  return task === "check" ? `#${language}` : `#${language}/${task}`;
}

/** What formats numbers and days: making it takes longer than all that it is used for. @type {Map<string, any>} */
const formats = new Map();

/** What was made under that name for the language, or is made now. @template T @param {string} name @param {() => T} make @returns {T} */
function once(name, make) {
  const key = `${language} ${name}`;
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key);
}

/**
 * The text of `key`, with `{names}` filled in; with `n`, the plural form that fits. An unknown key shows itself.
 * @param {string} key @param {Record<string, string | number>} [fill]
 */
export function t(key, fill = {}) {
  const words = catalogues[language];
  const form = typeof fill.n === "number" ? `${key}.${once("plural", () => new Intl.PluralRules(language)).select(fill.n)}` : key;
  const text = words[form] ?? words[`${key}.other`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = fill[name];
    return typeof value === "number" ? number(value) : String(value ?? "");
  });
}

/** @param {number} n */
export function number(n) {
  return once("number", () => new Intl.NumberFormat(language)).format(n);
}

/** A share, never rounded up, so that all of it means all. @param {number} part from 0 to 1 */
export function percent(part) {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(Math.floor(part * 1000) / 1000);
}

/** A size in bytes as people read it. @param {number} bytes */
export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const unitDisplay = step === 0 ? "long" : "short"; // in short, bytes have no plural
  return new Intl.NumberFormat(language, { style: "unit", unit: units[step], unitDisplay, maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1000 ** step);
}

/** Names, one after the other. @param {string[]} names */
export function listed(names) {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

/** A time to wait, in whole seconds or minutes. @param {number} seconds */
export function wait(seconds) {
  if (seconds <= 5) return t("work.soon");
  const time = seconds < 90 ? t("time.seconds", { n: Math.ceil(seconds / 5) * 5 }) : t("time.minutes", { n: Math.ceil(seconds / 60) });
  return t("work.left", { time });
}

/** `2026-11-21` in words. @param {string} day */
export function date(day) {
  const parsed = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return day;
  return once("date", () => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" })).format(parsed);
}

/** What a rule finds, in plain words. A rule of tables of one's own may have none: it shows its name. @param {string} rule */
export function ruleWords(rule) {
  return catalogues[language][`rule.${rule}`] ?? rule.replaceAll("-", " ");
}
