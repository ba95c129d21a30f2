/* What was typed is kept in this browser until it is discarded: several drafts to an article. */

import { page } from "./known.js";

/** @typedef {{id: string, saved: string, sent: string, words: string, filled: import("./record.js").Filled}} Draft */

const ROOT = new URL(page("")).pathname;
// Several sites may share one host: each keeps its own.
const key = (article) => `ab-drafts:${ROOT}:${article}`;
const NAME = `ab-by:${ROOT}`;
const KEPT = 20;

/** The article's drafts, the last touched first. @param {string} article @returns {Draft[]} */
export function drafts(article) {
  try {
    const held = JSON.parse(localStorage.getItem(key(article)) ?? "[]");
    return Array.isArray(held) ? held.filter((draft) => draft?.id && draft.filled) : [];
  } catch {
    return [];
  }
}

/** Keeps a draft; says whether this browser could. @param {string} article @param {Draft} draft */
export function keep(article, draft) {
  const others = drafts(article).filter(({ id }) => id !== draft.id);
  return store(article, [draft, ...others].slice(0, KEPT));
}

/** Takes a draft away; putting it back is keeping it again. @param {string} article @param {string} id */
export function discard(article, id) {
  store(article, drafts(article).filter((draft) => draft.id !== id));
}

function store(article, held) {
  try {
    if (held.length) localStorage.setItem(key(article), JSON.stringify(held));
    else localStorage.removeItem(key(article));
    return true;
  } catch {
    return false;
  }
}

/** The name somebody signed with last. */
export function signed() {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} name */
export function sign(name) {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // Not kept: it is typed again.
  }
}
