// The page starts here: it reads who acts and where they look from the address, fetches what they see, draws it, and
// fetches again whatever the server says has changed.

import { goTo, MY_MESSAGES, readAddress, settleAddress } from "./address.js";
import { api, listen, Refused, Unreachable } from "./api.js";
import { ClockBar } from "./clockbar.js";
import { byId } from "./dom.js";
import { Forms } from "./form.js";
import { Place } from "./place.js";
import { oneAtATime } from "./refresh.js";
import { Drawer, drawSidebar } from "./sidebar.js";
import { Thread } from "./thread.js";
import { adopt, channel, perform, workspace } from "./workspace.js";

let address = readAddress();
let stopListening = () => {};
let retry;
let becoming = 0;

const refresh = {
  workspace: oneAtATime(loadWorkspace, report),
  place: oneAtATime(loadPlace, report),
  thread: oneAtATime(loadThread, report),
  form: oneAtATime(loadForm, report),
};
const refreshAll = () => Promise.all([refresh.workspace(), refresh.place(), refresh.thread(), refresh.form()]);
const afterAct = () => Promise.all([refresh.place(), refresh.thread(), refresh.form()]);

const drawer = new Drawer(byId("sidebar"), byId("scrim"), byId("place"));
const forms = new Forms(() => afterAct());
const place = new Place({ refresh: afterAct, openMenu: (button) => drawer.open(button), openThread });
const thread = new Thread(byId("thread"), { refresh: afterAct, onClose: () => goTo(address.place) });
const clock = new ClockBar(byId("clock"), { sync: () => refresh.workspace(), moved: () => refreshAll() });

/** A thread's address carries its channel, so that a reload shows both. */
function openThread(ts) {
  if (address.thread === ts) thread.focus();
  else goTo(address.place, ts);
}

async function loadWorkspace() {
  const as = address.as;
  let data;
  try {
    data = await api.workspace(as);
  } catch (error) {
    if (!(error instanceof Refused) || !as) throw error;
    // Nobody by that id any more: begin as somebody else.
    location.hash = "";
    return;
  }
  if (as !== address.as) return;
  connection("");
  adopt(data);
  settlePlace();
  drawSidebar(byId("sidebar"), address.place);
  place.aim(address);
  thread.aim(address);
  clock.show();
  titlePage();
}

/** Where nothing is named, or something that this person cannot see, begin in their first channel. */
function settlePlace() {
  if (address.place === MY_MESSAGES) {
    address.place = workspace.dm.id;
    settleAddress(address);
  }
  const known = channel(address.place) || address.place === workspace.dm.id || (address.place === "home" && workspace.home);
  if (known && address.as) return;
  address.as = workspace.me.id;
  if (!known) Object.assign(address, { place: workspace.channels[0]?.id ?? "home", thread: "" });
  settleAddress(address);
}

function titlePage() {
  const unread = [...workspace.channels, workspace.dm].reduce((sum, one) => sum + (one.id === address.place ? 0 : one.unread || 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${place.title} · ${workspace.me.name} · ${workspace.team.name}`;
}

async function loadPlace() {
  const { as, place: where } = address;
  if (!workspace.me.id || !where) return;
  if (where === "home") {
    const { view } = await api.home(as);
    if (where === address.place && as === address.as) place.showHome(view);
    return;
  }
  const { messages } = await api.messages(as, where);
  if (where !== address.place || as !== address.as) return;
  const unread = channel(where)?.unread ?? (where === workspace.dm.id ? workspace.dm.unread : 0);
  place.showMessages(messages);
  if (unread && document.visibilityState === "visible") {
    await perform("read", { channel: where });
    await refresh.workspace();
  }
}

async function loadThread() {
  const { as, place: where, thread: ts } = address;
  if (!ts || !workspace.me.id) return;
  const { messages } = await api.messages(as, where, ts);
  if (ts === address.thread && where === address.place && as === address.as) thread.show(messages);
}

async function loadForm() {
  const as = address.as;
  if (!as) return;
  const { views } = await api.form(as);
  if (as === address.as) forms.show(views);
}

/** The bot learns that its home was opened, and may only then have something to show. */
async function openHome() {
  try {
    await api.openHome(address.as);
  } catch (error) {
    report(error);
  }
  await refresh.place();
}

function heard(what) {
  for (const name of what) {
    const [kind, id] = name.split(":");
    if (kind === "form") refresh.form();
    else if (kind === "workspace" || kind === "clock") refresh.workspace();
    else if (kind === "home" && address.place === "home") refresh.place();
    else if (kind === "messages" && id !== address.place) refresh.workspace();
    else if (kind === "messages") hereChanged();
  }
}

async function hereChanged() {
  // First who has unread what, then the messages: their order decides whether they are marked as read.
  await refresh.workspace();
  await Promise.all([refresh.place(), refresh.thread()]);
}

function report(error) {
  // A refusal here means that the person no longer sees this place; the sidebar that follows says where they can go.
  if (error instanceof Refused) return;
  if (!(error instanceof Unreachable)) throw error;
  connection(`${error.message} What you typed is kept. Trying again …`);
  window.clearTimeout(retry);
  retry = window.setTimeout(refreshAll, 2000);
}

function connection(words) {
  const line = byId("connection");
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}

async function become() {
  becoming += 1;
  const turn = becoming;
  stopListening();
  forms.show([]);
  place.clear();
  thread.clear();
  await refresh.workspace();
  await Promise.all([refresh.place(), refresh.thread(), refresh.form()]);
  // Meanwhile the person may have become someone else again.
  if (turn !== becoming) return;
  if (!workspace.me.id) {
    // Nobody to listen for until the workspace answers.
    window.setTimeout(() => { if (turn === becoming) become(); }, 1500);
    return;
  }
  if (address.place === "home") openHome();
  stopListening = listen(address.as, {
    onChange: heard,
    onConnected: () => refreshAll(),
    onLost: () => report(new Unreachable("The workspace is not answering.")),
  });
}

async function moved() {
  const before = address;
  drawer.close();
  address = readAddress();
  if (address.as !== before.as) {
    await become();
    return;
  }
  if (address.place !== before.place) place.clear();
  settlePlace();
  place.aim(address);
  thread.aim(address);
  drawSidebar(byId("sidebar"), address.place);
  titlePage();
  await Promise.all([refresh.place(), refresh.thread()]);
  if (address.place === "home" && before.place !== "home") await openHome();
  if (address.thread && address.thread !== before.thread) thread.focus();
  else if (before.thread && !address.thread && address.place === before.place) place.focusMessage(before.thread);
  else if (address.place !== before.place) place.focus();
}

window.addEventListener("hashchange", moved);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") hereChanged(); });
byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("place").focus(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && address.thread && !document.querySelector("dialog[open], [popover]")) goTo(address.place);
});
// The server's clock is the one that counts; ours may drift from it.
window.setInterval(() => { if (document.visibilityState === "visible") refresh.workspace(); }, 60_000);

become();
