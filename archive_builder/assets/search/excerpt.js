/**
 * Cuts what is shown of a record out of its text: around what was asked for, with the passage and the words found marked.
 *
 * @typedef {{ text: string, found: boolean, passage: boolean }} Stretch
 */

import { fold } from "./names.js";

const OPEN = "⟦";
const CLOSE = "⟧";
const LENGTH = 220;

/** The folded text, and where each of its letters stands in the text. @param {string} text */
function folded(text) {
  /** @type {string[]} */
  const plain = [];
  /** @type {number[]} */
  const at = [];
  let spaced = true;
  for (let place = 0; place < text.length; place += 1) {
    for (const sign of signs(text[place])) {
      if (sign === " " && spaced) continue;
      spaced = sign === " ";
      plain.push(sign);
      at.push(place);
    }
  }
  return { plain: plain.join(""), at };
}

/** What a letter is folded to, remembered: a text has few different ones. @type {Map<string, string>} */
const folds = new Map();

/** @param {string} letter */
function signs(letter) {
  let known = folds.get(letter);
  if (known === undefined) {
    // Between two letters it shows whether it parts words, joins them, or is one.
    known = fold(`a${letter}a`).slice(1, -1);
    folds.set(letter, known);
  }
  return known;
}

/** What a word that is found begins with. @param {string} word */
export const withoutEnding = (word) => (word.length > 5 ? word.slice(0, -2) : word);

/**
 * Where the words and names stand. A word is found by its beginning, as its ending may be another's.
 *
 * @param {string} text @param {string[]} words @param {string[]} phrases @returns {[number, number][]}
 */
function hits(text, words, phrases) {
  const { plain, at } = folded(text);
  /** @type {[number, number][]} */
  const found = [];
  const stems = words.map(withoutEnding);
  for (const match of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (stems.some((stem) => match[0].startsWith(stem))) found.push([match.index, match.index + match[0].length]);
  }
  for (const phrase of phrases) {
    for (let place = plain.indexOf(phrase); place >= 0; place = plain.indexOf(phrase, place + 1)) {
      const isWhole = (plain[place - 1] ?? " ") === " " && (plain[place + phrase.length] ?? " ") === " ";
      if (isWhole) found.push([place, place + phrase.length]);
    }
  }
  return found.map(([from, to]) => /** @type {[number, number]} */ ([at[from], at[to - 1] + 1])).sort(([one], [other]) => one - other);
}

/** The stretch of text with the most of what was found. @param {string} text @param {[number, number][]} found */
function around(text, found) {
  if (text.length <= LENGTH * 1.3) return [0, text.length];
  let best = 0;
  let most = 0;
  found.forEach(([start], index) => {
    const inside = found.slice(index).filter(([, end]) => end <= start + LENGTH).length;
    if (inside > most) [best, most] = [start, inside];
  });
  let from = Math.max(best - 60, 0);
  let to = Math.min(from + LENGTH, text.length);
  if (from > 0) from = text.indexOf(" ", from) + 1;
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
  return [from, to];
}

/**
 * @param {string} marked  The text, in which a passage may stand between signs.
 * @param {string[]} words @param {string[]} phrases
 * @returns {{ stretches: Stretch[], hits: number }}
 */
export function excerpt(marked, words, phrases) {
  const open = marked.indexOf(OPEN);
  const close = marked.indexOf(CLOSE) - 1;
  const text = marked.replace(OPEN, "").replace(CLOSE, "");
  const found = hits(text, words, phrases);
  const [from, to] = open >= 0 ? [0, text.length] : around(text, found);
  const isFound = (/** @type {number} */ place) => found.some(([start, end]) => start <= place && place < end);
  const isPassage = (/** @type {number} */ place) => open >= 0 && open <= place && place < close;
  /** @type {Stretch[]} */
  const stretches = [];
  for (let place = from; place < to; place += 1) {
    const last = stretches.at(-1);
    if (last && last.found === isFound(place) && last.passage === isPassage(place)) last.text += text[place];
    else stretches.push({ text: text[place], found: isFound(place), passage: isPassage(place) });
  }
  if (from > 0) stretches.unshift({ text: "… ", found: false, passage: false });
  if (to < text.length) stretches.push({ text: " …", found: false, passage: false });
  return { stretches, hits: found.length };
}
