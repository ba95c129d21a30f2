/* The article's text as the build has it: what a reader sees, normalised, with the way back to the page's own nodes. */

import { SPACE } from "./letters.js";

/** Stands for an elision: no quotation contains it. */
export const BARRIER = "\ufffc";
export const ELISION = "[…]";

const ABOVE = ".ab-article-head, .ab-source, .ab-summary, .ab-how, .ab-legend";
const BELOW = "section, aside, form, .ab-notes";
const FURNITURE =
  ".ab-ref, .ab-annotate, .ab-opened, .headerlink, .footnote-backref, sup[id^='fnref'], " +
  "button, nav, script, style, template, noscript";
const INLINE = new Set(
  "a abbr b bdi bdo cite code del em i ins kbd mark q s small span strong sub sup u var wbr img".split(" "),
);
const DROPPED = "\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\u202a-\\u202e\\u2066-\\u2069";
const IS_SPACE = new RegExp(`[${SPACE}]`);
const IS_DROPPED = new RegExp(`[${DROPPED}]`);
const SPACES = new RegExp(`[${SPACE}${DROPPED}]+`, "g");
const FOLDS = new Map([
  ...[..."‘’‚‛′‹›ʼ`´"].map((sign) => [sign, "'"]),
  ...[..."“”„‟″«»"].map((sign) => [sign, '"']),
  ...[..."‐‑‒–—―−"].map((sign) => [sign, "-"]),
]);

/** The form in which quotations are compared. @param {string} text */
export function normalise(text) {
  const spaced = text.normalize("NFC").replace(SPACES, (run) => (IS_SPACE.test(run) ? " " : ""));
  return folded(spaced.replace(/^ | $/g, ""));
}

function folded(text) {
  return text.replace(/[^\0-_a-\x7f]/g, (sign) => FOLDS.get(sign) ?? sign);
}

/** The parts of the page that hold the article's own text. @param {HTMLElement} article @returns {Element[]} */
export function bodyOf(article) {
  const parts = [...article.children];
  const first = parts.findLastIndex((part) => part.matches(ABOVE)) + 1;
  const after = parts.findIndex((part, index) => index >= first && part.matches(BELOW));
  return parts.slice(first, after < 0 ? undefined : after);
}

/** The text of a page. Offsets are in units of JavaScript's strings; what is written down counts in code points. */
export class PageText {
  /** @param {HTMLElement} article */
  constructor(article) {
    this.article = article;
    /** Where each unit stands: the node, and the offset in it. @type {Text[]} */
    this.nodes = [];
    /** @type {number[]} */
    this.offsets = [];
    /** As the article has it: its own quotation marks and dashes. */
    this.written = "";
    this.parts = [];
    this.space = null;
    /** Where one block of the page ends and another begins. @type {number[]} */
    this.breaks = [];
    this.isBreak = false;
    for (const part of bodyOf(article)) this.#read(part);
    this.written = this.parts.join("");
    /** As it is compared. */
    this.text = folded(this.written);
  }

  #read(node) {
    if (node instanceof Text) return this.#readText(node);
    if (!(node instanceof Element) || node.matches(FURNITURE)) return;
    if (node.matches(".ab-elision")) return this.#readElision(node);
    const parts = !INLINE.has(node.localName);
    if (parts) this.#gap();
    for (const child of node.childNodes) this.#read(child);
    if (parts) this.#gap();
  }

  /** @param {Text} node */
  #readText(node) {
    const { data } = node;
    for (let at = 0; at < data.length; at += 1) {
      if (IS_SPACE.test(data[at])) this.space ??= [node, at];
      else if (!IS_DROPPED.test(data[at])) this.#write(data[at], node, at);
    }
  }

  #readElision(node) {
    const text = node.firstChild;
    if (text instanceof Text) this.#write(BARRIER, text, 0);
  }

  /** A block begins or ends here. */
  #gap() {
    this.isBreak = true;
    if (this.nodes.length) this.space ??= [this.nodes.at(-1), this.offsets.at(-1) + 1];
  }

  #write(sign, node, offset) {
    if (this.isBreak) this.breaks.push(this.nodes.length);
    if (this.space && this.nodes.length) this.#put(" ", ...this.space);
    this.space = null;
    this.isBreak = false;
    this.#put(sign, node, offset);
  }

  #put(sign, node, offset) {
    this.parts.push(sign);
    this.nodes.push(node);
    this.offsets.push(offset);
  }

  /** Where a stretch of the page stands in the text, without blanks at its ends. @param {Range} range @returns {{start: number, end: number}} */
  spanOf(range) {
    const first = (isAfter) => {
      let low = 0;
      for (let high = this.nodes.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (isAfter(middle)) high = middle;
        else low = middle + 1;
      }
      return low;
    };
    const compare = (unit, by) =>
      range.comparePoint(this.nodes[unit], Math.min(this.offsets[unit] + by, this.nodes[unit].length));
    let start = first((unit) => compare(unit, 0) >= 0);
    let end = Math.max(start, first((unit) => compare(unit, 1) > 0));
    // A blank between two blocks has no place of its own in the page.
    while (start < end && this.text[start] === " ") start += 1;
    while (end > start && this.text[end - 1] === " ") end -= 1;
    return { start, end };
  }

  /** The blocks that a stretch of the text stands in. */
  blocksAround({ start, end }) {
    const after = this.breaks.find((at) => at >= end);
    return { start: this.breaks.findLast((at) => at <= start) ?? 0, end: after ?? this.text.length };
  }

  /** The stretch of the page that a stretch of the text is. @returns {Range} */
  rangeOf({ start, end }) {
    const range = document.createRange();
    if (start >= end) return range;
    range.setStart(this.nodes[start], this.offsets[start]);
    const last = this.nodes[end - 1];
    const length = this.text[end - 1] === BARRIER ? ELISION.length : 1;
    range.setEnd(last, Math.min(this.offsets[end - 1] + length, last.length));
    return range;
  }
}
