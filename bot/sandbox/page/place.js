// The main pane: a channel, or the bot with its two tabs.

import { goTo } from "./address.js";
import { avatar } from "./avatars.js";
import { Composer } from "./composer.js";
import { arrowThrough, byId, el, icon, iconButton, isTouch } from "./dom.js";
import { drafts } from "./drafts.js";
import { Home } from "./home.js";
import { MessageList } from "./messages.js";
import { choosePerson } from "./people.js";
import { channel, member, workspace } from "./workspace.js";

export class Place {
  /** @param owner {refresh(), openMenu(button), openThread(ts)} */
  constructor(owner) {
    this.owner = owner;
    this.head = byId("place-head");
    this.body = byId("place-body");
    this.foot = byId("place-foot");
    this.messagesRoot = el("div", { class: "scroll", role: "region" });
    this.homeRoot = el("div", { class: "scroll home" });
    this.composer = new Composer(this.foot, { thread: false, refresh: owner.refresh });
    this.messages = new MessageList(this.messagesRoot, {
      thread: false, openThread: owner.openThread, refresh: owner.refresh, onError: (text) => this.composer.say(text),
    });
    this.home = new Home(this.homeRoot, owner.refresh);
    this.headDrawn = "";
  }

  clear() {
    this.messages.clear();
    this.home.clear();
    this.homeRoot.replaceChildren();
  }

  get title() {
    return this.isBot ? workspace.bot.name : `#${this.channel?.name ?? ""}`;
  }

  /** Look at a place: heading, pane and composer follow; the content comes when it has been fetched. */
  aim({ place }) {
    this.id = place;
    this.isHome = place === "home";
    this.isBot = this.isHome || place === workspace.dm.id;
    this.channel = channel(place);
    this.drawHead();
    const pane = this.isHome ? this.homeRoot : this.messagesRoot;
    if (this.body.firstChild !== pane) this.body.replaceChildren(pane);
    this.messagesRoot.setAttribute("aria-label", `Messages in ${this.title}`);
    this.foot.hidden = this.isHome;
    if (!this.isHome) {
      this.composer.aim({
        channel: place, label: `Message ${this.title}`, closed: this.channel?.archived ? "This channel is archived. Nothing more can be posted here." : null,
      });
    }
  }

  drawHead() {
    const signature = JSON.stringify([this.id, this.channel?.name, this.channel?.purpose, this.channel?.archived, this.channel?.private, workspace.bot.name, workspace.dm, workspace.me]);
    if (signature === this.headDrawn) return;
    const tab = document.activeElement?.closest?.("[role=tab]") && this.head.contains(document.activeElement);
    this.headDrawn = signature;
    const menu = iconButton("menu", "Menu", () => this.owner.openMenu(menu), { class: "icon-button menu-button", "aria-expanded": "false", "aria-controls": "sidebar" });
    const sign = this.isBot ? avatar(workspace.bot, { bot: true }) : icon(this.channel?.archived ? "archive" : this.channel?.private ? "lock" : "hash");
    this.head.replaceChildren(menu, sign, el("h1", {}, this.isBot ? workspace.bot.name : this.channel?.name ?? ""),
      this.isBot ? this.drawTabs() : el("p", { class: "purpose" }, this.channel?.purpose ?? ""), me());
    if (tab) this.head.querySelector("[aria-selected=true]")?.focus();
  }

  drawTabs() {
    if (!workspace.home) return el("span");
    const tab = (label, to, selected) => el("button", {
      type: "button", role: "tab", class: "tab", "aria-selected": String(selected), tabindex: selected ? 0 : -1, "aria-controls": "place-body", onclick: () => goTo(to),
    }, label, label === "Messages" && workspace.dm.unread > 0 && el("span", { class: "unread" }, String(workspace.dm.unread), el("span", { class: "unseen" }, " unread")));
    const list = el("div", { class: "tabs", role: "tablist", "aria-label": workspace.bot.name },
      tab("Home", "home", this.isHome), workspace.dm.id && tab("Messages", workspace.dm.id, !this.isHome));
    list.addEventListener("keydown", (event) => {
      if (arrowThrough(event, [...list.children], { along: "horizontal" })) document.activeElement.click();
    });
    this.tabs = list;
    return list;
  }

  showHome(view) {
    this.home.show(view);
  }

  showMessages(messages) {
    const seen = drafts.read("seen", workspace.me.id, this.id);
    if (messages.length) drafts.keep(messages.at(-1).ts, "seen", workspace.me.id, this.id);
    this.messages.show(this.id, messages, { seen, empty: el("p", { class: "empty" }, this.isBot ? `Nothing from ${workspace.bot.name} yet.` : `Nothing has been said in ${this.title} yet.`) });
  }

  /** Back to a message whose thread was closed, or to where one writes. */
  focusMessage(ts) {
    if (this.isHome || !this.messages.focusMessage(ts)) this.focus();
  }

  focus() {
    if (this.tabs?.contains(document.activeElement)) return;
    if (this.isHome || isTouch()) byId("place").focus();
    else this.composer.focus();
  }
}

/** On a narrow screen the sidebar is out of sight; who acts must not be. */
const me = () => el("button", {
  type: "button", class: "icon-button head-me", "aria-haspopup": "dialog", "aria-label": `Act as … Now ${workspace.me.name}`, onclick: choosePerson,
}, avatar(member(workspace.me.id) ?? workspace.me));
