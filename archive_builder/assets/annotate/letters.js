/* Sorts characters as Python does, so that the page and the build agree where a word or a number begins and ends. */

/** What Python's \s takes; JavaScript's own class differs from it. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const ALNUM = /^[\p{L}\p{N}]$/u;
const DIGIT = /^\p{Nd}$/u;
// Digits that are no decimal ones: superscripts, circled ones and their like. No property of JavaScript's has them.
const OTHER_DIGIT =
  /^[²³¹፩-፱᧚⁰⁴-⁹₀-₉①-⑨⑴-⑼⒈-⒐⓪⓵-⓽⓿❶-❾➀-➈➊-➒\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]$/u;
const SPACING_MARK = /^\p{Mc}$/u;
// These have no class of their own, but are taken apart into signs that have one.
const OF_TWO_SIGNS = /^[\u0f73\u0f75\u0f81]$/;
const IOTA = "\u0345";

/** @param {string} sign */
export const isAlnum = (sign) => ALNUM.test(sign);

/** @param {string} sign */
export const isDigit = (sign) => DIGIT.test(sign) || OTHER_DIGIT.test(sign);

/** Whether the sign belongs to the letter before it. @param {string} sign */
export function isCombining(sign) {
  if (sign < "\u0300") return false;
  if (SPACING_MARK.test(sign) || sign === IOTA) return true;
  // Signs with a combining class are put in order; the iota's class is the highest, so that each would go before it.
  return !OF_TWO_SIGNS.test(sign) && `a${IOTA}${sign}`.normalize("NFD") !== `a${IOTA}${sign.normalize("NFD")}`;
}

/** The sign that ends at a place, whole even where it takes two units. @param {string} text @param {number} at */
export function signBefore(text, at) {
  const low = text[at - 1] ?? "";
  const high = text[at - 2] ?? "";
  return /[\udc00-\udfff]/.test(low) && /[\ud800-\udbff]/.test(high) ? high + low : low;
}

/** The sign that begins at a place. @param {string} text @param {number} at */
export function signAt(text, at) {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "";
}

/** How many characters there are: in code points, as everywhere in the archive. @param {string} text */
export function lengthOf(text) {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

/** The text without halves of characters, which no file can hold. @param {string} text */
export function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
