/** Draws what is found: the groups in their order, each result with what it is, where a claim stands, and the words around. */

import { fold } from "./names.js";
import { SITE } from "./engine.js";

/** @typedef {import("./engine.js").Item} Item */
/** @typedef {import("./engine.js").Found} Found */

export const TITLES = /** @type {Record<string, string>} */ ({
  names: "People, places and outlets",
  articles: "Articles",
  passages: "Passages",
  claims: "Claims and events",
  pages: "Pages",
});
const STATUSES = /** @type {Record<string, string>} */ ({
  contested: "contested",
  agreed: "agreed",
  "single-origin": "single origin",
  unsupported: "unsupported here",
  unreported: "not reported",
});
const ALSO = 6;

/**
 * @param {string} name @param {string} [className] @param {(Node | string)[]} children
 * @returns {HTMLElement}
 */
export function element(name, className = "", ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** The status in words, with its line. @param {string} status */
export const mark = (status) => element("span", `ab-status ab-${status}`, STATUSES[status] ?? status);

/** A count with its noun. @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** @param {import("./excerpt.js").Stretch[]} stretches @param {string} status */
function words(stretches, status) {
  return stretches.map(({ text, found, passage }) => {
    const shown = found ? element("mark", "", text) : text;
    return passage ? element("span", `ab-hit-passage ab-${status}`, shown) : shown;
  });
}

/** How many of a group are told: a name that is only offered is no result. @param {import("./engine.js").Group} group */
export const size = (group) => Math.max(group.count, group.items.length).toLocaleString("en");

/** A result as a link. @param {Item} item */
export function result(item) {
  const { meta, filters } = item;
  const link = /** @type {HTMLAnchorElement} */ (element("a", "ab-hit"));
  link.href = new URL(item.url, SITE).href;
  const type = filters.type?.[0] ?? "";
  const status = filters.status?.length === 1 ? filters.status[0] : "";
  const language = filters.language?.[0] ?? "";
  const head = element("span", "ab-hit-head");
  if (status && type !== "article") head.append(mark(status), " ");
  const title = meta.title || (filters.kind ? `Note: ${filters.kind[0]}` : item.url);
  head.append(element("span", "ab-hit-title", title));
  if (item.group === "names" || type === "event") head.append(" ", element("span", "ab-hit-kind", type));
  if (meta.value) head.append(" ", element("span", "ab-value", meta.value));
  if (type === "passage" && filters.stance) head.append(" ", element("span", "ab-hit-kind", filters.stance[0]));
  link.append(head);
  if (meta.also) link.append(element("span", "ab-hit-also", `also written ${meta.also.split(" · ").slice(0, ALSO).join(", ")}`));
  const quoted = words(item.quoted, status || filters.kind?.[0] || "context");
  if (quoted.length && !item.summary) {
    const text = element("span", "ab-hit-text", ...quoted);
    if (type === "article" || type === "passage") text.lang = language;
    text.dir = "auto";
    link.append(text);
  }
  if (item.said.length) {
    const lead = type === "article" ? "Our summary: " : "Note: ";
    link.append(element("span", "ab-hit-said", lead, ...words(item.said, "context")));
  }
  const where = [type === "article" || type === "passage" ? filters.outlet?.[0] : "", meta.date].filter(Boolean).join(", ");
  if (where) link.append(element("span", "ab-hit-where", where));
  return link;
}

/** The groups to show, in order. @param {Found} found */
export const inOrder = (found) => found.order;

/** What else the names of the query are written as, in a sentence. @param {Found} found @param {string} typed */
export function alsoWritten(found, typed) {
  const lines = [];
  for (const { word, written } of found.names) {
    const others = [...(found.spellings.get(word) ?? [])].filter((each) => fold(each) !== fold(written) && !fold(typed).includes(fold(each)));
    if (others.length) lines.push(`${written} is also written ${others.slice(0, ALSO).join(", ")}.`);
  }
  return [...new Set(lines)].slice(0, 2);
}

/** Make sure that the results are styled. */
export function styled() {
  const href = new URL("./search.css", import.meta.url).href;
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  const loaded = new Promise((resolve) => link.addEventListener("load", resolve, { once: true }));
  link.addEventListener("error", () => link.remove());
  document.head.append(link);
  return Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 500))]);
}
