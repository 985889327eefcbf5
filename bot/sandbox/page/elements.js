// The interactive elements of Block Kit, wherever they stand.

import { announce, el, icon } from "./dom.js";
import { Attachments } from "./files.js";
import { plainText, textNodes } from "./mrkdwn.js";
import { picture } from "./pictures.js";
import { openMenu } from "./popup.js";
import { isSelect, select } from "./selects.js";
import { controlData } from "./surface.js";
import { dateInput, dateTimeInput, textInput, timeInput } from "./inputs.js";

const DRAW = {
  button,
  overflow,
  image: (element) => picture(element, "picture"),
  checkboxes: (element, block, surface, naming) => choices("checkbox", element, block, surface, naming),
  radio_buttons: (element, block, surface, naming) => choices("radio", element, block, surface, naming),
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  datepicker: dateInput,
  timepicker: timeInput,
  datetimepicker: dateTimeInput,
  file_input: fileInput,
  workflow_button: button,
};

/**
 * @param naming how a screen reader names it: {id, labelledBy, describedBy, required} from a field, less from elsewhere
 */
export function elementNode(element, block, surface, naming = {}) {
  if (isSelect(element)) return select(element, block, surface, naming);
  const draw = DRAW[element.type];
  if (!draw) return el("span", { class: "unknown-block" }, `An element of a kind that this page cannot show: ${element.type}`);
  return draw(element, block, surface, naming);
}

const BUTTON_STYLES = { primary: "button-primary", danger: "button-danger" };

function button(element, block, surface) {
  const onclick = () => {
    visit(element.url);
    surface.press(block, element, { value: element.value });
  };
  return el("button", {
    type: "button", class: `button ${BUTTON_STYLES[element.style] ?? ""}`, onclick,
    "aria-label": element.accessibility_label, data: controlData(block, element),
  }, textNodes(element.text));
}

function visit(address) {
  if (/^https?:/i.test(address ?? "")) window.open(address, "_blank", "noopener,noreferrer");
}

function overflow(element, block, surface) {
  const choose = (option) => () => {
    visit(option.url);
    surface.press(block, element, { selected_option: option });
  };
  return el("button", {
    type: "button", class: "button button-overflow", "aria-label": "More options", title: "More options",
    "aria-haspopup": "menu", "aria-expanded": "false", data: controlData(block, element),
    onclick: (event) => openMenu(event.currentTarget, element.options.map((option) => ({
      label: plainText(option.text), detail: plainText(option.description), onchoose: choose(option),
    }))),
  }, icon("more"));
}

function fileInput(element, block, surface, naming) {
  const complaint = el("p", { class: "field-error" });
  const say = (text) => {
    complaint.textContent = text;
    announce(text);
  };
  const attachments = new Attachments("Choose files", {
    attributes: { id: naming.id, class: "button", "aria-labelledby": naming.labelledBy, "aria-describedby": naming.describedBy, data: { ...controlData(block, element), focus: "" } },
    accept: element.filetypes?.map((ending) => `.${ending}`).join(),
    held: surface.start(block, element, { files: [] }).files,
    onChange: (files) => {
      complaint.textContent = "";
      surface.hold(block, element, { files });
    },
    onError: say,
  });
  return el("div", { class: "file-input" }, attachments.chips, attachments.field, attachments.button, complaint);
}

/** Checkboxes and radio buttons: one group, each option with its own label and description. */
function choices(kind, element, block, surface, naming) {
  const many = kind === "checkbox";
  const initial = many ? { selected_options: element.initial_options ?? [] } : { selected_option: element.initial_option ?? null };
  const start = surface.start(block, element, initial);
  const chosen = new Set((many ? start.selected_options : [start.selected_option]).filter(Boolean).map((option) => option.value));
  const group = el("div", {
    class: "choices", role: many ? "group" : "radiogroup", id: naming.id, tabindex: -1, data: controlData(block, element),
    "aria-labelledby": naming.labelledBy ?? naming.describedBy, "aria-describedby": naming.labelledBy ? naming.describedBy : undefined,
    "aria-required": many ? undefined : naming.required,
  });
  const name = `${block.block_id}-${element.action_id}-${Math.random().toString(36).slice(2)}`;
  const changed = (option, on) => {
    if (!many) chosen.clear();
    if (on) chosen.add(option.value);
    else chosen.delete(option.value);
    const picked = element.options.filter((one) => chosen.has(one.value));
    surface.hold(block, element, many ? { selected_options: picked } : { selected_option: picked[0] ?? null });
    if (block.type !== "input" || block.dispatch_action) surface.press(block, element, surface.held(block, element));
  };
  element.options.forEach((option, at) => {
    const id = `${name}-${at}`;
    group.append(el("div", { class: "choice" },
      el("input", {
        type: kind, id, name, checked: chosen.has(option.value), autofocus: element.focus_on_load && at === 0,
        "aria-describedby": option.description ? `${id}-about` : undefined,
        onchange: (event) => changed(option, event.target.checked),
      }),
      el("div", {},
        el("label", { for: id }, textNodes(option.text)),
        option.description && el("p", { class: "choice-about", id: `${id}-about` }, textNodes(option.description)))));
  });
  return group;
}
