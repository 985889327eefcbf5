// What was typed and not yet sent survives a reload of the tab, as does how far one has read here. It stays in this
// tab's own storage.

const key = (...parts) => `draft ${parts.join(" ")}`;

export const drafts = {
  read(...parts) {
    return sessionStorage.getItem(key(...parts)) ?? "";
  },

  keep(text, ...parts) {
    try {
      if (text) sessionStorage.setItem(key(...parts), text);
      else sessionStorage.removeItem(key(...parts));
    } catch {
      // A full store costs only the safety net; the text is still in its field.
    }
  },
};
