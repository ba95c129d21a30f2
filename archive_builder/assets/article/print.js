/* Paper: everything that can be opened is open while a page is printed. */

/**
 * @param {HTMLElement} article
 * @param {AbortSignal} signal
 */
export function openForPrint(article, signal) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const open = () => {
    opened = [...article.querySelectorAll("details.ab-source:not([open])")];
    opened.forEach((details) => (details.open = true));
  };
  const close = () => opened.forEach((details) => (details.open = false));
  window.addEventListener("beforeprint", open, { signal });
  window.addEventListener("afterprint", close, { signal });
}
