/**
 * Opens search when it is asked for: the field in the header, `/` or Ctrl-K. Nothing else of search is loaded before.
 */

const typing = (/** @type {EventTarget | null} */ at) =>
  at instanceof HTMLElement && (at.isContentEditable || /^(?:input|textarea|select)$/i.test(at.tagName));

async function open() {
  const { open } = await import("./search/dialog.js");
  open();
}

document.addEventListener("click", (event) => {
  const field = event.target instanceof Element && event.target.closest("[data-ab-search]");
  if (!field || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  // Material's instant navigation listens further out, and would follow the link.
  event.stopPropagation();
  open();
}, { capture: true });

document.addEventListener("keydown", (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!slash && !k) return;
  event.preventDefault();
  const own = document.querySelector(".ab-seek [type=search]");
  if (own instanceof HTMLElement) own.focus();
  else open();
});

async function arrive() {
  const page = document.querySelector("[data-ab-search-page]");
  if (page instanceof HTMLElement) (await import("./search/page.js")).start(page);
}

if (window.document$) window.document$.subscribe(arrive);
else arrive();
