// Drawing a part of the page anew must not throw the person out of the field they are in.

/** Run `redraw`, then put focus and cursor back on the control that had them, if it is still there. */
export function keepingFocus(root, redraw) {
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const path = active && pathOf(active, root);
  const range = active && "selectionStart" in active ? rangeOf(active) : null;
  const scroll = root.scrollTop;
  redraw();
  root.scrollTop = scroll;
  const again = path && find(root, path);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (range && "setSelectionRange" in again && again.type !== "email") setRange(again, range);
}

/** A control is known by its article and action, and by its place among the controls that share them. */
function pathOf(node, root) {
  const control = node.closest("[data-control]");
  const article = node.closest("article");
  const scope = control ?? article;
  if (!scope) return node.id ? { id: node.id } : null;
  return {
    ts: article && root.contains(article) ? article.dataset.ts : null,
    control: control?.dataset.control ?? null,
    index: focusable(scope).indexOf(node),
  };
}

function find(root, path) {
  if (path.id) return root.querySelector(`#${CSS.escape(path.id)}`);
  const article = path.ts ? root.querySelector(`article[data-ts="${path.ts}"]`) : root;
  const scope = path.control === null ? article : article?.querySelector(`[data-control="${CSS.escape(path.control)}"]`);
  // A button that has done its work is gone. Its message is a safe place: a neighbouring button could be pressed unmeant.
  return scope ? focusable(scope)[path.index] ?? scope : path.ts && article;
}

const focusable = (scope) => [scope, ...scope.querySelectorAll("input, textarea, select, button, a[href], [tabindex]")];

function rangeOf(input) {
  try {
    return [input.selectionStart, input.selectionEnd];
  } catch {
    return null;
  }
}

function setRange(input, [start, end]) {
  if (start === null) return;
  try {
    input.setSelectionRange(start, end);
  } catch {
    // Dates and the like have no cursor to set.
  }
}
