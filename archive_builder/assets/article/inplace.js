/* The open note below the paragraph of its passage, where there is no margin; the same element, moved and put back. */

import { WIDE } from "./margin.js";

/** @typedef {import("./notes.js").Notes} Notes */

/**
 * @param {Notes} notes
 * @param {AbortSignal} signal
 */
export function inPlace(notes, signal) {
  const wide = matchMedia(WIDE);
  /** The note that was moved, and where it came from. @type {{item: HTMLElement, list: Element, next: Element | null} | null} */
  let moved = null;
  const holder = document.createElement("ol");
  holder.className = "ab-opened";
  notes.article.querySelectorAll(".ab-opened").forEach((left) => left.remove());
  signal.addEventListener("abort", putBack);

  function putBack() {
    if (!moved) return;
    moved.list.insertBefore(moved.item, moved.next);
    holder.remove();
    moved = null;
  }

  return () => {
    const note = wide.matches || !notes.open?.ref ? null : notes.open;
    if (moved?.item === note?.item) return;
    const focused = document.activeElement;
    putBack();
    if (note) {
      moved = { item: note.item, list: note.item.parentElement, next: note.item.nextElementSibling };
      holder.append(note.item);
      putBelow(note.ref, holder);
    }
    if (focused instanceof HTMLElement && note?.item.contains(focused)) focused.focus({ preventScroll: true });
  };
}

/** Puts the holder below the block that holds the passage: in a list, into its item; below a table, not into it. */
function putBelow(ref, holder) {
  const block = ref.closest("p, li, dd, h1, h2, h3, h4, h5, h6, table, pre") ?? ref;
  const table = block.closest("table");
  const outer = table?.closest(".md-typeset__scrollwrap") ?? table;
  if (outer) outer.after(holder);
  else if (block.matches("li, dd")) block.append(holder);
  else block.after(holder);
}
