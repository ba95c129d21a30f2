/* Finds the one passage a selector means, and describes a passage with the shortest selector: as the build does, to the letter. */

import { isAlnum, isCombining, isDigit, lengthOf, signAt, signBefore } from "./letters.js";
import { BARRIER, ELISION, normalise } from "./text.js";

/** @typedef {{start: number, end: number}} Anchor */
/** @typedef {{exact: string, prefix: string, suffix: string}} Selector */

export const QUOTE_LENGTH = 5000;
// The build tells no more either.
const PLACES_TOLD = 20;
const REACH = 12;

const UNSPACED = /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]$/u;
const NUMBER_BEFORE = /\p{Nd}[.,:/-]$|(?<!\p{Nd})\p{Nd}{1,3} $/u;
const NUMBER_AFTER = /^(?:[.,:/-]\p{Nd}| \p{Nd}{3}(?!\p{Nd}))/u;
const THREE_DIGITS = /^\p{Nd}{3}(?!\p{Nd})/u;
const AFTER_A_LETTER = /[\p{L}\p{N}_]$/u;
const T_ALONE = /^'[tT](?![\p{L}\p{N}_])/u;
const AFTER_AN_N = /(?<![\p{L}\p{N}_])[nN]$/u;
const BEFORE_A_LETTER = /^'[\p{L}\p{N}_]/u;

/**
 * The passage a selector means, or why there is none.
 * @param {Selector} selector
 * @param {string} text - normalised
 * @returns {Anchor | {fault: "elision" | "repeats" | "cuts" | "missing", places: Anchor[]}}
 */
export function find(selector, text) {
  const exact = normalise(selector.exact);
  if (text.includes(BARRIER) && exact.includes(ELISION)) return { fault: "elision", places: [] };
  return among(occurrences(exact, text), exact, normalise(selector.prefix), normalise(selector.suffix), text);
}

/**
 * The selector for a passage with the shortest prefix, in words, that makes it unique; if need be, a suffix.
 * @param {Anchor} anchor
 * @param {string} text - normalised
 * @returns {Selector | {fault: "empty" | "elision" | "cuts" | "long" | "repeats"}}
 */
export function describe(anchor, text) {
  const exact = text.slice(anchor.start, anchor.end);
  if (!exact || exact !== exact.trim()) return { fault: "empty" };
  if (exact.includes(BARRIER) || (text.includes(BARRIER) && exact.includes(ELISION))) return { fault: "elision" };
  if (cuts(text, anchor)) return { fault: "cuts" };
  if (lengthOf(exact) > QUOTE_LENGTH) return { fault: "long" };
  const compared = normalise(exact);
  const places = occurrences(compared, text);
  for (const [prefix, suffix] of contexts(anchor, text)) {
    if (lengthOf(prefix) > QUOTE_LENGTH || lengthOf(suffix) > QUOTE_LENGTH) break;
    const found = among(places, compared, normalise(prefix), normalise(suffix), text);
    if (found.start === anchor.start && found.end === anchor.end) return { exact, prefix, suffix };
  }
  return { fault: "repeats" };
}

/** The anchor moved out, at each end, to where a word or a number is whole. @param {string} text @param {Anchor} anchor */
export function widened(text, anchor) {
  let { start, end } = anchor;
  while (start > 0 && cutsAt(text, start)) start -= signBefore(text, start).length;
  while (end < text.length && cutsAt(text, end)) end += signAt(text, end).length;
  while (start < end && ` ${BARRIER}`.includes(text[start])) start += 1;
  while (end > start && ` ${BARRIER}`.includes(text[end - 1])) end -= 1;
  return { start, end };
}

function occurrences(exact, text) {
  const found = [];
  for (let at = exact ? text.indexOf(exact) : -1; at >= 0; at = text.indexOf(exact, at + 1)) found.push(at);
  return found;
}

function among(starts, exact, prefix, suffix, text) {
  const whole = [];
  const cut = [];
  for (const start of starts) {
    const anchor = { start, end: start + exact.length };
    if (!precedes(prefix, start, text) || !follows(suffix, anchor.end, text)) continue;
    (cuts(text, anchor) ? cut : whole).push(anchor);
    if (whole.length === PLACES_TOLD) break;
  }
  if (whole.length === 1) return whole[0];
  if (whole.length) return { fault: "repeats", places: whole };
  return { fault: cut.length ? "cuts" : "missing", places: cut.slice(0, PLACES_TOLD) };
}

function precedes(prefix, start, text) {
  const end = text[start - 1] === " " ? start - 1 : start;
  return text.slice(Math.max(end - prefix.length, 0), end) === prefix;
}

function follows(suffix, end, text) {
  return text.startsWith(suffix, text[end] === " " ? end + 1 : end);
}

function cuts(text, { start, end }) {
  return cutsAt(text, start) || cutsAt(text, end);
}

/** Whether a place parts what belongs together: a word, a number, a range, a contraction. */
function cutsAt(text, edge) {
  if (edge <= 0 || edge >= text.length) return false;
  const left = signBefore(text, edge);
  const right = signAt(text, edge);
  if (isCombining(right)) return true;
  if ((left === "_" || right === "_") && [left, right].every((sign) => sign === "_" || isAlnum(sign))) return true;
  if (isAlnum(left) && isAlnum(right))
    return isDigit(left) || isDigit(right) || !(UNSPACED.test(left) && UNSPACED.test(right));
  const before = text.slice(Math.max(edge - REACH, 0), edge);
  const after = text.slice(edge, edge + REACH);
  if (isDigit(right)) return NUMBER_BEFORE.test(before) && (left !== " " || THREE_DIGITS.test(after));
  if (isDigit(left)) return NUMBER_AFTER.test(after);
  return (left === "'" || right === "'") && contracts(text, left === "'" ? edge - 1 : edge);
}

/** Whether the apostrophe at a place makes a negation of two words. */
function contracts(text, at) {
  const before = text.slice(Math.max(at - REACH, 0), at);
  const after = text.slice(at, at + REACH);
  return (AFTER_A_LETTER.test(before) && T_ALONE.test(after)) || (AFTER_AN_N.test(before) && BEFORE_A_LETTER.test(after));
}

/** Ever longer prefixes, up to an elision; then the longest with ever longer suffixes. */
function* contexts(anchor, text) {
  yield ["", ""];
  const first = text.slice(0, anchor.start).lastIndexOf(BARRIER) + 1;
  let start = anchor.start;
  let prefix = "";
  while (start > first) {
    const blank = text.slice(first, Math.max(start - 1, first)).lastIndexOf(" ");
    start = blank < 0 ? first : first + blank + 1;
    prefix = text.slice(start, anchor.start).trim();
    yield [prefix, ""];
  }
  const barrier = text.indexOf(BARRIER, anchor.end);
  const last = barrier < 0 ? text.length : barrier;
  let end = anchor.end;
  while (end < last) {
    const blank = text.indexOf(" ", end + 1);
    end = blank > 0 && blank < last ? blank : last;
    yield [prefix, text.slice(anchor.end, end).trim()];
  }
}
