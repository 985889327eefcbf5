// A surface is a place that carries blocks: a message, a form, a home. It remembers what a person has put into its
// fields, so that drawing it anew loses nothing, and it is the one way by which a press reaches the bot.
//
// What was typed stays with its block_id and action_id, as in Slack: a bot that wants a field emptied renames its block.

import { confirmWith } from "./dialogs.js";
import { announce, el, icon } from "./dom.js";
import { perform } from "./workspace.js";

const keyOf = (block, element) => `${block.block_id ?? ""}\n${element.action_id ?? ""}`;

export class Surface {
  /**
   * @param {"message"|"form"|"home"} where
   * @param {object} reference what tells the server which one: {channel, ts} or {view_id}
   * @param {{onInput?: Function, onSettled?: Function, onDenied?: Function}} owner told when a field changes, when the
   *   bot has answered, and when the person thought better of a choice, which is then to be drawn as it was
   */
  constructor(where, reference, { onInput = () => {}, onSettled = () => {}, onDenied = () => {} } = {}) {
    this.where = where;
    this.reference = reference;
    this.onInput = onInput;
    this.onSettled = onSettled;
    this.onDenied = onDenied;
    this.values = new Map();
    this.told = new Map();
    this.busy = new Set();
    this.warnings = new Map();
    this.root = null;
  }

  /** Draw with `paint`, keeping the values of fields that are still there and forgetting the others. */
  draw(paint) {
    this.drawn = new Set();
    const root = paint();
    for (const key of [...this.values.keys()]) if (!this.drawn.has(key)) this.values.delete(key);
    this.root = root;
    this.mark();
    return root;
  }

  /** What a field starts with: what the person last put there, else what the bot gave it. */
  start(block, element, initial) {
    const key = keyOf(block, element);
    this.drawn.add(key);
    if (this.values.get(key)?.type !== element.type) this.values.set(key, { type: element.type, ...initial });
    if (!this.told.has(key)) this.told.set(key, this.values.get(key));
    return this.values.get(key);
  }

  hold(block, element, value) {
    this.values.set(keyOf(block, element), { type: element.type, ...value });
    this.onInput(block);
  }

  held(block, element) {
    return this.values.get(keyOf(block, element));
  }

  /** Every field's value in the shape of Slack's `view.state.values`. */
  state() {
    const state = {};
    for (const [key, value] of this.values) {
      const [blockId, actionId] = key.split("\n");
      (state[blockId] ??= {})[actionId] = value;
    }
    return state;
  }

  restore(state) {
    for (const [blockId, actions] of Object.entries(state?.values ?? state ?? {})) {
      for (const [actionId, value] of Object.entries(actions)) this.values.set(`${blockId}\n${actionId}`, value);
    }
  }

  /** Tell the bot of a press or a choice. Waits for its answer; a second press meanwhile does nothing. */
  async press(block, element, chosen = {}) {
    const key = keyOf(block, element);
    if (this.busy.has(key)) return;
    const confirm = chosen.selected_option?.confirm ?? element.confirm;
    if (confirm && !(await confirmWith(confirm))) {
      if (this.values.has(key)) this.values.set(key, this.told.get(key));
      this.onDenied();
      return;
    }
    this.told.set(key, this.values.get(key));
    this.busy.add(key);
    this.warnings.delete(key);
    this.mark();
    const { type, ...value } = chosen;
    const answer = await perform(block.type === "input" ? "change" : "press", {
      where: this.where, ...this.reference, block_id: block.block_id, action_id: element.action_id, ...value, state: this.state(),
    });
    this.busy.delete(key);
    // A warning in a message comes with the message itself; one elsewhere is kept here.
    if (!answer.ok) {
      this.warnings.set(key, answer.error ?? "The app did not answer. Try again.");
      announce(this.warnings.get(key));
    }
    this.mark();
    this.onSettled(answer);
  }

  /** What the server knows of presses that were never acknowledged, by action. */
  warn(warnings = {}) {
    this.serverWarnings = warnings;
    if (this.root) this.mark();
  }

  /** Show on the drawn controls which are waiting and which failed, without drawing them anew. */
  mark() {
    if (!this.root) return;
    for (const control of this.root.querySelectorAll("[data-control]")) {
      const key = control.dataset.control;
      const busy = this.busy.has(key);
      const button = control.matches("button") ? control : control.querySelector("button");
      if (button) button.setAttribute("aria-busy", String(busy));
      const text = this.warnings.get(key) ?? this.serverWarnings?.[key.split("\n")[1]];
      this.showWarning(control, busy ? null : text);
    }
  }

  showWarning(control, text) {
    const next = control.nextElementSibling;
    const shown = next?.matches(".warning") ? next : null;
    if (shown && shown.textContent === text) return;
    shown?.remove();
    if (text) control.after(el("span", { class: "warning" }, icon("warning", "Warning"), text));
  }
}

/** The data attribute by which a drawn control is found again. */
export const controlData = (block, element) => ({ control: keyOf(block, element), action: element.action_id ?? "" });
