/* Offers again what was typed and not handed in, when its article is shown; and takes a discarding back. */

import { button, el, fill } from "./dom.js";
import { discard, drafts, keep } from "./drafts.js";

/** @param {import("./form.js").Call} call */
export function offered(call, { discarded = null } = {}) {
  const article = call.head.dataset.article;
  const bar = document.querySelector(".ab-drafts") ?? el("div", { class: "ab-drafts", role: "region", lang: "en", dir: "ltr", "aria-label": "Your drafts" });
  const said = el("p", { role: "status" });
  const leave = () => bar.remove();
  call.signal.addEventListener("abort", leave);

  function offer() {
    const held = drafts(article);
    if (!held.length) return leave();
    const [draft] = held;
    const more = held.length > 1 ? ` There are ${held.length} of them.` : "";
    said.textContent = (draft.sent ? "You handed in an annotation from here. Did it arrive?" : "You began an annotation here.") + more;
    fill(bar, said, el("q", {}, draft.words),
      button(draft.sent ? "Open it" : "Continue", () => go(draft)),
      button(draft.sent ? "It arrived" : "Discard", () => drop(draft)),
      button("×", leave, { "aria-label": "Not now", title: "Not now" }));
  }

  async function go(draft) {
    leave();
    const { open } = await import("./form.js");
    await open({ ...call, draft, range: draft.filled.target ? document.createRange() : null });
  }

  function drop(draft) {
    discard(article, draft.id);
    gone(draft);
  }

  function gone(draft) {
    said.textContent = "Discarded.";
    fill(bar, said, button("Undo", () => { keep(article, draft); offer(); bar.querySelector("button")?.focus(); }), button("×", leave, { "aria-label": "Close", title: "Close" }));
    bar.querySelector("button").focus();
  }

  document.body.append(bar);
  if (discarded) gone(discarded);
  else offer();
}
