// Fields that are typed into: texts, numbers, addresses, dates and times. A date and time is read in the zone of the
// person who acts, which need not be the zone of the computer they sit at.

import { el } from "./dom.js";
import { dayOf, fromLocalField, timeOf, toLocalField, zoneName } from "./dates.js";
import { plainText } from "./mrkdwn.js";
import { controlData } from "./surface.js";
import { myZone } from "./workspace.js";

const TEXT_TYPES = { email_text_input: "email", url_text_input: "url" };

const common = (element, block, naming) => ({
  id: naming.id,
  class: "text-input",
  placeholder: plainText(element.placeholder) || undefined,
  autofocus: element.focus_on_load,
  autocomplete: "off",
  dir: "auto",
  "aria-label": naming.id ? undefined : plainText(element.placeholder) || undefined,
  "aria-describedby": naming.describedBy,
  "aria-required": naming.required ? "true" : undefined,
  data: { ...controlData(block, element), focus: "" },
});

/** Call `act` once a moment has passed without another call; the returned function can also be made to act at once. */
function unhurried(act, delay) {
  let timer;
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, delay);
  };
  later.now = () => {
    window.clearTimeout(timer);
    act();
  };
  return later;
}

export function textInput(element, block, surface, naming) {
  const start = surface.start(block, element, { value: element.initial_value ?? null });
  const input = element.multiline
    ? el("textarea", { ...common(element, block, naming), rows: 4, value: start.value ?? "" })
    : el("input", {
      ...common(element, block, naming), type: TEXT_TYPES[element.type] ?? "text",
      inputmode: element.type === "number_input" ? "decimal" : undefined, value: start.value ?? "",
    });
  const counter = el("p", { class: "counter", hidden: true });
  const press = () => surface.press(block, element, surface.held(block, element));
  const pressLater = unhurried(press, 400);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const speaks = block.type !== "input" || block.dispatch_action;
  input.addEventListener("input", () => {
    surface.hold(block, element, { value: input.value === "" ? null : input.value });
    count(counter, input.value, element);
    if (speaks && triggers.includes("on_character_entered")) pressLater();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !speaks || !triggers.includes("on_enter_pressed") || event.shiftKey) return;
    event.preventDefault();
    press();
  });
  count(counter, input.value, element);
  return el("div", { class: "typed" }, input, counter);
}

/** Nothing is cut off while it is typed or pasted: the counter says how far over it is, and the form refuses. */
function count(counter, text, element) {
  const limit = element.max_length ?? 3000;
  const left = limit - text.length;
  counter.hidden = element.type === "number_input" || left > Math.min(200, limit / 5);
  counter.textContent = left < 0 ? `${-left} over the limit of ${limit}` : `${left} left`;
  counter.classList.toggle("counter-over", left < 0);
}

export function dateInput(element, block, surface, naming) {
  const input = calendarInput("date", element, block, surface, naming, {
    initial: { selected_date: element.initial_date ?? null },
    shown: (held) => held.selected_date ?? "",
    read: (text) => ({ selected_date: text || null }),
  });
  if (block.type !== "input") return input;
  return inWords(input, () => {
    const day = surface.held(block, element).selected_date;
    return day ? dayOf(Date.parse(day), "UTC") : "";
  });
}

export function timeInput(element, block, surface, naming) {
  return calendarInput("time", element, block, surface, naming, {
    initial: { selected_time: element.initial_time ?? null },
    shown: (held) => held.selected_time ?? "",
    read: (text) => ({ selected_time: text ? text.slice(0, 5) : null }),
  });
}

export function dateTimeInput(element, block, surface, naming) {
  const input = calendarInput("datetime-local", element, block, surface, naming, {
    initial: { selected_date_time: element.initial_date_time ?? null },
    shown: (held) => (held.selected_date_time ? toLocalField(held.selected_date_time * 1000) : ""),
    read: (text) => ({ selected_date_time: text ? fromLocalField(text) / 1000 : null }),
  });
  return inWords(input, () => {
    const ms = (surface.held(block, element).selected_date_time ?? 0) * 1000;
    return ms ? `${dayOf(ms)}, ${timeOf(ms)}, ${zoneName(myZone())} time` : `${zoneName(myZone())} time`;
  });
}

/** The browser writes days and months in its own order; in words there is only one way to read them. */
function inWords(input, words) {
  const line = el("p", { class: "counter" }, words());
  input.addEventListener("input", () => { line.textContent = words(); });
  return el("div", { class: "typed" }, input, line);
}

function calendarInput(type, element, block, surface, naming, { initial, shown, read }) {
  const held = surface.start(block, element, initial);
  const input = el("input", {
    ...common(element, block, naming), type, class: "text-input calendar-input",
    max: { date: "9999-12-31", "datetime-local": "9999-12-31T23:59" }[type], value: shown(held),
  });
  let told = input.value;
  const tell = () => {
    if (input.value === told || input.validity.badInput) return;
    told = input.value;
    surface.press(block, element, surface.held(block, element));
  };
  // Typing a year passes through the years 2, 20 and 202: a press waits until the hand rests.
  const tellLater = unhurried(tell, 900);
  const speaks = block.type !== "input" || block.dispatch_action;
  input.addEventListener("input", () => {
    surface.hold(block, element, read(input.value));
    if (speaks) tellLater();
  });
  if (speaks) input.addEventListener("blur", tellLater.now);
  return input;
}
