/* A sign beside each paragraph, and one at what is selected, that open the form; the form itself is fetched only then. */

const BLOCKS = "p, li";
const OURS = ".ab-head, .ab-source, .ab-summary, .ab-how, .ab-legend, section, .ab-opened, .admonition";
const FURNITURE = ".ab-ref, .ab-annotate, .headerlink, .footnote-ref, .footnote-backref, sup[id^='fnref'], .ab-elision, noscript";
const CALM = 150;
const PATIENCE = 6000;

const ROOT = new URL("../../", import.meta.url).pathname;

/**
 * @param {HTMLElement} article
 * @param {HTMLElement} head - says which article it is
 * @param {AbortSignal} signal - ends when the page is left
 */
export function annotating(article, head, signal) {
  const open = (range, from) => opened({ article, head, signal, range, from });
  for (const block of article.querySelectorAll(BLOCKS)) {
    const isOurs = block.closest(OURS) || block.querySelector(`${BLOCKS}, .ab-annotate`);
    if (!isOurs && wordsOf(block)) block.append(sign(block, open));
  }
  atSelection(article, signal, open);
  const suggest = article.querySelector(".ab-suggest a[href*='/new/']");
  suggest?.addEventListener("click", (event) => {
    event.preventDefault();
    open(null, suggest);
  });
  if (isKept(head.dataset.article)) fetched("return").then(({ offered }) => offered({ article, head, signal, range: null, from: null }));
}

async function opened(call) {
  call.from?.setAttribute("aria-busy", "true");
  try {
    await (await fetched("form")).open(call);
  } catch (error) {
    const said = document.createElement("p");
    Object.assign(said, { className: "ab-drafts", role: "alert", textContent: "The form could not be fetched. Are you offline?" });
    document.body.append(said);
    setTimeout(() => said.remove(), PATIENCE);
    throw error;
  } finally {
    call.from?.removeAttribute("aria-busy");
  }
}

const fetched = (name) => import(`../annotate/${name}.js`);

/** Whether something was begun on this article and not handed in. @param {string} id */
function isKept(id) {
  try {
    return localStorage.getItem(`ab-drafts:${ROOT}:${id}`) !== null;
  } catch {
    return false;
  }
}

function sign(block, open) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "ab-annotate", title: "Annotate this paragraph" });
  made.setAttribute("aria-label", `Annotate: ${wordsOf(block).slice(0, 40)}…`);
  // The selection goes when the button is pressed, unless the press is kept from it.
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("click", () => open(chosen(block) ?? whole(block, made), made));
  return made;
}

/** What the reader selected in the block. */
function chosen(block) {
  const range = selected();
  return range && block.contains(range.startContainer) && block.contains(range.endContainer) ? range : null;
}

function whole(block, made) {
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEndBefore(made);
  return range;
}

function selected() {
  const selection = getSelection();
  return selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0).cloneRange() : null;
}

/** A button at the end of the selection; on a phone below everything, where the phone's own menu is not. */
function atSelection(article, signal, open) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "ab-annotate-here", textContent: "Annotate", title: "Annotate the selected words (key a)", lang: "en" });
  made.hidden = true;
  (article.closest("main") ?? document.body).append(made);
  let range = null;
  let waiting = 0;
  const show = () => {
    const now = selected();
    range = now && String(now).trim() && isText(now, article) ? now : null;
    made.hidden = !range;
    if (range) put(made, range);
  };
  const act = () => {
    const taken = range;
    made.hidden = true;
    const place = /** @type {Element} */ (taken.endContainer.parentElement);
    open(taken, place.closest(BLOCKS)?.querySelector(".ab-annotate") ?? null);
  };
  made.addEventListener("pointerdown", (event) => event.preventDefault());
  made.addEventListener("click", act);
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, CALM);
  }, { signal });
  document.addEventListener("keydown", (event) => {
    const isPlain = event.key === "a" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
    if (!isPlain || !range || /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    event.preventDefault();
    act();
  }, { signal });
  signal.addEventListener("abort", () => made.remove());
}

/** Whether the selection begins or ends in the article's own text. */
function isText(range, article) {
  return [range.startContainer, range.endContainer].some((node) => {
    const place = node instanceof Element ? node : node.parentElement;
    return article.contains(place) && place !== article && !place.closest(OURS);
  });
}

function put(made, range) {
  const lines = range.getClientRects();
  const last = lines[lines.length - 1] ?? range.getBoundingClientRect();
  const origin = (made.offsetParent ?? document.documentElement).getBoundingClientRect();
  const left = Math.max(Math.min(last.right - made.offsetWidth / 2, innerWidth - made.offsetWidth - 8), 8);
  made.style.top = `${last.bottom - origin.top + 6}px`;
  made.style.left = `${left - origin.left}px`;
}

function wordsOf(block) {
  const copy = block.cloneNode(true);
  copy.querySelectorAll(FURNITURE).forEach((each) => each.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
}
