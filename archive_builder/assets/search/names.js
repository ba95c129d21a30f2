/**
 * Knows the names of the archive in every spelling: finds them in what is typed, and offers one where a letter is wrong.
 *
 * A row is a spelling without case, marks and signs; the hidden word that stands for the name in the index; and the
 * spelling as the archive writes it. Rows are sorted and come in pages, of which only those are loaded that a word of the
 * query can stand in.
 *
 * @typedef {[folded: string, word: string, written: string]} Row
 * @typedef {{ from: number, to: number, word: string, written: string }} Found  Words of the query that are a name.
 */

const APOSTROPHES = /['`]/gu;
const CURLED = /[’‘ʼʻʹ′]/gu;
const SIGN = /[^\p{L}\p{N}\u{0}-\u{7f}]/gu;
/** As PLAIN in searching/spelling.py: what is not seen, digits, and letters that are one for who types. @type {Map<string, string>} */
const PLAIN = new Map(
  "ғ=г қ=к ҳ=х ҷ=ч ي=ی ى=ی ك=ک ة=ه ە=ه ہ=ه ھ=ه ς=σ ı=i ł=l ø=o đ=d ð=d ß=ss æ=ae œ=oe þ=th".split(" ").map((pair) => /** @type {[string, string]} */ (pair.split("="))),
);
for (const zero of [0x0660, 0x06f0]) for (let digit = 0; digit < 10; digit += 1) PLAIN.set(String.fromCodePoint(zero + digit), String(digit));
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff\u0640]/gu;
const TYPED_OTHERWISE = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "gu");

/** As bare() in searching/spelling.py, and without case. @param {string} text */
export const bare = (text) =>
  text
    .toLowerCase()
    .replaceAll("´", "'")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("и\u0306", "й")
    .replace(/\p{M}/gu, "")
    .replace(UNSEEN, "")
    .replace(TYPED_OTHERWISE, (letter) => PLAIN.get(letter) ?? letter)
    .replace(CURLED, "'")
    .replace(SIGN, " ");

/** As fold() in searching/spelling.py. @param {string} text */
export const fold = (text) => bare(text).replace(APOSTROPHES, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** A name has at most so many words. */
const LONGEST = 8;
/** So many pages are loaded to look for a name with a wrong letter. */
const PAGES_TRIED = 40;

export class Names {
  /** @param {URL} folder @param {string} tag @param {string[]} pages  The first spelling of each page. */
  constructor(folder, tag, pages) {
    this.folder = folder;
    this.tag = tag;
    this.pages = pages;
    /** @type {Map<number, Promise<Row[]>>} */
    this.loaded = new Map();
    /** Every spelling met, by hidden word. @type {Map<string, Set<string>>} */
    this.spellings = new Map();
  }

  /** @param {number} number @returns {Promise<Row[]>} */
  page(number) {
    if (!this.loaded.has(number)) {
      const loading = fetch(new URL(`names-${number}.json?${this.tag}`, this.folder))
        .then((answer) => (answer.ok ? answer.json() : []))
        .then((/** @type {Row[]} */ rows) => {
          for (const [, word, written] of rows) {
            if (!this.spellings.has(word)) this.spellings.set(word, new Set());
            this.spellings.get(word)?.add(written);
          }
          return rows;
        });
      this.loaded.set(number, loading);
    }
    return /** @type {Promise<Row[]>} */ (this.loaded.get(number));
  }

  /** The rows that begin with a prefix, and perhaps others. @param {string} prefix */
  async beginning(prefix) {
    const after = this.pages.findIndex((first) => first > prefix && !first.startsWith(prefix));
    const last = (after < 0 ? this.pages.length : after) - 1;
    let first = last;
    while (first > 0 && this.pages[first] >= prefix) first -= 1;
    const numbers = [];
    for (let number = Math.max(first, 0); number <= last; number += 1) numbers.push(number);
    return (await Promise.all(numbers.map((number) => this.page(number)))).flat();
  }

  /**
   * The names that stand in the words of a query, the longest first; of one spelling all that bear it.
   *
   * @param {string[]} words @returns {Promise<Found[]>}
   */
  async standing(words) {
    /** @type {Found[]} */
    const found = [];
    let from = 0;
    while (from < words.length) {
      const rows = words[from].length > 1 ? (await this.beginning(words[from])).filter(([folded]) => folded.startsWith(words[from])) : [];
      let to = Math.min(words.length, from + LONGEST);
      let here = /** @type {Row[]} */ ([]);
      for (; to > from; to -= 1) {
        const folded = words.slice(from, to).join(" ");
        // "IS" is a name, but "who is there" does not name it.
        if (folded.length < 3 && to - from < words.length) continue;
        here = rows.filter(([own]) => own === folded);
        if (here.length) break;
      }
      for (const [, word, written] of here) found.push({ from, to, word, written });
      from = here.length ? to : from + 1;
    }
    return found;
  }

  /** The hidden words of the names that begin as the query does. @param {string} folded @param {number} most */
  async begun(folded, most) {
    if (folded.length < 3) return [];
    const rows = (await this.beginning(folded)).filter(([own]) => own.startsWith(folded));
    return [...new Set(rows.map(([, word]) => word))].slice(0, most);
  }

  /**
   * The query with one name put right that has one letter too many, too few, wrong, or two exchanged.
   *
   * @param {string[]} words @returns {Promise<string | null>}
   */
  async meant(words) {
    if (this.pages.length <= PAGES_TRIED) await Promise.all(this.pages.map((_, number) => this.page(number)));
    const rows = (await Promise.all(this.loaded.values())).flat();
    for (let length = Math.min(words.length, LONGEST); length > 0; length -= 1) {
      for (let from = 0; from + length <= words.length; from += 1) {
        const typed = words.slice(from, from + length).join(" ");
        if (typed.length < 4) continue;
        const near = rows.filter(([folded]) => folded !== typed && isNear(typed, folded));
        if (rows.some(([folded]) => folded === typed) || !near.length) continue;
        near.sort((one, other) => Number(fold(other[2]) === other[0]) - Number(fold(one[2]) === one[0]));
        return [...words.slice(0, from), near[0][2], ...words.slice(from + length)].join(" ");
      }
    }
    return null;
  }
}

/** Whether one letter parts the two, or two letters are exchanged. @param {string} one @param {string} other */
export function isNear(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const rest = (/** @type {string} */ text, /** @type {number} */ skipped) => text.slice(start + skipped);
  if (one.length > other.length) return rest(one, 1) === rest(other, 0);
  if (one.length < other.length) return rest(one, 0) === rest(other, 1);
  if (rest(one, 1) === rest(other, 1)) return true;
  return one[start] === other[start + 1] && one[start + 1] === other[start] && rest(one, 2) === rest(other, 2);
}
