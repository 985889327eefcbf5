// A field with a list: type to narrow it, arrows to move, Enter to take. One for every select of Block Kit.

import { announce, el, icon, uniqueId } from "./dom.js";
import { place, show } from "./popup.js";

/**
 * @param options.load (query) → groups [{label?, options: [{key, label, detail, value}]}], or {note} to show words instead
 * @param options.onChange told at each change; `onCommit` once a choice is complete (for many: when the list closes)
 */
export function picker(options) {
  return new Picker(options).root;
}

class Picker {
  constructor(options) {
    Object.assign(this, options);
    this.listId = uniqueId("list");
    this.dirty = false;
    this.build();
    this.showChosen();
  }

  build() {
    const { id, label, describedBy, required } = this.naming;
    this.input = el("input", {
      id, class: "picker-input", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
      autofocus: this.autofocus, "aria-label": label, "aria-describedby": describedBy,
      "aria-required": required ? "true" : undefined, "aria-expanded": "false", "aria-autocomplete": "list",
      "aria-haspopup": "listbox", data: { focus: "" },
    });
    this.chips = el("span", { class: "chips" });
    this.clear = el("button", { type: "button", class: "picker-clear", "aria-label": "Clear the choice", title: "Clear the choice" }, icon("close"));
    this.root = el("div", { class: `picker ${this.many ? "picker-many" : ""}`, data: this.data }, this.chips, this.input, this.clear, icon("chevron"));
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.left());
    this.root.addEventListener("click", (event) => {
      if (event.target.closest("button")) return;
      this.input.focus();
      this.open();
    });
    this.clear.addEventListener("click", () => {
      this.choose([]);
      this.commit();
      this.input.focus();
    });
  }

  /** Write what is chosen: a single choice as the field's text, several as chips before it. */
  showChosen() {
    this.clear.hidden = !this.clearable || this.many || this.chosen.length === 0;
    if (!this.many) this.input.value = this.chosen[0]?.label ?? "";
    this.input.placeholder = this.many && this.chosen.length ? "" : this.placeholder;
    if (this.many) this.chips.replaceChildren(...this.chosen.map((option) => this.chip(option)));
  }

  chip(option) {
    const remove = () => {
      this.choose(this.chosen.filter((one) => one !== option));
      this.commit();
      this.input.focus();
    };
    return el("span", { class: "chip" }, option.label,
      el("button", { type: "button", "aria-label": `Remove ${option.label}`, onclick: remove }, icon("close")));
  }

  choose(chosen) {
    this.chosen = chosen;
    this.dirty = true;
    this.showChosen();
    this.onChange(chosen);
  }

  commit() {
    if (this.dirty) this.onCommit();
    this.dirty = false;
  }

  get query() {
    // The text of a choice already made is not a search.
    return this.searching ? this.input.value.trim() : "";
  }

  typed() {
    this.searching = true;
    if (!this.list) this.open();
    else this.fill();
  }

  open() {
    if (this.list) return;
    this.list = el("div", { class: "options", role: "listbox", id: this.listId, "aria-multiselectable": this.many ? "true" : undefined, "aria-label": "Options" });
    // Taking an option must not take focus from the field first.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const node = event.target.closest("[role=option]");
      if (node) this.take(this.shown[Number(node.dataset.at)]);
    });
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", this.listId);
    if (!this.many) this.input.select();
    this.shut = show(this.list, this.root, { matchWidth: true, onClose: () => this.closed() });
    this.fill();
  }

  closed() {
    this.list = null;
    this.searching = false;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (this.many) this.input.value = "";
    this.showChosen();
    this.commit();
  }

  /** Ask for options and show them. Answers that come late, for words no longer there, are dropped. */
  async fill() {
    const query = this.query;
    this.asked = query;
    if (this.remote) {
      this.say("Searching …");
      await new Promise((done) => { window.setTimeout(done, 200); });
      if (this.asked !== query || !this.list) return;
    }
    const found = await this.load(query);
    if (this.asked !== query || !this.list) return;
    if (found.note) this.say(found.note);
    else this.showOptions(this.remote ? found : narrowed(found, query), query);
  }

  say(words) {
    this.shown = [];
    this.list.replaceChildren(el("p", { class: "options-note" }, words));
    this.input.removeAttribute("aria-activedescendant");
    announce(words);
  }

  showOptions(groups, query) {
    this.shown = [];
    const nodes = groups.map((group) => {
      const options = group.options.map((option) => this.optionNode(option));
      if (!group.label) return options;
      const id = uniqueId("group");
      return el("div", { role: "group", "aria-labelledby": id }, el("p", { class: "options-heading", id, role: "presentation" }, group.label), options);
    });
    if (this.shown.length === 0) {
      this.say("Nothing found.");
      return;
    }
    this.list.replaceChildren(...nodes.flat());
    const chosenAt = this.shown.findIndex((option) => this.isChosen(option));
    this.activate(query || this.many || chosenAt < 0 ? 0 : chosenAt);
    place(this.list, this.root, { matchWidth: true });
  }

  isChosen(option) {
    return this.chosen.some((one) => one.key === option.key);
  }

  optionNode(option) {
    const at = this.shown.push(option) - 1;
    const chosen = this.isChosen(option);
    const about = option.detail ? `${this.listId}-about-${at}` : undefined;
    return el("div", {
      role: "option", id: `${this.listId}-${at}`, class: "option", "aria-selected": String(chosen), data: { at },
      "aria-label": option.label, "aria-describedby": about,
    }, el("span", {}, option.label), option.detail && el("small", { id: about }, option.detail), chosen && icon("check"));
  }

  activate(at) {
    this.active = at;
    for (const node of this.list.querySelectorAll("[role=option]")) node.classList.toggle("option-active", Number(node.dataset.at) === at);
    const node = document.getElementById(`${this.listId}-${at}`);
    if (!node) return;
    this.input.setAttribute("aria-activedescendant", node.id);
    node.scrollIntoView({ block: "nearest" });
  }

  take(option) {
    if (!option) return;
    if (!this.many) {
      this.choose([option]);
      this.shut();
      return;
    }
    if (this.isChosen(option)) this.choose(this.chosen.filter((one) => one.key !== option.key));
    else if (this.chosen.length < this.most) this.choose([...this.chosen, option]);
    else announce(`No more than ${this.most} can be chosen.`);
    this.input.value = "";
    this.fill();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) {
      event.preventDefault();
      if (!this.list) this.open();
      else if (this.shown.length) this.activate(Math.max(0, Math.min(this.shown.length - 1, this.active + steps[event.key])));
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      // Enter alone never submits the form from here: it takes an option, or opens the list.
      event.preventDefault();
      if (this.list) this.take(this.shown[this.active]);
      else this.open();
    } else if (event.key === "Escape" && this.list) {
      event.preventDefault();
      event.stopPropagation();
      this.shut();
    } else if (event.key === "Backspace" && this.many && !this.input.value && this.chosen.length) {
      this.choose(this.chosen.slice(0, -1));
      this.commit();
    }
  }

  /** Someone who typed the whole name of an option meant it. */
  left() {
    const query = this.query.toLowerCase();
    const meant = query && this.list && this.shown.filter((option) => option.label.toLowerCase() === query);
    if (meant?.length === 1 && !this.isChosen(meant[0])) this.take(meant[0]);
    this.shut?.();
  }
}

/** Options that contain the words, those that begin with them first. */
function narrowed(groups, query) {
  const words = query.toLowerCase();
  const rank = (option) => (option.label.toLowerCase().startsWith(words) ? 0 : 1);
  return groups
    .map((group) => ({
      ...group,
      options: group.options
        .filter((option) => `${option.label} ${option.detail ?? ""}`.toLowerCase().includes(words))
        .sort((a, b) => rank(a) - rank(b)),
    }))
    .filter((group) => group.options.length);
}
