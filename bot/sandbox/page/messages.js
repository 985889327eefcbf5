// A list of messages, in a channel or a thread. A message is drawn again only when something in it has changed.

import { avatar } from "./avatars.js";
import { drawBlocks } from "./blocks.js";
import { announce, arrowThrough, el, icon, iconButton } from "./dom.js";
import { dayHeading, dayOf, isoDayOf, refreshDates, timeOf, tsToMs } from "./dates.js";
import { fileCard } from "./files.js";
import { keepingFocus } from "./focus.js";
import { mrkdwn, plainText } from "./mrkdwn.js";
import { openMenu } from "./popup.js";
import { Surface } from "./surface.js";
import { describe, member, messageShortcuts, perform, workspace } from "./workspace.js";

const TOGETHER = 5 * 60 * 1000;

export class MessageList {
  /** @param owner {thread: bool, openThread(ts), refresh(), onError(text)} */
  constructor(root, owner) {
    this.root = root;
    this.owner = owner;
    this.list = el("div", { class: "messages" });
    this.surfaces = new Map();
    this.jump = el("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd() }, icon("down"), "New messages");
    root.replaceChildren(this.list, this.jump);
    this.clear();
    root.addEventListener("scroll", () => { if (this.atEnd()) this.jump.hidden = true; });
    this.list.addEventListener("keydown", (event) => {
      if (event.target.matches("article")) arrowThrough(event, this.articles());
    });
    this.list.addEventListener("focusin", (event) => {
      const article = event.target.closest("article");
      this.stop = article?.dataset.ts;
      this.rove(article);
    });
  }

  /** What was chosen in a message outlives a look elsewhere, as long as the message is there. */
  clear() {
    this.drawn = new Map();
    this.dividers = new Map();
    this.channel = null;
    this.list.replaceChildren();
    this.jump.hidden = true;
  }

  articles() {
    return [...this.list.querySelectorAll("article")];
  }

  /** One message at a time is a stop for the Tab key, and its tools with it; the arrows move among them. */
  rove(article) {
    if (!article) return;
    for (const one of this.articles()) {
      const stop = one === article ? 0 : -1;
      for (const node of [one, ...one.querySelectorAll(".toolbar button")]) node.tabIndex = stop;
    }
  }

  /** @returns whether the message is there to be focused */
  focusMessage(ts) {
    const node = this.drawn.get(ts)?.node;
    node?.focus();
    return Boolean(node);
  }

  atEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 80;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
    this.jump.hidden = true;
  }

  /** @param seen the ts of the last message that the person has seen, if known: a line stands after it */
  show(channel, messages, { seen = "", empty = null } = {}) {
    const fresh = this.channel !== channel;
    if (fresh) this.clear();
    this.channel = channel;
    if (fresh) this.firstUnread = seen && messages.find((message) => message.ts > seen && message.user?.id !== workspace.me.id)?.ts;
    const atEnd = fresh || this.atEnd();
    const arrived = fresh ? [] : messages.filter((message) => !this.drawn.has(message.ts));
    const nodes = messages.length ? this.nodes(messages) : [empty].filter(Boolean);
    keepingFocus(this.list, () => settleChildren(this.list, nodes));
    this.forget(messages);
    refreshDates(this.list);
    this.rove(this.articles().find((one) => one.dataset.ts === this.stop) ?? this.articles().at(-1));
    this.settle(arrived, atEnd);
  }

  settle(arrived, atEnd) {
    const mine = arrived.some((message) => message.user?.id === workspace.me.id || message.ephemeral);
    if (atEnd || mine) this.toEnd();
    else if (arrived.length) this.jump.hidden = false;
    this.showStart(arrived.find((message) => message.ephemeral));
    for (const message of arrived) {
      if (message.user?.id === workspace.me.id) continue;
      announce(`${message.user?.name ?? ""}: ${plainText({ type: "mrkdwn", text: message.text || message.files[0]?.name || "a message" })}`.slice(0, 300));
    }
  }

  /** An answer that is taller than the screen is read from its beginning. */
  showStart(message) {
    const node = message && this.drawn.get(message.ts)?.node;
    if (node && node.offsetHeight > this.root.clientHeight) node.scrollIntoView({ block: "start" });
  }

  forget(messages) {
    const there = new Set(messages.map((message) => message.ts));
    for (const ts of this.drawn.keys()) {
      if (there.has(ts)) continue;
      this.drawn.delete(ts);
      this.surfaces.delete(this.surfaceKey(ts));
    }
  }

  nodes(messages) {
    const nodes = [];
    let before = null;
    for (const [at, message] of messages.entries()) {
      const newDay = !before || isoDayOf(tsToMs(before.ts)) !== isoDayOf(tsToMs(message.ts));
      if (newDay && !this.owner.thread) nodes.push(this.divider(dayHeading(tsToMs(message.ts)), "day-divider"));
      if (message.ts === this.firstUnread) nodes.push(this.divider("New", "new-divider"));
      const follows = !newDay && message.ts !== this.firstUnread && continues(before, message) && !(this.owner.thread && at === 1);
      nodes.push(this.node(message, follows));
      if (this.owner.thread && at === 0 && messages.length > 1) nodes.push(this.divider(replies(messages.length - 1), "reply-divider"));
      before = message;
    }
    return nodes;
  }

  divider(words, className) {
    const key = `${className} ${words}`;
    if (!this.dividers.has(key)) {
      this.dividers.set(key, el("div", { class: `divider ${className}`, role: "separator", "aria-label": words }, el("span", {}, words)));
    }
    return this.dividers.get(key);
  }

  node(message, follows) {
    const signature = JSON.stringify([message, follows, workspace.shortcuts.length]);
    const known = this.drawn.get(message.ts);
    if (known?.signature === signature) return known.node;
    const node = this.article(message, follows);
    this.drawn.set(message.ts, { signature, node });
    return node;
  }

  surfaceKey(ts) {
    return [workspace.me.id, this.channel, ts].join(" ");
  }

  surfaceOf(message) {
    const key = this.surfaceKey(message.ts);
    if (!this.surfaces.has(key)) {
      this.surfaces.set(key, new Surface("message", { channel: this.channel, ts: message.ts }, {
        onSettled: () => this.owner.refresh(),
        onDenied: () => {
          this.drawn.delete(message.ts);
          this.owner.refresh();
        },
      }));
    }
    return this.surfaces.get(key);
  }

  article(message, follows) {
    const at = tsToMs(message.ts);
    const author = member(message.user?.id);
    const name = message.user?.name ?? author?.name ?? "Someone";
    const surface = this.surfaceOf(message);
    surface.warnings.clear();
    surface.warn(message.warnings);
    const when = el("time", { class: "message-time", datetime: new Date(at).toISOString(), title: `${dayOf(at)}, ${timeOf(at)}` }, timeOf(at));
    // Below a card's buttons the word would stand on a line of its own: it goes to the head instead.
    const asCard = !follows && standsAlone(message);
    const body = el("div", { class: "message-body" },
      !follows && el("div", { class: "message-head" }, el("strong", { class: "message-author" }, name), marks(message, author), when, asCard && edited(message)),
      message.ephemeral && el("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      this.content(message, surface, !asCard),
      !this.owner.thread && this.threadLink(message));
    return el("article", {
      class: `message ${follows ? "message-follows" : ""} ${message.ephemeral ? "message-ephemeral" : ""}`,
      tabindex: -1, "aria-label": `${name}, ${timeOf(at)}`, data: { ts: message.ts },
    }, follows ? when : avatar(author ?? { name }, { bot: message.user?.bot }), body, this.toolbar(message));
  }

  content(message, surface, marked) {
    // What a person typed is read as they meant it, with its mark-up and mentions.
    const blocks = message.user?.bot ? message.blocks ?? [] : [];
    const words = blocks.length
      ? surface.draw(() => el("div", { class: "blocks" }, drawBlocks(blocks, surface)))
      : el("div", { class: "message-text" }, mrkdwn(message.text ?? ""));
    if (marked) words.append(...[edited(message)].filter(Boolean));
    return [words.hasChildNodes() && words, message.files.map(fileCard)];
  }

  threadLink(message) {
    if (!message.reply_count) return null;
    const last = message.latest_reply && tsToMs(message.latest_reply);
    const when = last && (isoDayOf(last) === isoDayOf(tsToMs(message.ts)) ? timeOf(last) : `${dayHeading(last)}, ${timeOf(last)}`);
    return el("button", { type: "button", class: "thread-link", onclick: () => this.owner.openThread(message.thread_ts ?? message.ts) },
      icon("reply"), el("span", {}, replies(message.reply_count)), when && el("small", {}, `last at ${when}`));
  }

  toolbar(message) {
    if (message.ephemeral) return el("div", { class: "toolbar" }, iconButton("close", "Dismiss", () => this.act("dismiss", { channel: this.channel, ts: message.ts })));
    const reply = !this.owner.thread && iconButton("reply", "Reply in thread", () => this.owner.openThread(message.thread_ts ?? message.ts));
    const more = iconButton("more", "More actions", () => openMenu(more, this.entries(message), { label: "Actions for this message" }), { "aria-haspopup": "menu", "aria-expanded": "false" });
    return el("div", { class: "toolbar" }, reply, more);
  }

  entries(message) {
    const shortcuts = messageShortcuts().map((shortcut) => ({
      label: shortcut.name, detail: workspace.bot.name,
      onchoose: () => this.act("message_shortcut", { callback_id: shortcut.callback_id, channel: this.channel, ts: message.ts }),
    }));
    const thread = { label: "Reply in thread", onchoose: () => this.owner.openThread(message.thread_ts ?? message.ts) };
    const copy = { label: "Copy text", onchoose: () => copyText(this.drawn.get(message.ts).node) };
    return [...(this.owner.thread ? [] : [thread]), copy, ...(shortcuts.length ? ["Shortcuts", ...shortcuts] : [])];
  }

  async act(act, details) {
    const answer = await perform(act, details);
    if (!answer.ok) this.owner.onError(answer.error ?? "That did not work. Try again.");
    this.owner.refresh();
  }
}

const replies = (count) => `${count} ${count === 1 ? "reply" : "replies"}`;

/** Make these the children of a node without moving those that already stand right: a moved field loses its focus. */
function settleChildren(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let next = parent.firstChild;
  for (const node of nodes) {
    if (node === next) next = next.nextSibling;
    else parent.insertBefore(node, next);
  }
}

const continues = (before, message) => Boolean(before)
  && before.user?.id === message.user?.id && !before.ephemeral && !message.ephemeral
  && !before.reply_count && !standsAlone(before) && !standsAlone(message) && tsToMs(message.ts) - tsToMs(before.ts) < TOGETHER;

/** A card with buttons, or a text to read, is a thing of its own: run together, two of them look like one. */
const standsAlone = ({ blocks }) => (blocks ?? []).length > 2 || (blocks ?? []).some((block) => ["actions", "header"].includes(block.type));

const edited = (message) => message.edited && el("span", { class: "edited" }, "(edited)");

function marks(message, author) {
  if (message.user?.bot) return el("span", { class: "badge" }, "App");
  return [
    author?.guest && el("span", { class: "badge", title: describe(author) }, "Guest"),
    author?.team_name && el("span", { class: "badge", title: describe(author) }, author.team_name),
  ];
}

async function copyText(node) {
  const words = [...node.querySelectorAll(".blocks, .message-text, .file-text")].map((one) => one.innerText).join("\n");
  try {
    await navigator.clipboard.writeText(words);
    announce("Copied.");
  } catch {
    announce("This browser does not allow copying from here.");
  }
}
