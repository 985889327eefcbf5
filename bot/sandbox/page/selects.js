// Slack's many selects are one picker with different sources of options and different shapes of answer.

import { plainText } from "./mrkdwn.js";
import { picker } from "./picker.js";
import { controlData } from "./surface.js";
import { describe, memberName, perform, placeName, workspace } from "./workspace.js";

const staticGroups = (element) => (element.option_groups
  ? element.option_groups.map((group) => ({ label: plainText(group.label), options: group.options.map(fromOption) }))
  : [{ options: (element.options ?? []).map(fromOption) }]);

const fromOption = (option) => ({
  key: option.value, label: plainText(option.text), detail: plainText(option.description), value: option,
});
const fromPerson = (person) => ({ key: person.id, label: person.name, detail: describe(person), value: person.id });
const fromPlace = (place) => ({ key: place.id, label: `#${place.name}`, detail: place.private ? "Private channel" : "", value: place.id });

const people = () => workspace.members.filter((person) => !person.gone).map(fromPerson);
const channels = (wanted) => workspace.channels.filter((place) => !place.archived && wanted(place)).map(fromPlace);

function conversations({ filter = {} }) {
  const kinds = filter.include ?? ["public", "private", "im"];
  const groups = [{ label: "Channels", options: channels((place) => kinds.includes(place.private ? "private" : "public")) }];
  if (kinds.includes("im")) groups.push({ label: "People", options: people() });
  return groups.filter((group) => group.options.length);
}

const knownPerson = (id) => ({ key: id, label: memberName(id), value: id });
const knownPlace = (id) => ({ key: id, label: /^[UW]/.test(id) ? memberName(id) : placeName(id), value: id });

/** By the type without "multi_": its options, how a chosen value is shown, and the name under which it is sent. */
const SOURCES = {
  static_select: { load: staticGroups, known: fromOption, field: "option" },
  external_select: { known: fromOption, field: "option", remote: true },
  users_select: { load: () => [{ options: people() }], known: knownPerson, field: "user" },
  conversations_select: { load: conversations, known: knownPlace, field: "conversation" },
  channels_select: { load: () => [{ options: channels((place) => !place.private) }], known: knownPlace, field: "channel" },
};

const baseType = (type) => type.replace(/^multi_/, "");

export const isSelect = (element) => baseType(element.type) in SOURCES;

function initialOf(element, field, many) {
  if (many) return element[`initial_${field}s`] ?? [];
  return element[`initial_${field}`] ?? null;
}

/** What the app itself offers for the words typed so far. */
async function askApp(query, element, block, surface) {
  const least = element.min_query_length ?? 3;
  if (query.length < least) return { note: `Type ${least === 1 ? "a letter" : `${least} letters`} or more to search.` };
  const answer = await perform("options", {
    where: surface.where, ...surface.reference, block_id: block.block_id, action_id: element.action_id, value: query,
  });
  if (answer.ok === false) return { note: answer.error ?? "The app did not answer. Try again." };
  return staticGroups(answer);
}

export function select(element, block, surface, naming) {
  const many = element.type.startsWith("multi_");
  const source = SOURCES[baseType(element.type)];
  const field = many ? `selected_${source.field}s` : `selected_${source.field}`;
  const start = surface.start(block, element, { [field]: initialOf(element, source.field, many) });
  const held = (many ? start[field] : [start[field]]).filter((one) => one !== null && one !== undefined);
  const tell = () => {
    if (block.type !== "input" || block.dispatch_action) surface.press(block, element, surface.held(block, element));
  };
  return picker({
    naming: { ...naming, label: naming.labelledBy ? undefined : plainText(element.placeholder) || "Choose" },
    placeholder: plainText(element.placeholder) || (many ? "Choose some" : "Choose"),
    autofocus: element.focus_on_load,
    data: controlData(block, element),
    many,
    most: element.max_selected_items ?? Infinity,
    // In a message a choice is an act: it can be made anew, not taken back. What is required cannot be left empty.
    clearable: block.type === "input" && Boolean(block.optional),
    chosen: held.map(source.known),
    load: (query) => (source.remote ? askApp(query, element, block, surface) : source.load(element)),
    remote: Boolean(source.remote),
    onChange: (chosen) => surface.hold(block, element, { [field]: many ? chosen.map((one) => one.value) : chosen[0]?.value ?? null }),
    onCommit: tell,
  });
}
