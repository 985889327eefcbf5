// Dialogs over the page. The browser's own <dialog> keeps focus inside, makes the rest inert and gives focus back.

import { announcer, el, iconButton, uniqueId } from "./dom.js";
import { plainText, textNodes } from "./mrkdwn.js";

/**
 * Open a dialog. `onEscape` decides what Escape does; without it the dialog closes.
 * @returns {HTMLDialogElement} whose `close()` takes it off the page again
 */
export function openDialog({ title, body, footer = [], className = "", onEscape, closeLabel = "Dismiss" }) {
  const heading = uniqueId("dialog-title");
  const dialog = el("dialog", { class: `dialog ${className}`, "aria-labelledby": heading });
  const leave = () => (onEscape ? onEscape() : dialog.close());
  dialog.append(
    el("header", { class: "dialog-head" }, el("h2", { id: heading }, title), iconButton("close", closeLabel, leave)),
    el("div", { class: "dialog-body" }, body),
  );
  if (footer.length) dialog.append(el("footer", { class: "dialog-foot" }, footer));
  dialog.append(announcer());
  closeOnEscape(dialog, leave);
  keepFocusInside(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Escape is ours before it is the browser's: Chromium would close a dialog at the second press whatever we say. */
export function closeOnEscape(dialog, leave) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
}

/** From the last control on to the first and back: the browser alone would let Tab wander off into its own bars. */
export function keepFocusInside(dialog) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.defaultPrevented) return;
    const stops = [...dialog.querySelectorAll("a[href], button, input, textarea, [tabindex='0']")]
      .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility());
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from && stops.includes(document.activeElement)) return;
    event.preventDefault();
    to?.focus();
  });
}

/** Ask before something is done. Resolves to true for yes. */
export function ask({ title, body, yes, no, danger = false }) {
  return new Promise((resolve) => {
    let answer = false;
    const choose = (value) => () => {
      answer = value;
      dialog.close();
    };
    const dialog = openDialog({
      title,
      body,
      className: "dialog-small",
      footer: [
        // Enter, pressed without reading, must not do what can't be undone.
        el("button", { type: "button", class: "button", onclick: choose(false), autofocus: danger }, no),
        el("button", { type: "button", class: `button ${danger ? "button-danger" : "button-primary"}`, onclick: choose(true), autofocus: !danger }, yes),
      ],
    });
    dialog.addEventListener("close", () => resolve(answer));
  });
}

/** Ask in the words of a confirmation object. */
export const confirmWith = (confirm) => ask({
  title: plainText(confirm.title),
  body: el("p", {}, textNodes(confirm.text)),
  yes: plainText(confirm.confirm),
  no: plainText(confirm.deny),
  danger: confirm.style === "danger",
});
