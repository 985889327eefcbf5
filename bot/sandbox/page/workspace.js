// What the page knows of the workspace, as the acting person sees it. Read everywhere, written by app.js alone.

import { api, Unreachable } from "./api.js";

export const workspace = {
  team: { id: "", name: "" },
  me: { id: "", name: "", zone: "UTC" },
  members: [],
  channels: [],
  dm: { id: null, unread: 0 },
  bot: { id: "", name: "Comms Desk" },
  commands: [],
  shortcuts: [],
  home: true,
};

let members = new Map();
let clock = { at: Date.now(), read: performance.now(), zone: "UTC" };

export function adopt(data) {
  Object.assign(workspace, data);
  members = new Map(workspace.members.map((member) => [member.id, member]));
  setClock(data.clock.now, data.clock.zone);
}

/** The workspace's clock runs with ours, from wherever it has been moved to. */
export function setClock(now, zone = clock.zone) {
  clock = { at: Date.parse(now), read: performance.now(), zone };
}

export const now = () => clock.at + (performance.now() - clock.read);
export const myZone = () => workspace.me.zone || clock.zone;

export const member = (id) => members.get(id);

export function memberName(id) {
  if (id === workspace.bot.id) return workspace.bot.name;
  return members.get(id)?.name ?? id;
}

export const channel = (id) => workspace.channels.find((one) => one.id === id);
export const channelName = (id) => channel(id)?.name ?? id;

/** Where a person can be written to by name: "#press-office", or the bot's messages. */
export function placeName(id) {
  if (id === workspace.dm.id) return workspace.bot.name;
  return `#${channelName(id)}`;
}

/** What sets a person apart, in words: title, other team, guest. */
export function describe(person) {
  const parts = [person.title];
  if (person.team_name) parts.push(person.team_name);
  if (person.guest) parts.push("Guest");
  if (person.gone) parts.push("Deactivated");
  return parts.filter(Boolean).join(" · ");
}

export const globalShortcuts = () => workspace.shortcuts.filter((one) => one.type === "global");
export const messageShortcuts = () => workspace.shortcuts.filter((one) => one.type === "message");

/** Do something as the acting person. Never throws for a server that is away: the answer then says so. */
export async function perform(act, details = {}) {
  try {
    return await api.act(workspace.me.id, act, details);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { ok: false, error: `${error.message} Nothing was lost: try again in a moment.` };
  }
}
