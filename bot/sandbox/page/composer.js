// Where a person writes: messages, and commands with suggestions of those that the app declares.

import { announce, el, icon, iconButton, uniqueId } from "./dom.js";
import { Attachments } from "./files.js";
import { drafts } from "./drafts.js";
import { openMenu, show } from "./popup.js";
import { describe, globalShortcuts, perform, workspace } from "./workspace.js";

const COMMAND = /^\/[\w-]+/;
const MENTION = /(^|[\s(])@([\p{L}\p{N}.' -]{0,40})$/u;

export class Composer {
  /** @param owner {thread: bool, refresh()} */
  constructor(root, owner) {
    this.root = root;
    this.owner = owner;
    this.listId = uniqueId("suggestions");
    this.notice = el("div", { class: "notice-place", role: "alert" });
    this.input = el("textarea", {
      class: "composer-input", rows: 1, "aria-autocomplete": "list", spellcheck: "true", role: "textbox", "aria-multiline": "true",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onblur: () => this.shut?.(),
    });
    this.send = el("button", { type: "submit", class: "icon-button send", "aria-label": "Send", title: "Send (Enter)" }, icon("send"));
    this.shortcuts = owner.thread ? null : this.shortcutsButton();
    this.attachments = new Attachments("", { attributes: { "aria-label": "Attach files", title: "Attach files" }, onError: (text) => this.say(text) });
    this.hint = el("span", { class: "composer-hint" });
    this.form = el("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.input, this.attachments.chips,
      el("div", { class: "composer-tools" }, this.shortcuts, this.attachments.field, this.attachments.button, this.hint, this.send));
    root.replaceChildren(this.notice, this.form);
  }

  shortcutsButton() {
    const button = el("button", {
      type: "button", class: "tool-button", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => openMenu(button, this.entries(), { label: "Shortcuts", alignEnd: false }),
    }, icon("bolt"), "Shortcuts");
    return button;
  }

  entries() {
    const shortcuts = globalShortcuts().map((shortcut) => ({
      label: shortcut.name, detail: workspace.bot.name, onchoose: () => this.run("shortcut", { callback_id: shortcut.callback_id }),
    }));
    const commands = workspace.commands.map((one) => ({
      label: one.command, detail: one.description, onchoose: () => this.write(`${one.command} `),
    }));
    return [...(shortcuts.length ? ["Shortcuts", ...shortcuts] : []), ...(commands.length ? ["Commands", ...commands] : [])];
  }

  /** Say where what is written here goes. What was typed for another place waits there. */
  aim({ channel, thread = "", label, closed = null }) {
    const target = [workspace.me.id, channel, thread];
    if (this.target?.join() !== target.join()) {
      this.target = target;
      this.input.value = drafts.read("message", ...target);
      this.attachments.clear();
      this.say("");
      this.fit();
    }
    this.input.setAttribute("aria-label", label);
    this.input.placeholder = label;
    // Members of a partner's workspace have no commands here: they are not offered any.
    const offered = !this.owner.thread && this.entries().length > 0;
    if (this.shortcuts) this.shortcuts.hidden = !offered;
    this.hint.textContent = offered ? "Enter sends · / for commands" : "Enter sends";
    this.closed ??= el("p", { class: "composer-closed" });
    this.closed.textContent = closed ?? "";
    const inside = closed ? this.closed : this.form;
    if (this.root.lastChild !== inside) this.root.replaceChildren(this.notice, inside);
  }

  get channel() {
    return this.target[1];
  }

  get thread() {
    return this.target[2];
  }

  focus() {
    this.input.focus();
  }

  write(text) {
    this.input.value = text;
    this.input.focus();
    this.typed();
  }

  typed() {
    drafts.keep(this.input.value, "message", ...this.target);
    this.fit();
    this.suggest();
  }

  /** As tall as what is in it, up to a third of the screen. */
  fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, innerHeight / 3)}px`;
  }

  say(text) {
    this.notice.replaceChildren(...(text ? [el("div", { class: "notice" },
      icon("warning"),
      el("div", {}, el("p", { class: "only-you" }, "Only visible to you"), el("p", {}, text)),
      iconButton("close", "Dismiss notice", () => { this.say(""); this.focus(); }))] : []));
  }

  async submit() {
    const typed = this.input.value.trim();
    const attached = this.attachments.files.map((file) => file.id);
    if ((!typed && !attached.length) || this.busy) return;
    const target = [...this.target];
    const isCommand = COMMAND.test(typed);
    if (isCommand && this.thread) {
      this.say(`${typed.match(COMMAND)[0]} can't be used in a thread. Run it in the channel.`);
      return;
    }
    const details = { channel: this.channel, text: typed, thread_ts: this.thread || undefined, files: isCommand ? undefined : attached };
    const done = await this.run(isCommand ? "command" : "message", details);
    if (!done) return;
    drafts.keep("", "message", ...target);
    if (this.target.join() === target.join() && !isCommand) this.attachments.clear();
    if (this.target.join() === target.join() && this.input.value.trim() === typed) this.input.value = "";
    this.fit();
  }

  /** Do it, and wait: what was typed is only taken away once the app has acknowledged it. */
  async run(act, details) {
    this.shut?.();
    this.setBusy(true);
    this.say("");
    const answer = await perform(act, { channel: this.channel, ...details });
    this.setBusy(false);
    // What is shown among the messages need not be said here again.
    if (!answer.ok && !answer.shown) this.say(answer.error ?? "That did not work. Try again.");
    else if (answer.shown?.text) announce(`Only visible to you: ${answer.shown.text}`);
    this.owner.refresh();
    return answer.ok;
  }

  setBusy(busy) {
    this.busy = busy;
    this.input.readOnly = busy;
    this.form.setAttribute("aria-busy", String(busy));
    this.send.setAttribute("aria-busy", String(busy));
  }

  /** What could be meant by the words up to the cursor: a command, or a person. */
  candidates() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    if (/^\/\S*$/.test(before) && !this.thread) {
      return workspace.commands.filter((one) => one.command.startsWith(before)).map((one) => ({
        label: one.command, detail: [one.usage_hint, one.description].filter(Boolean).join(" — "), text: `${one.command} `, from: 0,
      }));
    }
    const mention = before.match(MENTION);
    if (!mention || this.input.value.startsWith("/")) return [];
    const words = mention[2].toLowerCase();
    return [{ ...workspace.bot, title: "App" }, ...workspace.members]
      .filter((person) => !person.gone && person.name.toLowerCase().includes(words) && person.name.toLowerCase() !== words.trim())
      .slice(0, 8)
      .map((person) => ({ label: `@${person.name}`, detail: describe(person), text: `@${person.name} `, from: before.length - mention[2].length - 1 }));
  }

  suggest() {
    this.found = this.candidates();
    if (!this.found.length) {
      this.shut?.();
      return;
    }
    if (!this.list) {
      this.list = el("div", { class: "options suggestions", role: "listbox", id: this.listId, "aria-label": "Suggestions" });
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const node = event.target.closest("[role=option]");
        if (node) this.take(Number(node.dataset.at));
      });
      this.shut = show(this.list, this.form, { matchWidth: true, onClose: () => this.suggestionsClosed() });
    }
    this.list.replaceChildren(...this.found.map((one, at) => el("div", { role: "option", id: `${this.listId}-${at}`, class: "option", "aria-label": one.label, data: { at } },
      el("span", {}, one.label), one.detail && el("small", {}, one.detail))));
    this.input.setAttribute("aria-controls", this.listId);
    this.activate(0);
    window.dispatchEvent(new Event("resize"));
  }

  suggestionsClosed() {
    this.list = null;
    this.input.removeAttribute("aria-controls");
    this.input.removeAttribute("aria-activedescendant");
  }

  activate(at) {
    this.active = (at + this.found.length) % this.found.length;
    [...this.list.children].forEach((node, index) => {
      node.classList.toggle("option-active", index === this.active);
      node.setAttribute("aria-selected", String(index === this.active));
    });
    this.input.setAttribute("aria-activedescendant", `${this.listId}-${this.active}`);
  }

  take(at) {
    const { text, from } = this.found[at];
    const { value, selectionStart } = this.input;
    this.input.value = value.slice(0, from) + text + value.slice(selectionStart);
    this.input.setSelectionRange(from + text.length, from + text.length);
    this.shut();
    this.typed();
  }

  key(event) {
    if (event.isComposing) return;
    if (this.list && this.listKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }

  /** @returns whether the key was for the suggestions. A command that is complete as it stands is sent by Enter. */
  listKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const complete = this.found[this.active]?.label === this.input.value.trim();
    if (step) this.activate(this.active + step);
    else if (event.key === "Escape") this.shut();
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !complete)) this.take(this.active);
    else return false;
    return true;
  }
}
