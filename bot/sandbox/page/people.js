// "Act as": the person whose eyes and hands this tab has. Several tabs can be several people.

import { addressOf, MY_MESSAGES, readAddress } from "./address.js";
import { avatar } from "./avatars.js";
import { openDialog } from "./dialogs.js";
import { announce, arrowThrough, el, uniqueId } from "./dom.js";
import { describe, workspace } from "./workspace.js";

export function choosePerson() {
  const label = uniqueId("person-search");
  const search = el("input", { id: label, class: "text-input", type: "search", autocomplete: "off", autofocus: true, placeholder: "Name, title or team" });
  const list = el("ul", { class: "people" });
  const dialog = openDialog({
    title: "Act as",
    className: "dialog-people",
    body: [
      el("p", { class: "dialog-lead" }, "See the workspace as someone else. Open two tabs to be two people at once."),
      el("label", { class: "field-label", for: label }, "Find a person"),
      search,
      list,
    ],
  });
  const become = (person) => {
    dialog.close();
    // Another person may not see this place; the page finds them one if so.
    const { place } = readAddress();
    location.hash = addressOf({ as: person.id, place: place === workspace.dm.id ? MY_MESSAGES : place });
  };
  const fill = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/);
    const found = workspace.members.filter((person) => words.every((word) => `${person.name} ${describe(person)}`.toLowerCase().includes(word)));
    list.replaceChildren(...found.map((person) => row(person, become)));
    if (!found.length) list.append(el("li", { class: "options-note" }, "Nobody by that name."));
    return found;
  };
  search.addEventListener("input", () => {
    const found = fill();
    announce(`${found.length} found`);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      // Else the same key would press the button that opened the dialog, which has the focus again by then.
      event.preventDefault();
      list.querySelector(".person:not([disabled])")?.click();
    }
    if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector(".person:not([disabled])")?.focus();
    }
  });
  list.addEventListener("keydown", (event) => arrowThrough(event, [search, ...list.querySelectorAll(".person:not([disabled])")]));
  fill();
  // The dialog opened before its list was filled.
  search.focus();
}

function row(person, become) {
  const mine = person.id === workspace.me.id;
  const about = uniqueId("person");
  return el("li", {},
    el("button", {
      type: "button", class: "person", disabled: person.gone, "aria-label": person.name, "aria-describedby": about,
      "aria-current": mine ? "true" : undefined, onclick: () => become(person),
    },
    avatar(person),
    el("span", { class: "person-words" },
      el("strong", {}, person.name), el("small", { id: about }, [person.title, mine && "you act as them now"].filter(Boolean).join(" · "))),
    person.guest && el("span", { class: "badge" }, "Guest"),
    person.team_name && el("span", { class: "badge" }, person.team_name),
    person.gone && el("span", { class: "badge" }, "Deactivated")),
    !person.gone && el("a", {
      class: "person-tab", href: addressOf({ as: person.id, place: "" }), target: "_blank", rel: "noopener", "aria-label": `New tab as ${person.name}`,
    }, "New tab"));
}
