// Slack's own mark-up, as DOM nodes. A text is first cut into atoms – characters, and finished nodes for code, links,
// mentions and dates – so that a star inside an address is never taken for bold.

import { addressIn } from "./address.js";
import { dateNode } from "./dates.js";
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { channelName, memberName, workspace } from "./workspace.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };

export const unescapeText = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** Only addresses that a press officer would follow; anything else (javascript:, data:) stays text. */
export function linkNode(address, label) {
  if (!/^(https?:|mailto:|tel:)/i.test(address)) return document.createTextNode(label ?? address);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label || address.replace(/^(mailto|tel):/i, ""));
}

export function mentionNode(userId) {
  const mine = userId === workspace.me.id;
  return el("span", { class: mine ? "mention mention-me" : "mention" }, `@${memberName(userId)}`);
}

export function channelNode(channelId) {
  return el("a", { class: "mention", href: addressIn(channelId) }, `#${channelName(channelId)}`);
}

export const broadcastNode = (range) => el("span", { class: "mention mention-me" }, `@${range}`);

/** What stands between < and >, or null if it is none of Slack's forms. */
function reference(inside) {
  const bar = inside.indexOf("|");
  const target = unescapeText(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? "" : unescapeText(inside.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return mentionNode(target.slice(1));
  if (/^#[CG]\w+$/.test(target)) return channelNode(target.slice(1));
  if (/^!(here|channel|everyone)$/.test(target)) return broadcastNode(target.slice(1));
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, label || "@group");
  if (target.startsWith("!date^")) {
    const [, seconds, pattern, address] = target.split("^");
    const node = dateNode(seconds, pattern ?? "{date} {time}", label);
    return address ? wrapLink(address, node) : node;
  }
  if (/^(https?:|mailto:|tel:)/i.test(target)) return linkNode(target, label);
  return null;
}

export function wrapLink(address, node) {
  const link = linkNode(address, " ");
  if (link.nodeType === Node.TEXT_NODE) return node;
  link.replaceChildren(node);
  return link;
}

// In this order: a reference, code on one line, a bare address, one character (a whole one, not half an emoji).
const ATOM = /<([^<>\n]+)>|(?<![\p{L}\p{N}\u2060])`([^`\n]+)`(?![\p{L}\p{N}\u2060])|(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)*_~'"])|([\s\S])/gu;

function atomsOf(text, { links }) {
  const atoms = [];
  for (const [whole, inside, code, bare, one] of text.matchAll(ATOM)) {
    if (one !== undefined) atoms.push(one);
    else if (code !== undefined) atoms.push(el("code", {}, plainOf(code)));
    else if (bare !== undefined && links) atoms.push(linkNode(unescapeText(bare)));
    else if (inside !== undefined && reference(inside)) atoms.push(reference(inside));
    else atoms.push(...whole);
  }
  return atoms;
}

/** The words of a text in code: references by what they show, the rest as it stands. */
function plainOf(text) {
  return unescapeText(text.replace(/<([^<>\n]+)>/g, (whole, inside) => reference(inside)?.textContent ?? whole));
}

// U+2060 joins what stands beside it to a word without being seen: a mark next to it is no border of a word.
const isWord = (atom) => typeof atom === "string" && /[\p{L}\p{N}\u2060]/u.test(atom);
const isSpace = (atom) => atom === undefined || (typeof atom === "string" && /\s/.test(atom));

/** A mark opens after a boundary and before something, and closes after something and before a boundary, on one line. */
function closingOf(atoms, from, to) {
  const mark = atoms[from];
  if (isWord(atoms[from - 1]) || isSpace(atoms[from + 1]) || atoms[from + 1] === mark) return -1;
  for (let at = from + 2; at < to; at += 1) {
    if (atoms[at] === "\n") return -1;
    if (atoms[at] === mark && !isSpace(atoms[at - 1]) && !isWord(atoms[at + 1]) && atoms[at + 1] !== mark) return at;
  }
  return -1;
}

function styled(atoms, from, to) {
  const nodes = [];
  let words = "";
  const flush = () => {
    if (words) nodes.push(withEmoji(unescapeText(words)));
    words = "";
  };
  for (let at = from; at < to; at += 1) {
    const atom = atoms[at];
    const closing = typeof atom === "string" && STYLES[atom] ? closingOf(atoms, at, to) : -1;
    if (closing > 0) {
      flush();
      nodes.push(el(STYLES[atom], {}, styled(atoms, at + 1, closing)));
      at = closing;
    } else if (typeof atom === "string") {
      words += atom;
    } else {
      flush();
      nodes.push(atom);
    }
  }
  flush();
  return nodes;
}

function inline(text, options) {
  const atoms = atomsOf(text, options);
  return styled(atoms, 0, atoms.length);
}

const QUOTE = /^(?:&gt;|>) ?/;
const ITEM = /^(\s*)([•◦▪–-]|\d{1,3}[.)])\s+/;

function quote(lines, options) {
  return el("blockquote", {}, lines.map((line, at) => [at > 0 && el("br"), inline(line.replace(QUOTE, ""), options)]));
}

/** Slack has no lists here: a line that looks like one keeps its mark, and its later lines hang under its first. */
function item(line, options) {
  const [whole, indent, mark] = line.match(ITEM);
  const depth = Math.min(3, Math.floor(indent.length / 2));
  return el("span", { class: `hanging hanging-${depth}` }, `${mark} `, inline(line.slice(whole.length), options));
}

function paragraphs(text, options) {
  const nodes = [];
  const lines = text.split("\n");
  let needsBreak = false;
  for (let at = 0; at < lines.length; at += 1) {
    if (/^(?:&gt;|>){3}/.test(lines[at])) {
      const rest = lines.slice(at);
      rest[0] = rest[0].replace(/^(?:&gt;|>){3} ?/, "");
      nodes.push(quote(rest, options));
      return nodes;
    }
    if (QUOTE.test(lines[at])) {
      let end = at;
      while (end < lines.length && QUOTE.test(lines[end])) end += 1;
      nodes.push(quote(lines.slice(at, end), options));
      at = end - 1;
      needsBreak = false;
    } else if (!lines[at].trim()) {
      nodes.push(el("span", { class: "gap" }));
      needsBreak = false;
    } else if (ITEM.test(lines[at])) {
      nodes.push(item(lines[at], options));
      needsBreak = false;
    } else {
      if (needsBreak) nodes.push(el("br"));
      nodes.push(...inline(lines[at], options));
      needsBreak = true;
    }
  }
  return nodes;
}

/** The nodes of a mrkdwn text. `verbatim` leaves bare addresses as words. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const options = { links: !verbatim };
  return text.split(/(?<!\u2060)```\n?([\s\S]+?)\n?```(?!\u2060)\n?/).flatMap((part, at) => {
    if (at % 2 === 1) return [el("pre", {}, plainOf(part))];
    return part ? paragraphs(part, options) : [];
  });
}

/** A text object of either kind. */
export function textNodes(text) {
  if (text.type === "mrkdwn") return mrkdwn(text.text, { verbatim: text.verbatim });
  return [text.emoji === false ? text.text : withEmoji(text.text)];
}

/** A text object in one run of plain words, for labels, titles and option lists. */
export function plainText(text) {
  if (!text) return "";
  if (text.type === "mrkdwn") return el("div", {}, mrkdwn(text.text)).textContent;
  return text.emoji === false ? text.text : withEmoji(text.text);
}
