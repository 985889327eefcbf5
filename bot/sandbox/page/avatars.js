// A face for everyone: initials on their colour, and the desk's own sign.

import { el } from "./dom.js";

/** @param {{name: string, initials?: string, colour?: string}} person */
export function avatar(person, { bot = false } = {}) {
  if (bot) return el("span", { class: "avatar avatar-bot", "aria-hidden": "true" }, el("img", { src: "/static/icon.svg", alt: "" }));
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, person?.initials ?? initialsOf(person?.name ?? "?"));
  if (person?.colour) {
    node.style.backgroundColor = person.colour;
    node.style.color = readableOn(person.colour);
  }
  return node;
}

const initialsOf = (name) => name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2).toUpperCase();

/** Black or white, whichever can be read on the colour. */
function readableOn(colour) {
  const hex = colour.match(/^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i);
  if (!hex) return "#fff";
  const [red, green, blue] = hex.slice(1).map((part) => {
    const share = Number.parseInt(part, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#111" : "#fff";
}
