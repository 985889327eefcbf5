// Block Kit: a list of blocks becomes a list of nodes. A block that this page does not know is named, never dropped.

import { el, uniqueId } from "./dom.js";
import { elementNode } from "./elements.js";
import { fieldNode } from "./fields.js";
import { markdown } from "./markdown.js";
import { textNodes } from "./mrkdwn.js";
import { picture } from "./pictures.js";
import { richText } from "./richtext.js";

const DRAW = {
  // A form has a heading of its own above its blocks.
  header: (block, surface) => el(surface.where === "form" ? "h3" : "h2", { class: "block-header" }, textNodes(block.text)),
  divider: () => el("hr", { class: "block-divider" }),
  section,
  context,
  actions,
  image,
  input: fieldNode,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
};

export function drawBlocks(blocks, surface) {
  return blocks.map((block) => {
    const draw = DRAW[block.type] ?? unknown;
    return el("div", { class: `block block-is-${block.type}`, data: { block: block.block_id ?? "" } }, draw(block, surface));
  });
}

function section(block, surface) {
  const id = uniqueId("section");
  const words = el("div", { class: "section-words", id },
    block.text && el("div", { class: "section-text" }, textNodes(block.text)),
    block.fields && el("div", { class: "section-fields" }, block.fields.map((field) => el("div", {}, textNodes(field)))));
  if (!block.accessory) return words;
  const accessory = elementNode(block.accessory, block, surface, { describedBy: id });
  const kind = block.accessory.type === "image" ? "section-picture" : "section-accessory";
  const wide = ["checkboxes", "radio_buttons"].includes(block.accessory.type);
  return el("div", { class: `section ${wide ? "section-stacked" : ""}` }, words, el("div", { class: kind }, accessory));
}

function context(block) {
  return el("div", { class: "block-context" }, block.elements.map((element) => (
    element.type === "image" ? picture(element, "context-picture") : el("span", {}, textNodes(element)))));
}

function actions(block, surface) {
  return el("div", { class: "block-actions" }, block.elements.map((element) => elementNode(element, block, surface)));
}

function image(block) {
  return el("figure", { class: "block-image" },
    block.title && el("figcaption", {}, textNodes(block.title)),
    picture(block, "picture"));
}

function table(block) {
  const align = (at) => `cell-${block.column_settings?.[at]?.align ?? "left"}`;
  const cell = (tag, one, at) => el(tag, { class: align(at), scope: tag === "th" ? "col" : undefined },
    one.type === "rich_text" ? richText(one) : String(one.text ?? one.value ?? ""));
  const [head, ...body] = block.rows;
  return el("div", { class: "table-frame", tabindex: 0, role: "group", "aria-label": "Table" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((one, at) => cell("th", one, at)))),
    el("tbody", {}, body.map((row) => el("tr", {}, row.map((one, at) => cell("td", one, at)))))));
}

function unknown(block) {
  return el("p", { class: "unknown-block" }, `A block of a kind that this page cannot show: ${block.type}`);
}
