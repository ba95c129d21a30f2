/**
 * The dialog of search: a field with a list of results that grows as one types, used with arrows, Enter and Escape.
 *
 * The field is a combobox and the results are options of its list box; the focus stays in the field, and what is chosen
 * is told by `aria-activedescendant`.
 */

import { GROUPS, TITLES, alsoWritten, element, inOrder, result, size, styled } from "./drawing.js";
import { SITE, find, warm } from "./engine.js";
import { forget, recent, remember } from "./recent.js";

/** After the last key, in milliseconds. */
const SETTLES_AFTER = 30;
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
      this.waiting = window.setTimeout(() => this.search(), SETTLES_AFTER);
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
    try {
      const found = await find(query, { most: MOST, signal });
      if (!signal.aborted) this.show(found, query);
    } catch (error) {
      if (signal.aborted) return;
      this.list.replaceChildren();
      this.before.replaceChildren();
      this.told.textContent = `Search does not work just now. ${error instanceof Error ? error.message : ""}`;
    }
    return undefined;
  }

  /** @param {import("./engine.js").Found} found @param {string} query */
  show(found, query) {
    const order = inOrder(found);
    this.before.replaceChildren(...alsoWritten(found, query).map((line) => element("p", "ab-search-hint", line)));
    if (found.meant) this.before.append(element("p", "ab-search-hint", "Did you mean ", this.suggestion(found.meant, found.meant), "?"));
    const groups = order.map((name) => {
      const { items } = found.groups[name];
      const years = name === "passages" && found.older ? ` of ${found.older.searched}` : "";
      const head = element("p", "ab-search-group", `${TITLES[name]}${years} `, element("span", "", size(found.groups[name])));
      head.id = `ab-search-${name}`;
      const group = element("div", "", head, ...items.map((item) => result(item)));
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", head.id);
      return group;
    });
    this.list.replaceChildren(...groups);
    this.list.querySelectorAll("a").forEach((option, place) => {
      option.setAttribute("role", "option");
      option.id = `ab-search-option-${place}`;
      option.tabIndex = -1;
    });
    this.field.setAttribute("aria-expanded", String(order.length > 0));
    this.choose(-1);
    const told = GROUPS.filter((name) => order.includes(name)).map((name) => `${TITLES[name]}: ${size(found.groups[name])}`);
    this.told.textContent = order.length ? told.join(", ") : found.meant ? "Nothing found." : `Nothing found for “${query.trim()}”. Fewer words may find more.`;
    this.told.classList.toggle("ab-hidden", order.length > 0);
    this.dialog.dataset.query = query;
  }
}
