// The demo's clock. Reminders are half of what the desk does, and nobody wants to wait for them.

import { api, Unreachable } from "./api.js";
import { nextAt, refreshDates, shortDayOf, timeOf, zoneName } from "./dates.js";
import { openDialog } from "./dialogs.js";
import { announce, el, icon, uniqueId } from "./dom.js";
import { myZone, now, setClock } from "./workspace.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export class ClockBar {
  /** @param owner {sync() reads the workspace's time anew, moved() is told after the clock has been moved from this tab} */
  constructor(root, owner) {
    this.owner = owner;
    this.time = el("strong", { class: "clock-time" });
    this.mine = el("span", { class: "clock-mine" });
    this.trouble = el("span", { class: "clock-trouble", role: "alert" });
    this.buttons = [
      this.button("+10 min", () => this.move(10 * MINUTE)),
      this.button("+1 hour", () => this.move(HOUR)),
      this.button("To next morning 09:00", () => this.toMorning()),
      this.button("Move forward by …", () => this.askHowFar(), { "aria-haspopup": "dialog" }),
    ];
    root.replaceChildren(
      el("span", { class: "clock-label" }, icon("clock"), "Demo clock"),
      this.time, this.mine,
      el("span", { class: "clock-buttons", role: "group", "aria-label": "Move the demo clock forward" }, this.buttons),
      this.trouble);
    window.setInterval(() => this.show(), 1000);
  }

  button(words, onclick, attributes = {}) {
    return el("button", { type: "button", class: "clock-button", onclick, ...attributes }, words);
  }

  show() {
    const at = now();
    const words = `${shortDayOf(at, myZone())}, ${timeOf(at, myZone())}`;
    if (this.time.textContent === words && this.zone === myZone()) return;
    this.zone = myZone();
    this.time.textContent = words;
    this.mine.textContent = `${zoneName(myZone())} time`;
    refreshDates();
  }

  /** Our clock may have run on while the workspace's stood still, or the other way round. */
  async toMorning() {
    await this.owner.sync();
    await this.move((nextAt(9, myZone()) - now()) / 1000);
  }

  /** @param seconds from the workspace's present; it never goes back */
  async move(seconds) {
    if (this.moving) return;
    this.setMoving(true);
    try {
      const answer = await api.advance(Math.max(1, Math.ceil(seconds)));
      if (answer.now) setClock(answer.now);
      this.trouble.textContent = answer.now ? "" : answer.error ?? "The clock did not move.";
      this.show();
      announce(`The demo clock now shows ${this.time.textContent}.`);
      this.owner.moved();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.trouble.textContent = `${error.message} The clock did not move.`;
    } finally {
      this.setMoving(false);
    }
  }

  setMoving(moving) {
    this.moving = moving;
    for (const button of this.buttons) button.setAttribute("aria-busy", String(moving));
  }

  askHowFar() {
    const fields = [["Days", DAY, 0], ["Hours", HOUR, 2], ["Minutes", MINUTE, 0]].map(([label, size, value]) => ({ label, size, ...numberField(label, value) }));
    const preview = el("p", { class: "clock-preview", role: "status" });
    const seconds = () => fields.reduce((sum, { input, size }) => sum + Math.max(0, Number(input.value) || 0) * size, 0);
    const tell = () => {
      const then = now() + seconds() * 1000;
      preview.textContent = `The demo clock will show ${shortDayOf(then, myZone())}, ${timeOf(then, myZone())}.`;
    };
    const form = el("form", {
      id: uniqueId("clock-form"), oninput: tell, onsubmit: (event) => {
        event.preventDefault();
        if (seconds() === 0) return;
        dialog.close();
        this.move(seconds());
      },
    }, el("p", { class: "dialog-lead" }, "Everything that falls due on the way happens. The demo clock never goes back."),
    el("div", { class: "clock-fields" }, fields.map(({ node }) => node)), preview);
    const dialog = openDialog({
      title: "Move the demo clock forward",
      className: "dialog-small",
      body: form,
      footer: [
        el("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Cancel"),
        el("button", { type: "submit", class: "button button-primary", form: form.id }, "Move forward"),
      ],
    });
    tell();
    fields[1].input.focus();
    fields[1].input.select();
  }
}

function numberField(label, value) {
  const id = uniqueId("clock-field");
  const input = el("input", { id, class: "text-input", type: "number", min: 0, max: 999, step: 1, value: String(value) });
  return { input, node: el("div", { class: "field" }, el("label", { class: "field-label", for: id }, label), input) };
}
