// Times as one person reads them: in their own zone, in British form, against the workspace's clock rather than the computer's.

import { el } from "./dom.js";
import { myZone, now } from "./workspace.js";

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

export const timeOf = (ms, zone = myZone()) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(ms);
export const dayOf = (ms, zone = myZone()) => format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(ms);
export const shortDayOf = (ms, zone = myZone()) => format(zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(ms);
export const isoDayOf = (ms, zone = myZone()) => {
  const { year, month, day } = partsOf(ms, zone);
  return `${year}-${month}-${day}`;
};

/** "Europe/London" → "London". */
export const zoneName = (zone) => zone.split("/").pop().replaceAll("_", " ");

export const tsToMs = (ts) => Math.round(Number(ts) * 1000);

function partsOf(ms, zone) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  return Object.fromEntries(format(zone, options).formatToParts(ms).map((part) => [part.type, part.value]));
}

/** The wall clock of a zone in the form that a datetime-local field takes. */
export function toLocalField(ms, zone = myZone()) {
  const { year, month, day, hour, minute } = partsOf(ms, zone);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/**
 * The moment at which a zone's clocks show what a datetime-local field says. A time that the spring change skips
 * comes out an hour later; one that the autumn change repeats is the earlier of the two.
 */
export function fromLocalField(text, zone = myZone()) {
  const wanted = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`);
  const day = 24 * 3600 * 1000;
  const candidates = [wanted - offsetAt(wanted - day, zone), wanted - offsetAt(wanted + day, zone)].sort((a, b) => a - b);
  return candidates.find((ms) => ms + offsetAt(ms, zone) === wanted) ?? candidates[1];
}

function offsetAt(ms, zone) {
  const { year, month, day, hour, minute, second } = partsOf(ms, zone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(ms / 1000) * 1000;
}

/** The next time that a zone's clocks show this hour. */
export function nextAt(hour, zone) {
  const clockTime = `T${String(hour).padStart(2, "0")}:00`;
  const today = fromLocalField(isoDayOf(now(), zone) + clockTime, zone);
  if (today > now()) return today;
  return fromLocalField(isoDayOf(now() + 24 * 3600 * 1000, zone) + clockTime, zone);
}

const DATE_TOKENS = {
  date_num: (ms) => isoDayOf(ms),
  date_slash: (ms) => format(myZone(), { day: "2-digit", month: "2-digit", year: "numeric" }).format(ms),
  date: (ms) => format(myZone(), { day: "numeric", month: "long", year: "numeric" }).format(ms),
  date_short: (ms) => format(myZone(), { day: "numeric", month: "short", year: "numeric" }).format(ms),
  date_long: (ms) => dayOf(ms),
  date_pretty: (ms) => relativeDay(ms) ?? DATE_TOKENS.date(ms),
  date_short_pretty: (ms) => relativeDay(ms) ?? DATE_TOKENS.date_short(ms),
  date_long_pretty: (ms) => relativeDay(ms) ?? DATE_TOKENS.date_long(ms),
  day_divider_pretty: (ms) => relativeDay(ms) ?? format(myZone(), { weekday: "long", day: "numeric", month: "long" }).format(ms),
  time: (ms) => timeOf(ms),
  time_secs: (ms) => format(myZone(), { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms),
  ago: (ms) => ago(ms),
};

function relativeDay(ms) {
  const days = (Date.parse(isoDayOf(ms)) - Date.parse(isoDayOf(now()))) / (24 * 3600 * 1000);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
}

function ago(ms) {
  const minutes = Math.round((now() - ms) / 60000);
  const [count, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"]
    : Math.abs(minutes) < 48 * 60 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  return new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" }).format(-count, unit);
}

function fillIn(pattern, ms) {
  const filled = pattern.replace(/\{(\w+)\}/g, (token, name) => DATE_TOKENS[name]?.(ms) ?? token);
  return filled;
}

/** A date that a message carries as a moment: it reads differently for people in different zones, and tomorrow. */
export function dateNode(seconds, pattern, fallback) {
  const ms = Number(seconds) * 1000;
  if (!Number.isFinite(ms)) return document.createTextNode(fallback);
  const title = `${dayOf(ms)}, ${timeOf(ms)} (${zoneName(myZone())} time)`;
  return el("time", { datetime: new Date(ms).toISOString(), title, data: { ms, pattern } }, fillIn(pattern, ms));
}

/** Dates such as "today" grow old when the clock moves: write them anew. */
export function refreshDates(root = document) {
  for (const node of root.querySelectorAll("time[data-pattern]")) {
    const words = fillIn(node.dataset.pattern, Number(node.dataset.ms));
    if (node.textContent !== words) node.textContent = words;
  }
}

export function dayHeading(ms) {
  const words = relativeDay(ms);
  return words && words !== "tomorrow" ? words[0].toUpperCase() + words.slice(1) : dayOf(ms);
}
