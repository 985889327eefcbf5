// Rich text is already a tree: every word is shown exactly as it was written, and nothing inside it is interpreted.

import { dateNode } from "./dates.js";
import { el } from "./dom.js";
import { emojiFor } from "./emoji.js";
import { broadcastNode, channelNode, linkNode, mentionNode, wrapLink } from "./mrkdwn.js";

const STYLE_TAGS = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u", highlight: "mark", client_highlight: "mark" };

function leaf(element) {
  switch (element.type) {
    case "text": return document.createTextNode(element.text);
    case "link": return linkNode(element.url, element.text);
    case "user": return mentionNode(element.user_id);
    case "channel": return channelNode(element.channel_id);
    case "emoji": return emoji(element);
    case "broadcast": return broadcastNode(element.range);
    case "usergroup": return el("span", { class: "mention" }, "@group");
    case "team": return el("span", { class: "mention" }, element.team_id);
    case "color": return el("code", {}, element.value);
    case "date": return date(element);
    default: return document.createTextNode(element.text ?? "");
  }
}

function emoji({ name, unicode }) {
  const sign = emojiFor(name) ?? (unicode && String.fromCodePoint(...unicode.split("-").map((code) => Number.parseInt(code, 16))));
  return sign ? el("span", { role: "img", "aria-label": name.replaceAll("_", " ") }, sign) : document.createTextNode(`:${name}:`);
}

function date({ timestamp, format, url, fallback }) {
  const node = dateNode(timestamp, format, fallback ?? "");
  return url ? wrapLink(url, node) : node;
}

function styledLeaf(element) {
  return Object.entries(STYLE_TAGS).reduce(
    (node, [style, tag]) => (element.style?.[style] ? el(tag, {}, node) : node),
    leaf(element),
  );
}

const leaves = (section) => section.elements.map(styledLeaf);

function part(element) {
  switch (element.type) {
    case "rich_text_section": return el("p", { class: "verbatim" }, leaves(element));
    case "rich_text_quote": return el("blockquote", { class: "verbatim" }, leaves(element));
    case "rich_text_preformatted": return el("pre", {}, leaves(element));
    case "rich_text_list": return list(element);
    default: return el("p", {});
  }
}

function list({ style, indent = 0, offset = 0, border, elements }) {
  const attributes = { class: `rich-list indent-${Math.min(8, indent)}${border ? " bordered" : ""}` };
  if (style === "ordered") attributes.start = offset + 1;
  return el(style === "ordered" ? "ol" : "ul", attributes, elements.map((one) => el("li", { class: "verbatim" }, leaves(one))));
}

export function richText(block) {
  return el("div", { class: "rich-text" }, block.elements.map(part));
}
