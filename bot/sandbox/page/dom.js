// Everything on the page is built through this file. Nothing here, or anywhere else, turns a string into HTML:
// what a person or the bot wrote can only ever become a text node.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  hash: "M7 3 5.500 17M14.500 3 13 17M3.500 7.500h13.500M3 12.500h13.500",
  lock: "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9",
  archive: "M3 4h14v4H3zM4.500 8v8.500h11V8M8 11.500h4",
  home: "M3 10 10 4l7 6M5 8.500V16.500h10V8.500",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4 6 10l6 6",
  menu: "M3 5.500h14M3 10h14M3 14.500h14",
  more: "M4.500 10h.01M10 10h.01M15.500 10h.01",
  reply: "M4 4h12v9H10l-3.500 3.500V13H4z",
  bolt: "M11 2.500 4.500 11H9.500L8.500 17.500 15.500 9H10.500z",
  send: "M3.500 4 17 10 3.500 16 5.500 10zM5.500 10H11",
  clock: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 6v4.500l3 1.500",
  eye: "M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5M10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4",
  warning: "M10 3.500 18 16.500H2zM10 8.500v3.500M10 14.300h.01",
  clip: "M14 6.500 8 12.500a1.600 1.600 0 0 0 2.300 2.300L16 9a3.200 3.200 0 0 0-4.600-4.600L5.500 10.300a5 5 0 0 0 7 7L16 14",
  file: "M5 3h6.500L15 6.500V17H5zM11.500 3v3.500H15",
  mail: "M3 5h14v10H3zM3 5.500l7 5.500 7-5.500",
  chevron: "M6 8l4 4 4-4",
  check: "M4.500 10.500 8.500 14.500 15.500 6",
  person: "M10 4a3 3 0 1 1 0 6 3 3 0 0 1 0-6M4 16.500c.5-3 2.800-4.500 6-4.500s5.500 1.500 6 4.500",
  picture: "M3 4h14v12H3zM3 13l4-4 3.500 3.500L13 10l4 3.500M12.500 7.500h.01",
  down: "M10 4v12M5.500 11.500 10 16l4.500-4.500",
};

/** Make an element. `onclick`-like keys become listeners, `data` becomes data attributes, true and false become flags. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line drawing. Decorative unless it is given a label. */
export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows only a drawing; its label is what a screen reader says and what appears on hovering. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

/** On a touch screen, focus in a field brings up a keyboard that hides half of the page: it comes only when asked for. */
export const isTouch = () => window.matchMedia("(hover: none)").matches;

let lastId = 0;

/** An id that no other element on the page has. */
export function uniqueId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

export function byId(id) {
  return document.getElementById(id);
}

/**
 * Say something to screen readers. While a dialog is open the rest of the page is inert and silent,
 * so the words go into the dialog's own region.
 */
export function announce(text) {
  const dialogs = document.querySelectorAll("dialog[open] [data-announcer]");
  const region = dialogs[dialogs.length - 1] ?? byId("announcer");
  region.textContent = "";
  // A region that changes twice in one frame is not read out.
  window.setTimeout(() => { region.textContent = text; }, 50);
}

export function announcer() {
  return el("div", { class: "unseen", role: "status", "aria-live": "polite", "data-announcer": true });
}

/** Move focus among siblings with the arrow keys; returns true when the key was one of them. */
export function arrowThrough(event, items, { along = "vertical" } = {}) {
  const [back, on] = along === "vertical" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  const steps = { [back]: -1, [on]: 1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  if (step === undefined || items.length === 0) return false;
  event.preventDefault();
  const here = items.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : items.length - 1) : here + step;
  items[Math.max(0, Math.min(items.length - 1, next))].focus();
  return true;
}
