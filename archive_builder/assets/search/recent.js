/** Remembers the last searches on this computer alone, and forgets them when asked to. */

import { SITE } from "./engine.js";

const KEY = `ab-search:${SITE.pathname}`;
const MOST = 6;

/** @returns {string[]} */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

/** @param {string} query */
export function remember(query) {
  const typed = query.trim();
  if (typed.length < 2) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([typed, ...recent().filter((each) => each !== typed)].slice(0, MOST)));
  } catch {
    // A browser that keeps nothing is no reason not to search.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
