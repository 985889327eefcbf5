// Standard Markdown, for the block of that name: headings, lists, quotes, code, tables, emphasis and links.

import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { linkNode } from "./mrkdwn.js";

// In this order: an escaped sign, code, an image (shown by its words), a link, a bare address, emphasis from the strongest on.
const INLINE = new RegExp([
  String.raw`\\([\\\x60*_{}\[\]()#+.!~|<>-])`,
  String.raw`(\x60+)([\s\S]+?)\2`,
  String.raw`!?\[([^\]]*)\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)`,
  String.raw`<?(https?:\/\/[^\s<>]*[^\s<>.,;:!?)'"*_])>?`,
  String.raw`\*\*(?=\S)([\s\S]+?\S|\S)\*\*`,
  String.raw`(?<![\p{L}\p{N}])__(?=\S)([\s\S]+?)__(?![\p{L}\p{N}])`,
  String.raw`~~(?=\S)([\s\S]+?)~~`,
  String.raw`\*(?=[^\s*])([\s\S]*?[^\s*])\*(?!\*)`,
  String.raw`(?<![\p{L}\p{N}])_(?=\S)([\s\S]*?[^\s_])_(?![\p{L}\p{N}])`,
].join("|"), "gu");

function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) nodes.push(withEmoji(text.slice(at, match.index)));
    nodes.push(inlineNode(match));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(withEmoji(text.slice(at)));
  return nodes;
}

function inlineNode([, escaped, , code, label, address, bare, strong, strong2, struck, em, em2]) {
  if (escaped !== undefined) return escaped;
  if (code !== undefined) return el("code", {}, code.trim());
  if (address !== undefined) return linkNode(address, label || address);
  if (bare !== undefined) return linkNode(bare);
  if (struck !== undefined) return el("s", {}, inline(struck));
  const bold = strong ?? strong2;
  return bold === undefined ? el("em", {}, inline(em ?? em2)) : el("strong", {}, inline(bold));
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const HEADING = /^\s*(#{1,6})\s+(.*?)\s*#*$/;
const FENCE = /^\s*(```+|~~~+)/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$/;

const startsBlock = (line, next) => !line.trim() || ITEM.test(line) || RULE.test(line) || HEADING.test(line) || FENCE.test(line)
  || line.trimStart().startsWith(">") || (line.includes("|") && TABLE_RULE.test(next ?? ""));

/** Take lines from the front while `wanted` holds. */
function takeWhile(lines, wanted) {
  const taken = [];
  while (lines.length && wanted(lines[0], lines[1])) taken.push(lines.shift());
  return taken;
}

function fenced(lines) {
  const fence = lines.shift().trim().match(/^(`+|~+)/)[0];
  const body = takeWhile(lines, (line) => !line.trim().startsWith(fence));
  lines.shift();
  return el("pre", {}, body.join("\n"));
}

function list(lines, level) {
  const [, indent, mark] = lines[0].match(ITEM);
  const ordered = /\d/.test(mark);
  const items = [];
  while (lines.length) {
    const match = lines[0].match(ITEM);
    if (!match || match[1].length < indent.length || /\d/.test(match[2]) !== ordered) break;
    lines.shift();
    const first = match[3].replace(/^\[( |x|X)\]\s/, (_, tick) => (tick === " " ? "☐ " : "☑ "));
    const rest = takeWhile(lines, (line) => line.trim() && /^\s+/.test(line) && line.match(/^\s*/)[0].length > match[1].length);
    // Nested lines keep their depth among themselves.
    const depth = rest.length ? Math.min(...rest.map((line) => line.match(/^\s*/)[0].length)) : 0;
    items.push(el("li", {}, inline(first), blocksOf(rest.map((line) => line.slice(depth)), level + 1)));
  }
  return el(ordered ? "ol" : "ul", ordered ? { start: Number.parseInt(mark, 10) } : {}, items);
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

function table(lines) {
  const head = cells(lines.shift());
  lines.shift();
  const body = takeWhile(lines, (line) => line.includes("|") && line.trim());
  return el("div", { class: "table-frame", tabindex: 0, role: "group", "aria-label": "Table" }, el("table", {},
    el("thead", {}, el("tr", {}, head.map((cell) => el("th", { scope: "col" }, inline(cell))))),
    el("tbody", {}, body.map((line) => el("tr", {}, cells(line).map((cell) => el("td", {}, inline(cell))))))));
}

// Deeper than anyone nests on purpose; beyond it words are only words.
const DEEPEST = 8;

function blocksOf(lines, level = 0) {
  if (level > DEEPEST) return [el("p", {}, lines.join("\n"))];
  const nodes = [];
  while (lines.length) {
    const line = lines[0];
    if (!line.trim()) lines.shift();
    else if (FENCE.test(line)) nodes.push(fenced(lines));
    else if (HEADING.test(line)) {
      const [, marks, words] = lines.shift().match(HEADING);
      // The page's own heading comes first, so the bot's begin one level down.
      nodes.push(el(`h${Math.min(6, marks.length + 1)}`, { class: `markdown-${marks.length}` }, inline(words)));
    } else if (RULE.test(line)) {
      lines.shift();
      nodes.push(el("hr"));
    } else if (ITEM.test(line)) nodes.push(list(lines, level));
    else if (line.trimStart().startsWith(">")) {
      const quoted = takeWhile(lines, (one) => one.trimStart().startsWith(">"));
      nodes.push(el("blockquote", {}, blocksOf(quoted.map((one) => one.trimStart().replace(/^> ?/, "")), level + 1)));
    } else if (line.includes("|") && TABLE_RULE.test(lines[1] ?? "")) nodes.push(table(lines));
    else {
      const words = [lines.shift(), ...takeWhile(lines, (one, next) => !startsBlock(one, next))];
      nodes.push(el("p", {}, words.map((one, at) => [at > 0 && el("br"), inline(one.trim())])));
    }
  }
  return nodes;
}

export function markdown(text) {
  return el("div", { class: "markdown" }, blocksOf(text.split("\n")));
}
