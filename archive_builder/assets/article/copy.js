/* A button that copies a reference. */

/** @param {HTMLElement} article */
export function copyButtons(article) {
  for (const held of article.querySelectorAll("[data-copy]")) {
    if (held.nextElementSibling?.matches(".ab-copy")) continue;
    const text = held.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ab-copy";
    button.textContent = "Copy";
    button.addEventListener("click", () => copyText(text, button));
    held.after(button);
  }
}

/**
 * Copies the text, and says on the button that it is done.
 * @param {string} text
 * @param {HTMLElement} button
 */
export async function copyText(text, button) {
  const said = button.dataset.said ?? (button.dataset.said = button.title || button.textContent);
  const done = await copied(text);
  button.classList.toggle("ab-done", done);
  const words = done ? "Copied" : "Not copied";
  if (button.title) button.title = words;
  else button.textContent = words;
  setTimeout(() => {
    button.classList.remove("ab-done");
    if (button.title) button.title = said;
    else button.textContent = said;
  }, 2000);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
