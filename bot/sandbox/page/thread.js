// The thread pane: one message, its replies, and a composer of its own. On a narrow screen it covers the page.

import { Composer } from "./composer.js";
import { el, iconButton, isTouch } from "./dom.js";
import { MessageList } from "./messages.js";
import { channel, placeName } from "./workspace.js";

export class Thread {
  /** @param owner {refresh(), onClose()} */
  constructor(root, owner) {
    this.root = root;
    this.heading = el("h2", { tabindex: -1 }, "Thread");
    this.where = el("p", { class: "purpose" });
    const scroll = el("div", { class: "scroll", role: "region", "aria-label": "Messages in the thread" });
    const foot = el("div", { class: "place-foot" });
    root.replaceChildren(
      el("header", { class: "place-head" }, this.heading, this.where, iconButton("close", "Close thread", owner.onClose)),
      el("div", { class: "place-body" }, scroll), foot);
    this.composer = new Composer(foot, { thread: true, refresh: owner.refresh });
    this.messages = new MessageList(scroll, { thread: true, openThread: () => {}, refresh: owner.refresh, onError: (text) => this.composer.say(text) });
  }

  clear() {
    this.messages.clear();
  }

  aim({ place, thread }) {
    this.root.hidden = !thread;
    document.body.classList.toggle("has-thread", Boolean(thread));
    if (!thread) return;
    if (this.ts !== thread) this.messages.clear();
    this.ts = thread;
    this.where.textContent = placeName(place);
    this.composer.aim({ channel: place, thread, label: "Reply in thread", closed: channel(place)?.archived ? "This channel is archived." : null });
    this.place = place;
  }

  show(messages) {
    this.messages.show(this.place, messages);
  }

  focus() {
    if (isTouch()) this.heading.focus();
    else this.composer.focus();
  }
}
