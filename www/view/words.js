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

/**
 * The text of `key`, with `{names}` filled in; with `n`, the plural form that fits. An unknown key shows itself.
 * @param {string} key @param {Record<string, string | number>} [fill]
 */
export function t(key, fill = {}) {
  const words = catalogues[language];
  const form = typeof fill.n === "number" ? `${key}.${new Intl.PluralRules(language).select(fill.n)}` : key;
  const text = words[form] ?? words[`${key}.other`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = fill[name];
    return typeof value === "number" ? number(value) : String(value ?? "");
  });
}

/** @param {number} n */
export function number(n) {
  return new Intl.NumberFormat(language).format(n);
}

/** A size in bytes as people read it. @param {number} bytes */
export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const digits = { maximumFractionDigits: step === 0 ? 0 : 1 };
  return new Intl.NumberFormat(language, { style: "unit", unit: units[step], unitDisplay: "short", ...digits }).format(bytes / 1000 ** step);
}

/** A time to wait, in whole seconds or minutes. @param {number} seconds */
export function wait(seconds) {
  if (seconds < 5) return t("work.soon");
  const time = seconds < 90 ? t("time.seconds", { n: Math.ceil(seconds / 5) * 5 }) : t("time.minutes", { n: Math.ceil(seconds / 60) });
  return t("work.left", { time });
}

/** `2026-11-21` in words. @param {string} day */
export function date(day) {
  const parsed = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return day;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(parsed);
}

/** What a rule finds, in plain words; a rule without words of its own shows its name. @param {string} rule */
export function ruleWords(rule) {
  const words = catalogues[language][`rule.${rule}`] ?? en[`rule.${rule}`];
  return words ?? rule.replaceAll("-", " ");
}
