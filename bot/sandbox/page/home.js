// The bot's home tab for the acting person.

import { drawBlocks } from "./blocks.js";
import { refreshDates } from "./dates.js";
import { el } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { Surface } from "./surface.js";
import { workspace } from "./workspace.js";

export class Home {
  constructor(root, refresh) {
    this.root = root;
    this.refresh = refresh;
    this.clear();
  }

  clear() {
    this.drawn = null;
    this.surface = null;
  }

  show(view) {
    // What the view says of its own state is left out: it follows what the person chooses.
    const signature = JSON.stringify(view ? { ...view, state: null } : null);
    if (signature === this.drawn) return;
    this.drawn = signature;
    if (!view) {
      this.root.replaceChildren(el("p", { class: "empty" }, `${workspace.bot.name} has put nothing here for you yet.`));
      return;
    }
    if (this.surface?.reference.view_id !== view.id) {
      this.surface = new Surface("home", { view_id: view.id }, {
        onSettled: () => this.refresh(),
        onDenied: () => {
          this.drawn = null;
          this.show(view);
        },
      });
      this.surface.restore(view.state);
    }
    keepingFocus(this.root, () => this.root.replaceChildren(
      this.surface.draw(() => el("div", { class: "blocks home-blocks" }, drawBlocks(view.blocks ?? [], this.surface)))));
    refreshDates(this.root);
  }
}
