// The forms that the bot has opened for the acting person: a stack, of which the top is shown.
// An open form is drawn again only when the bot changes it, and then what was typed and where the cursor stood stay.

import { ask, closeOnEscape, keepFocusInside } from "./dialogs.js";
import { announce, announcer, el, icon, iconButton, isTouch, uniqueId } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { drafts } from "./drafts.js";
import { checkFields, showErrors } from "./fields.js";
import { keepingFocus } from "./focus.js";
import { plainText } from "./mrkdwn.js";
import { Surface } from "./surface.js";
import { perform, workspace } from "./workspace.js";

const CONTROL = "[data-focus], .choices input";

export class Forms {
  /** @param reload asks for the stack again, after the bot has answered */
  constructor(reload) {
    this.reload = reload;
    this.surfaces = new Map();
    this.dialog = null;
    this.drawn = "";
  }

  /** Show the stack as the server has it. */
  show(views) {
    this.forgetClosed(views);
    this.views = views;
    const top = views.at(-1);
    if (!top) {
      this.dismiss();
      return;
    }
    // What the view says of its own state is left out: it follows what the person types.
    const { state, ...view } = top.view;
    const content = JSON.stringify([top.id, view, views.length]);
    if (!this.dialog) this.open();
    if (content !== this.drawn) {
      const another = this.top?.id !== top.id;
      this.top = top;
      this.drawn = content;
      this.draw(another);
    }
    this.top = top;
    this.showTrouble(top.errors ?? {}, top.failure);
  }

  forgetClosed(views) {
    const open = new Set(views.map((one) => one.id));
    for (const id of this.surfaces.keys()) {
      if (open.has(id)) continue;
      this.surfaces.delete(id);
      drafts.keep("", "form", id);
    }
  }

  surfaceOf(entry) {
    let surface = this.surfaces.get(entry.id);
    if (surface) return surface;
    surface = new Surface("form", { view_id: entry.id }, {
      onInput: (block) => {
        surface.touched = true;
        this.clearOwnError(block);
        drafts.keep(JSON.stringify(surface.state()), "form", entry.id);
      },
      onSettled: () => this.reload(),
      onDenied: () => {
        this.drawn = "";
        this.show(this.views);
      },
    });
    if (entry.state) surface.restore(entry.state);
    const draft = drafts.read("form", entry.id);
    if (draft) surface.restore(JSON.parse(draft));
    surface.touched = Boolean(draft);
    this.surfaces.set(entry.id, surface);
    return surface;
  }

  open() {
    this.heading = el("h2", { id: uniqueId("form-title"), tabindex: -1 });
    this.way = el("span");
    this.body = el("div", { class: "dialog-body" });
    this.failure = el("div", { class: "form-failure", role: "alert", hidden: true });
    this.foot = el("footer", { class: "dialog-foot" });
    this.form = el("form", { novalidate: true, onsubmit: (event) => this.submit(event) },
      el("header", { class: "dialog-head" }, this.way, this.heading), this.body, this.failure, this.foot);
    this.dialog = el("dialog", { class: "dialog form", "aria-labelledby": this.heading.id }, this.form, announcer());
    closeOnEscape(this.dialog, () => this.leave());
    keepFocusInside(this.dialog);
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  dismiss() {
    this.drawn = "";
    this.top = null;
    this.dialog?.close();
    this.dialog?.remove();
    this.dialog = null;
  }

  draw(another) {
    const { view } = this.top;
    const surface = this.surfaceOf(this.top);
    const below = this.views.at(-2);
    this.heading.textContent = plainText(view.title);
    this.way.replaceChildren(below
      ? iconButton("back", `Back to ${plainText(below.view.title)}`, () => this.close())
      : iconButton("close", "Dismiss", () => this.close()));
    this.dialog.classList.toggle("form-pushed", Boolean(below));
    this.localErrors = {};
    const known = another ? [] : this.fieldNames();
    keepingFocus(this.body, () => {
      this.body.replaceChildren(surface.draw(() => el("div", { class: "blocks" }, drawBlocks(view.blocks, surface))));
    });
    this.drawFoot(view);
    if (!another) announce("The form has changed.");
    // The button that was pressed is gone with the old form: without a new place the keyboard would be lost behind it.
    if (another || !this.dialog.contains(document.activeElement)) this.arrive(known);
  }

  drawFoot(view) {
    const close = plainText(view.close) || (view.submit ? "Cancel" : "Close");
    this.submitButton = view.submit && el("button", { type: "submit", class: "button button-primary" }, plainText(view.submit));
    this.foot.replaceChildren(
      el("button", { type: "button", class: "button", onclick: () => this.close() }, close),
      ...(this.submitButton ? [this.submitButton] : []));
  }

  fieldNames() {
    return [...this.body.querySelectorAll("[data-field]")].map((one) => one.dataset.field);
  }

  /** Begin where the bot asks, else at a field that is not among those known, else at the first. */
  arrive(known = []) {
    const fields = [...this.body.querySelectorAll("[data-field]")];
    const added = known.length ? fields.find((one) => !known.includes(one.dataset.field)) : null;
    this.body.scrollTop = 0;
    added?.scrollIntoView({ block: "center" });
    const asked = this.body.querySelector("[autofocus]") ?? added?.querySelector(CONTROL);
    const first = asked ?? (isTouch() ? this.heading : this.body.querySelector(CONTROL));
    (first ?? this.submitButton ?? this.foot.querySelector("button")).focus();
  }

  showTrouble(errors, failure) {
    const all = { ...errors, ...this.localErrors };
    const signature = JSON.stringify([this.drawn, all]);
    const changed = signature !== this.troubleShown;
    this.troubleShown = signature;
    const wrong = changed ? showErrors(this.body, all) : [];
    const elsewhere = Object.entries(all).filter(([id]) => ![...this.body.querySelectorAll("[data-field]")].some((one) => one.dataset.field === id));
    this.fail([failure, ...elsewhere.map(([, text]) => text)].filter(Boolean).join(" "));
    if (wrong.length) {
      wrong[0].focus();
      announce(wrong.length === 1 ? "One field needs attention." : `${wrong.length} fields need attention.`);
    }
  }

  fail(text) {
    if (this.failure.textContent === text) return;
    this.failure.hidden = !text;
    this.failure.replaceChildren(...(text ? [icon("warning"), text] : []));
  }

  /** A complaint that the page itself made is taken back as soon as its field is touched. */
  clearOwnError(block) {
    if (!this.localErrors?.[block.block_id]) return;
    delete this.localErrors[block.block_id];
    showErrors(this.body, { ...this.top.errors, ...this.localErrors });
  }

  async submit(event) {
    event.preventDefault();
    if (!this.submitButton || this.submitting) return;
    const { id, view } = this.top;
    const surface = this.surfaceOf(this.top);
    this.localErrors = checkFields(view.blocks, surface, this.body);
    this.troubleShown = "";
    if (Object.keys(this.localErrors).length) {
      this.showTrouble({}, "");
      return;
    }
    await this.waiting(async () => {
      const answer = await perform("submit", { view_id: id, state: surface.state() });
      this.troubleShown = "";
      // What the bot has taken in is not lost when the form that follows is left.
      if (answer.ok) surface.touched = false;
      await this.reload();
      const top = this.top;
      if (!answer.ok && top?.id === id && !top.failure && !Object.keys(top.errors ?? {}).length) this.fail(answer.error ?? "That did not work. Try again.");
    });
  }

  async waiting(work) {
    this.submitting = true;
    this.submitButton.setAttribute("aria-busy", "true");
    this.fail("");
    try {
      await work();
    } finally {
      this.submitting = false;
      this.submitButton?.setAttribute("aria-busy", "false");
    }
  }

  /** Escape is easily pressed by mistake: it does not throw away what was typed without asking. */
  async leave() {
    const touched = this.surfaceOf(this.top).touched;
    const sure = !touched || await ask({
      title: "Discard what you filled in?", body: "Nothing in this form has been sent yet.", yes: "Discard", no: "Keep editing", danger: true,
    });
    if (sure) await this.close();
  }

  async close() {
    const answer = await perform("close", { view_id: this.top.id });
    await this.reload();
    if (!answer.ok && this.top) this.fail(answer.error ?? `${workspace.bot.name} did not answer. Try again.`);
  }
}
