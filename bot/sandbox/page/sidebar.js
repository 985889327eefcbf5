// The sidebar: the team, its channels, the desk, and who one acts as.

import { addressIn } from "./address.js";
import { avatar } from "./avatars.js";
import { arrowThrough, el, icon } from "./dom.js";
import { choosePerson } from "./people.js";
import { describe, workspace } from "./workspace.js";

export function drawSidebar(root, place) {
  const bot = workspace.home ? "home" : workspace.dm.id;
  const inBot = place === "home" || place === workspace.dm.id;
  const links = [
    heading("Channels"),
    el("ul", {}, workspace.channels.map((one) => channelLink(one, one.id === place))),
    heading("Apps"),
    el("ul", {}, el("li", {}, link({
      to: workspace.dm.unread ? workspace.dm.id : bot, name: workspace.bot.name, sign: avatar(workspace.bot, { bot: true }),
      current: inBot, unread: place === workspace.dm.id ? 0 : workspace.dm.unread,
    }))),
  ];
  const focused = root.contains(document.activeElement) ? document.activeElement.getAttribute("href") ?? "#me" : null;
  root.replaceChildren(
    el("p", { class: "team-name" }, workspace.team.name),
    el("div", { class: "sidebar-scroll", onkeydown: (event) => arrowThrough(event, [...root.querySelectorAll(".sidebar-link")]) }, links),
    identity());
  if (focused) (root.querySelector(`a[href="${CSS.escape(focused)}"]`) ?? root.querySelector(".identity")).focus();
}

const heading = (words) => el("h2", { class: "sidebar-heading" }, words);

function channelLink(one, current) {
  const kind = one.archived ? icon("archive", "archived") : one.private ? icon("lock", "private") : icon("hash");
  // What lies open before the person is not unread.
  return el("li", {}, link({ to: one.id, name: one.name, sign: kind, current, unread: current ? 0 : one.unread, mention: one.mention, faded: one.archived }));
}

function link({ to, name, sign, current, unread, mention, faded }) {
  const classes = ["sidebar-link", unread && "is-unread", faded && "is-faded"].filter(Boolean).join(" ");
  return el("a", { class: classes, href: addressIn(to), "aria-current": current ? "page" : undefined },
    sign, el("span", { class: "sidebar-name" }, name), unread > 0 && unreadMark(unread, mention));
}

/** A number, and words for those who don't see the bold name: never colour alone. */
function unreadMark(unread, mention) {
  return el("span", { class: `unread ${mention ? "unread-mention" : ""}` },
    mention && el("span", {}, "@"), String(unread), el("span", { class: "unseen" }, mention ? " unread, you are mentioned" : " unread"));
}

function identity() {
  const { me } = workspace;
  return el("button", { type: "button", class: "identity", "aria-haspopup": "dialog", onclick: choosePerson },
    avatar(workspace.members.find((one) => one.id === me.id) ?? me),
    el("span", { class: "identity-words" },
      el("small", {}, "Acting as "), el("strong", {}, me.name), el("small", {}, ` ${describe(me)}`),
      el("span", { class: "unseen" }, ". Act as someone else")),
    icon("chevron"));
}

/** On a narrow screen the sidebar is a drawer over the page. */
export class Drawer {
  /** @param behind what lies behind the open drawer, and is out of reach meanwhile */
  constructor(sidebar, scrim, behind) {
    this.sidebar = sidebar;
    this.scrim = scrim;
    this.behind = behind;
    this.narrow = window.matchMedia("(max-width: 760px)");
    this.narrow.addEventListener("change", () => this.close());
    scrim.addEventListener("click", () => this.close());
    sidebar.addEventListener("click", (event) => { if (event.target.closest("a")) this.close(); });
    sidebar.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close(); });
    this.close();
  }

  open(button) {
    this.button = button;
    this.sidebar.inert = false;
    this.sidebar.classList.add("is-open");
    this.scrim.hidden = false;
    this.behind.inert = true;
    button.setAttribute("aria-expanded", "true");
    (this.sidebar.querySelector("[aria-current]") ?? this.sidebar.querySelector("a"))?.focus();
  }

  close() {
    const wasOpen = this.sidebar.classList.contains("is-open");
    this.sidebar.classList.remove("is-open");
    this.sidebar.inert = this.narrow.matches;
    this.scrim.hidden = true;
    this.behind.inert = false;
    this.button?.setAttribute("aria-expanded", "false");
    if (wasOpen && this.button?.isConnected) this.button.focus();
  }
}
