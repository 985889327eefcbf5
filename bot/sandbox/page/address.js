// Who acts and what they look at is kept in the address, so that a tab can be reloaded, sent and opened again beside itself.

/** The bot's messages of whoever acts: each person's have an address of their own. */
export const MY_MESSAGES = "messages";

/** @returns {{as: string, place: string, thread: string}} */
export function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  return { as: parts.get("as") ?? "", place: parts.get("in") ?? "", thread: parts.get("thread") ?? "" };
}

export function addressOf({ as, place, thread }) {
  const parts = new URLSearchParams();
  if (as) parts.set("as", as);
  if (place) parts.set("in", place);
  if (thread) parts.set("thread", thread);
  return `#${parts}`;
}

/** The address of another place, for the same person. */
export const addressIn = (place, thread = "") => addressOf({ as: readAddress().as, place, thread });

export function goTo(place, thread = "") {
  location.hash = addressIn(place, thread);
}

/** Correct the address without adding a step to the browser's history. */
export function settleAddress(address) {
  history.replaceState(null, "", addressOf(address));
}
