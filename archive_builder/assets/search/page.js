/**
 * The page of all results: words and facets, which stand in the address, so that a search can be shared.
 *
 * Facets narrow within what is found; of one facet several values may be chosen, and either is enough.
 */

import { TITLES, alsoWritten, counted, element, inOrder, mark, result, size, styled } from "./drawing.js";
import { deeper, find } from "./engine.js";
import { remember } from "./recent.js";

const FACETS = /** @type {Record<string, string>} */ ({
  type: "What it is",
  status: "Status of the claim",
  stance: "Stance",
  event: "Event",
  outlet: "Outlet",
  year: "Year",
  person: "Person",
  place: "Place",
  organisation: "Organisation",
  language: "Language",
});
const OPEN = ["type", "status"];
/** Where the facets stand beside the results and not above them. */
const isWide = matchMedia("(min-width: 45em)");
const SETTLES_AFTER = 150;
const EACH = 10;

/** The words for a facet's value. @param {string} facet @param {string} value */
function wordsFor(facet, value) {
  if (facet === "language") return new Intl.DisplayNames("en", { type: "language", fallback: "code" }).of(value) ?? value;
  return value;
}

/** @param {HTMLElement} page */
export async function start(page) {
  if (page.dataset.ready) return;
  page.dataset.ready = "";
  await styled();
  new Page(page);
}

class Page {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.field = /** @type {HTMLInputElement} */ (element("input"));
    Object.assign(this.field, { type: "search", name: "q", autocomplete: "off", spellcheck: false, placeholder: "Names, numbers, words of a quotation", dir: "auto" });
    this.field.setAttribute("aria-label", "Search");
    this.told = element("p", "ab-seek-told");
    this.told.setAttribute("role", "status");
    this.facets = element("div", "ab-seek-facets");
    this.results = element("div", "ab-seek-results");
    this.form = /** @type {HTMLFormElement} */ (element("form", "ab-seek", element("div", "ab-seek-bar", this.field), this.told, element("div", "ab-seek-columns", this.facets, this.results)));
    this.form.setAttribute("role", "search");
    page.replaceChildren(this.form);
    /** @type {Record<string, number>} */
    this.most = {};
    this.asked = new AbortController();
    this.waiting = 0;
    this.read();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember(this.field.value);
      this.search();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.most = {};
      this.waiting = window.setTimeout(() => this.search(), SETTLES_AFTER);
    });
    this.facets.addEventListener("change", () => {
      this.most = {};
      this.chosen = this.ticked();
      this.search();
    });
    this.results.addEventListener("click", () => remember(this.field.value));
    this.search();
  }

  /** Take words and facets from the address. */
  read() {
    const query = new URLSearchParams(location.search);
    this.field.value = query.get("q") ?? "";
    /** @type {Record<string, string[]>} */
    this.chosen = {};
    for (const facet of Object.keys(FACETS)) {
      const values = query.getAll(facet);
      if (values.length) this.chosen[facet] = values;
    }
  }

  /** @returns {Record<string, string[]>} */
  ticked() {
    /** @type {Record<string, string[]>} */
    const chosen = {};
    for (const box of this.facets.querySelectorAll("input:checked")) {
      const { name, value } = /** @type {HTMLInputElement} */ (box);
      (chosen[name] ??= []).push(value);
    }
    return chosen;
  }

  write() {
    const url = new URL(location.href);
    for (const name of ["q", ...Object.keys(FACETS)]) url.searchParams.delete(name);
    if (this.field.value.trim()) url.searchParams.set("q", this.field.value.trim());
    for (const [facet, values] of Object.entries(this.chosen)) for (const value of values) url.searchParams.append(facet, value);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  async search() {
    clearTimeout(this.waiting);
    this.asked.abort();
    this.asked = new AbortController();
    const { signal } = this.asked;
    this.write();
    const most = Object.fromEntries(Object.keys(TITLES).map((name) => [name, this.most[name] ?? EACH]));
    try {
      const found = await find(this.field.value, { most, narrowed: this.chosen, counted: true, signal });
      if (signal.aborted) return;
      this.show(found);
      // Where nothing is found there is nothing to narrow; what was chosen can still be taken back.
      this.showFacets((inOrder(found).length && found.counts) || {});
    } catch (error) {
      if (!signal.aborted) this.told.textContent = `Search does not work just now. ${error instanceof Error ? error.message : ""}`;
    }
  }

  /** @param {import("./engine.js").Found} found */
  show(found) {
    const order = inOrder(found);
    const all = order.reduce((sum, name) => sum + found.groups[name].count, 0);
    const typed = this.field.value.trim();
    this.told.replaceChildren(order.length ? `${counted(all, "result")}.` : "Nothing found. Fewer words, or fewer filters, may find more.");
    for (const line of alsoWritten(found, typed)) this.told.append(" ", line);
    if (found.meant) {
      const again = /** @type {HTMLButtonElement} */ (element("button", "", found.meant));
      again.type = "button";
      again.addEventListener("click", () => {
        this.field.value = found.meant ?? "";
        this.search();
      });
      this.told.append(" Did you mean ", again, "?");
    }
    const sections = order.map((name) => {
      const { count, items } = found.groups[name];
      const section = element("section", "", element("h2", "", `${TITLES[name]} `, element("span", "ab-count", size(found.groups[name]))));
      section.append(element("ol", "", ...items.map((item) => element("li", "", result(item)))));
      if (count > items.length) section.append(this.button(`Show ${Math.min(EACH, count - items.length)} more of ${count.toLocaleString("en")}`, () => (this.most[name] = items.length + EACH)));
      return section;
    });
    this.results.replaceChildren(...sections);
    if (found.older) {
      const { searched, next, key } = found.older;
      const told = searched ? `Of the passages only the newest were searched, those of ${searched}. ` : "Not all passages were searched. ";
      const more = this.button(next ? `Search those of ${next} too` : "Search more of them", () => deeper([key]));
      this.results.append(element("p", "ab-seek-older", told, more));
    }
  }

  /** @param {string} words @param {() => void} does */
  button(words, does) {
    const button = /** @type {HTMLButtonElement} */ (element("button", "ab-seek-more", words));
    button.type = "button";
    button.addEventListener("click", () => {
      does();
      this.search();
    });
    return button;
  }

  /** @param {Record<string, Record<string, number>>} counts */
  showFacets(counts) {
    const opened = new Set([...this.facets.querySelectorAll("details[open]")].map((each) => /** @type {HTMLElement} */ (each).dataset.facet));
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement : null;
    const known = this.facets.childElementCount > 0;
    const made = Object.entries(FACETS).flatMap(([facet, title]) => {
      const chosen = this.chosen[facet] ?? [];
      const values = Object.entries(counts[facet] ?? {}).filter(([value, count]) => count > 0 || chosen.includes(value));
      for (const value of chosen) if (!values.some(([own]) => own === value)) values.push([value, 0]);
      if (!values.length) return [];
      values.sort(([one, many], [other, more]) => (facet === "year" ? other.localeCompare(one) : more - many || one.localeCompare(other)));
      const boxes = values.map(([value, count]) => {
        const box = Object.assign(document.createElement("input"), { type: "checkbox", name: facet, value, checked: chosen.includes(value) });
        const words = facet === "status" ? mark(value) : element("span", "", wordsFor(facet, value));
        return element("label", "", box, words, element("span", "", count.toLocaleString("en")));
      });
      const held = element("details", "", element("summary", "", title), element("div", "ab-seek-values", ...boxes));
      held.dataset.facet = facet;
      held.toggleAttribute("open", known ? opened.has(facet) : (isWide.matches && OPEN.includes(facet)) || chosen.length > 0);
      return [held];
    });
    this.facets.replaceChildren(...made);
    if (focused?.type === "checkbox") {
      const again = [...this.facets.querySelectorAll("input")].find((box) => box.name === focused.name && box.value === focused.value);
      again?.focus();
    }
  }
}
