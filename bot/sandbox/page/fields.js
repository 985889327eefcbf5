// A field of a form: label, control, hint, and the place beside it where its error appears.

import { el, icon, uniqueId } from "./dom.js";
import { elementNode } from "./elements.js";
import { plainText } from "./mrkdwn.js";

const NO_TARGET = new Set(["checkboxes", "radio_buttons"]);

export function fieldNode(block, surface) {
  const id = uniqueId("field");
  const ids = { label: `${id}-label`, hint: `${id}-hint`, error: `${id}-error`, optional: `${id}-optional` };
  // "optional" stands beside the label and not in it: a field is found by the label that the bot gave it.
  const describedBy = [block.optional && ids.optional, block.hint && ids.hint, ids.error].filter(Boolean).join(" ");
  const grouped = NO_TARGET.has(block.element.type);
  return el("div", { class: "field", data: { field: block.block_id ?? "" } },
    el("div", { class: "field-head" },
      grouped
        ? el("span", { class: "field-label", id: ids.label }, plainText(block.label))
        : el("label", { class: "field-label", id: ids.label, for: id }, plainText(block.label)),
      block.optional && el("span", { class: "field-optional", id: ids.optional }, "optional")),
    elementNode(block.element, block, surface, { id, labelledBy: ids.label, describedBy, required: !block.optional }),
    block.hint && el("p", { class: "field-hint", id: ids.hint }, plainText(block.hint)),
    el("p", { class: "field-error", id: ids.error, hidden: true }));
}

/** Show each field's error beside it. Returns the controls that have one, first to last. */
export function showErrors(root, errors) {
  const wrong = [];
  for (const field of root.querySelectorAll("[data-field]")) {
    const text = errors[field.dataset.field];
    const place = field.querySelector(".field-error");
    const control = field.querySelector("[data-focus]") ?? field.querySelector("input, [tabindex]");
    place.hidden = !text;
    place.replaceChildren(...(text ? [icon("warning"), text] : []));
    field.classList.toggle("field-wrong", Boolean(text));
    if (text) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
    if (text && control) wrong.push(control);
  }
  return wrong;
}

const isEmpty = (held) => {
  const { type, ...rest } = held ?? {};
  return Object.values(rest).every((value) => value === null || value === undefined
    || (typeof value === "string" && !value.trim()) || (Array.isArray(value) && value.length === 0));
};

/** What Slack itself refuses before the app hears of it, by block. */
export function checkFields(blocks, surface, root) {
  const errors = {};
  for (const block of blocks.filter((one) => one.type === "input")) {
    const held = surface.held(block, block.element);
    const error = half(block, root) ?? (isEmpty(held) ? missing(block) : wrongText(block.element, held));
    if (error) errors[block.block_id] = error;
  }
  return errors;
}

const missing = (block) => (block.optional ? null : "Please complete this required field.");

/** A date of which only a part is filled in reads as empty, and would be lost without a word. */
function half(block, root) {
  const field = [...root.querySelectorAll("[data-field]")].find((one) => one.dataset.field === block.block_id);
  return field?.querySelector(".calendar-input")?.validity.badInput ? "Please complete the date or time, or clear it." : null;
}

function wrongText(element, held) {
  const text = held.value;
  if (typeof text !== "string") return null;
  if (text.length > (element.max_length ?? 3000)) return `Please shorten this to ${element.max_length ?? 3000} characters or fewer.`;
  if (text.length < (element.min_length ?? 0)) return `Please write ${element.min_length} characters or more.`;
  if (element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return "Please enter a valid e-mail address.";
  if (element.type === "url_text_input" && !/^https?:\/\/[^\s]+$/i.test(text)) return "Please enter a valid address, beginning with https://.";
  if (element.type === "number_input") return wrongNumber(element, text);
  return null;
}

function wrongNumber(element, text) {
  const number = Number(text);
  if (!Number.isFinite(number) || text.trim() === "") return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
  return null;
}
