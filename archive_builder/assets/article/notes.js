/* Passages and their notes: which belong together, which one is open, and how pointer and focus link them. */

/**
 * @typedef {object} Note
 * @property {string} name
 * @property {HTMLElement} item - the note itself
 * @property {HTMLElement | null} ref - the number behind its passage
 * @property {HTMLElement[]} marks - the parts of its passage
 * @property {number} length - of its passage, in characters
 */

/** How much of an opened note is enough to be noticed, in pixels: about four lines. */
const LINES = 96;

export class Notes {
  /** @type {Note | null} */
  open = null;

  /**
   * @param {HTMLElement} article
   * @param {AbortSignal} signal
   */
  constructor(article, signal) {
    this.article = article;
    this.list = [...article.querySelectorAll(".ab-note")].map((item) => collect(article, item));
    this.byName = new Map(this.list.map((note) => [note.name, note]));
    /** @type {(() => void)[]} */
    this.listeners = [];
    this.list.forEach(prepare);
    const on = (type, act) => article.addEventListener(type, act, { signal });
    on("click", (event) => this.#click(event));
    on("pointerover", (event) => event.pointerType === "mouse" && this.link(this.at(event.target)[0] ?? null));
    on("pointerleave", () => this.link(null));
    on("focusin", (event) => this.link(this.at(event.target)[0] ?? null));
    window.addEventListener("hashchange", () => this.follow(location.hash), { signal });
  }

  /** Those with a passage that is not filtered out, in reading order. */
  get shown() {
    return this.list.filter((note) => note.ref && !note.item.hidden);
  }

  /** @param {() => void} act - called when a note was opened, closed, shown or hidden */
  onChange(act) {
    this.listeners.push(act);
    act();
  }

  changed() {
    this.listeners.forEach((act) => act());
  }

  /**
   * The notes a place in the page belongs to, the smallest passage first.
   * @param {EventTarget | null} place
   * @returns {Note[]}
   */
  at(place) {
    if (!(place instanceof Element)) return [];
    const own = place.closest(".ab-note")?.id.slice(5) ?? place.closest(".ab-ref")?.id.slice(4);
    if (own) return [this.byName.get(own)].filter(Boolean);
    const names = new Set();
    for (let mark = place.closest("mark.ab-mark"); mark; mark = mark.parentElement?.closest("mark.ab-mark"))
      names.add(mark.dataset.note);
    const notes = [...names].map((name) => this.byName.get(name));
    return notes.filter((note) => note && !note.item.hidden).sort((a, b) => a.length - b.length);
  }

  /** The passages around this one's, it included, from the smallest to the largest. @param {Note} note */
  around(note) {
    return this.at(note.marks.at(-1) ?? null);
  }

  /** @param {Note | null} note */
  link(note) {
    this.article.querySelectorAll(".ab-linked").forEach((part) => part.classList.remove("ab-linked"));
    if (note) [note.item, ...note.marks].forEach((part) => part.classList.add("ab-linked"));
  }

  /** Opens a note, and closes the one that was open, without moving the passage under the reader's eyes. @param {Note} note */
  show(note) {
    const before = note.ref?.getBoundingClientRect().top;
    if (this.open) mark(this.open, false);
    this.open = note;
    mark(note, true);
    this.changed();
    if (note.ref) scrollBy(0, note.ref.getBoundingClientRect().top - before);
  }

  /** @param {boolean} back - whether the focus returns to the passage */
  close(back) {
    const note = this.open;
    if (!note) return;
    const hadFocus = note.item.contains(document.activeElement);
    const before = note.ref?.getBoundingClientRect().top;
    mark(note, false);
    this.open = null;
    this.changed();
    if (note.ref) scrollBy(0, note.ref.getBoundingClientRect().top - before);
    if (note.ref && (back || hadFocus)) note.ref.focus({ preventScroll: true });
  }

  /** Opens the next passage outwards; after the outermost, closes. @param {Note[]} chain */
  outwards(chain) {
    const next = chain[this.open ? chain.indexOf(this.open) + 1 : 0];
    if (next) this.show(next);
    else this.close(false);
  }

  /** Goes where a fragment of the address leads. @param {string} hash */
  follow(hash) {
    const note = this.#named(hash);
    if (!note) return;
    if (note.item.hidden) this.article.dispatchEvent(new CustomEvent("ab-show-all"));
    this.show(note);
    requestAnimationFrame(() => {
      (note.marks[0] ?? note.item).scrollIntoView({ block: note.marks.length ? "center" : "start" });
      (hash.startsWith("#note-") ? note.item : (note.ref ?? note.item)).focus({ preventScroll: true });
    });
  }

  /** The note a fragment names. Names are ASCII, so that nothing is encoded. @param {string} hash */
  #named(hash) {
    return this.byName.get(/^#(?:note|mark|ref)-(.+)$/.exec(hash)?.[1]);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    const ref = target.closest(".ab-ref");
    if (ref) return this.#clickNumber(event, this.byName.get(ref.id.slice(4)));
    const back = target.closest(".ab-back");
    if (back) return this.#clickBack(event, this.byName.get(back.getAttribute("href").slice(5)));
    const link = target.closest("a");
    if (link && link.host === location.host && link.pathname === location.pathname && this.#named(link.hash)) {
      // Material takes such a link for one to another page, and tells nobody that the fragment changed.
      event.preventDefault();
      event.stopPropagation();
      history.pushState(null, "", link.hash);
      return this.follow(link.hash);
    }
    if (target.closest(".ab-toggle")) return this.#toggle(this.at(target)[0]);
    if (target.closest("a, button, summary, input") || String(getSelection())) return;
    if (target.closest("mark.ab-mark")) {
      this.outwards(this.at(target));
      if (this.open) reveal(this.open);
    }
    else if (target.closest(".ab-note.ab-compact")) this.show(this.at(target)[0]);
  }

  /** @param {Note} note */
  #toggle(note) {
    if (this.open === note) this.close(true);
    else this.show(note);
  }

  #clickNumber(event, note) {
    event.preventDefault();
    event.stopPropagation();
    if (this.open === note) return this.close(true);
    this.show(note);
    history.replaceState(history.state, "", `#note-${note.name}`);
    note.item.focus({ preventScroll: true });
    note.item.scrollIntoView({ block: "nearest" });
  }

  #clickBack(event, note) {
    event.preventDefault();
    event.stopPropagation();
    note.ref?.scrollIntoView({ block: "center" });
    note.ref?.focus({ preventScroll: true });
  }
}

/**
 * Scrolls to a note that opened beyond the end of the screen, below a long paragraph: so far that it begins in the
 * middle of the screen, or less where all of it is then to be seen.
 *
 * @param {Note} note
 */
function reveal(note) {
  const { top, bottom } = note.item.getBoundingClientRect();
  if (!note.item.closest(".ab-opened") || top < innerHeight - LINES) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: Math.min(bottom - innerHeight + LINES / 4, top - innerHeight / 2), behavior: calm ? "auto" : "smooth" });
}

/** @returns {Note} */
function collect(article, item) {
  const name = item.id.slice(5);
  const marks = [...article.querySelectorAll(`mark[data-note="${CSS.escape(name)}"]`)];
  const ref = document.getElementById(`ref-${name}`);
  return { name, item, ref, marks, length: marks.reduce((sum, part) => sum + part.textContent.length, 0) };
}

/** Makes the note ready for focus, and gives it a button that opens and closes it. */
function prepare(note) {
  note.item.tabIndex = -1;
  if (!note.ref) return;
  note.ref.setAttribute("aria-expanded", "false");
  note.ref.setAttribute("aria-label", `Note ${note.ref.textContent}`);
  if (note.item.querySelector(":scope > .ab-toggle")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ab-toggle";
  button.textContent = "more";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-label", `more of note ${note.ref.textContent}`);
  note.item.append(button);
}

/** Shows in both that a note is open, or closed. */
function mark(note, open) {
  for (const part of [note.item, ...note.marks]) part.classList.toggle("ab-open", open);
  const button = note.item.querySelector(":scope > .ab-toggle");
  note.ref?.setAttribute("aria-expanded", String(open));
  button?.setAttribute("aria-expanded", String(open));
  button?.setAttribute("aria-label", `${open ? "close" : "more of"} note ${note.ref?.textContent}`);
  if (button) button.textContent = open ? "close" : "more";
}
