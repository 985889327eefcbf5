// Files: the cards by which messages show them, and the row of those that a person is about to send.

import { api } from "./api.js";
import { announce, el, icon, iconButton } from "./dom.js";
import { workspace } from "./workspace.js";

const UNITS = ["bytes", "kB", "MB"];
const MOST_BYTES = 10 * 1024 * 1024; // As in ../files.py: what is larger is not sent at all.

function sizeOf({ size }) {
  const step = Math.min(2, Math.floor(Math.log10(Math.max(size, 1)) / 3));
  return `${(size / 1000 ** step).toFixed(step && size / 1000 ** step < 10 ? 1 : 0)} ${UNITS[step]}`;
}

function tooLarge({ name, size }) {
  return `${name} has ${Math.max(11, Math.round(size / 1000 ** 2))} MB; 10 MB at most.`;
}

/** A file in a message: its name and size, or for an e-mail who sent it and what it says. */
export function fileCard(file) {
  if (file.deleted) return el("p", { class: "file file-gone" }, "This file was deleted.");
  const download = el("a", {
    class: "icon-button", href: api.fileAddress(workspace.me.id, file.id), download: true, "aria-label": `Download ${file.name}`, title: "Download",
  }, icon("down"));
  const head = el("div", { class: "file-head" }, icon(file.email ? "mail" : "file"),
    el("div", { class: "file-words" }, el("strong", {}, file.name), el("small", {}, file.email ? `From ${file.email.from}` : sizeOf(file))), download);
  const text = file.email && el("p", { class: "verbatim file-text" }, file.email.text);
  return el("div", { class: "file", role: "group", "aria-label": `${file.email ? "E-mail" : "File"} ${file.name}` }, head, text);
}

export class Attachments {
  /** @param owner {attributes, held, onChange(files), onError(text)}: of the button, what is there already, who is told */
  constructor(words, { attributes = {}, accept, held = [], onChange, onError }) {
    this.files = [...held];
    this.onChange = onChange;
    this.onError = onError;
    this.chips = el("div", { class: "file-chips" });
    this.field = el("input", { type: "file", hidden: true, multiple: true, accept, onchange: () => this.add() });
    this.button = el("button", { type: "button", class: "tool-button", onclick: () => this.field.click(), ...attributes }, icon("clip"), words);
    this.draw();
  }

  clear() {
    this.files = [];
    this.draw();
  }

  /** Each file goes to the workspace as soon as it is chosen, as in Slack; sending it only says where it belongs. */
  async add() {
    const chosen = [...this.field.files];
    const refused = [];
    this.field.value = "";
    this.button.setAttribute("aria-busy", "true");
    for (const one of chosen) {
      const answer = one.size > MOST_BYTES ? { error: tooLarge(one) }
        : await api.upload(workspace.me.id, one).catch((error) => ({ ok: false, error: error.message }));
      if (answer.ok) this.files.push(answer.file);
      else refused.push(answer.error);
    }
    this.button.setAttribute("aria-busy", "false");
    if (chosen.length > refused.length) this.changed();
    if (refused.length) this.onError(refused.join(" "));
  }

  changed() {
    this.draw();
    announce(this.files.length ? `Attached: ${this.files.map((file) => file.name).join(", ")}` : "Nothing is attached.");
    this.onChange?.(this.files);
  }

  draw() {
    this.chips.replaceChildren(...this.files.map((file) => el("span", { class: "chip" }, file.name, iconButton("close", `Remove ${file.name}`, () => {
      this.files = this.files.filter((one) => one !== file);
      this.changed();
      this.button.focus();
    }))));
  }
}
