/**
 * The dialog of search: a field with a list of results that grows as one types, used with arrows, Enter and Escape.
 *
 * The field is a combobox and the results are options of its list box; the focus stays in the field, and what is chosen
 * is told by `aria-activedescendant`.
 */

import { TITLES, alsoWritten, element, inOrder, result, size, styled } from "./drawing.js";
import { SITE, find, warm } from "./engine.js";
import { forget, recent, remember } from "./recent.js";

/** After the last key, in milliseconds; a word of one or two letters is most often on the way to a longer one. */
const SETTLES_AFTER = 30;
const BEGUN_SETTLES_AFTER = 160;
const BEGUN = /(?:^|[^\p{L}\p{N}])\p{Alphabetic}{1,2}$/u;
/** What is found is shown as a whole where it does not take longer than this; else what is found first, and then the rest. */
const WHOLE_WITHIN = 100;
const MOST = { names: 3, articles: 4, passages: 4, claims: 3, pages: 2 };

/** @type {SearchDialog | null} */
let shown = null;

export async function open() {
  const loading = styled();
  warm();
  shown ??= new SearchDialog();
  await loading;
  shown.open();
}

/** The page of all results. @param {string} query */
const everything = (query) => {
  const url = new URL("search/index.html", SITE);
  if (query) url.searchParams.set("q", query);
  return url.href.replace("search/index.html", location.protocol === "file:" ? "search/index.html" : "search/");
};

class SearchDialog {
  constructor() {
    this.dialog = /** @type {HTMLDialogElement} */ (element("dialog", "ab-search"));
    this.dialog.setAttribute("aria-label", "Search");
    this.field = /** @type {HTMLInputElement} */ (element("input", "ab-search-input"));
    Object.assign(this.field, { type: "text", autocomplete: "off", spellcheck: false, placeholder: "Names, numbers, words of a quotation" });
    const attributes = { role: "combobox", "aria-label": "Search", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "ab-search-list", enterkeyhint: "search", dir: "auto" };
    for (const [name, value] of Object.entries(attributes)) this.field.setAttribute(name, value);
    this.close = /** @type {HTMLButtonElement} */ (element("button", "ab-search-close", "Close"));
    this.close.type = "button";
    this.told = element("p", "ab-search-told");
    this.told.setAttribute("role", "status");
    this.before = element("div", "ab-search-before");
    this.list = element("div", "ab-search-list");
    this.list.id = "ab-search-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Results");
    this.all = /** @type {HTMLAnchorElement} */ (element("a", "ab-search-all", "All results, with filters"));
    const keys = element("span", "ab-search-keys", element("kbd", "", "↑"), element("kbd", "", "↓"), " choose ", element("kbd", "", "Enter"), " open ", element("kbd", "", "Esc"), " close");
    const body = element("div", "ab-search-body", this.told, this.before, this.list);
    // It scrolls, and so is reached by keys.
    body.tabIndex = 0;
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", "What is found");
    this.dialog.append(
      element("div", "ab-search-bar", this.field, this.close),
      body,
      element("div", "ab-search-foot", this.all, keys),
    );
    document.body.append(this.dialog);
    this.asked = new AbortController();
    this.waiting = 0;
    /** What stood in the field at the last key: who pastes a word has no more letters to come. */
    this.typed = "";
    /** Of which query results are shown, and its groups. */
    this.shown = { query: "", groups: /** @type {string[]} */ ([]) };
    this.listen();
    this.empty();
  }

  listen() {
    this.close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.waiting);
      const { value } = this.field;
      const isBegun = BEGUN.test(value) && value.length - this.typed.length === 1;
      this.typed = value;
      this.waiting = window.setTimeout(() => this.search(), isBegun ? BEGUN_SETTLES_AFTER : SETTLES_AFTER);
    });
    // Keys of the page around the dialog are not meant.
    this.dialog.addEventListener("keydown", (event) => {
      // Just after it has closed, the field may still hear what is meant for the page.
      if (!this.dialog.open) return;
      event.stopPropagation();
      this.key(event);
    });
    for (const link of [this.list, this.all]) {
      link.addEventListener("click", (event) => {
        if (!(event.target instanceof Element && event.target.closest("a"))) return;
        remember(this.field.value);
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.dialog.close();
      });
    }
    if (window.document$) window.document$.subscribe(() => this.dialog.close());
  }

  open() {
    if (this.dialog.open) return;
    // Material's instant navigation may have taken it out with the page.
    if (!this.dialog.isConnected) document.body.append(this.dialog);
    this.dialog.showModal();
    this.field.focus();
    this.field.select();
    this.choose(-1);
    if (!this.field.value.trim()) this.empty();
  }

  /** @returns {HTMLElement[]} */
  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get chosen() {
    return this.options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  }

  /** @param {number} place */
  choose(place) {
    const options = this.options;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
    const option = options[place];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing || event.target !== this.field) return;
    const many = this.options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && many) {
      event.preventDefault();
      const from = this.chosen < 0 && step < 0 ? 0 : this.chosen;
      this.choose((from + step + many) % many);
    } else if (event.key === "Enter") {
      event.preventDefault();
      remember(this.field.value);
      const option = this.options[this.chosen];
      if (option) option.click();
      else this.all.click();
    }
  }

  /** What stands there before anything is typed. */
  empty() {
    this.list.replaceChildren();
    this.settle();
    this.typed = "";
    this.told.textContent = "";
    this.all.href = everything("");
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    const kept = recent();
    this.before.replaceChildren();
    if (!kept.length) {
      this.before.append(element("p", "ab-search-hint", "A name is found in any of its spellings, in any script. Words in “quotation marks” are found as they stand."));
      return;
    }
    const clear = /** @type {HTMLButtonElement} */ (element("button", "ab-search-clear", "Forget them"));
    clear.type = "button";
    clear.addEventListener("click", () => {
      forget();
      this.empty();
      this.field.focus();
    });
    const again = kept.map((query) => element("li", "", this.suggestion(query, query)));
    this.before.append(element("p", "ab-search-hint", "Your last searches, kept on this computer only. ", clear), element("ul", "ab-search-recent", ...again));
  }

  /** A button that searches for something else. @param {string} query @param {string} words */
  suggestion(query, words) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "ab-search-again", words));
    button.type = "button";
    button.dir = "auto";
    button.addEventListener("click", () => {
      this.field.value = query;
      this.field.focus();
      this.search();
    });
    return button;
  }

  async search() {
    clearTimeout(this.waiting);
    const query = this.field.value;
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    if (!query.trim()) return this.empty();
    this.all.href = everything(query);
    this.shown = { query: "", groups: [] };
    /** @type {import("./engine.js").Found | null} */
    let first = null;
    let isLate = false;
    const showing = window.setTimeout(() => {
      isLate = true;
      if (first) this.begin(first, query);
    }, WHOLE_WITHIN);
    const partly = (/** @type {import("./engine.js").Found} */ found) => {
      first = found;
      if (isLate && !signal.aborted) this.begin(found, query);
    };
    signal.addEventListener("abort", () => clearTimeout(showing));
    try {
      const found = await find(query, { most: MOST, signal, partly });
      clearTimeout(showing);
      if (!signal.aborted) this.show(found, query);
    } catch (error) {
      clearTimeout(showing);
      if (signal.aborted) return;
      this.settle();
      this.list.replaceChildren();
      this.before.replaceChildren();
      this.told.textContent = `Search does not work just now. ${error instanceof Error ? error.message : ""}`;
    }
    return undefined;
  }

  /** Show what is found so far, in the room that what was found before has. @param {import("./engine.js").Found} found @param {string} query */
  begin(found, query) {
    if (!inOrder(found).length) return;
    this.list.style.minHeight = `${this.list.offsetHeight}px`;
    this.list.setAttribute("aria-busy", "true");
    this.draw(found, query);
  }

  /** Nothing more is to come. */
  settle() {
    this.list.style.minHeight = "";
    this.list.removeAttribute("aria-busy");
  }

  /** Show all that is found. @param {import("./engine.js").Found} found @param {string} query */
  show(found, query) {
    this.draw(found, query);
    this.settle();
    const order = inOrder(found);
    if (found.meant) this.before.append(element("p", "ab-search-hint", "Did you mean ", this.suggestion(found.meant, found.meant), "?"));
    this.field.setAttribute("aria-expanded", String(order.length > 0));
    const told = order.map((name) => `${TITLES[name]}: ${size(found.groups[name])}`);
    this.told.textContent = order.length ? told.join(", ") : found.meant ? "Nothing found." : `Nothing found for “${query.trim()}”. Fewer words may find more.`;
    this.told.classList.toggle("ab-hidden", order.length > 0);
    this.dialog.dataset.query = query;
  }

  /**
   * Draw the groups that are not drawn yet; those that are stay as they are, with what is chosen of them.
   *
   * @param {import("./engine.js").Found} found @param {string} query
   */
  draw(found, query) {
    const order = inOrder(found);
    const isNew = this.shown.query !== query;
    if (isNew) {
      this.before.replaceChildren(...alsoWritten(found, query).map((line) => element("p", "ab-search-hint", line)));
      this.list.replaceChildren();
      this.told.classList.add("ab-hidden");
      this.shown = { query, groups: [] };
    }
    const added = order.filter((name) => !this.shown.groups.includes(name)).map((name) => this.group(found, name));
    this.shown.groups = order;
    this.list.append(...added);
    this.options.forEach((option, place) => (option.id = `ab-search-option-${place}`));
    this.field.setAttribute("aria-expanded", String(order.length > 0));
    if (isNew) this.choose(-1);
    this.dialog.dataset.begun = query;
  }

  /** @param {import("./engine.js").Found} found @param {string} name */
  group(found, name) {
    const years = name === "passages" && found.older ? ` of ${found.older.searched}` : "";
    const head = element("p", "ab-search-group", `${TITLES[name]}${years} `, element("span", "", size(found.groups[name])));
    head.id = `ab-search-${name}`;
    const options = found.groups[name].items.map((item) => result(item));
    for (const option of options) {
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
    }
    const group = element("div", "", head, ...options);
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", head.id);
    return group;
  }
}
