// Menus and lists that float over the page. They live in the browser's top layer, inside the dialog they belong to
// (a popup outside an open dialog would be inert).

import { arrowThrough, el, uniqueId } from "./dom.js";

/** Put a popup beside what it belongs to: below if there is room, else above; never wider than the screen. */
export function place(popup, anchor, { matchWidth = false, alignEnd = false } = {}) {
  const box = anchor.getBoundingClientRect();
  const edge = 8;
  if (matchWidth) popup.style.width = `${Math.min(Math.max(box.width, 220), innerWidth - 2 * edge)}px`;
  const below = innerHeight - box.bottom - edge;
  const above = box.top - edge;
  popup.style.maxHeight = "";
  const wanted = Math.min(popup.scrollHeight + 4, 340);
  const upwards = below < wanted && above > below;
  popup.style.maxHeight = `${Math.max(120, Math.min(340, upwards ? above : below) - 4)}px`;
  const height = popup.offsetHeight;
  const left = alignEnd ? box.right - popup.offsetWidth : box.left;
  popup.style.left = `${Math.max(edge, Math.min(left, innerWidth - popup.offsetWidth - edge))}px`;
  popup.style.top = `${upwards ? box.top - height - 4 : box.bottom + 4}px`;
}

/** Show a popup and take it away when the person does something elsewhere. Returns the function that closes it. */
export function show(popup, anchor, { onClose = () => {}, ...placing } = {}) {
  popup.setAttribute("popover", "manual");
  (anchor.closest("dialog") ?? document.body).append(popup);
  popup.showPopover();
  place(popup, anchor, placing);
  const outside = (event) => {
    if (!popup.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const moved = (event) => {
    if (event.target === window || !popup.contains(event.target)) place(popup, anchor, placing);
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("scroll", moved, true);
  window.addEventListener("resize", moved);
  let open = true;
  function close() {
    if (!open) return;
    open = false;
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("scroll", moved, true);
    window.removeEventListener("resize", moved);
    popup.remove();
    onClose();
  }
  return close;
}

/**
 * A menu under a button. `entries` are {label, detail?, onchoose}; a string is a heading.
 * Arrow keys and first letters move through it, Escape gives focus back to the button.
 */
export function openMenu(button, entries, { label, alignEnd = true } = {}) {
  const items = [];
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label ?? button.getAttribute("aria-label") ?? button.textContent });
  const close = show(menu, button, { alignEnd, onClose: () => button.setAttribute("aria-expanded", "false") });
  button.setAttribute("aria-expanded", "true");
  for (const entry of entries) {
    menu.append(typeof entry === "string" ? el("p", { class: "menu-heading", role: "presentation" }, entry) : menuItem(entry, items, close, button));
  }
  menu.addEventListener("keydown", (event) => {
    if (arrowThrough(event, items)) return;
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
      button.focus();
    } else if (event.key.length === 1) {
      items.find((item) => item.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  });
  place(menu, button, { alignEnd });
  items[0]?.focus();
  return close;
}

function menuItem({ label, detail, onchoose }, items, close, button) {
  const described = detail ? uniqueId("detail") : undefined;
  const item = el("button", {
    type: "button", role: "menuitem", tabindex: -1, "aria-label": label, "aria-describedby": described,
    onclick: () => {
      close();
      // Back to where the menu was opened from, so that a dialog which follows can give focus back there.
      if (button.isConnected) button.focus();
      onchoose();
    },
  }, el("span", {}, label), detail && el("small", { id: described }, detail));
  items.push(item);
  return item;
}
