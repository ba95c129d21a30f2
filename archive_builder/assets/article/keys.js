/* The keyboard: j and k go from note to note, Escape closes, ? explains. Material's own keys (p n , . f s /) stay its own. */

/** @typedef {import("./notes.js").Notes} Notes */

/**
 * @param {Notes} notes
 * @param {AbortSignal} signal
 */
export function keys(notes, signal) {
  const acts = {
    j: () => step(notes, 1),
    k: () => step(notes, -1),
    Escape: () => notes.close(true),
    Enter: (event) => wider(notes, event),
    "?": () => explain(notes.article),
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    acts[event.key]?.(event);
  };
  document.addEventListener("keydown", press, { signal });
}

/** Goes to the next note from where the reader is: the open or focused one, else what stands on the screen. */
function step(notes, way) {
  const all = notes.shown;
  const here = notes.at(document.activeElement)[0] ?? notes.open;
  const from = all.includes(here) ? all.indexOf(here) : justAbove(all) + (way < 0 ? 1 : 0);
  const next = all[from + way];
  if (!next) return;
  if (notes.open) notes.show(next);
  next.ref.focus({ preventScroll: true });
  next.ref.scrollIntoView({ block: "center" });
}

/** The last passage that has already been scrolled past. */
function justAbove(all) {
  return all.findLastIndex(({ ref }) => ref.getBoundingClientRect().bottom < 80);
}

/** Enter on an open note goes on to the passage around its own. */
function wider(notes, event) {
  const note = notes.open;
  if (!note || event.target !== note.item) return;
  notes.outwards(notes.around(note));
  (notes.open?.item ?? note.ref)?.focus({ preventScroll: true });
}

function explain(article) {
  const legend = article.querySelector(".ab-legend");
  if (!legend) return;
  legend.open = !legend.open;
  legend.querySelector("summary").focus();
}

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
